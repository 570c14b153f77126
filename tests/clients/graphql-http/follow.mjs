// The story: a deputy follows a draft over a WebSocket while it is changed over HTTP; a stranger is sent away.
import assert from 'node:assert/strict';

const PASSWORD = 'Qinghe-2026-demo';
const DRAFT = {
    kind: 'SUGGESTION',
    title: '关于在双塘社区增设口袋公园的建议',
    background: '双塘社区常住居民较多,步行范围内没有公共绿地。',
    analysis: '社区内有两处闲置边角地,权属清楚,未纳入绿化计划。',
    recommendations: '将两处边角地改建为口袋公园,并明确日常养护单位。',
    demands: ['改建两处口袋公园', '明确养护单位'],
};

/** One request over HTTP; the payload of its only field, without errors. */
async function call(url, token, query, variables) {
    const headers = { 'content-type': 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const body = await answer.json();
    assert.equal(body.errors, undefined, JSON.stringify(body));
    const [payload] = Object.values(body.data);
    assert.deepEqual(payload.errors ?? [], [], JSON.stringify(body));
    return payload;
}

/** Follows one draft, and hears what is said to somebody whose token is not good. */
export async function follow(url, connect) {
    const { accessToken } = await call(
        url, null,
        'mutation($input: SignInInput!) { signIn(input: $input) { accessToken errors { code message } } }',
        { input: { username: 'rep01', password: PASSWORD } },
    );
    const { submission } = await call(
        url, accessToken,
        `mutation($input: CreateDraftInput!) {
            createDraft(input: $input) { submission { id version } errors { code field message } }
        }`,
        { input: DRAFT },
    );
    const socket = url.replace(/^http/, 'ws');
    await followed(url, accessToken, submission, connect({
        url: socket, retryAttempts: 0, connectionParams: { authorization: `Bearer ${accessToken}` },
    }));
    await sentAway(connect({
        url: socket, retryAttempts: 0, connectionParams: { authorization: 'Bearer nonsense' },
    }));
}

/** The protocol does not say when a subscription listens, so the draft is changed until a change is heard. */
async function followed(url, token, draft, client) {
    const changes = client.iterate({
        query: 'subscription($id: ID!) { submissionChanged(id: $id) { id title } }',
        variables: { id: draft.id },
    });
    try {
        let heard;
        const first = changes.next().then((result) => { heard = result; });
        let { version } = draft;
        const titles = [];
        while (!heard) {
            titles.push(`关于在双塘社区增设第${titles.length + 1}处口袋公园的建议`);
            const saved = await Promise.race([first.then(() => null), call(
                url, token,
                `mutation($input: UpdateDraftInput!) {
                    updateDraft(input: $input) { submission { version } errors { code field message } }
                }`,
                { input: { id: draft.id, version, title: titles.at(-1) } },
            )]);
            if (saved) version = saved.submission.version;
        }
        assert.equal(heard.value.errors, undefined, JSON.stringify(heard));
        const { id, title } = heard.value.data.submissionChanged;
        assert.equal(id, draft.id);
        assert.ok(titles.includes(title), title);
    } finally {
        await changes.return();
        await client.dispose();
    }
}

async function sentAway(client) {
    const answers = client.iterate({ query: '{ __typename }' });
    await assert.rejects(answers.next(), (closed) => closed.code === 4403);
    await client.dispose();
}
