// Starts the demonstration, lets strangers' clients speak to it, and says what held.
//
//   node audit.mjs PATH_OF_THE_PROGRAM
//
// First the public audit suite of GraphQL over HTTP, then one story with a client of `graphql-transport-ws`.
import { auditServer } from 'graphql-http';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { demonstration } from './demonstration.mjs';
import { follow } from './follow.mjs';

/** Prints what passed and failed by level (MUST, SHOULD, MAY); the number of those that failed. */
async function audit(url) {
    const results = await auditServer({ url });
    const figures = new Map();
    for (const result of results) {
        const level = result.name.split(' ')[0];
        const figure = figures.get(level) ?? { passed: 0, failed: 0 };
        if (result.status === 'ok') {
            figure.passed += 1;
        } else {
            figure.failed += 1;
            console.error(`${result.status} ${result.id}: ${result.name}: ${result.reason}`);
        }
        figures.set(level, figure);
    }
    for (const [level, { passed, failed }] of figures) {
        console.log(`graphql-http  ${level.padEnd(6)} ${passed} passed, ${failed} failed`);
    }
    // An audit that asked nothing has shown nothing.
    if (results.length === 0) throw new Error('the suite holds no audit');
    return results.filter((result) => result.status !== 'ok').length;
}

const [program] = process.argv.slice(2);
if (!program) {
    console.error('usage: node audit.mjs PATH_OF_THE_PROGRAM');
    process.exit(2);
}
const server = await demonstration(program);
try {
    const failed = await audit(server.url);
    await follow(server.url, (options) => createClient({ webSocketImpl: WebSocket, ...options }));
    console.log('graphql-ws    a draft was followed, a bad token was sent away (4403)');
    if (failed > 0) process.exitCode = 1;
} finally {
    await server.stop();
}
