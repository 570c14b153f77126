//! The same for what offices keep beside matters: records, appraisals, the duty catalogue and the consultation desk.

use super::bases::{Base, this, with};
use crate::support::TestApp;
use serde_json::json;

pub async fn of_records(app: &TestApp, verb: &str) -> Option<Base> {
    if !verb.ends_with("OfficeRecord") {
        return None;
    }
    // Verbs that take a key have a person each: the tests of texts send one key to all of them.
    let client = app.sign_in("congress2").await;
    let session = client.ask("{ sessions { id } }").await.text("sessions.0.id").to_owned();
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    let more = json!({ "number": "清政发〔2026〕3号", "outlet": "门户网站", "programme": "公开专栏", "handlingYear": 2026,
        "sessionId": session, "link": "https://example.gov.cn/3", "items": 2, "submissionIds": [matter.id] });
    let input = with(crate::stories::office_records::record_input("ARRANGEMENT", "安排意见"), more.clone());
    if verb == "createOfficeRecord" {
        return Some(Base { client, input });
    }
    let of = crate::stories::office_records::record_input("WORK_PLAN", "工作方案");
    let id = crate::stories::office_records::recorded(&client, of).await;
    Some(match verb {
        "updateOfficeRecord" => {
            this(client, &id, with(more, json!({ "title": "方案", "issuedOn": "2026-02-08" }))).await
        }
        "withdrawOfficeRecord" => this(client, &id, json!({ "reason": "重复登记" })).await,
        _ => return None,
    })
}

/// Each verb has a year of its own, which is announced once.
pub async fn of_appraisal(app: &TestApp, verb: &str) -> Option<Base> {
    let (institution, year) = match verb {
        "changeScoringRules" | "announceAppraisal" => ("CONGRESS", 2026),
        "answerObjection" => ("CPPCC", 2026),
        "objectToAppraisal" => ("CONGRESS", 2025),
        "recordFindings" => ("CPPCC", 2025),
        _ => return None,
    };
    let gov = app.sign_in("gov1").await;
    let rules = json!({ "regionId": app.directory().await.region("990101"), "effectiveYear": 2025,
        "body": domain::appraisal::ScoringRule::PRESET, "reason": "按规定办理" });
    if verb == "changeScoringRules" {
        // The tests of texts use one key for every verb, so that each verb that takes one has a person of its own.
        return Some(Base { client: app.sign_in("gov2").await, input: rules });
    }
    let rules = with(rules, json!({ "idempotencyKey": "rules of scoring" }));
    gov.call("changeScoringRules", rules, "").await.payload("changeScoringRules");
    let why = json!({ "reason": "按规定办理" });
    let list = json!([{ "code": "CIRCULATED", "times": 1, "reason": "见通报" }]);
    let of_year = json!({ "institution": institution, "handlingYear": year });
    let findings = with(of_year.clone(), json!({ "agencyId": app.agency("mzj").await, "findings": list }));
    let announce = with(of_year, json!({ "asOf": "2026-02-09" }));
    let answer = gov.call("recordFindings", findings.clone(), "appraisal { id version }").await;
    let draft = answer.payload("recordFindings")["appraisal"].clone();
    match verb {
        "recordFindings" => {
            return Some(Base { client: gov, input: with(findings, json!({ "version": draft["version"] })) });
        }
        "announceAppraisal" => return Some(Base { client: gov, input: announce }),
        _ => {}
    }
    gov.call("announceAppraisal", announce, "").await.payload("announceAppraisal");
    let (id, liaison) = (draft["id"].as_str().unwrap(), app.sign_in("mzj-liaison").await);
    let object = this(liaison, id, why.clone()).await;
    if verb == "objectToAppraisal" {
        return Some(object);
    }
    object.client.call("objectToAppraisal", object.input, "").await.payload("objectToAppraisal");
    Some(this(gov, id, with(why, json!({ "findings": list }))).await)
}

pub async fn of_desk(app: &TestApp, verb: &str) -> Option<Base> {
    let (lead, office, government) =
        (app.sign_in("rep01").await, app.sign_in("congress1").await, app.sign_in("gov1").await);
    let why = json!({ "reason": "按规定办理" });
    let words = json!({ "text": "慈善事业促进", "legalBasis": "清机编〔2026〕3号", "validFrom": "2026-03-01" });
    let asked = async || {
        app.open_desk().await;
        app.asked("rep01", "mzj").await
    };
    Some(match verb {
        "addDuty" => {
            let more = json!({ "agencyId": app.agency("mzj").await });
            Base { client: government, input: with(with(words, why), more) }
        }
        "changeDuty" => this(government, &app.duties("mzj", None).await[0].0, with(words, why)).await,
        "endDuty" => {
            let (id, _) = app.duties("jtj", None).await.remove(0);
            this(government, &id, with(why, json!({ "lastDay": "2026-12-31" }))).await
        }
        "askConsultation" => {
            app.open_desk().await;
            let input = json!({ "agencyId": app.agency("mzj").await, "question": "补贴标准？",
                "onBehalfOfId": app.user("rep01").await, "submissionId": app.submitted("rep01").await.id });
            Base { client: office, input }
        }
        "answerConsultation" => {
            let input = json!({ "id": asked().await, "text": "三元" });
            Base { client: app.sign_in("mzj-liaison").await, input }
        }
        "closeConsultation" => {
            let id = asked().await;
            app.answered_at_desk("mzj", &id).await;
            this(lead, &id, json!({ "settled": true })).await
        }
        "withdrawConsultation" => this(lead, &asked().await, json!({})).await,
        "linkConsultation" => {
            let more = json!({ "submissionId": app.draft("rep01").await.id });
            this(lead, &asked().await, more).await
        }
        "addDeskShift" | "cancelDeskShift" => {
            let input = json!({ "sessionId": app.session_2026(domain::vocabulary::Institution::Congress).await,
                "agencyId": app.agency("mzj").await, "staff": ["局长"],
                "startsAt": "2026-01-09T09:00:00+08:00", "endsAt": "2026-01-09T11:00:00+08:00" });
            if verb == "addDeskShift" {
                return Some(Base { client: office, input });
            }
            let added = office.call("addDeskShift", input, "deskShift { id }").await;
            let id = added.payload("addDeskShift")["deskShift"]["id"].as_str().expect("an id").to_owned();
            this(office, &id, json!({})).await
        }
        _ => return None,
    })
}
