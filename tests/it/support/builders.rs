//! Stories in a few words: brings a matter to a state by the verbs of the API, as the people who may.
//!
//! A step reads the present version just before it writes, so that a story need not carry versions.
//! Everything happens at the present instant of the test's clock.

use super::app::TestApp;
use super::client::{Answer, Client};
use serde_json::{Value, json};

/// A matter on its way.
#[derive(Clone)]
pub struct Matter {
    app: TestApp,
    /// Its id.
    pub id: String,
    /// The name at sign-in of its lead proposer.
    pub rep: String,
    /// Its assignments, in the order of the plan.
    pub parts: Vec<Part>,
    /// The feedback forms that the lead proposer was asked to fill in, newest last.
    pub feedbacks: Vec<String>,
}

/// What one agency has to do with it.
#[derive(Clone, Debug)]
pub struct Part {
    /// The id of the assignment.
    pub id: String,
    /// The short name of the agency, e.g. `mzj`.
    pub agency: String,
    /// LEAD, CO or SEPARATE.
    pub role: &'static str,
    /// The reply of the present round.
    pub reply: Option<String>,
}

impl Part {
    /// The name at sign-in of somebody in the agency: `liaison`, `handler`, `deputy` or `head`.
    pub fn person(&self, duty: &str) -> String {
        format!("{}-{duty}", self.agency)
    }
}

/// The input of a draft as people write them, with two demands.
pub fn draft_input(kind: &str, title: &str) -> Value {
    json!({
        "kind": kind,
        "title": title,
        "background": "近年来,老旧小区老年人比例逐年上升,就近就餐与日间照料需求突出。",
        "analysis": "现有助餐点分布不均,部分站点运营时间短,资金保障不稳定。",
        "recommendations": "建议统筹布局社区助餐点,并建立稳定的运营补贴机制。",
        "demands": ["年内在每个街道新增一处社区助餐点", "建立运营补贴机制"],
    })
}

const TITLE: &str = "关于加强社区养老助餐服务的建议";

/// Mutations that do many things at once, each of which succeeds or fails alone.
pub const BATCHES: &[&str] = &["releaseAssignments", "decideExtensions"];

/// The parts of the agencies in this mode; the first agency leads.
fn roles(mode: &str) -> impl Fn(usize) -> &'static str {
    let (first, rest) = match mode {
        "SOLE" | "LEAD_WITH_CO" => ("LEAD", "CO"),
        "CO_LEAD" => ("LEAD", "LEAD"),
        "SEPARATE" => ("SEPARATE", "SEPARATE"),
        other => panic!("no mode {other}"),
    };
    move |index| if index == 0 { first } else { rest }
}

impl TestApp {
    /// A draft of this deputy or member.
    pub async fn draft(&self, rep: &str) -> Matter {
        let kind = if rep.starts_with("mem") { "PROPOSAL" } else { "SUGGESTION" };
        self.draft_of(rep, draft_input(kind, TITLE)).await
    }

    /// A draft with this input.
    pub async fn draft_of(&self, rep: &str, input: Value) -> Matter {
        let answer = self.sign_in(rep).await.call("createDraft", input, "submission { id }").await;
        let id = text(&answer.payload("createDraft")["submission"]["id"]);
        Matter { app: self.clone(), id, rep: rep.to_owned(), parts: Vec::new(), feedbacks: Vec::new() }
    }

    /// Handed in.
    pub async fn submitted(&self, rep: &str) -> Matter {
        let matter = self.draft(rep).await;
        matter.submit().await;
        matter
    }

    /// Accepted and numbered.
    pub async fn accepted(&self, rep: &str) -> Matter {
        let matter = self.submitted(rep).await;
        matter.accept().await;
        matter
    }

    /// Planned for these agencies, not yet released.
    pub async fn planned(&self, rep: &str, agencies: &[&str], mode: &str) -> Matter {
        let mut matter = self.accepted(rep).await;
        matter.plan(agencies, mode).await;
        matter
    }

    /// Released to these agencies; the first one leads.
    pub async fn assigned(&self, rep: &str, agencies: &[&str], mode: &str) -> Matter {
        let matter = self.planned(rep, agencies, mode).await;
        matter.release().await;
        matter
    }

    /// Handed back twice, and disputed by the third agency, `jtj`; with the id of its request.
    pub async fn disputed(&self, rep: &str) -> (Matter, String) {
        let mut matter = self.assigned(rep, &["zjj"], "SOLE").await;
        for to in ["fgj", "jtj"] {
            let request = matter.ask_back(0, to).await;
            let more = json!({ "approve": true, "reason": "同意改办" });
            done("decideReturn", matter.write(&matter.government().await, "decideReturn", &request, more).await);
            let query = "query($id: ID!) { submission(id: $id) { assignments { id agency { id } } } }";
            let seen = matter.government().await.gql(query, json!({ "id": matter.id })).await;
            let agency = self.agency(to).await;
            let next = seen.list("submission.assignments").iter().find(|part| part["agency"]["id"] == json!(agency));
            let id = text(&next.unwrap_or_else(|| seen.fail("another agency takes over"))["id"]);
            matter.parts = vec![Part { id, agency: to.to_owned(), role: "LEAD", reply: None }];
        }
        let request = matter.ask_back(0, "cgj").await;
        (matter, request)
    }

    /// In the hands of all these agencies.
    pub async fn handling_by(&self, rep: &str, agencies: &[&str], mode: &str) -> Matter {
        let matter = self.assigned(rep, agencies, mode).await;
        matter.begin_handling().await;
        matter
    }

    /// In the hands of one agency, `mzj`.
    pub async fn handling(&self, rep: &str) -> Matter {
        self.handling_by(rep, &["mzj"], "SOLE").await
    }

    /// With a reply of `mzj` that is drafted, not yet handed in for review.
    pub async fn reply_drafted(&self, rep: &str) -> Matter {
        let mut matter = self.handling(rep).await;
        matter.record_contact(0).await;
        matter.draft_reply(0, "SOLVED").await;
        matter
    }

    /// With a reply of `mzj` that waits for the first step of the sign-off chain.
    pub async fn under_review(&self, rep: &str) -> Matter {
        let matter = self.reply_drafted(rep).await;
        matter.submit_reply(0).await;
        matter
    }

    /// With a reply of `mzj` that passed the sign-off chain.
    pub async fn signed_off(&self, rep: &str) -> Matter {
        let matter = self.under_review(rep).await;
        matter.approve(0).await;
        matter
    }

    /// Answered by `mzj`.
    pub async fn issued(&self, rep: &str) -> Matter {
        let mut matter = self.signed_off(rep).await;
        matter.issue(0).await;
        matter
    }

    /// Answered by all these agencies that answer, with the opinions of the others.
    pub async fn issued_by(&self, rep: &str, agencies: &[&str], mode: &str) -> Matter {
        let mut matter = self.handling_by(rep, agencies, mode).await;
        matter.answer().await;
        matter
    }

    /// Answered by `mzj` and rated.
    pub async fn rated(&self, rep: &str, rating: &str) -> Matter {
        let matter = self.issued(rep).await;
        matter.rate(rating).await;
        matter
    }

    /// Answered by `mzj`, rated as satisfactory and closed.
    pub async fn closed(&self, rep: &str) -> Matter {
        let mut matter = self.rated(rep, "SATISFIED").await;
        matter.settle("CLOSE").await;
        matter
    }
}

impl Matter {
    /// Brings a draft into the hands of one agency alone.
    pub async fn bring_into_hands(&mut self, agency: &str) {
        self.submit().await;
        self.accept().await;
        self.plan(&[agency], "SOLE").await;
        self.release().await;
        self.begin_handling().await;
    }

    async fn begin_handling(&self) {
        for part in 0..self.parts.len() {
            self.sign_for(part).await;
            self.start_handling(part).await;
        }
    }

    /// The lead proposer.
    pub async fn lead(&self) -> Client {
        self.app.sign_in(&self.rep).await
    }

    /// The office in charge.
    pub async fn office(&self) -> Client {
        self.app.sign_in(if self.rep.starts_with("mem") { "cppcc1" } else { "congress1" }).await
    }

    /// The transfer office.
    pub async fn government(&self) -> Client {
        self.app.sign_in("gov1").await
    }

    /// Somebody in the agency of a part: `liaison`, `handler`, `deputy` or `head`.
    pub async fn person(&self, part: usize, duty: &str) -> Client {
        self.app.sign_in(&self.parts[part].person(duty)).await
    }

    /// Its present version.
    pub async fn version(&self) -> i64 {
        self.lead().await.version(&self.id).await
    }

    /// Its present state.
    pub async fn status(&self) -> String {
        let answer =
            self.lead().await.gql("query($id: ID!) { submission(id: $id) { status } }", json!({ "id": self.id })).await;
        answer.text("submission.status").to_owned()
    }

    /// The reply of a part.
    pub fn reply(&self, part: usize) -> &str {
        self.parts[part].reply.as_deref().expect("a reply was drafted")
    }

    /// The newest feedback form.
    pub fn feedback(&self) -> &str {
        self.feedbacks.last().expect("feedback was asked for")
    }

    /// The lead proposer hands it in.
    pub async fn submit(&self) {
        done("submit", self.write(&self.lead().await, "submit", &self.id, json!({})).await);
    }

    /// The office accepts it.
    pub async fn accept(&self) {
        let category = self.app.directory().await.category("城建城管");
        let more = json!({ "categoryId": category });
        done("acceptSubmission", self.write(&self.office().await, "acceptSubmission", &self.id, more).await);
    }

    /// The transfer office plans who handles it; the first agency leads.
    pub async fn plan(&mut self, agencies: &[&str], mode: &str) {
        let role = roles(mode);
        let mut planned = Vec::new();
        for (index, agency) in agencies.iter().enumerate() {
            planned
                .push(json!({ "agencyId": self.app.agency(agency).await, "role": role(index), "scope": "按职责办理" }));
        }
        let government = self.government().await;
        let input = json!({
            "submissionId": self.id, "version": government.version(&self.id).await, "mode": mode, "agencies": planned,
        });
        let answer =
            government.call("planAssignment", input, "submission { assignments { id agency { id } status } }").await;
        let assignments = answer.payload("planAssignment")["submission"]["assignments"].clone();
        self.parts.clear();
        for (index, agency) in agencies.iter().enumerate() {
            let id = self.app.agency(agency).await;
            let of_agency =
                assignments.as_array().into_iter().flatten().rfind(|part| part["agency"]["id"] == json!(id));
            let part = of_agency.unwrap_or_else(|| answer.fail("an agency of the plan is missing"));
            self.parts.push(Part {
                id: text(&part["id"]),
                agency: (*agency).to_owned(),
                role: role(index),
                reply: None,
            });
        }
    }

    /// The transfer office releases it: the legal clock starts.
    pub async fn release(&self) {
        let input = json!({ "submissionIds": [self.id] });
        let answer = self
            .government()
            .await
            .call("releaseAssignments", input, "results { errors { code field message } }")
            .await;
        let results = &answer.payload("releaseAssignments")["results"];
        if results != &json!([{ "errors": [] }]) {
            answer.fail("the release was refused");
        }
    }

    /// The liaison asks to hand it back and to give it to this agency.
    pub async fn ask_back(&self, part: usize, to: &str) -> String {
        let liaison = self.person(part, "liaison").await;
        let id = &self.parts[part].id;
        let ask = json!({ "assignmentId": id, "version": liaison.version(id).await, "reason": "非我单位职责",
            "proposedAgencyId": self.app.agency(to).await });
        let answer = liaison.call("requestReturn", ask, "returnRequest { id }").await;
        text(&answer.payload("requestReturn")["returnRequest"]["id"])
    }

    /// The liaison asks for time until this day.
    pub async fn ask_for_time(&self, part: usize, until: &str) -> String {
        let liaison = self.person(part, "liaison").await;
        let id = &self.parts[part].id;
        let ask =
            json!({ "assignmentId": id, "version": liaison.version(id).await, "until": until, "reason": "需跨年度" });
        let answer = liaison.call("requestExtension", ask, "extensionRequest { id }").await;
        text(&answer.payload("requestExtension")["extensionRequest"]["id"])
    }

    /// The transfer office urges.
    pub async fn urge(&self, part: usize) -> Answer {
        let input = json!({ "assignmentId": self.parts[part].id, "message": "请抓紧办理" });
        self.government().await.call("urge", input, "").await
    }

    /// The liaison signs for it.
    pub async fn sign_for(&self, part: usize) {
        let liaison = self.person(part, "liaison").await;
        done("signForAssignment", self.write(&liaison, "signForAssignment", &self.parts[part].id, json!({})).await);
    }

    /// The liaison fixes leader, handler and plan.
    pub async fn start_handling(&self, part: usize) {
        let found = &self.parts[part];
        let liaison = self.person(part, "liaison").await;
        let directory = self.app.directory().await;
        let input = json!({
            "assignmentId": found.id,
            "version": liaison.version(&found.id).await,
            "leaderId": directory.user(&found.person("deputy")),
            "handlerId": directory.user(&found.person("handler")),
            "sectionId": directory.organization(&format!("qh-{}-yw", found.agency)),
            "plan": "先实地调研,再与代表面商,形成答复。",
        });
        done("startHandling", liaison.call("startHandling", input, "").await);
    }

    /// The handler records a visit to the proposer, held just now.
    pub async fn record_contact(&self, part: usize) -> String {
        let input = json!({
            "assignmentId": self.parts[part].id,
            "mode": "VISIT",
            "phase": "BEFORE",
            "heldAt": self.app.now().to_rfc3339(),
            "place": "代表联络站",
            "participants": ["代表", "承办人"],
            "summary": "当面听取意见,说明办理思路。",
        });
        let answer = self.person(part, "handler").await.call("recordContact", input, "contact { id }").await;
        text(&answer.payload("recordContact")["contact"]["id"])
    }

    /// The agency that does not answer itself sends its opinion.
    pub async fn send_opinion(&self, part: usize) {
        let deputy = self.person(part, "deputy").await;
        let found = &self.parts[part];
        let input = json!({
            "assignmentId": found.id,
            "version": deputy.version(&found.id).await,
            "body": "涉及我单位的内容已研究,意见如下:予以支持。",
        });
        done("sendOpinion", deputy.call("sendOpinion", input, "").await);
    }

    /// The handler drafts a reply that answers every demand; with a promise where the outcome needs one.
    pub async fn draft_reply(&mut self, part: usize, outcome: &str) {
        let promised = matches!(outcome, "IN_PROGRESS" | "PLANNED");
        let due_on = (self.app.now() + chrono::TimeDelta::days(200)).date_naive();
        let promise = json!([{ "text": "年内建成两处助餐点", "dueOn": due_on.to_string() }]);
        let input = json!({
            "assignmentId": self.parts[part].id,
            "body": "您提出的建议收悉,现答复如下:一、已新增助餐点。二、补贴办法已印发。",
            "outcome": outcome,
            "disclosure": "PROACTIVE",
            "demandAnswers": [
                { "demand": 0, "answer": "已在各街道布点。" },
                { "demand": 1, "answer": "补贴办法已印发执行。" },
            ],
            "commitments": if promised { promise } else { json!([]) },
        });
        let answer = self.person(part, "handler").await.call("draftReply", input, "reply { id }").await;
        self.parts[part].reply = Some(text(&answer.payload("draftReply")["reply"]["id"]));
    }

    /// The handler hands the reply in for review.
    pub async fn submit_reply(&self, part: usize) {
        let handler = self.person(part, "handler").await;
        done("submitReply", self.write(&handler, "submitReply", self.reply(part), json!({})).await);
    }

    /// Whose step of the sign-off chain is awaited; none when the chain is done.
    pub async fn awaiting(&self, part: usize) -> Option<String> {
        let query = "query($id: ID!) { node(id: $id) { ... on Reply { awaiting } } }";
        let answer = self.person(part, "liaison").await.gql(query, json!({ "id": self.reply(part) })).await;
        answer.data("node.awaiting").as_str().map(str::to_owned)
    }

    /// Who awaited takes his step with this verdict.
    pub async fn review(&self, part: usize, verdict: &str) -> Answer {
        let step = self.awaiting(part).await;
        let duty = match step.as_deref() {
            Some("LIAISON") => "liaison",
            Some("AGENCY_DEPUTY_HEAD") => "deputy",
            Some("AGENCY_HEAD") => "head",
            other => panic!("nobody of the agency is awaited, but {other:?}"),
        };
        let gates: Vec<Value> = ["POLITICAL", "POLICY", "LEGAL", "FORMAT", "WORDING"]
            .iter()
            .map(|gate| json!({ "gate": gate, "passed": true }))
            .collect();
        let mut more = json!({ "verdict": verdict, "comment": "意见如上" });
        if duty == "liaison" {
            more["gates"] = json!(gates);
        }
        self.write(&self.person(part, duty).await, "reviewReply", self.reply(part), more).await
    }

    /// Everybody in the sign-off chain approves.
    pub async fn approve(&self, part: usize) {
        while self.awaiting(part).await.is_some() {
            done("reviewReply", self.review(part, "APPROVE").await);
        }
    }

    /// The liaison issues the reply.
    pub async fn issue(&mut self, part: usize) {
        let number = self.app.next_number();
        let more = json!({ "documentNo": format!("清{}函〔2026〕{number}号", self.parts[part].agency) });
        let liaison = self.person(part, "liaison").await;
        done("issueReply", self.write(&liaison, "issueReply", self.reply(part), more).await);
        self.find_feedbacks().await;
    }

    /// From handling to answered: opinions first, then the replies of all that answer.
    pub async fn answer(&mut self) {
        let shared = self.parts.iter().filter(|part| part.role == "LEAD").count() > 1;
        // Of several leads the first writes for all, and the others agree.
        let writes = |index: usize, part: &Part| part.role != "CO" && (!shared || index == 0);
        let writers: Vec<bool> = self.parts.iter().enumerate().map(|(index, part)| writes(index, part)).collect();
        for (part, _) in writers.iter().enumerate().filter(|(_, writes)| !**writes) {
            self.send_opinion(part).await;
        }
        for (part, _) in writers.iter().enumerate().filter(|(_, writes)| **writes) {
            self.record_contact(part).await;
            self.draft_reply(part, "SOLVED").await;
            self.submit_reply(part).await;
            self.approve(part).await;
            self.issue(part).await;
        }
    }

    /// Looks up the feedback forms that the lead proposer has.
    pub async fn find_feedbacks(&mut self) {
        let query = "query($id: ID!) { submission(id: $id) { feedbacks { id } } }";
        let answer = self.lead().await.gql(query, json!({ "id": self.id })).await;
        self.feedbacks = answer.list("submission.feedbacks").iter().map(|form| text(&form["id"])).collect();
    }

    /// The lead proposer rates the newest form, all ratings alike.
    pub async fn rate(&self, rating: &str) {
        let lead = self.lead().await;
        let input = json!({
            "feedbackId": self.feedback(),
            "version": lead.version(self.feedback()).await,
            "attitudeRating": rating, "processRating": rating, "resultRating": rating, "overallRating": rating,
            "comment": "办理过程沟通充分,请继续跟进落实。",
        });
        done("rateReply", lead.call("rateReply", input, "").await);
    }

    /// The office settles the newest form: CLOSE or REHANDLE.
    pub async fn settle(&mut self, decision: &str) {
        let more = json!({ "decision": decision, "reason": "依据反馈意见作出决定。" });
        done("settleFeedback", self.write(&self.office().await, "settleFeedback", self.feedback(), more).await);
        if decision == "REHANDLE" {
            // The next round has a reply of its own.
            for part in &mut self.parts {
                part.reply = None;
            }
        }
    }

    /// A verb on an object of this matter at its present version.
    pub async fn write(&self, client: &Client, verb: &str, id: &str, more: Value) -> Answer {
        let mut input = json!({ "id": id, "version": client.version(id).await });
        for (name, value) in more.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        client.call(verb, input, "").await
    }
}

#[track_caller]
fn done(verb: &str, answer: Answer) {
    answer.payload(verb);
}

#[track_caller]
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text but {value}")).to_owned()
}
