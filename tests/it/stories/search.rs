//! Full text: what is written is found at once, in every spelling, by those who may read it.

use crate::support::counter::assert_within;
use crate::support::{Client, Matter, TestApp, draft_input};
use api::use_cases::importing_ledger::{ImportLedger, import_file};
use api::use_cases::indexing;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const FIND: &str = "query($filter: SubmissionFilter, $first: Int, $after: String) {
    submissions(filter: $filter, first: $first, after: $after) {
      totalCount nodes { title } pageInfo { hasNextPage endCursor } } }";

async fn find(client: &Client, words: &str) -> Vec<String> {
    let answer = client.gql(FIND, json!({ "filter": { "search": words } })).await;
    let titles: Vec<String> =
        answer.list("submissions.nodes").iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect();
    assert_eq!(answer.number("submissions.totalCount"), titles.len() as i64, "{words}");
    titles
}

async fn write(app: &TestApp, title: &str, background: &str) -> Matter {
    let mut input = draft_input("SUGGESTION", title);
    input["background"] = json!(background);
    app.draft_of("rep01", input).await
}

#[tokio::test]
async fn every_spelling_finds_the_matter() {
    let app = TestApp::new().await;
    write(&app, "关于增设电动自行车充电桩的建议", "飞线充电隐患突出,12个小区没有充电桩,WiFi和5G信号弱。").await;
    write(&app, "关于水库除险加固的建议", "水库渗漏。").await;
    let lead = app.sign_in("rep01").await;
    let (charging, water) = ("关于增设电动自行车充电桩的建议", "关于水库除险加固的建议");
    for (words, wanted) in [
        ("充电", vec![charging]),
        ("電動自行車", vec![charging]),
        ("充电桩 水库", vec![]),
        ("加固 水库", vec![water]),
        ("\"加固 水库\"", vec![]),
        ("“除险加固”", vec![water]),
        ("水", vec![water]),
        ("12个小区", vec![charging]),
        ("ｗｉｆｉ", vec![charging]),
        ("5g", vec![charging]),
        ("助餐点", vec![water, charging]),
        ("充电*", vec![charging]),
        ("充电 OR 水库", vec![]),
        ("充电') OR 1=1 --", vec![]),
        ("*", vec![]),
        ("\"", vec![]),
        ("&|!:<->()", vec![]),
        ("  ", vec![water, charging]),
    ] {
        assert_eq!(find(&lead, words).await, wanted, "{words}");
    }
    for (words, path) in [("充".repeat(101), "filter.search"), ("充\u{0}".to_owned(), "filter.search")] {
        let answer = lead.gql(FIND, json!({ "filter": { "search": words } })).await;
        assert_eq!((answer.error_code(), path), ("BAD_INPUT", "filter.search"));
    }
}

#[tokio::test]
async fn the_index_follows_the_text() {
    let app = TestApp::new().await;
    let matter = write(&app, "关于校车安全的建议", "校车超载。").await;
    let lead = matter.lead().await;
    let changed = json!({ "title": "关于河道清淤的建议", "background": "淤积严重。" });
    matter.write(&lead, "updateDraft", &matter.id, changed).await.payload("updateDraft");
    assert!(find(&lead, "校车").await.is_empty());
    assert_eq!(find(&lead, "清淤 淤积").await, ["关于河道清淤的建议"]);
    let before = entity::search_text::Entity::find().all(app.deps.db.reader()).await.unwrap();
    assert_eq!(indexing::rebuild(&app.deps.db).await.unwrap(), 1);
    let after = entity::search_text::Entity::find().all(app.deps.db.reader()).await.unwrap();
    let plain = |rows: &[entity::search_text::Model]| {
        let mut rows: Vec<_> = rows.iter().map(|row| (row.source_id, row.layer, row.tokens.clone())).collect();
        rows.sort();
        rows
    };
    assert_eq!(plain(&before), plain(&after), "made again it is the same");
    matter.write(&lead, "deleteDraft", &matter.id, json!({})).await.payload("deleteDraft");
    assert!(find(&lead, "清淤").await.is_empty());
    assert!(entity::search_text::Entity::find().all(app.deps.db.reader()).await.unwrap().is_empty());
}

#[tokio::test]
async fn matters_older_than_the_index_are_indexed_once() {
    let app = TestApp::new().await;
    let matter = write(&app, "关于校车安全的建议", "校车超载。").await;
    let lead = matter.lead().await;
    entity::search_text::Entity::delete_many().exec(app.deps.db.writer()).await.unwrap();
    assert!(find(&lead, "校车").await.is_empty());
    indexing::complete(&app.deps.db).await.unwrap();
    assert_eq!(find(&lead, "校车").await, ["关于校车安全的建议"]);
    let (done, statements) = app.counting(indexing::complete(&app.deps.db)).await;
    done.unwrap();
    assert_within(2, &statements);
}

#[tokio::test]
async fn a_reply_is_found_once_it_is_issued_and_by_anybody_once_it_is_published() {
    let app = TestApp::new().await;
    let mut matter = app.signed_off("rep01").await;
    let (lead, colleague) = (matter.lead().await, app.sign_in("rep05").await);
    let handler = matter.person(0, "handler").await;
    let words = "\"补贴办法已印发\"";
    for client in [&lead, &colleague, &handler] {
        assert!(find(client, words).await.is_empty());
    }
    matter.issue(0).await;
    for client in [&lead, &colleague, &handler] {
        assert_eq!(find(client, words).await.len(), 1);
    }
    let public = async |words: &str| {
        let query = "query($words: String) { publicSubmissions(search: $words) { totalCount nodes { title } } }";
        let answer = app.anonymous().gql(query, json!({ "words": words })).await;
        assert_eq!(answer.list("publicSubmissions.nodes").len() as i64, answer.number("publicSubmissions.totalCount"));
        answer.number("publicSubmissions.totalCount")
    };
    assert_eq!(public(words).await, 0);
    let office = matter.office().await;
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    assert_eq!(public(words).await, 1);
    assert_eq!(public("社区养老 补贴办法").await, 1);
    assert_eq!(public("每个街道").await, 0, "demands are not published");
    assert_eq!(public("各街道布点").await, 0, "answers to demands are not published");
    assert_eq!(find(&lead, "每个街道 各街道布点").await.len(), 1);
}

#[tokio::test]
async fn long_and_monotonous_texts_are_found_to_the_end() {
    let app = TestApp::new().await;
    let background = format!("{}甲乙丙", "哈".repeat(1_000));
    let matter = write(&app, "关于长文的建议", &background).await;
    let lead = matter.lead().await;
    for words in ["甲乙丙".to_owned(), format!("{}甲", "哈".repeat(60)), "丙".to_owned()] {
        assert_eq!(find(&lead, &words).await.len(), 1, "{words}");
    }
    assert!(find(&lead, "哈乙").await.is_empty());
}

#[tokio::test]
async fn pages_of_what_was_found_are_complete_and_cost_no_more() {
    let app = TestApp::new().await;
    for i in 0..5 {
        write(&app, &format!("关于第{i}号路灯的建议"), "照明不足。").await;
        write(&app, &format!("关于第{i}号井盖的建议"), "井盖破损。").await;
    }
    let lead = app.sign_in("rep01").await;
    let mut found: Vec<Value> = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = lead.gql(FIND, json!({ "filter": { "search": "路灯 照明" }, "first": 2, "after": after })).await;
        assert_eq!(page.number("submissions.totalCount"), 5);
        found.extend(page.list("submissions.nodes").iter().cloned());
        if page.data("submissions.pageInfo.hasNextPage") == &json!(false) {
            break;
        }
        after = page.data("submissions.pageInfo.endCursor").clone();
    }
    let wanted: Vec<Value> = (0..5).rev().map(|i| json!({ "title": format!("关于第{i}号路灯的建议") })).collect();
    assert_eq!(found, wanted);
    let all = json!({ "first": 2 });
    let (_, plain) = app.counting(lead.gql(FIND, all)).await;
    let some = json!({ "filter": { "search": "路灯 照明" }, "first": 2 });
    let (_, searching) = app.counting(lead.gql(FIND, some)).await;
    assert_within(plain.len(), &searching);
}

#[tokio::test]
async fn a_converted_matter_and_an_imported_one_are_found() {
    let app = TestApp::new().await;
    let matter = app.submitted("mem01").await;
    let office = matter.office().await;
    let convert = json!({ "to": "OPINION_BRIEF", "reason": "不符合提案立案条件" });
    matter.write(&office, "convertSubmission", &matter.id, convert).await.payload("convertSubmission");
    assert_eq!(find(&office, "养老助餐").await.len(), 2, "the matter and its successor");
    let bytes = include_bytes!("../../../api/data/ledger/2020.csv").to_vec();
    let ledger = ImportLedger { file_name: "2020.csv".into(), bytes, dry_run: false, skip_faulty: false };
    import_file(&app.deps, "990101", ledger).await.unwrap().unwrap();
    let gov = app.sign_in("gov1").await;
    let all = gov.ask("{ submissions(first: 100) { nodes { title } } }").await;
    let title = all.text("submissions.nodes.0.title").to_owned();
    assert!(find(&gov, &format!("\"{title}\"")).await.contains(&title), "{title}");
}
