//! A valid input for every mutation, by the person who may send it, in a matter where it is possible.

use super::offices::{of_appraisal, of_desk, of_records};
use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::{Value, json};

/// A mutation that would do what it says.
pub struct Base {
    /// Who sends it.
    pub client: Client,
    /// What he sends: every list of objects has an entry, so that its fields can be tried.
    pub input: Value,
}

/// Mutations about accounts and files, whose inputs are tried one by one in [`super::accounts`] and in the stories of
/// ledgers.
pub const APART: &[&str] =
    &["signIn", "refreshToken", "switchPosition", "changePassword", "requestUpload", "importLedger"];

/// The first object with the members of the second.
pub fn with(mut base: Value, more: Value) -> Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        base[name] = value.clone();
    }
    base
}

/// An object at its present version, and more.
pub async fn this(client: Client, id: &str, more: Value) -> Base {
    let input = with(json!({ "id": id, "version": client.version(id).await }), more);
    Base { client, input }
}

/// The first part of a matter at its present version, and more.
async fn part(client: Client, matter: &Matter, part: usize, more: Value) -> Base {
    let id = &matter.parts[part].id;
    let input = with(json!({ "assignmentId": id, "version": client.version(id).await }), more);
    Base { client, input }
}

async fn invited(app: &TestApp) -> Matter {
    let matter = app.draft("rep01").await;
    let invite = json!({ "submissionId": matter.id, "userIds": [app.user("rep02").await] });
    matter.lead().await.call("inviteCosigners", invite, "").await.payload("inviteCosigners");
    matter
}

async fn promised(app: &TestApp) -> (Matter, String) {
    let mut matter = app.handling("rep01").await;
    matter.draft_reply(0, "PLANNED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    let id = seen.text("submission.commitments.0.id").to_owned();
    (matter, id)
}

fn reply() -> Value {
    json!({ "body": "现答复如下。", "outcome": "PLANNED", "disclosure": "PROACTIVE",
        "demandAnswers": [{ "demand": 0, "answer": "已布点" }],
        "commitments": [{ "text": "年内建成", "dueOn": "2026-12-31" }] })
}

/// The base of this mutation; a new one needs a new arm.
///
/// The futures are boxed: unoptimised, each would lie on the stack with all its stories.
pub async fn of(app: &TestApp, verb: &str) -> Base {
    if let Some(base) = Box::pin(of_proposer(app, verb)).await {
        return base;
    }
    if let Some(base) = Box::pin(of_office(app, verb)).await {
        return base;
    }
    if let Some(base) = Box::pin(of_notices(app, verb)).await {
        return base;
    }
    if let Some(base) = Box::pin(of_publication(app, verb)).await {
        return base;
    }
    if let Some(base) = Box::pin(of_records(app, verb)).await {
        return base;
    }
    if let Some(base) = Box::pin(of_appraisal(app, verb)).await {
        return base;
    }
    if let Some(base) = Box::pin(of_supervision(app, verb)).await {
        return base;
    }
    if let Some(base) = Box::pin(of_administrator(app, verb)).await {
        return base;
    }
    if let Some(base) = Box::pin(of_desk(app, verb)).await {
        return base;
    }
    Box::pin(of_agency(app, verb)).await.unwrap_or_else(|| {
        panic!("{verb} is new: give it a valid input in tests/it/bad_input/bases.rs, so that its fields are tried")
    })
}

async fn of_proposer(app: &TestApp, verb: &str) -> Option<Base> {
    let lead = app.sign_in("rep01").await;
    let why = json!({ "reason": "按规定办理" });
    Some(match verb {
        "createDraft" => {
            let more = json!({ "categoryId": app.directory().await.category("城建城管"),
                "suggestedAgencyIds": [app.agency("mzj").await],
                "collective": { "kind": "PARTY", "name": "民盟清河区委员会" } });
            let client = app.sign_in("mem01").await;
            Base { client, input: with(draft_input("PROPOSAL", "关于助餐点的提案"), more) }
        }
        "updateDraft" => {
            let matter = app.draft("mem01").await;
            let more = json!({ "collective": { "kind": "PARTY", "name": "民盟清河区委员会" } });
            this(matter.lead().await, &matter.id, more).await
        }
        "deleteDraft" | "submit" => this(lead, &app.draft("rep01").await.id, json!({})).await,
        "withdraw" => this(lead, &app.submitted("rep01").await.id, why).await,
        "inviteCosigners" => {
            let input = json!({ "submissionId": app.draft("rep01").await.id, "userIds": [app.user("rep02").await] });
            Base { client: lead, input }
        }
        "answerCosign" => {
            let input = json!({ "submissionId": invited(app).await.id, "accept": true });
            Base { client: app.sign_in("rep02").await, input }
        }
        "answerWithdrawal" => {
            let (matter, second) = (invited(app).await, app.sign_in("rep02").await);
            let accept = json!({ "submissionId": matter.id, "accept": true });
            second.call("answerCosign", accept, "").await.payload("answerCosign");
            matter.submit().await;
            matter.write(&lead, "withdraw", &matter.id, why).await.payload("withdraw");
            Base { client: second, input: json!({ "submissionId": matter.id, "agree": true }) }
        }
        "deleteAttachment" => {
            let id = crate::files::attached(&lead, &app.draft("rep01").await.id).await;
            Base { client: lead, input: json!({ "id": id }) }
        }
        "answerContact" => {
            let contact = app.handling("rep01").await.record_contact(0).await;
            this(lead, &contact, json!({ "confirmed": true })).await
        }
        "rateReply" => {
            let matter = app.issued("rep01").await;
            let input = json!({ "feedbackId": matter.feedback(), "version": lead.version(matter.feedback()).await,
                "attitudeRating": "SATISFIED", "processRating": "SATISFIED", "resultRating": "SATISFIED",
                "overallRating": "SATISFIED", "answers": [{ "key": "suggestions", "value": "无" }] });
            Base { client: lead, input }
        }
        "answerCommitment" => {
            let (matter, id) = promised(app).await;
            let report = json!({ "fulfilled": true, "report": "已建成" });
            let liaison = matter.person(0, "liaison").await;
            matter.write(&liaison, "reportCommitment", &id, report).await.payload("reportCommitment");
            this(lead, &id, json!({ "confirmed": true, "rating": "SATISFIED" })).await
        }
        "markNotificationsRead" => {
            app.accepted("rep01").await;
            let query = "{ viewer { notifications { nodes { id } } } }";
            let inbox = lead.ask(query).await;
            let id = inbox.text("viewer.notifications.nodes.0.id").to_owned();
            Base { client: lead, input: json!({ "ids": [id] }) }
        }
        _ => return None,
    })
}

async fn of_notices(app: &TestApp, verb: &str) -> Option<Base> {
    Some(match verb {
        "setChannelPreference" => {
            let input = json!({ "channel": "EMAIL", "topic": "PROGRESS", "enabled": false });
            Base { client: app.sign_in("rep01").await, input }
        }
        "retryDelivery" => {
            let id = crate::delivery::given_up(app).await;
            Base { client: app.sign_in("admin").await, input: json!({ "id": id.to_string() }) }
        }
        _ => return None,
    })
}

async fn of_office(app: &TestApp, verb: &str) -> Option<Base> {
    let (office, government) = (app.sign_in("congress1").await, app.sign_in("gov1").await);
    let why = json!({ "reason": "按规定办理" });
    let submitted = async |more: Value| this(office.clone(), &app.submitted("rep01").await.id, more).await;
    Some(match verb {
        "returnForRevision" => submitted(why).await,
        "acceptSubmission" => {
            let directory = app.directory().await;
            let more = json!({ "categoryId": directory.category("城建城管"), "transferOfficeId": directory.organization("qh-gov") });
            submitted(more).await
        }
        "refuseSubmission" => submitted(with(why, json!({ "ground": "TENDER" }))).await,
        "convertSubmission" => submitted(with(why, json!({ "to": "OPINION_BRIEF" }))).await,
        "mergeSubmissions" => {
            let (main, other) = (app.accepted("rep01").await, app.accepted("rep02").await);
            Base { client: office, input: with(why, json!({ "mainId": main.id, "mergedIds": [other.id] })) }
        }
        "unmergeSubmission" => {
            let (main, other) = (app.accepted("rep01").await, app.accepted("rep02").await);
            let merge = with(why.clone(), json!({ "mainId": main.id, "mergedIds": [other.id] }));
            office.call("mergeSubmissions", merge, "").await.payload("mergeSubmissions");
            Base { client: office, input: with(why, json!({ "id": other.id })) }
        }
        "markNotDuplicate" | "withdrawNotDuplicate" => {
            let (one, other) = (app.accepted("rep01").await, app.accepted("rep02").await);
            let pair = json!({ "submissionId": one.id, "otherId": other.id });
            if verb == "withdrawNotDuplicate" {
                office.call("markNotDuplicate", pair.clone(), "").await.payload("markNotDuplicate");
            }
            Base { client: office, input: with(why, pair) }
        }
        "supervise" => {
            let more = json!({ "submissionId": app.accepted("rep01").await.id, "label": "领办", "leaderId": app.user("leader1").await });
            Base { client: office, input: with(why, more) }
        }
        "archiveSubmission" => this(office, &app.closed("rep01").await.id, json!({})).await,
        "publishReply" => this(office, app.issued("rep01").await.reply(0), json!({})).await,
        "settleFeedback" => {
            let matter = app.rated("rep01", "DISSATISFIED").await;
            this(office, matter.feedback(), with(why, json!({ "decision": "CLOSE" }))).await
        }
        "planAssignment" => {
            let matter = app.accepted("rep01").await;
            let agencies = json!([{ "agencyId": app.agency("mzj").await, "role": "LEAD", "scope": "牵头" }]);
            let input = json!({ "submissionId": matter.id, "version": matter.version().await, "mode": "SOLE", "agencies": agencies });
            Base { client: government, input }
        }
        "releaseAssignments" => {
            let matter = app.planned("rep01", &["mzj"], "SOLE").await;
            Base { client: government, input: json!({ "submissionIds": [matter.id] }) }
        }
        "decideReturn" => {
            let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
            let ask = json!({ "reason": "非我单位职责", "proposedAgencyId": app.agency("fgj").await });
            let ask = part(matter.person(0, "liaison").await, &matter, 0, ask).await;
            let answer = ask.client.call("requestReturn", ask.input, "returnRequest { id }").await;
            let id = answer.payload("requestReturn")["returnRequest"]["id"].as_str().unwrap().to_owned();
            let more = json!({ "approve": true, "newAgencyId": app.agency("jtj").await });
            this(government, &id, with(why, more)).await
        }
        "decideExtension" => {
            let matter = app.handling("rep01").await;
            let ask = json!({ "until": "2026-06-10", "reason": "需跨年度" });
            let ask = part(matter.person(0, "liaison").await, &matter, 0, ask).await;
            let answer = ask.client.call("requestExtension", ask.input, "extensionRequest { id }").await;
            let id = answer.payload("requestExtension")["extensionRequest"]["id"].as_str().unwrap().to_owned();
            this(government, &id, with(why, json!({ "approve": true }))).await
        }
        "rejectReply" => this(government, app.under_review("rep01").await.reply(0), why).await,
        "urge" => {
            let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
            Base { client: government, input: json!({ "assignmentId": matter.parts[0].id, "message": "请抓紧" }) }
        }
        _ => return None,
    })
}

async fn of_publication(app: &TestApp, verb: &str) -> Option<Base> {
    if verb != "withdrawPublication" {
        return None;
    }
    let matter = Box::pin(app.issued("rep01")).await;
    let office = app.sign_in("congress1").await;
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    Some(this(office, matter.reply(0), json!({ "reason": "按规定办理" })).await)
}

async fn of_supervision(app: &TestApp, verb: &str) -> Option<Base> {
    let (office, government) = (app.sign_in("congress1").await, app.sign_in("gov1").await);
    let why = json!({ "reason": "按规定办理" });
    Some(match verb {
        "arbitrate" => {
            let (_, request) = Box::pin(app.disputed("rep01")).await;
            let more = json!({ "agencyId": app.agency("cgj").await });
            this(app.sign_in("mayor1").await, &request, with(why, more)).await
        }
        "decideExtensions" => {
            let id = app.handling("rep01").await.ask_for_time(0, "2026-06-10").await;
            let one = with(why, json!({ "id": id, "version": 1, "approve": true }));
            Base { client: government, input: json!({ "decisions": [one] }) }
        }
        "recordMeeting" => {
            let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
            let input = json!({ "kind": "SURVEY", "title": "实地调研", "heldAt": "2026-02-10T08:00:00+08:00", "place": "联络站",
                "participants": ["代表"], "summary": "听取意见", "submissionIds": [matter.id] });
            Base { client: app.sign_in("mzj-liaison").await, input }
        }
        "publishCommitment" => {
            let (matter, id) = Box::pin(promised(app)).await;
            matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
            this(office, &id, json!({})).await
        }
        "instruct" => {
            let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
            Base {
                client: app.sign_in("mayor1").await,
                input: json!({ "submissionId": matter.id, "text": "请抓紧办理" }),
            }
        }
        _ => return None,
    })
}

async fn of_administrator(app: &TestApp, verb: &str) -> Option<Base> {
    let (client, region) = (app.sign_in("admin").await, app.directory().await.region("990101"));
    let input = match verb {
        "changeRules" => json!({ "regionId": region, "preset": "shanghai", "effectiveFrom": "2026-03-01",
            "overrides": r#"{"name":"清河区办理规则"}"#, "reason": "按规定办理" }),
        "importCalendar" => {
            let day = json!({ "date": "2027-04-05", "name": "地方节日", "kind": "HOLIDAY" });
            let file = json!({ "format": "calendar/1", "year": 2027, "notice": "通知", "days": [day] });
            json!({ "regionId": region, "json": file.to_string() })
        }
        _ => return None,
    };
    Some(Base { client, input })
}

async fn of_agency(app: &TestApp, verb: &str) -> Option<Base> {
    let (liaison, handler) = (app.sign_in("mzj-liaison").await, app.sign_in("mzj-handler").await);
    let assigned = async || app.assigned("rep01", &["mzj"], "SOLE").await;
    let handling = async || app.handling("rep01").await;
    Some(match verb {
        "signForAssignment" => this(liaison, &assigned().await.parts[0].id, json!({})).await,
        "requestReturn" => {
            let more = json!({ "reason": "非我单位职责", "proposedAgencyId": app.agency("fgj").await });
            part(liaison, &assigned().await, 0, more).await
        }
        "startHandling" => {
            let matter = assigned().await;
            matter.sign_for(0).await;
            let directory = app.directory().await;
            let more = json!({ "leaderId": directory.user("mzj-deputy"), "handlerId": directory.user("mzj-handler"),
                "sectionId": directory.organization("qh-mzj-yw"), "plan": "先调研" });
            part(liaison, &matter, 0, more).await
        }
        "reportProgress" => {
            let input = json!({ "assignmentId": handling().await.parts[0].id, "stage": "RESEARCH", "note": "已调研" });
            Base { client: handler, input }
        }
        "recordContact" => {
            let input = json!({ "assignmentId": handling().await.parts[0].id, "mode": "VISIT", "phase": "BEFORE",
                "heldAt": "2026-02-10T08:00:00+08:00", "place": "联络站", "participants": ["代表"], "summary": "听取意见" });
            Base { client: handler, input }
        }
        "requestExtension" => {
            part(liaison, &handling().await, 0, json!({ "until": "2026-06-10", "reason": "需跨年度" })).await
        }
        "sendOpinion" => {
            let matter = app.handling_by("rep01", &["mzj", "czj"], "LEAD_WITH_CO").await;
            part(matter.person(1, "deputy").await, &matter, 1, json!({ "body": "予以支持" })).await
        }
        "draftReply" => {
            let input = with(reply(), json!({ "assignmentId": handling().await.parts[0].id }));
            Base { client: handler, input }
        }
        "updateReply" => this(handler, app.reply_drafted("rep01").await.reply(0), reply()).await,
        "submitReply" => this(handler, app.reply_drafted("rep01").await.reply(0), json!({})).await,
        "reviewReply" => {
            let gates = domain::vocabulary::Gate::ALL.iter();
            let gates: Vec<Value> = gates.map(|gate| json!({ "gate": gate.code(), "passed": true })).collect();
            let matter = app.under_review("rep01").await;
            this(liaison, matter.reply(0), json!({ "verdict": "APPROVE", "gates": gates })).await
        }
        "issueReply" => {
            this(liaison, app.signed_off("rep01").await.reply(0), json!({ "documentNo": "清民函〔2026〕7号" })).await
        }
        "reportCommitment" => {
            let (_, id) = promised(app).await;
            let more = json!({ "fulfilled": false, "report": "资金未到位", "changedTo": "2027-06-30" });
            this(liaison, &id, more).await
        }
        _ => return None,
    })
}
