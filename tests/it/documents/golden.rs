//! Every kind of document as the role prints it that does so in an office: its whole text, reviewed once.
//!
//! One region with four matters: a suggestion with a co-signer that two agencies handled and its proposer rated, a proposal
//! in the name of a body that is late, a suggestion that waits for its assignment, and one of the year before out of a
//! ledger. Names, days and numbers are fixed, so that the text is the same on every machine and database.
//!
//! With `JIANYAN_PAPERS_DIR` the files are left in that folder, each with the sentences it must hold; `tests/papers/check.sh`
//! opens them with LibreOffice.

use super::reading::{Word, squash, workbook};
use super::{ORDER, fetch, package, wanted};
use crate::files::attached;
use crate::support::{Client, Matter, TestApp, draft_input, env};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::vocabulary::DocumentKind;
use http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Prints, and keeps what was printed.
#[derive(Default)]
struct Press {
    printed: BTreeSet<String>,
}

impl Press {
    /// Prints a paper in each of its formats; the text must be that of the snapshot, hold its title and these words,
    /// and be the same on paper of either format.
    async fn print(&mut self, name: &str, client: &Client, kind: &str, more: Value, says: &[&str]) {
        let formats: &[&str] = match kind {
            "LEDGER" => &["XLSX"],
            "ASSIGNMENT_SCHEDULE" | "STATISTICS_REPORT" => &["DOCX", "PDF", "XLSX"],
            _ => &["DOCX", "PDF"],
        };
        let mut word = None;
        for format in formats {
            let (file_name, bytes) = made(client, kind, format, more.clone()).await;
            // The title of a workbook is its name.
            let says = if *format == "XLSX" { &says[1..] } else { says };
            keep(&format!("{name}.{}", format.to_lowercase()), &bytes, says);
            if *format != "PDF" {
                package::check(&bytes).unwrap_or_else(|fault| panic!("{file_name}: {fault}"));
            }
            let text = match *format {
                "DOCX" => word.insert(Word::read(&bytes)).shown(),
                "XLSX" => workbook(&bytes),
                _ => {
                    let word = word.as_ref().expect("printed before");
                    assert_eq!(word.words(), word.words_of_pdf(&bytes), "{name}: Word and PDF say the same");
                    continue;
                }
            };
            for one in says {
                assert!(squash(&text).contains(&squash(one)), "{one} is not in {name}: {text}");
            }
            insta::assert_snapshot!(format!("{name}-{}", format.to_lowercase()), format!("{file_name}\n\n{text}"));
        }
        self.printed.insert(kind.to_owned());
    }
}

/// The name and bytes of a document.
async fn made(client: &Client, kind: &str, format: &str, more: Value) -> (String, Vec<u8>) {
    let answer = client.gql(ORDER, wanted(kind, format, more)).await;
    let (status, bytes) = fetch(client.app(), answer.text("document.url")).await;
    assert_eq!(status, StatusCode::OK, "{kind} {format}");
    (answer.text("document.fileName").to_owned(), bytes)
}

/// Leaves the file for other programs, with what it must hold.
fn keep(name: &str, bytes: &[u8], says: &[&str]) {
    let Some(folder) = env::text("JIANYAN_PAPERS_DIR") else { return };
    let folder = Path::new(&folder);
    std::fs::write(folder.join(name), bytes).expect("the folder takes files");
    std::fs::write(folder.join(format!("{name}.says")), says.join("\n") + "\n").expect("the folder takes files");
}

/// The suggestion: handed in by two, handled by `mzj` with `czj`, answered and rated.
async fn suggestion(app: &TestApp) -> (Matter, String) {
    let mut matter = app.draft_of("rep01", draft_input("SUGGESTION", "关于加强社区养老助餐服务的建议")).await;
    let invite = json!({ "submissionId": matter.id, "userIds": [app.user("rep03").await] });
    matter.lead().await.call("inviteCosigners", invite, "").await.payload("inviteCosigners");
    let accept = json!({ "submissionId": matter.id, "accept": true });
    app.sign_in("rep03").await.call("answerCosign", accept, "").await.payload("answerCosign");
    attached(&matter.lead().await, &matter.id).await;
    matter.submit().await;
    app.at("2026-02-24T09:00:00+08:00");
    matter.accept().await;
    matter.plan(&["mzj", "czj"], "LEAD_WITH_CO").await;
    app.at("2026-03-02T10:00:00+08:00");
    matter.release().await;
    app.at("2026-03-03T10:00:00+08:00");
    for part in 0..2 {
        matter.sign_for(part).await;
        matter.start_handling(part).await;
    }
    app.at("2026-03-12T14:30:00+08:00");
    let contact = matter.record_contact(0).await;
    app.at("2026-03-20T09:00:00+08:00");
    matter.send_opinion(1).await;
    app.at("2026-04-08T09:00:00+08:00");
    matter.draft_reply(0, "IN_PROGRESS").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    app.at("2026-04-20T09:00:00+08:00");
    matter.rate("BASICALLY_SATISFIED").await;
    (matter, contact)
}

/// The proposal in the name of a body, which its agency has not answered.
async fn proposal(app: &TestApp) -> Matter {
    let mut input = draft_input("PROPOSAL", "关于完善城北片区公共停车设施的提案");
    input["collective"] = json!({ "kind": "PARTY", "name": "民盟清河区委员会" });
    let mut matter = app.draft_of("mem01", input).await;
    matter.bring_into_hands("cgj").await;
    matter
}

/// The ledger of the year before with one matter, whose title comes again.
async fn year_before(gov: &Client) {
    let ledger = "年度,层级,届次,案号,类别,标题,领衔人,联名人数,会议/闭会,提出日期,交办日期,办理方式,主办单位,答复日期,办理结果\n\
        2025,区级,区十八届人大五次会议,7,建议,关于加强社区养老助餐服务的建议,邱海思,0,闭会,2025-05-20,2025-06-01,独办,\
        清河区民政局,2025-08-10,已经解决\n";
    let input = json!({ "fileName": "2025.csv", "content": STANDARD.encode(ledger) });
    let done = gov.call("importLedger", input, "stored faults { line column message }").await;
    assert_eq!(done.payload("importLedger")["stored"], 1, "{}", done.payload("importLedger"));
}

#[tokio::test]
async fn every_document_reads_as_reviewed() {
    let app = TestApp::new().await;
    year_before(&app.sign_in("gov1").await).await;
    let (matter, contact) = Box::pin(suggestion(&app)).await;
    let proposal = Box::pin(proposal(&app)).await;
    app.accepted("rep02").await;
    app.at("2026-07-24T09:00:00+08:00");

    let mut press = Press::default();
    let about = |id: &str| json!({ "id": id });
    let (gov, congress, cppcc) =
        (app.sign_in("gov1").await, app.sign_in("congress1").await, app.sign_in("cppcc1").await);
    let title = "关于加强社区养老助餐服务的建议";

    // The papers of a matter.
    let lead = matter.lead().await;
    let says = ["代表建议、批评和意见", title, "建议统筹布局社区助餐点", "调研报告.pdf"];
    press.print("submission-form-congress", &lead, "SUBMISSION_FORM", about(&matter.id), &says).await;
    let says = ["提案", "民盟清河区委员会", "建议统筹布局社区助餐点"];
    press.print("submission-form-cppcc", &cppcc, "SUBMISSION_FORM", about(&proposal.id), &says).await;
    for (part, name) in ["assignment-notice-lead", "assignment-notice-co"].into_iter().enumerate() {
        let id = &matter.parts[part].id;
        press.print(name, &gov, "ASSIGNMENT_NOTICE", about(id), &["关于交办2026年建议", title]).await;
    }
    let liaison = matter.person(0, "liaison").await;
    let says = ["的答复", title, "现答复如下"];
    press.print("reply-letter", &liaison, "REPLY_LETTER", about(matter.reply(0)), &says).await;
    press
        .print("feedback-form", &congress, "FEEDBACK_FORM", about(&matter.feedbacks[0]), &["办理情况征询意见表", title])
        .await;
    let handler = matter.person(0, "handler").await;
    press
        .print("contact-record", &handler, "CONTACT_RECORD", about(&contact), &["建议办理面商记录", "当面听取意见"])
        .await;

    // The lists.
    let listed = json!({ "filter": { "handlingYear": 2026 } });
    press.print("assignment-schedule", &gov, "ASSIGNMENT_SCHEDULE", listed.clone(), &["交办安排表", title]).await;
    press.print("ledger", &gov, "LEDGER", listed, &["台账", title]).await;

    // The papers on the year.
    let scope = |more: Value| {
        let app = app.clone();
        async move {
            let mut scope = json!({ "regionId": app.directory().await.region("990101"), "handlingYears": [2026] });
            for (name, value) in more.as_object().into_iter().flatten() {
                scope[name] = value.clone();
            }
            json!({ "scope": scope })
        }
    };
    let whole = scope(json!({})).await;
    let says = ["清河区2026年度建议提案办理情况统计报告", "办复率=已印发书面答复的件"];
    press.print("statistics-report", &gov, "STATISTICS_REPORT", whole.clone(), &says).await;
    let says = ["清河区建议提案办理工作动态", "逾期情况"];
    press.print("bulletin", &gov, "BULLETIN", whole.clone(), &says).await;
    let says = ["关于2026年建议提案的办前分析报告", "多年多次提出的问题"];
    press.print("pre-handling-analysis", &gov, "PRE_HANDLING_ANALYSIS", whole, &says).await;
    let says = ["清河区人民政府关于区十八届人大六次会议代表建议办理情况的报告", "清河区人民代表大会常务委员会"];
    let of_congress = scope(json!({ "institution": "CONGRESS" })).await;
    press.print("yearly-report", &gov, "YEARLY_REPORT", of_congress, &says).await;

    let every: BTreeSet<String> = DocumentKind::ALL.iter().map(|kind| kind.code().to_owned()).collect();
    assert_eq!(press.printed, every, "a kind of document is printed here or nowhere reviewed");
}
