//! An office brings in the ledgers of earlier years, and the figures that were published come out.

use crate::support::{Client, TestApp};
use api::use_cases::importing_ledger::{ImportLedger, import_file};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::table::Cell;
use serde_json::{Value, json};

const DONE: &str = "good stored known faultCount faults { sheet line column header value code message }
    unreadColumns skippedLines faultyFile";
const FIGURES: &str = "query($scope: StatisticsScope!) { statistics(scope: $scope) {
    years { handlingYear total growth byKind { key count } byOriginLevel { key count } byOutcome { key count }
      byCategory { label count } byRating { key count } byRole { key count } byStatus { key count }
      metrics { name numerator denominator } }
    agencies { agency { name } lead co metrics { name numerator denominator } } } }";

fn ledger(year: &str) -> &'static [u8] {
    match year {
        "2017" => include_bytes!("../../../api/data/ledger/2017.csv"),
        "2018" => include_bytes!("../../../api/data/ledger/2018.csv"),
        "2019" => include_bytes!("../../../api/data/ledger/2019.csv"),
        "2020" => include_bytes!("../../../api/data/ledger/2020.csv"),
        _ => include_bytes!("../../../api/data/ledger/faulty.csv"),
    }
}

fn input(bytes: &[u8], more: Value) -> Value {
    let mut input = json!({ "fileName": "台账.csv", "content": STANDARD.encode(bytes) });
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    input
}

async fn bring_in(client: &Client, year: &str, more: Value) -> Value {
    client.call("importLedger", input(ledger(year), more), DONE).await.payload("importLedger").clone()
}

/// How many lines were good, stored, known before, and how many faults there were.
fn counts(done: &Value) -> [i64; 4] {
    ["good", "stored", "known", "faultCount"].map(|name| done[name].as_i64().expect("a number"))
}

async fn figures(client: &Client, region: &str, years: &[i32], more: Value) -> Value {
    let mut scope = json!({ "regionId": region, "handlingYears": years });
    for (name, value) in more.as_object().into_iter().flatten() {
        scope[name] = value.clone();
    }
    client.gql(FIGURES, json!({ "scope": scope })).await.data("statistics").clone()
}

fn year(figures: &Value, place: usize) -> &Value {
    &figures["years"][place]
}

/// The count under this key.
fn count(list: &Value, key: &str) -> i64 {
    let found = list.as_array().expect("a list").iter().find(|one| one["key"] == key || one["label"] == key);
    found.map_or(0, |one| one["count"].as_i64().expect("a number"))
}

fn metric(list: &Value, name: &str) -> (i64, i64) {
    let found = list.as_array().expect("a list").iter().find(|one| one["name"] == name).expect("the figure is there");
    (found["numerator"].as_i64().expect("a number"), found["denominator"].as_i64().expect("a number"))
}

/// Growth in thousandths, rounded.
fn growth(year: &Value) -> i64 {
    (year["growth"].as_f64().expect("there is a year before") * 1000.0).round() as i64
}

#[tokio::test]
async fn the_published_figures_come_out_of_the_ledgers() {
    let app = TestApp::new().await;
    let office = app.sign_in("gov1").await;
    for (name, lines) in [("2017", 201), ("2018", 259), ("2019", 326)] {
        let done = bring_in(&office, name, json!({})).await;
        assert_eq!(counts(&done), [lines, lines, 0, 0], "{name}: {}", done["faults"]);
    }
    let region = app.directory().await.region("990101");
    let years = [2017, 2018, 2019];
    let district = figures(&office, &region, &years, json!({ "originLevels": ["COUNTY"] })).await;
    let totals: Vec<i64> = (0..3).map(|place| year(&district, place)["total"].as_i64().unwrap()).collect();
    assert_eq!(totals, [178, 207, 273]);
    assert_eq!(
        (growth(year(&district, 1)), growth(year(&district, 2))),
        (163, 319),
        "+16.3 %, +31.9 % with the motion"
    );
    let kinds = &year(&district, 2)["byKind"];
    assert_eq!(["MOTION", "SUGGESTION", "PROPOSAL"].map(|kind| count(kinds, kind)), [1, 129, 143]);
    let without = json!({ "originLevels": ["COUNTY"], "kinds": ["SUGGESTION", "PROPOSAL"] });
    let without = figures(&office, &region, &[2019], without).await;
    assert_eq!((year(&without, 0)["total"].as_i64(), growth(year(&without, 0))), (Some(272), 314), "+31.4 %");
    let both = figures(&office, &region, &years, json!({})).await;
    let totals: Vec<i64> = (0..3).map(|place| year(&both, place)["total"].as_i64().unwrap()).collect();
    assert_eq!(totals, [201, 259, 326]);
    let levels = &year(&both, 2)["byOriginLevel"];
    assert_eq!((count(levels, "CITY"), count(levels, "COUNTY")), (53, 273));
    // Every matter of the years was answered, and a good part of them rated.
    assert_eq!(metric(&year(&both, 2)["metrics"], "REPLY_RATE"), (326, 326));
}

#[tokio::test]
async fn a_past_day_is_told_by_the_days_in_the_ledger() {
    let app = TestApp::new().await;
    let office = app.sign_in("gov1").await;
    assert_eq!(counts(&bring_in(&office, "2019", json!({})).await), [326, 326, 0, 0]);
    let region = app.directory().await.region("990101");
    // Handed in, assigned and answered by then, as counted in the sheet itself.
    for (day, handed_in, assigned, answered) in [
        ("2019-01-07", 0, 0, 0),
        ("2019-03-01", 217, 12, 0),
        ("2019-04-30", 266, 266, 42),
        ("2019-06-30", 326, 326, 266),
    ] {
        let told = figures(&office, &region, &[2019], json!({ "asOf": day })).await;
        let then = year(&told, 0);
        assert_eq!(then["total"], json!(handed_in), "{day}");
        assert_eq!(metric(&then["metrics"], "REPLY_RATE"), (answered, assigned), "{day}");
        let states = ["ACCEPTED", "ASSIGNED", "CLOSED"].map(|state| count(&then["byStatus"], state));
        let signed = count(&then["byStatus"], "HANDLING");
        assert_eq!(states[0] + states[1] + signed + states[2], handed_in, "{day}: {states:?}");
        assert_eq!((states[0], states[2]), (handed_in - assigned, answered), "{day}");
    }
    let scope = json!({ "regionId": region, "handlingYears": [2019], "asOf": "2999-01-01" });
    let refused = office.gql(FIGURES, json!({ "scope": scope })).await;
    assert_eq!(refused.error_code(), "BAD_INPUT");
    let tomorrow = (domain::rules::legal_day::legal_day(app.now()) + chrono::Days::new(1)).to_string();
    let scope = json!({ "regionId": region, "handlingYears": [2019], "asOf": tomorrow });
    let refused = office.gql(FIGURES, json!({ "scope": scope })).await;
    assert_eq!(refused.error_code(), "BAD_INPUT");
    assert_eq!(refused.body["errors"][0]["extensions"]["field"], json!(["scope", "asOf"]));
}

#[tokio::test]
async fn a_bureau_finds_its_own_year_again() {
    let app = TestApp::new().await;
    let office = app.sign_in("gov1").await;
    let done = bring_in(&office, "2020", json!({})).await;
    assert_eq!(counts(&done), [23, 23, 0, 0]);
    let region = app.directory().await.region("990101");
    let of = async |key: &str| figures(&office, &region, &[2020], json!({ "agencyId": app.agency(key).await })).await;
    let civil = of("mzj").await;
    assert_eq!((civil["agencies"][0]["lead"].as_i64(), civil["agencies"][0]["co"].as_i64()), (Some(13), Some(7)));
    let metrics = &civil["agencies"][0]["metrics"];
    assert_eq!(metric(metrics, "FULL_SATISFACTION_RATE"), (13, 13), "all satisfied");
    assert_eq!(metric(metrics, "REPLY_RATE"), (13, 13));
    assert_eq!(metric(metrics, "ADOPTION_RATE"), (13, 13), "5 and 1 solved, 7 adopted");
    assert_eq!(metric(metrics, "RESOLUTION_RATE"), (6, 13));
    let planning = of("fgj").await;
    let outcomes = &year(&planning, 0)["byOutcome"];
    let found: i64 = outcomes.as_array().unwrap().iter().map(|one| one["count"].as_i64().unwrap()).sum();
    assert_eq!(found, 3, "one B and two C: {outcomes}");
}

#[tokio::test]
async fn the_same_file_again_adds_nothing_and_a_dry_run_stores_nothing() {
    let app = TestApp::new().await;
    let office = app.sign_in("gov1").await;
    let before = app.ledger().await;
    let dry = bring_in(&office, "2020", json!({ "dryRun": true })).await;
    assert_eq!(counts(&dry), [23, 23, 0, 0]);
    before.assert_same(&app.ledger().await, "importLedger");
    assert_eq!(counts(&bring_in(&office, "2020", json!({})).await), [23, 23, 0, 0]);
    let stored = app.ledger().await;
    assert_eq!(counts(&bring_in(&office, "2020", json!({})).await), [23, 0, 23, 0]);
    stored.assert_same(&app.ledger().await, "importLedger");
    let trail =
        app.sign_in("admin").await.ask("{ officeTrail { nodes { action subject summary actor { name } } } }").await;
    assert_eq!(trail.list("officeTrail.nodes").len(), 1);
    assert_eq!(trail.text("officeTrail.nodes.0.action"), "LEDGER_IMPORTED");
    assert_eq!(trail.text("officeTrail.nodes.0.subject"), "台账.csv");
}

#[tokio::test]
async fn a_matter_from_a_ledger_is_marked_and_its_texts_are_texts() {
    let app = TestApp::new().await;
    let office = app.sign_in("gov1").await;
    let text = String::from_utf8(ledger("2020").to_vec()).unwrap();
    let title = text.lines().nth(1).unwrap().split(',').nth(6).unwrap();
    let hostile = text.replace(title, "=HYPERLINK(\"http://evil\";1)").replace("邱海思", "不在名册者");
    let done = office.call("importLedger", input(hostile.as_bytes(), json!({})), DONE).await;
    assert_eq!(counts(done.payload("importLedger")), [23, 23, 0, 0]);
    let list = "{ submissions(first: 100, filter: { handlingYear: 2020 }, orderBy: CASE_NO) { totalCount nodes {
        id title caseNo status importedAt leadProposer { name positions { active } } mode
        assignments { agency { name } role status deadline { dueOn } }
        replies { outcome outcomeLabel documentNo body disclosure } feedbacks { status overallRating }
        timeline(first: 5) { nodes { action summary actor { name } } } } } }";
    let found = office.ask(list).await;
    assert_eq!(found.number("submissions.totalCount"), 23);
    let nodes = found.list("submissions.nodes");
    let one = nodes.iter().find(|one| one["title"] == "=HYPERLINK(\"http://evil\";1)").expect("the text is kept");
    assert_eq!((&one["status"], &one["mode"]), (&json!("CLOSED"), &json!("LEAD_WITH_CO")));
    assert!(one["importedAt"].is_string());
    assert_eq!(one["leadProposer"]["name"], "不在名册者");
    assert_eq!(one["replies"][0]["outcomeLabel"], "已经解决");
    assert_eq!(one["replies"][0]["documentNo"], "清民函〔2020〕1号");
    assert_eq!(one["assignments"].as_array().unwrap().len(), 3);
    assert_eq!(
        one["timeline"]["nodes"],
        json!([{ "action": "IMPORTED", "summary": "由历史台账导入",
        "actor": { "name": office.ask("{ viewer { user { name } } }").await.text("viewer.user.name") } }])
    );
    // Whoever is known by his name finds his matters as his own; the one without an account can never sign in.
    let try_it = json!({ "username": "ledger", "password": "-" });
    let (code, ..) = app.anonymous().call("signIn", try_it, "").await.refused("signIn");
    assert_eq!(code, "INVALID_VALUE");
}

#[tokio::test]
async fn with_a_fault_nothing_is_stored_unless_the_good_lines_are_asked_for() {
    let app = TestApp::new().await;
    let office = app.sign_in("gov1").await;
    let before = app.ledger().await;
    let done = bring_in(&office, "faulty", json!({})).await;
    let [good, stored, known, faults] = counts(&done);
    assert_eq!((stored, known, faults), (0, 0, 7), "{}", done["faults"]);
    before.assert_same(&app.ledger().await, "importLedger");
    let first = &done["faults"][0];
    assert_eq!((&first["line"], &first["column"], &first["header"]), (&json!(2), &json!("G"), &json!("标题")));
    assert_eq!(first["code"], "REQUIRED");
    assert_eq!(first["message"], "此项必填,现为空白。请补填。");

    let done = bring_in(&office, "faulty", json!({ "skipFaulty": true })).await;
    assert_eq!(counts(&done), [good, good, 0, 7]);
    // What is left to mend is the file without the good lines, and has the same faults.
    let left = STANDARD.decode(done["faultyFile"].as_str().unwrap()).unwrap();
    let tables = sheets::read(&left, &sheets::Limits::default()).unwrap();
    assert_eq!(tables[0].rows[0].cells[0], Cell::Text("年度".into()));
    let again = office.call("importLedger", input(&left, json!({})), DONE).await;
    assert_eq!(counts(again.payload("importLedger"))[3], 7);
}

#[tokio::test]
async fn a_number_that_stands_for_another_matter_is_a_fault() {
    let app = TestApp::new().await;
    let office = app.sign_in("gov1").await;
    bring_in(&office, "2020", json!({})).await;
    let other =
        String::from_utf8(ledger("2020").to_vec()).unwrap().replacen("关于解决双塘社区公益性公墓", "关于另一件事", 1);
    let done = office.call("importLedger", input(other.as_bytes(), json!({})), DONE).await;
    let done = done.payload("importLedger");
    assert_eq!(counts(done), [22, 0, 22, 1]);
    assert_eq!(done["faults"][0]["code"], "DUPLICATE");
}

#[tokio::test]
async fn who_may_not_is_refused_and_what_is_no_file_is_named() {
    let app = TestApp::new().await;
    for (username, code) in [("rep01", "FORBIDDEN"), ("mzj-liaison", "FORBIDDEN"), ("auditor", "FORBIDDEN")] {
        let answer = app.sign_in(username).await.call("importLedger", input(ledger("2020"), json!({})), DONE).await;
        assert_eq!(answer.error_code(), code, "{username}");
    }
    // An office brings in matters of its own institution alone.
    let cppcc = app.sign_in("cppcc1").await;
    let answer = cppcc.call("importLedger", input(ledger("2020"), json!({})), DONE).await;
    assert_eq!(answer.error_code(), "FORBIDDEN");
    let admin = app.sign_in("admin").await;
    let mut bad = input(b"x", json!({}));
    bad["content"] = json!("not base64!");
    assert_eq!(admin.call("importLedger", bad, DONE).await.error_code(), "BAD_INPUT");
    let (code, field, _) = admin
        .call("importLedger", input(b"x", json!({ "fileName": "x".repeat(201) })), DONE)
        .await
        .refused("importLedger");
    assert_eq!((code.as_str(), field.as_str()), ("TOO_LONG", "fileName"));
    for bytes in [&b""[..], b"\xff\xfe\x00", b"PK\x03\x04broken", b"a,b\n1,2"] {
        let done = admin.call("importLedger", input(bytes, json!({})), DONE).await;
        let done = done.payload("importLedger");
        assert_eq!(counts(done)[1], 0);
        assert_eq!(done["faults"].as_array().unwrap().len(), 1, "{bytes:?}");
        assert_eq!(done["faults"][0]["line"], Value::Null);
    }
}

#[tokio::test]
async fn the_command_does_the_same_for_the_server_itself() {
    let app = TestApp::new().await;
    let file = |bytes: &[u8]| ImportLedger {
        file_name: "2020.csv".into(),
        bytes: bytes.to_vec(),
        dry_run: false,
        skip_faulty: false,
    };
    assert!(import_file(&app.deps, "000000", file(b"")).await.unwrap().is_none(), "no such region");
    let done = import_file(&app.deps, "990101", file(ledger("2020"))).await.unwrap().unwrap();
    assert_eq!((done.good, done.stored, done.known), (23, 23, 0));
    let trail = app.sign_in("auditor").await.ask("{ officeTrail { nodes { action actor { id } } } }").await;
    assert_eq!(trail.list("officeTrail.nodes"), [json!({ "action": "LEDGER_IMPORTED", "actor": null })]);
}
