//! The consultation desk: a proposer asks while the session is held, the agency answers, and only they and the offices know.

use super::live::listening;
use crate::support::socket::{Heard, Socket};
use crate::support::{Client, TestApp, draft_input};
use domain::vocabulary::Institution;
use entity::position;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

const OF: &str = "query($id: ID!) { node(id: $id) { ... on Consultation { status question onBehalf version \
                  asker { name } agency { name } submission { id } answers { text by { name } } } } }";

async fn seen(client: &Client, id: &str) -> Value {
    client.gql(OF, json!({ "id": id })).await.data("node").clone()
}

async fn closed(client: &Client, id: &str, settled: bool) {
    let input = json!({ "id": id, "version": client.version(id).await, "settled": settled });
    client.call("closeConsultation", input, "").await.payload("closeConsultation");
}

#[tokio::test]
async fn a_question_is_asked_answered_twice_and_settled_on_the_spot() {
    let app = TestApp::new().await;
    app.at("2026-01-09T10:00:00+08:00");
    let id = app.asked("rep01", "mzj").await;
    let (asker, liaison) = (app.sign_in("rep01").await, app.sign_in("mzj-liaison").await);
    let inbox = "{ viewer { notifications(first: 1) { nodes { title body submission { id } consultation { id } } } } }";
    let told = liaison.ask(inbox).await;
    assert_eq!(told.text("viewer.notifications.nodes.0.title"), "咨政室收到提问");
    assert_eq!(told.text("viewer.notifications.nodes.0.body"), "助餐点的补贴标准是多少？");
    assert_eq!(told.text("viewer.notifications.nodes.0.consultation.id"), id);
    assert_eq!(seen(&asker, &id).await["status"], "ASKED");

    for text in ["每餐补贴三元。", "七十岁以上五元。"] {
        let input = json!({ "id": id, "text": text });
        liaison.call("answerConsultation", input, "").await.payload("answerConsultation");
    }
    let told = asker.ask(inbox).await;
    assert_eq!(told.text("viewer.notifications.nodes.0.title"), "咨政室答复提问");
    let one = seen(&asker, &id).await;
    assert_eq!(one["status"], "ANSWERED");
    let texts: Vec<_> = one["answers"].as_array().unwrap().iter().map(|answer| answer["text"].clone()).collect();
    assert_eq!(texts, ["每餐补贴三元。", "七十岁以上五元。"]);
    closed(&asker, &id, true).await;
    assert_eq!(seen(&liaison, &id).await["status"], "SETTLED");
}

#[tokio::test]
async fn nobody_but_the_asker_the_agency_and_the_offices_knows_of_a_question() {
    let app = TestApp::new().await;
    app.open_desk().await;
    let id = app.asked("rep01", "mzj").await;
    app.answered_at_desk("mzj", &id).await;
    let knows = ["rep01", "mzj-liaison", "mzj-head", "mzj-deputy", "congress1", "congress2", "gov1"];
    let strangers = [
        "rep02",
        "mem01",
        "cppcc1",
        "jtj-liaison",
        "jtj-head",
        "mzj-handler",
        "leader1",
        "mayor1",
        "auditor",
        "admin",
        "city-congress",
        "city-gov",
    ];
    let list = "{ consultations { totalCount nodes { id question } } consultationFigures { asked answered } }";
    for username in knows {
        let client = app.sign_in(username).await;
        assert_eq!(seen(&client, &id).await["question"], "助餐点的补贴标准是多少？", "{username}");
        let answer = client.ask(list).await;
        assert_eq!((answer.number("consultations.totalCount"), answer.number("consultationFigures.asked")), (1, 1));
    }
    for username in strangers {
        let client = app.sign_in(username).await;
        assert!(seen(&client, &id).await.is_null(), "{username}");
        let answer = client.ask(list).await;
        assert_eq!(answer.list("consultations.nodes").len(), 0, "{username}");
        assert_eq!((answer.number("consultations.totalCount"), answer.number("consultationFigures.asked")), (0, 0));
        let input = json!({ "id": id, "text": "越权" });
        assert_eq!(client.call("answerConsultation", input, "").await.error_code(), "NOT_FOUND", "{username}");
    }
    for username in ["rep01", "mzj-head", "congress1", "gov1"] {
        let input = json!({ "id": id, "text": "越权" });
        let answer = app.sign_in(username).await.call("answerConsultation", input, "").await;
        assert_eq!(answer.error_code(), "FORBIDDEN", "{username}");
    }
    assert_eq!(app.anonymous().ask(list).await.error_code(), "UNAUTHENTICATED");
}

#[tokio::test]
async fn an_office_asks_for_a_deputy_at_the_desk_and_both_hear_the_answer() {
    let app = TestApp::new().await;
    app.open_desk().await;
    let office = app.sign_in("congress1").await;
    let input = json!({ "agencyId": app.agency("jtj").await, "question": "公交线路何时调整？",
        "onBehalfOfId": app.user("rep02").await });
    let answer = office.call("askConsultation", input, "consultation { id onBehalf asker { id } }").await;
    let made = answer.payload("askConsultation")["consultation"].clone();
    assert_eq!((&made["onBehalf"], &made["asker"]["id"]), (&json!(true), &json!(app.user("rep02").await)));
    let id = made["id"].as_str().unwrap();
    app.answered_at_desk("jtj", id).await;
    for username in ["congress1", "rep02"] {
        let inbox = app.sign_in(username).await.ask("{ viewer { notifications(first: 1) { nodes { title } } } }").await;
        assert_eq!(inbox.text("viewer.notifications.nodes.0.title"), "咨政室答复提问", "{username}");
    }
    closed(&office, id, false).await;
    assert_eq!(seen(&app.sign_in("rep02").await, id).await["status"], "UNSETTLED");
    // What the deputy asks himself, the office does not close for him.
    let own = app.asked("rep02", "jtj").await;
    app.answered_at_desk("jtj", &own).await;
    let close = json!({ "id": own, "version": 2, "settled": true });
    assert_eq!(office.call("closeConsultation", close, "").await.error_code(), "FORBIDDEN");
}

#[tokio::test]
async fn a_question_is_linked_to_what_came_of_it_and_counted() {
    let app = TestApp::new().await;
    app.open_desk().await;
    let rep = app.sign_in("rep01").await;
    let settled = app.asked("rep01", "mzj").await;
    app.answered_at_desk("mzj", &settled).await;
    closed(&rep, &settled, true).await;
    app.asked("rep01", "jtj").await;
    let taken_back = app.asked("rep01", "mzj").await;
    let withdraw = json!({ "id": taken_back, "version": 1 });
    rep.call("withdrawConsultation", withdraw, "").await.payload("withdrawConsultation");
    let asked = app.asked("rep01", "mzj").await;
    app.answered_at_desk("mzj", &asked).await;

    let draft = app.draft_of("rep01", draft_input("SUGGESTION", "关于提高助餐补贴的建议")).await;
    let link = json!({ "id": asked, "version": 2, "submissionId": draft.id });
    rep.call("linkConsultation", link, "").await.payload("linkConsultation");
    let figures = "{ consultationFigures { asked answered settledOnTheSpot unsettled withdrawn becameSubmission } }";
    let of = async |client: &Client| client.ask(figures).await.data("consultationFigures").clone();
    let wanted = |became: i32| {
        json!({ "asked": 4, "answered": 2, "settledOnTheSpot": 1, "unsettled": 0, "withdrawn": 1,
        "becameSubmission": became })
    };
    assert_eq!(of(&rep).await, wanted(0), "a draft is no submission yet");
    let liaison = app.sign_in("mzj-liaison").await;
    assert_eq!(seen(&liaison, &asked).await["submission"], Value::Null, "the agency does not see the draft");
    app.at("2026-02-10T10:00:00+08:00");
    draft.submit().await;
    assert_eq!(of(&rep).await, wanted(1));
    assert_eq!(of(&app.sign_in("congress1").await).await, wanted(1));
    let of_agency = of(&liaison).await;
    assert_eq!((&of_agency["asked"], &of_agency["becameSubmission"]), (&json!(3), &json!(0)), "it does not see it");
    let query = "query($id: ID!) { submission(id: $id) { consultations { id } } }";
    let linked = app.sign_in("congress1").await.gql(query, json!({ "id": draft.id })).await;
    assert_eq!(linked.text("submission.consultations.0.id"), asked);
    draft.accept().await;
    let peer = app.sign_in("rep02").await.gql(query, json!({ "id": draft.id })).await;
    assert_eq!(peer.list("submission.consultations").len(), 0, "a colleague reads the text, not the question");
}

#[tokio::test]
async fn answers_come_live_until_the_position_is_revoked() {
    let app = TestApp::new().await;
    app.open_desk().await;
    let id = app.asked("rep01", "mzj").await;
    let query = "subscription($id: ID!) { consultationChanged(id: $id) { status answers { text } } }";
    let mut stranger = Socket::open(&app.sign_in("jtj-liaison").await).await;
    stranger.subscribe(query, json!({ "id": id })).await;
    match stranger.hear().await {
        Heard::Said(message) => assert!(message.to_string().contains("NOT_FOUND"), "{message}"),
        other => panic!("{other:?}"),
    }
    let mut socket = Socket::open(&app.sign_in("rep01").await).await;
    let live = socket.subscribe(query, json!({ "id": id })).await;
    listening(&app, 1).await;
    app.answered_at_desk("mzj", &id).await;
    let heard = socket.result(&live).await;
    assert_eq!(
        heard["consultationChanged"],
        json!({ "status": "ANSWERED", "answers": [{ "text": "每餐补贴三元。" }] })
    );

    let held = app.directory().await.position("rep01", "REPRESENTATIVE").parse::<domain::ids::PositionId>().unwrap();
    position::Entity::update_many()
        .col_expr(position::Column::RevokedAt, Expr::value(app.now()))
        .filter(position::Column::Id.eq(held))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    app.answered_at_desk("mzj", &id).await;
    let told = socket.hear().await;
    match &told {
        Heard::Said(message) => {
            assert!(message.to_string().contains("UNAUTHENTICATED"), "{message}");
            assert!(!message.to_string().contains("补贴"), "{message}");
        }
        Heard::Closed(code) => assert!([4401, 4403].contains(code), "{code}"),
    }
}

#[tokio::test]
async fn the_office_keeps_the_roster_and_everybody_in_the_region_reads_it() {
    let app = TestApp::new().await;
    let office = app.sign_in("congress1").await;
    let session = app.session_2026(Institution::Congress).await;
    let shift = json!({ "sessionId": session, "agencyId": app.agency("mzj").await, "staff": ["局长", "养老科科长"],
        "startsAt": "2026-01-09T09:00:00+08:00", "endsAt": "2026-01-09T11:30:00+08:00" });
    let answer = office.call("addDeskShift", shift.clone(), "deskShift { id }").await;
    let id = answer.payload("addDeskShift")["deskShift"]["id"].clone();
    let query =
        "query($id: ID!, $day: Date) { deskShifts(sessionId: $id, day: $day) { id day staff agency { name } } }";
    for username in ["rep01", "mem01", "jtj-liaison", "gov1", "auditor"] {
        let roster = app.sign_in(username).await.gql(query, json!({ "id": session, "day": "2026-01-09" })).await;
        assert_eq!(roster.data("deskShifts.0.staff"), &json!(["局长", "养老科科长"]), "{username}");
    }
    let other_day = office.gql(query, json!({ "id": session, "day": "2026-01-10" })).await;
    assert_eq!(other_day.list("deskShifts").len(), 0);
    for username in ["rep01", "gov1", "mzj-liaison", "admin"] {
        let answer = app.sign_in(username).await.call("addDeskShift", shift.clone(), "").await;
        assert_eq!(answer.error_code(), "FORBIDDEN", "{username}");
    }
    let cancel = json!({ "id": id, "version": 1 });
    let other = app.sign_in("cppcc1").await.call("cancelDeskShift", cancel.clone(), "cancelled").await;
    assert_eq!(other.error_code(), "NOT_FOUND", "the roster of the other institution");
    office.call("cancelDeskShift", cancel, "cancelled").await.payload("cancelDeskShift");
    assert_eq!(office.gql(query, json!({ "id": session })).await.list("deskShifts").len(), 0);
}

#[tokio::test]
async fn a_page_of_questions_takes_as_many_statements_as_one() {
    let app = TestApp::new().await;
    app.open_desk().await;
    for _ in 0..6 {
        let id = app.asked("rep01", "mzj").await;
        app.answered_at_desk("mzj", &id).await;
    }
    let query = "query($first: Int) { consultations(first: $first) { nodes { question answers { text by { name } } \
                 asker { name } agency { name } session { title } } } }";
    let office = app.sign_in("congress1").await;
    office.gql(query, json!({ "first": 1 })).await;
    // Those who ask and those who answer stand on two levels: their names take one statement or two.
    for first in [1, 6] {
        let (_, statements) = app.counting(office.gql(query, json!({ "first": first }))).await;
        crate::support::counter::assert_within(7, &statements);
    }
}
