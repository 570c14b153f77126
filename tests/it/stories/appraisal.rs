//! A year of agencies is counted, announced, objected to and corrected; whoever counts again finds the same.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

const RANKING: &str = "query($year: Int!, $of: Institution!) { appraisals(institution: $of, handlingYear: $year) {
    place total agency { id } appraisal { id version status total announcedTotal load asOf objection answer
        findings { code times reason } announcedFindings { code } recount { total agrees }
        rule { id version } scope { regionId handlingYears agencyId institution asOf }
        score { basic bonus deduction total credits { code points times }
            lines { metric numerator denominator rate points reached note definition } } } } }";
const PREVIEW: &str = "query($input: AppraisalPreviewInput!) { appraisalPreview(input: $input) { errors { code field }
    rule { version } agencies { place load version agency { id } score { total bonus deduction basic } } } }";

/// Rules of scoring from a handling year on.
pub async fn scoring_rules(client: &Client, year: i32, change: impl FnOnce(&mut Value)) -> Value {
    let mut body: Value = serde_json::from_str(domain::appraisal::ScoringRule::PRESET).unwrap();
    change(&mut body);
    let region = client.app().directory().await.region("990101");
    let input =
        json!({ "regionId": region, "effectiveYear": year, "body": body.to_string(), "reason": "常务会议决定" });
    let answer = client.call("changeScoringRules", input, "scoringRule { id version effectiveYear fullMarks }").await;
    answer.payload("changeScoringRules")["scoringRule"].clone()
}

/// What the office found about an agency.
pub async fn found(client: &Client, agency: &str, version: Option<i64>, findings: Value) -> Value {
    let input = json!({ "institution": "CONGRESS", "handlingYear": 2026, "agencyId": client.app().agency(agency).await,
        "version": version, "findings": findings });
    let answer = client.call("recordFindings", input, "appraisal { id version status }").await;
    answer.payload("recordFindings")["appraisal"].clone()
}

/// Announces the year for the congress.
pub async fn announce(client: &Client, as_of: &str) {
    let input = json!({ "institution": "CONGRESS", "handlingYear": 2026, "asOf": as_of });
    client.call("announceAppraisal", input, "appraisals { place total }").await.payload("announceAppraisal");
}

async fn ranking(client: &Client) -> Vec<Value> {
    let answer = client.gql(RANKING, json!({ "year": 2026, "of": "CONGRESS" })).await;
    answer.list("appraisals").to_vec()
}

/// The entry of an agency.
async fn of(app: &TestApp, entries: &[Value], agency: &str) -> Value {
    let id = app.agency(agency).await;
    entries.iter().find(|one| one["agency"]["id"] == json!(id)).cloned().expect("the agency is there")
}

/// Five rated matters at `mzj`, and one reply each of `jtj` and `czj`; all of it on one day.
async fn year(app: &TestApp) {
    for rating in ["SATISFIED", "SATISFIED", "BASICALLY_SATISFIED", "SATISFIED", "DISSATISFIED"] {
        let mut matter = Box::pin(app.rated("rep01", rating)).await;
        matter.settle("CLOSE").await;
    }
    for agency in ["jtj", "czj"] {
        Box::pin(app.issued_by("rep02", &[agency], "SOLE")).await;
    }
    app.at("2026-02-12T09:00:00+08:00");
}

fn near(found: &Value, expected: f64) -> bool {
    found.as_f64().is_some_and(|found| (found - expected).abs() < 0.011)
}

#[tokio::test]
async fn a_year_is_counted_announced_objected_to_corrected_and_counted_again() {
    let app = TestApp::new().await;
    year(&app).await;
    let (gov, liaison) = (app.sign_in("gov1").await, app.sign_in("mzj-liaison").await);
    let rule = scoring_rules(&gov, 2026, |_| ()).await;
    assert_eq!((&rule["version"], &rule["fullMarks"]), (&json!(1), &json!(100.0)));

    let case = json!({ "code": "EXEMPLARY_CASE", "times": 2, "reason": "案例被市里推广" });
    let circular = json!({ "code": "CIRCULATED", "times": 1, "reason": "被通报一次" });
    let draft = found(&gov, "mzj", None, json!([case])).await;
    assert_eq!((&draft["status"], &draft["version"]), (&json!("DRAFT"), &json!(1)));
    found(&gov, "mzj", Some(1), json!([case, circular])).await;
    // Before it is announced nobody but the transfer office knows of it.
    for name in ["mzj-liaison", "auditor", "mayor1", "leader1"] {
        let client = app.sign_in(name).await;
        assert_eq!(ranking(&client).await, [] as [Value; 0], "{name}");
        let node = client.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": draft["id"] })).await;
        assert!(node.data("node").is_null(), "{name}");
    }

    let input = json!({ "input": { "institution": "CONGRESS", "handlingYear": 2026, "asOf": "2026-02-11" } });
    let preview = gov.gql(PREVIEW, input).await;
    announce(&gov, "2026-02-11").await;
    let entries = ranking(&gov).await;
    let counted = preview.list("appraisalPreview.agencies");
    assert_eq!(counted.len(), entries.len());
    for (before, after) in counted.iter().zip(&entries) {
        assert_eq!((&before["agency"], &before["place"]), (&after["agency"], &after["place"]));
        assert_eq!(before["score"]["total"], after["total"]);
    }

    // By hand: what was reached of the items with a basis, scaled to 100, two cases and one circular.
    let mzj = of(&app, &entries, "mzj").await;
    let score = &mzj["appraisal"]["score"];
    let lines = score["lines"].as_array().unwrap();
    let based: Vec<&Value> = lines.iter().filter(|line| !line["reached"].is_null()).collect();
    let sum = |field: &str| based.iter().map(|line| line[field].as_f64().unwrap()).sum::<f64>();
    assert!(near(&score["basic"], sum("reached") * 100.0 / sum("points")), "{score}");
    assert_eq!((&score["bonus"], &score["deduction"]), (&json!(4.0), &json!(2.0)));
    assert!(near(&mzj["total"], score["basic"].as_f64().unwrap() + 2.0), "{mzj}");
    let line = |name: &str| lines.iter().find(|line| line["metric"] == json!(name)).unwrap();
    let satisfied = line("SATISFACTION_RATE");
    // Four of five: 15 percentage points below 95 take half a point each from five.
    assert_eq!((&satisfied["numerator"], &satisfied["denominator"]), (&json!(4), &json!(5)));
    assert_eq!(satisfied["reached"], json!(0.0));
    // Few ratings have no basis, and it is said why.
    let jtj = of(&app, &entries, "jtj").await;
    let few = jtj["appraisal"]["score"]["lines"].as_array().unwrap();
    let few = few.iter().find(|line| line["metric"] == json!("SATISFACTION_RATE")).unwrap();
    assert!(few["reached"].is_null() && few["note"].as_str().is_some_and(|note| note.contains("保护")), "{few}");

    the_list_behind_each_line_has_its_length(&gov, &mzj["appraisal"]).await;

    // The agency objects, and the office corrects what it found; figures stay.
    let id = mzj["appraisal"]["id"].as_str().unwrap();
    let object = json!({ "id": id, "version": liaison.version(id).await, "reason": "通报不属本单位" });
    let objected = liaison.call("objectToAppraisal", object, "appraisal { status objection }").await;
    assert_eq!(objected.payload("objectToAppraisal")["appraisal"]["status"], json!("OBJECTED"));
    let correct = json!({ "id": id, "version": gov.version(id).await, "reason": "核查属实,更正", "findings": [case] });
    gov.call("answerObjection", correct, "").await.payload("answerObjection");

    // Matters move on, and the region scores otherwise from now on.
    Box::pin(app.issued_by("rep02", &["mzj"], "SOLE")).await;
    let next = scoring_rules(&gov, 2026, |body| body["items"][0]["points"] = json!(40)).await;
    assert_eq!(next["version"], json!(2));
    app.at("2027-03-01T09:00:00+08:00");
    let after = ranking(&app.sign_in("mzj-liaison").await).await;
    let own = of(&app, &after, "mzj").await;
    let own = &own["appraisal"];
    assert_eq!((&own["status"], &own["rule"]["version"]), (&json!("CORRECTED"), &json!(1)));
    assert_eq!(own["recount"], json!({ "total": own["total"], "agrees": true }));
    assert!(near(&own["total"], mzj["total"].as_f64().unwrap() + 2.0), "{own}");
    assert_eq!(own["announcedTotal"], mzj["total"]);
    assert_eq!(own["score"]["lines"], mzj["appraisal"]["score"]["lines"], "figures stay as they were frozen");
    assert_eq!((own["findings"].as_array().unwrap().len(), own["announcedFindings"].as_array().unwrap().len()), (1, 2));
    assert_eq!(own["objection"], json!("通报不属本单位"));
    the_list_behind_each_line_has_its_length(&app.sign_in("gov1").await, own).await;
}

/// Each number of a line is the length of the list that `statisticsItems` gives for the scope; ratings are for others.
async fn the_list_behind_each_line_has_its_length(client: &Client, appraisal: &Value) {
    let query = "query($scope: StatisticsScope!, $number: FigureNumber!) {
        statisticsItems(scope: $scope, number: $number) { totalCount } }";
    let mut lists = 0;
    for line in appraisal["score"]["lines"].as_array().unwrap() {
        if line["metric"].as_str().unwrap().contains("SATISFACTION") {
            continue;
        }
        for (dimension, number) in [("NUMERATOR", &line["numerator"]), ("DENOMINATOR", &line["denominator"])] {
            let number_of = json!({ "dimension": dimension, "key": line["metric"] });
            let answer = client.gql(query, json!({ "scope": appraisal["scope"], "number": number_of })).await;
            assert_eq!(answer.data("statisticsItems.totalCount"), number, "{dimension} of {line}");
            lists += 1;
        }
    }
    assert_eq!(lists, 12);
}

#[tokio::test]
async fn equal_totals_share_a_place_and_each_agency_sees_its_own_appraisal_alone() {
    let app = TestApp::new().await;
    year(&app).await;
    let gov = app.sign_in("gov1").await;
    scoring_rules(&gov, 2026, |_| ()).await;
    announce(&gov, "2026-02-11").await;
    let entries = ranking(&gov).await;
    let (jtj, czj) = (of(&app, &entries, "jtj").await, of(&app, &entries, "czj").await);
    assert_eq!((&jtj["place"], &jtj["total"]), (&czj["place"], &czj["total"]));
    let others = entries.iter().filter(|one| one["place"] == jtj["place"]).count();
    assert_eq!(others, 2, "{entries:?}");

    for name in ["jtj-liaison", "jtj-head"] {
        let seen = ranking(&app.sign_in(name).await).await;
        let bare = |list: &[Value]| -> Vec<Value> {
            list.iter().map(|one| json!([one["place"], one["total"], one["agency"]])).collect()
        };
        assert_eq!(bare(&seen), bare(&entries), "{name}: place and total of all");
        for one in &seen {
            let own = one["agency"] == jtj["agency"];
            assert_eq!(!one["appraisal"].is_null(), own, "{name}: {one}");
        }
    }
    for name in ["auditor", "mayor1", "leader1"] {
        assert_eq!(ranking(&app.sign_in(name).await).await, entries, "{name}");
    }
    for name in ["rep01", "mem01", "congress1", "admin", "mzj-handler"] {
        let answer = app.sign_in(name).await.gql(RANKING, json!({ "year": 2026, "of": "CONGRESS" })).await;
        assert_eq!(answer.error_code(), "FORBIDDEN", "{name}");
    }
    // The leader of the other institution, the public, and the region above.
    let of_cppcc = app.sign_in("leader2").await.gql(RANKING, json!({ "year": 2026, "of": "CONGRESS" })).await;
    assert_eq!(of_cppcc.error_code(), "FORBIDDEN");
    let nobody = app.anonymous().gql(RANKING, json!({ "year": 2026, "of": "CONGRESS" })).await;
    assert_eq!(nobody.error_code(), "UNAUTHENTICATED");
    let city = app.sign_in("city-gov").await;
    assert_eq!(ranking(&city).await, [] as [Value; 0]);
    let region = app.directory().await.region("990101");
    let abroad = "query($id: ID!) { appraisals(regionId: $id, institution: CONGRESS, handlingYear: 2026) { place } }";
    assert_eq!(city.gql(abroad, json!({ "id": region })).await.error_code(), "NOT_FOUND");
    let preview = json!({ "input": { "regionId": region, "institution": "CONGRESS", "handlingYear": 2026 } });
    assert_eq!(city.gql(PREVIEW, preview.clone()).await.error_code(), "NOT_FOUND");
    assert_eq!(app.sign_in("auditor").await.gql(PREVIEW, preview).await.error_code(), "FORBIDDEN");
}

#[tokio::test]
async fn counting_sends_as_many_statements_for_many_agencies_as_for_one() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    scoring_rules(&gov, 2026, |_| ()).await;
    let input = json!({ "input": { "institution": "CONGRESS", "handlingYear": 2026 } });
    Box::pin(app.issued_by("rep02", &["mzj"], "SOLE")).await;
    let (one, few) = app.counting(gov.gql(PREVIEW, input.clone())).await;
    Box::pin(app.issued_by("rep02", &["jtj", "czj", "fgj"], "LEAD_WITH_CO")).await;
    let (many, more) = app.counting(gov.gql(PREVIEW, input)).await;
    assert_eq!(one.list("appraisalPreview.agencies").len(), 1);
    assert_eq!(many.list("appraisalPreview.agencies").len(), 4);
    assert_eq!(few.len(), more.len(), "{more:#?}");
}

#[tokio::test]
async fn each_institution_is_scored_by_its_rules_of_the_year() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    scoring_rules(&admin, 2026, |_| ()).await;
    let region = app.directory().await.region("990101");
    let own = json!({ "regionId": region, "effectiveYear": 2027, "institution": "CPPCC", "reason": "政协另定" });
    admin.call("changeScoringRules", own, "").await.payload("changeScoringRules");
    let query = "query($of: Institution) { scoringRules(institution: $of) { version institution effectiveYear inForce
        name bonuses { code points most } items { metric points target perPoint lowerIsBetter } createdBy { name } } }";
    let rep = app.sign_in("rep01").await;
    let versions = async |of: Value| {
        let answer = rep.gql(query, json!({ "of": of })).await;
        let list = answer.list("scoringRules").iter();
        list.map(|one| (one["version"].as_i64().unwrap(), one["inForce"] == json!(true))).collect::<Vec<_>>()
    };
    assert_eq!(versions(json!("CONGRESS")).await, [(1, true)]);
    assert_eq!(versions(json!("CPPCC")).await, [(2, false), (1, true)]);
    app.at("2027-02-10T09:00:00+08:00");
    assert_eq!(versions(Value::Null).await, [(2, true), (1, true)]);
    let abroad = app.sign_in("city-congress").await.gql(query, json!({})).await;
    assert_eq!(abroad.list("scoringRules").len(), 0);
}
