//! From whom the proposers of a restricted matter are masked: the rules with which it began decide.

use crate::support::counter::assert_within;
use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::{Value, json};

const EVERYTHING: &str =
    "query($id: ID!) { submission(id: $id) { leadProposer { id } collective { name } cosignatures { user { id } }
    contacts { participants } feedbacks { respondent { id } }
    timeline(first: 100) { nodes { actor { id } actingAs { user { id } } } } } }";

/// A restricted draft of rep04.
async fn restricted(app: &TestApp) -> Matter {
    let mut input = draft_input("SUGGESTION", "关于助餐点的建议");
    input["confidentiality"] = json!("RESTRICTED");
    app.draft_of("rep04", input).await
}

/// The same in the hands of `mzj`.
async fn handled(app: &TestApp) -> Matter {
    let mut matter = restricted(app).await;
    matter.bring_into_hands("mzj").await;
    matter
}

/// Whether this person reads who proposed the matter.
async fn reads_proposer(client: &Client, matter: &Matter) -> bool {
    let query = "query($id: ID!) { submission(id: $id) { leadProposer { id } } }";
    let seen = client.gql(query, json!({ "id": matter.id })).await;
    seen.data("submission.leadProposer") != &Value::Null
}

#[tokio::test]
async fn a_restricted_proposer_is_masked_from_the_handler_on_every_path() {
    let app = TestApp::new().await;
    let mut matter = handled(&app).await;
    matter.answer().await;
    matter.rate("DISSATISFIED").await;
    matter.settle("CLOSE").await;
    let proposer = app.user("rep04").await;
    let handler = matter.person(0, "handler").await.gql(EVERYTHING, json!({ "id": matter.id })).await;
    assert_eq!(handler.data("submission.leadProposer"), &Value::Null);
    assert!(!handler.body.to_string().contains(&proposer), "{}", handler.body);
    let form = "query($id: ID!) { node(id: $id) { ... on Feedback { respondent { id } } } }";
    let node = matter.person(0, "handler").await.gql(form, json!({ "id": matter.feedback() })).await;
    assert_eq!(node.data("node"), &Value::Null, "a form names its respondent");
    let liaison = matter.person(0, "liaison").await.gql(EVERYTHING, json!({ "id": matter.id })).await;
    assert_eq!(liaison.text("submission.leadProposer.id"), proposer);
    assert_eq!(liaison.text("submission.feedbacks.0.respondent.id"), proposer);
}

#[tokio::test]
async fn the_rules_with_which_a_matter_began_say_from_whom_its_proposer_is_masked() {
    let app = TestApp::new().await;
    let before = handled(&app).await;
    app.change_rules(|rules| rules["proposerMaskedFrom"] = json!(["AGENCY_HEAD", "LIAISON"])).await;
    let after = handled(&app).await;
    let mut seen = Vec::new();
    for duty in ["handler", "liaison", "deputy", "head"] {
        let client = before.person(0, duty).await;
        seen.push((duty, reads_proposer(&client, &before).await, reads_proposer(&client, &after).await));
    }
    let expected = [("handler", false, true), ("liaison", true, false), ("deputy", true, true), ("head", true, false)];
    assert_eq!(seen, expected, "of the matter begun before the change, and of the one begun after");
    for username in ["rep04", "congress1", "gov1", "auditor"] {
        assert!(reads_proposer(&app.sign_in(username).await, &after).await, "{username} is of no agency");
    }
}

#[tokio::test]
async fn a_region_may_mask_proposers_from_nobody() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["proposerMaskedFrom"] = json!([])).await;
    let matter = handled(&app).await;
    assert!(reads_proposer(&matter.person(0, "handler").await, &matter).await);
}

#[tokio::test]
async fn masking_costs_a_list_no_statement_once_the_rules_are_known() {
    let app = TestApp::new().await;
    let query = "{ submissions(first: 50) { nodes { title leadProposer { name } } } }";
    let matter = handled(&app).await;
    let handler = matter.person(0, "handler").await;
    handler.ask(query).await;
    let (one, few) = app.counting(handler.ask(query)).await;
    assert_eq!(one.list("submissions.nodes").len(), 1);
    for _ in 0..4 {
        handled(&app).await;
    }
    let (five, many) = app.counting(handler.ask(query)).await;
    assert_eq!(five.list("submissions.nodes").len(), 5);
    assert_within(few.len(), &many);
}

#[tokio::test]
async fn a_question_at_the_desk_does_not_tell_who_proposed_a_masked_matter() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["proposerMaskedFrom"] = json!(["LIAISON"])).await;
    app.open_desk().await;
    let matter = handled(&app).await;
    let question = app.asked("rep04", "mzj").await;
    let link = json!({ "id": question, "version": 1, "submissionId": matter.id });
    matter.lead().await.call("linkConsultation", link, "").await.payload("linkConsultation");
    let query = "query($matter: ID!, $question: ID!) { submission(id: $matter) { id consultations { id } }
        node(id: $question) { ... on Consultation { question submission { id } } } }";
    for (duty, told) in [("liaison", false), ("head", true)] {
        let reader = matter.person(0, duty).await;
        let seen = reader.gql(query, json!({ "matter": matter.id, "question": question })).await;
        assert_eq!(seen.text("submission.id"), matter.id, "{duty} reads the matter");
        assert!(seen.data("node.question").is_string(), "{duty} reads the question");
        assert_eq!(seen.list("submission.consultations").len(), usize::from(told), "{duty}");
        assert_eq!(seen.data("node.submission").is_object(), told, "{duty}");
    }
    let figures = "query($agency: ID) { consultationFigures(agencyId: $agency) { asked becameSubmission } }";
    let agency = json!({ "agency": app.agency("mzj").await });
    for (username, became) in [("mzj-liaison", 0), ("mzj-head", 0)] {
        let seen = app.sign_in(username).await.gql(figures, agency.clone()).await;
        assert_eq!(seen.data("consultationFigures"), &json!({ "asked": 1, "becameSubmission": became }), "{username}");
    }
}

#[tokio::test]
async fn figures_of_an_agency_do_not_tell_from_whom_its_matters_come() {
    let app = TestApp::new().await;
    let matter = handled(&app).await;
    let scope = json!({ "regionId": app.directory().await.region("990101"), "handlingYears": [2026] });
    let tables = "query($scope: StatisticsScope!) { statistics(scope: $scope) {
        years { total byDelegation { key count } byProposer { key count } } } }";
    let list = "query($scope: StatisticsScope!, $number: FigureNumber!) {
        statisticsItems(scope: $scope, number: $number) { totalCount } }";
    let office = matter.office().await.gql(tables, json!({ "scope": scope })).await;
    let delegation = office.text("statistics.years.0.byDelegation.0.key").to_owned();
    for duty in ["handler", "liaison", "head"] {
        let reader = matter.person(0, duty).await;
        let seen = reader.gql(tables, json!({ "scope": scope })).await;
        assert_eq!(seen.data("statistics.years.0"), &json!({ "total": 1, "byDelegation": [], "byProposer": [] }));
        for number in [
            json!({ "dimension": "DELEGATION", "key": delegation }),
            json!({ "dimension": "PROPOSER", "key": "INDIVIDUAL" }),
        ] {
            let answer = reader.gql(list, json!({ "scope": scope, "number": number })).await;
            assert_eq!(answer.error_code(), "FORBIDDEN", "{duty} {number}");
        }
    }
}
