//! The board of supervision: each number is the length of the list behind it, for everybody who has a board.

use crate::support::{Client, TestApp};
use domain::vocabulary::BoardFigure;
use serde_json::{Value, json};

const COUNTS: &str = "open red yellow green unsigned uncontacted lagging paused overdue extensionPending returnPending
    disputed key pingPong";

/// The name of a figure among the counts.
fn field(figure: BoardFigure) -> String {
    let mut words = figure.code().split('_');
    let first = words.next().unwrap().to_lowercase();
    words.fold(first, |name, word| name + &word[..1] + &word[1..].to_lowercase())
}

async fn board(client: &Client) -> Value {
    let region = client.ask("{ viewer { position { organization { region { id } } } } }").await;
    let region = region.text("viewer.position.organization.region.id").to_owned();
    let query = format!(
        "query($region: ID!) {{ supervisionBoard(regionId: $region) {{ totals {{ {COUNTS} }}
        byAgency {{ agency {{ id }} counts {{ {COUNTS} }} }} byLeader {{ leader {{ id }} counts {{ {COUNTS} }} }} }} }}"
    );
    client.gql(&query, json!({ "region": region })).await.data("supervisionBoard").clone()
}

/// How long the list behind a figure is, and its total.
async fn list(client: &Client, filter: Value) -> (i64, i64) {
    let query =
        "query($filter: AssignmentFilter) { assignments(filter: $filter, first: 100) { totalCount nodes { id } } }";
    let seen = client.gql(query, json!({ "filter": filter })).await;
    (seen.list("assignments.nodes").len() as i64, seen.number("assignments.totalCount"))
}

/// Matters in which every figure has something to count, of both institutions, on 30 April.
async fn stage(app: &TestApp) {
    let label = async |matter: &crate::support::Matter, leader: Option<&str>| {
        let leader = match leader {
            Some(leader) => json!(app.user(leader).await),
            None => Value::Null,
        };
        let input = json!({ "submissionId": matter.id, "label": "重点督办", "reason": "群众关切", "leaderId": leader });
        matter.office().await.call("supervise", input, "").await.payload("supervise");
    };
    app.change_rules(|rules| rules["clock"]["pauseFor"] = json!(["RETURN"])).await;
    let key = app.handling("rep01").await;
    label(&key, Some("leader1")).await;
    label(&key, Some("mayor1")).await;
    let proposal = app.assigned("mem01", &["jtj", "mzj"], "LEAD_WITH_CO").await;
    label(&proposal, None).await;
    app.handling("rep02").await.record_contact(0).await;
    Box::pin(app.disputed("rep03")).await;
    app.issued("rep04").await;
    app.assigned("mem02", &["mzj", "czj"], "SEPARATE").await.ask_back(1, "jtj").await;
    app.handling("rep05").await.ask_for_time(0, "2026-06-10").await;
    app.at("2026-04-30T09:00:00+08:00");
    app.assigned("rep06", &["mzj"], "SOLE").await;
}

#[tokio::test]
async fn every_number_is_the_length_of_its_list_for_every_role() {
    let app = TestApp::new().await;
    Box::pin(stage(&app)).await;
    for username in [
        "gov1",
        "congress1",
        "cppcc1",
        "mayor1",
        "leader1",
        "leader2",
        "auditor",
        "mzj-head",
        "mzj-deputy",
        "mzj-liaison",
        "jtj-liaison",
    ] {
        let client = app.sign_in(username).await;
        let board = board(&client).await;
        let mut rows = vec![(json!({}), board["totals"].clone())];
        for row in board["byAgency"].as_array().unwrap() {
            rows.push((json!({ "agencyId": row["agency"]["id"] }), row["counts"].clone()));
        }
        for row in board["byLeader"].as_array().unwrap() {
            rows.push((json!({ "leaderId": row["leader"]["id"] }), row["counts"].clone()));
        }
        for (filter, counts) in rows {
            for figure in BoardFigure::ALL {
                let mut filter = filter.clone();
                filter["boardFigure"] = json!(figure.code());
                let number = counts[field(*figure)].as_i64().unwrap();
                assert_eq!(list(&client, filter.clone()).await, (number, number), "{username} {filter}");
            }
            // The lamps of the ordinary filter say the same.
            for lamp in ["RED", "YELLOW", "GREEN"] {
                let mut filter = filter.clone();
                filter["boardFigure"] = json!("OPEN");
                filter["warning"] = json!([lamp]);
                let number = counts[lamp.to_lowercase()].as_i64().unwrap();
                assert_eq!(list(&client, filter).await, (number, number), "{username} {lamp}");
            }
        }
        // What stands by agency adds up to the totals.
        for figure in BoardFigure::ALL {
            let name = field(*figure);
            let sum: i64 =
                board["byAgency"].as_array().unwrap().iter().filter_map(|row| row["counts"][&name].as_i64()).sum();
            assert_eq!(Some(sum), board["totals"][&name].as_i64(), "{username} {name}");
        }
    }
}

#[tokio::test]
async fn each_reader_counts_what_he_may_list() {
    let app = TestApp::new().await;
    Box::pin(stage(&app)).await;
    let of = async |username: &str| {
        let board = board(&app.sign_in(username).await).await;
        let totals = &board["totals"];
        let number = |figure: BoardFigure| totals[field(figure)].as_i64().unwrap();
        (BoardFigure::ALL.iter().map(|figure| number(*figure)).collect::<Vec<_>>(), board)
    };
    // open red yellow green unsigned uncontacted lagging paused overdue extension return disputed key ping-pong
    let (all, board) = of("gov1").await;
    assert_eq!(all, [9, 1, 7, 1, 4, 7, 6, 1, 1, 1, 1, 1, 3, 1], "{board:#}");
    assert_eq!(of("mayor1").await.0, all);
    assert_eq!(of("auditor").await.0, all);
    assert_eq!(of("congress1").await.0[0] + of("cppcc1").await.0[0], all[0], "the institutions share all between them");
    assert_eq!(of("leader1").await.0[0], 1, "under supervision of his institution");
    assert_eq!(of("leader2").await.0[0], 2);
    let (own, board) = of("mzj-liaison").await;
    assert_eq!(board["byAgency"].as_array().unwrap().len(), 1, "an agency sees its own row alone");
    assert_eq!(own[0], board["byAgency"][0]["counts"]["open"]);
}

#[tokio::test]
async fn who_has_no_board_and_who_asks_for_another_region_gets_none() {
    let app = TestApp::new().await;
    let query = "query($region: ID!) { supervisionBoard(regionId: $region) { totals { open } } }";
    let gov = app.sign_in("gov1").await;
    let own = gov.ask("{ viewer { position { organization { region { id parent { id } } } } } }").await;
    let region = own.text("viewer.position.organization.region.id").to_owned();
    for username in ["rep01", "mem01", "mzj-handler", "admin"] {
        let client = app.sign_in(username).await;
        assert_eq!(client.gql(query, json!({ "region": region })).await.error_code(), "FORBIDDEN", "{username}");
        for filter in ["boardFigure: LAGGING".to_owned(), format!("leaderId: \"{}\"", app.user("leader1").await)] {
            let list = client.ask(&format!("{{ assignments(filter: {{ {filter} }}) {{ nodes {{ id }} }} }}")).await;
            assert_eq!(list.error_code(), "FORBIDDEN", "{username} {filter}");
        }
    }
    let city = own.text("viewer.position.organization.region.parent.id").to_owned();
    assert_eq!(gov.gql(query, json!({ "region": city })).await.error_code(), "NOT_FOUND");
    assert_eq!(gov.gql(query, json!({ "region": "nonsense" })).await.error_code(), "BAD_INPUT");
    assert_eq!(app.anonymous().gql(query, json!({ "region": region })).await.error_code(), "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_board_and_a_list_behind_it_cost_as_many_statements_for_many_as_for_few() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let region = gov.ask("{ viewer { position { organization { region { id } } } } }").await;
    let region = region.text("viewer.position.organization.region.id").to_owned();
    let query = format!(
        "query($region: ID!) {{ supervisionBoard(regionId: $region) {{ totals {{ {COUNTS} }}
        byAgency {{ agency {{ name }} counts {{ open }} }} byLeader {{ leader {{ name }} counts {{ open }} }} }} }}"
    );
    let count = async |wanted: usize| {
        for i in 0..wanted {
            app.assigned(&format!("rep{:02}", i % 20 + 1), &["mzj", "czj"], "LEAD_WITH_CO").await;
        }
        let (_, statements) = app.counting(gov.gql(&query, json!({ "region": region }))).await;
        let list = "{ assignments(filter: { boardFigure: UNSIGNED }, first: 100) { nodes { id status } } }";
        let (_, behind) = app.counting(gov.ask(list)).await;
        (statements.len(), behind.len())
    };
    let few = count(2).await;
    assert_eq!(few, count(10).await);
}

#[tokio::test]
async fn the_list_behind_a_number_is_read_page_by_page() {
    let app = TestApp::new().await;
    for i in 1..=5 {
        app.assigned(&format!("rep{i:02}"), &["mzj"], "SOLE").await;
    }
    let gov = app.sign_in("gov1").await;
    let query = "query($first: Int, $after: String, $last: Int, $before: String) {
        assignments(filter: { boardFigure: OPEN }, first: $first, after: $after, last: $last, before: $before) {
            totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let all = gov.gql(query, json!({ "first": 100 })).await;
    let ids = all.list("assignments.nodes").to_vec();
    assert_eq!(ids.len(), 5);
    let one = gov.gql(query, json!({ "first": 2 })).await;
    assert_eq!(one.list("assignments.nodes"), &ids[..2]);
    assert_eq!(one.data("assignments.pageInfo.hasNextPage"), &json!(true));
    let after = one.text("assignments.pageInfo.endCursor").to_owned();
    let two = gov.gql(query, json!({ "first": 2, "after": after })).await;
    assert_eq!(two.list("assignments.nodes"), &ids[2..4]);
    let last = gov.gql(query, json!({ "last": 2 })).await;
    assert_eq!(last.list("assignments.nodes"), &ids[3..]);
    let before = last.text("assignments.pageInfo.startCursor").to_owned();
    let middle = gov.gql(query, json!({ "last": 2, "before": before })).await;
    assert_eq!(middle.list("assignments.nodes"), &ids[1..3]);
    assert_eq!(middle.number("assignments.totalCount"), 5);
    assert_eq!(gov.gql(query, json!({ "first": 1, "after": "nonsense" })).await.error_code(), "BAD_INPUT");
}
