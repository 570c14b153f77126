//! What becomes public, is taken back, and never gets out.

use crate::refusals::publishing::issued_with;
use crate::refusals::with;
use crate::support::{Client, Matter, TestApp, draft_input};
use api::use_cases::indexing;
use serde_json::{Value, json};

const PUBLIC: &str = "{ publicSubmissions { totalCount nodes { id title body proposerName agencies replies { body }
    commitments { text } } } }";

async fn publish(matter: &Matter, more: Value) {
    matter.write(&matter.office().await, "publishReply", matter.reply(0), more).await.payload("publishReply");
}

/// How many published matters anybody finds by these words.
async fn found(app: &TestApp, words: &str) -> i64 {
    let query = "query($words: String) { publicSubmissions(search: $words) { totalCount } }";
    let answer = app.anonymous().gql(query, json!({ "words": words })).await;
    answer.number("publicSubmissions.totalCount")
}

/// What the public is shown under the id of the one published matter.
async fn node(anybody: &Client, id: &str) -> Value {
    let query = "query($id: ID!) { node(id: $id) { __typename id ... on WithdrawnPublication { withdrawnAt }
        ... on PublicSubmission { title } } }";
    anybody.gql(query, json!({ "id": id })).await.data("node").clone()
}

#[tokio::test]
async fn the_office_takes_a_reply_back_and_may_publish_it_again() {
    let app = TestApp::new().await;
    let matter = app.issued("rep01").await;
    let (office, anybody) = (matter.office().await, app.anonymous());
    publish(&matter, json!({})).await;
    let shown = anybody.ask(PUBLIC).await;
    let id = shown.text("publicSubmissions.nodes.0.id").to_owned();
    assert_eq!(node(&anybody, &id).await["__typename"], "PublicSubmission");

    app.at("2026-02-11T10:00:00+08:00");
    let why = json!({ "reason": "附表数据有误,待核实" });
    for username in ["gov1", "mzj-liaison", "mayor1", "rep01", "auditor"] {
        let input = with(json!({ "id": matter.reply(0), "version": 1 }), why.clone());
        let answer = app.sign_in(username).await.call("withdrawPublication", input, "").await;
        assert_eq!(answer.error_code(), "FORBIDDEN", "{username}");
    }
    matter.write(&office, "withdrawPublication", matter.reply(0), why).await.payload("withdrawPublication");
    assert_eq!(anybody.ask(PUBLIC).await.number("publicSubmissions.totalCount"), 0);
    assert_eq!(found(&app, "答复").await, 0);
    let left = json!({ "__typename": "WithdrawnPublication", "id": id, "withdrawnAt": "2026-02-11T02:00:00+00:00" });
    assert_eq!(node(&anybody, &id).await, left);

    let inside = "query($id: ID!) { submission(id: $id) {
        replies { publishedAt publicationWithdrawnAt publicationWithdrawalReason body }
        timeline(last: 1) { nodes { action summary } } availableActions { action } } }";
    for (reader, told) in [(office.clone(), true), (matter.lead().await, true), (app.sign_in("rep06").await, false)] {
        let seen = reader.gql(inside, json!({ "id": matter.id })).await;
        let reply = seen.data("submission.replies.0");
        assert_eq!((&reply["publishedAt"], reply["publicationWithdrawnAt"].is_string()), (&Value::Null, true));
        assert_eq!(reply["publicationWithdrawalReason"].is_string(), told, "the reason is for insiders");
        assert_eq!(seen.body.to_string().contains("附表数据有误"), told);
    }

    app.at("2026-02-12T10:00:00+08:00");
    publish(&matter, json!({})).await;
    assert_eq!(node(&anybody, &id).await["__typename"], "PublicSubmission");
    let seen = office.gql(inside, json!({ "id": matter.id })).await;
    assert!(seen.data("submission.replies.0.publicationWithdrawnAt").is_null());
}

#[tokio::test]
async fn with_a_reply_its_public_promises_go_and_each_is_released_anew() {
    let app = TestApp::new().await;
    let mut matter = app.handling("rep01").await;
    matter.draft_reply(0, "PLANNED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let office = matter.office().await;
    publish(&matter, json!({})).await;
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let promise = office.gql(query, json!({ "id": matter.id })).await.text("submission.commitments.0.id").to_owned();
    matter.write(&office, "publishCommitment", &promise, json!({})).await.payload("publishCommitment");
    let shown = async || app.anonymous().ask(PUBLIC).await.data("publicSubmissions.nodes.0.commitments").clone();
    assert_eq!(shown().await.as_array().map(Vec::len), Some(1));
    let why = json!({ "reason": "内容有误" });
    matter.write(&office, "withdrawPublication", matter.reply(0), why).await.payload("withdrawPublication");
    publish(&matter, json!({})).await;
    assert_eq!(shown().await, json!([]));
    matter.write(&office, "publishCommitment", &promise, json!({})).await.payload("publishCommitment");
    assert_eq!(shown().await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn personal_data_is_published_masked_or_not_at_all() {
    let app = TestApp::new().await;
    let matter = issued_with(&app, "rep01", "王大爷住和平路8号201室。", "答复如下,联系人13812345678。").await;
    let office = matter.office().await;
    let refused = matter.write(&office, "publishReply", matter.reply(0), json!({})).await;
    assert_eq!(refused.refusals("publishReply").len(), 2);
    assert_eq!(app.anonymous().ask(PUBLIC).await.number("publicSubmissions.totalCount"), 0);
    publish(&matter, json!({ "maskPersonalData": true })).await;
    let shown = app.anonymous().ask(PUBLIC).await;
    assert_eq!(shown.text("publicSubmissions.nodes.0.replies.0.body"), "答复如下,联系人***********。");
    assert!(shown.text("publicSubmissions.nodes.0.body").starts_with("王大爷住和平路******。"));
    // What is masked is not found either.
    for (words, wanted) in [("和平路", 1), ("王大爷 答复如下", 1), ("13812345678", 0), ("8号201室", 0)] {
        assert_eq!(found(&app, words).await, wanted, "{words}");
    }
    indexing::rebuild(&app.deps.db).await.unwrap();
    assert_eq!((found(&app, "和平路").await, found(&app, "13812345678").await), (1, 0), "made again it is the same");
    // Those who handle it read the whole text.
    let query = "query($id: ID!) { submission(id: $id) { background replies { body } } }";
    let inside = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(inside.text("submission.replies.0.body"), "答复如下,联系人13812345678。");
}

#[tokio::test]
async fn names_of_proposers_are_kept_from_the_public_on_request() {
    let app = TestApp::new().await;
    let name = async |username: &str| {
        let answer = app.sign_in(username).await.ask("{ viewer { user { name } } }").await;
        answer.text("viewer.user.name").to_owned()
    };
    let (lead, second) = (name("rep01").await, name("rep02").await);
    for at_publication in [false, true] {
        let input = with(
            draft_input("SUGGESTION", "关于助餐服务的建议"),
            json!({ "background": format!("{lead}等调研发现问题。"), "withholdNames": !at_publication }),
        );
        let mut matter = app.draft_of("rep01", input).await;
        let invite = json!({ "submissionId": matter.id, "userIds": [app.user("rep02").await] });
        matter.lead().await.call("inviteCosigners", invite, "").await.payload("inviteCosigners");
        let sign = json!({ "submissionId": matter.id, "accept": true });
        app.sign_in("rep02").await.call("answerCosign", sign, "").await.payload("answerCosign");
        matter.bring_into_hands("mzj").await;
        matter.record_contact(0).await;
        matter.draft_reply(0, "SOLVED").await;
        let body = json!({ "body": format!("{lead}、{second}代表:建议收悉,现答复如下。") });
        let handler = matter.person(0, "handler").await;
        matter.write(&handler, "updateReply", matter.reply(0), body).await.payload("updateReply");
        matter.submit_reply(0).await;
        matter.approve(0).await;
        matter.issue(0).await;
        publish(&matter, json!({ "withholdNames": at_publication })).await;
        let shown = app.anonymous().ask(PUBLIC).await;
        let text = shown.data("publicSubmissions.nodes.0").to_string();
        assert!(!text.contains(&lead) && !text.contains(&second), "{text}");
        assert!(shown.data("publicSubmissions.nodes.0.proposerName").is_null());
        assert_eq!((found(&app, &lead).await, found(&app, &second).await), (0, 0), "nor are they found by their names");
        assert_eq!(shown.text("publicSubmissions.nodes.0.title"), "关于助餐服务的建议");
        assert!(text.contains("代表:建议收悉"), "the rest of the text stays: {text}");
        // Inside, everybody knows them as before.
        let query = "query($id: ID!) { submission(id: $id) { namesWithheldAt leadProposer { name } } }";
        let inside = matter.office().await.gql(query, json!({ "id": matter.id })).await;
        assert_eq!(inside.text("submission.leadProposer.name"), lead);
        assert!(inside.data("submission.namesWithheldAt").is_string());
    }
    let open = app.issued("rep01").await;
    publish(&open, json!({})).await;
    assert_eq!(app.anonymous().ask(PUBLIC).await.text("publicSubmissions.nodes.0.proposerName"), lead);
}

#[tokio::test]
async fn a_draft_may_change_its_mind_about_names() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let since = async || {
        let query = "query($id: ID!) { submission(id: $id) { namesWithheldAt } }";
        lead.gql(query, json!({ "id": matter.id })).await.data("submission.namesWithheldAt").clone()
    };
    for (wish, withheld) in [(json!(true), true), (Value::Null, true), (json!(false), false)] {
        matter.write(&lead, "updateDraft", &matter.id, json!({ "withholdNames": wish })).await.payload("updateDraft");
        assert_eq!(since().await.is_string(), withheld);
    }
}
