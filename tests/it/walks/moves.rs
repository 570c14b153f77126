//! Inputs that a person could send for a verb on a matter as it stands, right ones and careless ones.

use super::random::Random;
use super::rows::Rows;
use crate::support::{TestApp, draft_input};
use domain::ids::{SubmissionId, UserId};
use domain::vocabulary::{AssignmentStatus, FeedbackStatus, HandlingMode, ReplyStatus, Role, SubmissionAction};
use entity::{assignment, reply, submission};
use serde_json::{Value, json};

/// Who acts.
pub struct Person<'a> {
    /// The name at sign-in.
    pub username: &'a str,
    /// The role.
    pub role: Role,
    /// The id, as text.
    pub id: String,
}

/// A mutation with its input.
pub struct Move {
    /// Its name.
    pub mutation: &'static str,
    /// What to send.
    pub input: Value,
}

/// A new draft of a deputy or member.
pub fn draft(role: Role, random: &mut Random) -> Value {
    let kind = if role == Role::CommitteeMember { "PROPOSAL" } else { "SUGGESTION" };
    draft_input(kind, &format!("关于第{}项民生实事的意见", random.below(100)))
}

/// What this person could send; nothing when there is no such part of the matter yet.
pub async fn input(
    app: &TestApp,
    rows: &Rows,
    matter: SubmissionId,
    verb: SubmissionAction,
    person: &Person<'_>,
    random: &mut Random,
) -> Option<Move> {
    use SubmissionAction as V;
    let of = Matter { app, rows, row: rows.submissions.iter().find(|row| row.id == matter)?, person };
    let (mutation, input) = match verb {
        V::Update => ("updateDraft", of.whole(json!({ "title": format!("改题{}", random.below(9)) }))),
        V::Delete => ("deleteDraft", of.whole(json!({}))),
        V::InviteCosigners => {
            let invited = *random.pick(&["rep01", "rep02", "mem01", "mem02"])?;
            ("inviteCosigners", json!({ "submissionId": of.id(), "userIds": [app.user(invited).await] }))
        }
        V::AnswerCosign => ("answerCosign", json!({ "submissionId": of.id(), "accept": random.chance(70) })),
        V::Submit => ("submit", of.whole(json!({}))),
        V::Withdraw => ("withdraw", of.whole(json!({ "reason": "情况有变" }))),
        V::AnswerWithdrawal => ("answerWithdrawal", json!({ "submissionId": of.id(), "agree": random.chance(60) })),
        V::ReturnForRevision => ("returnForRevision", of.whole(json!({ "reason": "请补充具体诉求" }))),
        V::Accept => ("acceptSubmission", of.whole(json!({}))),
        V::Refuse => ("refuseSubmission", of.whole(json!({ "ground": "NO_CONTENT", "reason": "没有具体内容" }))),
        V::Merge => {
            let alike = |row: &&submission::Model| row.kind == of.row.kind && row.id != matter;
            let early = |row: &&submission::Model| row.assigned_at.is_none() && row.submitted_at.is_some();
            let alike: Vec<_> = rows.submissions.iter().filter(alike).collect();
            let fitting: Vec<_> = alike.iter().copied().filter(early).collect();
            let other = random.pick(&fitting).or(random.pick(&alike)).map_or(matter, |row| row.id).to_string();
            ("mergeSubmissions", json!({ "mainId": of.id(), "mergedIds": [other], "reason": "内容相同" }))
        }
        V::Unmerge => ("unmergeSubmission", json!({ "id": of.id(), "reason": "内容不同" })),
        V::Compare => {
            let early = |row: &&submission::Model| row.submitted_at.is_some() && row.id != matter;
            let others: Vec<_> = rows.submissions.iter().filter(early).collect();
            let other = random.pick(&others).map_or(matter, |row| row.id).to_string();
            ("markNotDuplicate", json!({ "submissionId": of.id(), "otherId": other, "reason": "诉求不同" }))
        }
        V::Convert => ("convertSubmission", of.whole(json!({ "to": "OPINION_BRIEF", "reason": "宜作信息" }))),
        V::PlanAssignment => ("planAssignment", of.plan(random).await),
        V::Release => ("releaseAssignments", json!({ "submissionIds": [of.id()] })),
        V::Supervise => ("supervise", json!({ "submissionId": of.id(), "label": "重点督办", "reason": "群众关注" })),
        V::Archive => ("archiveSubmission", of.whole(json!({}))),
        V::SignFor => {
            let part = of.part(random, &[AssignmentStatus::PendingSign])?;
            ("signForAssignment", json!({ "id": part.id.to_string(), "version": part.version }))
        }
        V::RequestReturn => {
            let part = of.part(random, &[AssignmentStatus::PendingSign, AssignmentStatus::Signed])?;
            let other = *random.pick(&["mzj", "jtj", "czj"])?;
            let more = json!({ "reason": "不属于本单位职责", "proposedAgencyId": app.agency(other).await });
            ("requestReturn", on(part, more))
        }
        V::DecideReturn => {
            let request = rows.return_requests.iter().rev().find(|r| of.has_part(r.assignment_id))?;
            let input = json!({ "id": request.id.to_string(), "version": request.version,
                "approve": random.chance(60), "reason": "按职责确定" });
            ("decideReturn", input)
        }
        V::StartHandling => {
            let part = of.part(random, &[AssignmentStatus::Signed])?;
            let short = person.username.split('-').next()?;
            let handler = if ["mzj", "jtj"].contains(&short) { short } else { "mzj" };
            let more = json!({ "leaderId": app.user(&format!("{handler}-deputy")).await,
                "handlerId": app.user(&format!("{handler}-handler")).await, "plan": "先调研再答复" });
            ("startHandling", on(part, more))
        }
        V::ReportProgress => {
            let part = of.part(random, &[])?;
            ("reportProgress", json!({ "assignmentId": part.id.to_string(), "stage": "RESEARCH", "note": "已调研" }))
        }
        V::RecordContact => {
            let part = of.part(random, &[])?;
            let input = json!({ "assignmentId": part.id.to_string(), "mode": "VISIT", "phase": "DURING",
                "heldAt": app.now().to_rfc3339(), "participants": ["承办人"], "summary": "当面沟通" });
            ("recordContact", input)
        }
        V::AnswerContact => {
            let contact = rows.contacts.iter().rev().find(|c| c.submission_id == matter)?;
            let input = json!({ "id": contact.id.to_string(), "version": contact.version,
                "confirmed": random.chance(70), "comment": "如实" });
            ("answerContact", input)
        }
        V::RequestExtension => {
            let part = of.part(random, &[])?;
            let until = part.due_on? + chrono::TimeDelta::days(i64::try_from(random.below(90)).ok()?);
            ("requestExtension", on(part, json!({ "until": until.to_string(), "reason": "情况复杂" })))
        }
        V::DecideExtension => {
            let request = rows.extension_requests.iter().rev().find(|r| of.has_part(r.assignment_id))?;
            let input = json!({ "id": request.id.to_string(), "version": request.version,
                "approve": random.chance(60), "reason": "同意酌情办理" });
            ("decideExtension", input)
        }
        V::SendOpinion => ("sendOpinion", on(of.part(random, &[])?, json!({ "body": "予以支持" }))),
        V::DraftReply => of.draft_reply(random)?,
        V::SubmitReply => {
            let reply = of.reply(random, &[ReplyStatus::Drafting])?;
            ("submitReply", json!({ "id": reply.id.to_string(), "version": reply.version }))
        }
        V::ReviewReply => {
            let reply = of.reply(random, &[ReplyStatus::UnderReview])?;
            let gates: Vec<_> = ["POLITICAL", "POLICY", "LEGAL", "FORMAT", "WORDING"]
                .iter()
                .map(|gate| json!({ "gate": gate, "passed": true }))
                .collect();
            let verdict = if random.chance(85) { "APPROVE" } else { "REJECT" };
            let mut input = json!({ "id": reply.id.to_string(), "version": reply.version,
                "verdict": verdict, "comment": "已审" });
            if person.role == Role::Liaison {
                input["gates"] = json!(gates);
            }
            ("reviewReply", input)
        }
        V::IssueReply => {
            let reply = of.reply(random, &[ReplyStatus::SignedOff])?;
            let number = format!("函〔2026〕{}号", random.below(40));
            ("issueReply", json!({ "id": reply.id.to_string(), "version": reply.version, "documentNo": number }))
        }
        V::RejectReply => {
            let reply = of.reply(random, &[ReplyStatus::UnderReview, ReplyStatus::SignedOff])?;
            ("rejectReply", json!({ "id": reply.id.to_string(), "version": reply.version, "reason": "答非所问" }))
        }
        V::Publish if random.chance(40) => {
            let promise = rows.commitments.iter().rev().find(|c| c.submission_id == matter)?;
            ("publishCommitment", json!({ "id": promise.id.to_string(), "version": promise.version }))
        }
        V::Publish => {
            let reply = of.reply(random, &[ReplyStatus::Issued])?;
            ("publishReply", json!({ "id": reply.id.to_string(), "version": reply.version }))
        }
        V::WithdrawPublication => {
            let reply = rows.replies.iter().rev().find(|r| r.submission_id == matter && r.published_at.is_some())?;
            let input = json!({ "id": reply.id.to_string(), "version": reply.version, "reason": "内容有误" });
            ("withdrawPublication", input)
        }
        V::Rate => {
            let sheet = rows.feedbacks.iter().rev().find(|sheet| sheet.submission_id == matter)?;
            let rating = *random.pick(&["SATISFIED", "BASICALLY_SATISFIED", "DISSATISFIED", "DISSATISFIED"])?;
            let input = json!({ "feedbackId": sheet.id.to_string(), "version": sheet.version,
                "attitudeRating": rating, "processRating": rating, "resultRating": rating, "overallRating": rating,
                "comment": "请继续推进" });
            ("rateReply", input)
        }
        V::SettleFeedback => {
            let open = |status| matches!(status, FeedbackStatus::Submitted | FeedbackStatus::Requested);
            let sheet = rows.feedbacks.iter().rev().find(|s| s.handled_id == matter && open(s.status))?;
            let decision = if random.chance(75) { "REHANDLE" } else { "CLOSE" };
            let input = json!({ "id": sheet.id.to_string(), "version": sheet.version,
                "decision": decision, "reason": "依反馈决定" });
            ("settleFeedback", input)
        }
        V::ReportCommitment => {
            let promise = rows.commitments.iter().rev().find(|c| c.submission_id == matter)?;
            let changed = app.now().date_naive() + chrono::TimeDelta::days(100);
            let mut input = json!({ "id": promise.id.to_string(), "version": promise.version, "report": "进展如下" });
            let fulfilled = random.chance(50);
            input["fulfilled"] = json!(fulfilled);
            if !fulfilled {
                input["changedTo"] = json!(changed.to_string());
            }
            ("reportCommitment", input)
        }
        V::AnswerCommitment => {
            let promise = rows.commitments.iter().rev().find(|c| c.submission_id == matter)?;
            let input = json!({ "id": promise.id.to_string(), "version": promise.version,
                "confirmed": random.chance(50), "rating": "SATISFIED", "comment": "已看过现场" });
            ("answerCommitment", input)
        }
        V::Urge => {
            let part = of.part(random, &[])?;
            ("urge", json!({ "assignmentId": part.id.to_string(), "message": "请抓紧办理" }))
        }
        V::Arbitrate => {
            let request = rows.return_requests.iter().rev().find(|r| of.has_part(r.assignment_id))?;
            let agency = *random.pick(&["mzj", "jtj", "czj"])?;
            let input = json!({ "id": request.id.to_string(), "version": request.version,
                "agencyId": app.agency(agency).await, "reason": "按职责裁定" });
            ("arbitrate", input)
        }
        V::RecordMeeting => {
            let input = json!({ "kind": "SURVEY", "title": "实地调研", "heldAt": app.now().to_rfc3339(),
                "participants": ["代表"], "summary": "听取意见", "submissionIds": [of.id()] });
            ("recordMeeting", input)
        }
        V::Instruct => ("instruct", json!({ "submissionId": of.id(), "text": "请认真研究办理" })),
    };
    Some(Move { mutation, input })
}

fn on(part: &assignment::Model, more: Value) -> Value {
    with(json!({ "assignmentId": part.id.to_string(), "version": part.version }), more)
}

fn with(mut base: Value, more: Value) -> Value {
    base.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    base
}

struct Matter<'a> {
    app: &'a TestApp,
    rows: &'a Rows,
    row: &'a submission::Model,
    person: &'a Person<'a>,
}

impl Matter<'_> {
    fn id(&self) -> String {
        self.row.id.to_string()
    }

    fn whole(&self, more: Value) -> Value {
        with(json!({ "id": self.id(), "version": self.row.version }), more)
    }

    fn parts(&self) -> impl DoubleEndedIterator<Item = &assignment::Model> {
        self.rows.assignments.iter().filter(|part| part.submission_id == self.row.id)
    }

    fn has_part(&self, id: domain::ids::AssignmentId) -> bool {
        self.parts().any(|part| part.id == id)
    }

    /// A part in one of these states where there is one, mostly the person's own.
    fn part(&self, random: &mut Random, wanted: &[AssignmentStatus]) -> Option<&assignment::Model> {
        let live: Vec<_> = self.parts().filter(|part| part.live).collect();
        let fitting: Vec<_> = live.iter().copied().filter(|part| wanted.contains(&part.status)).collect();
        let own: Vec<_> = live.iter().copied().filter(|part| self.handles(part)).collect();
        let lists = [fitting, own, live];
        let list = lists.iter().find(|list| !list.is_empty())?;
        random.pick(list).copied()
    }

    fn handles(&self, part: &assignment::Model) -> bool {
        let person: Option<UserId> = self.person.id.parse().ok();
        part.handler_id.is_some() && part.handler_id == person
    }

    /// A reply in one of these states where there is one, else the newest.
    fn reply(&self, random: &mut Random, wanted: &[ReplyStatus]) -> Option<&reply::Model> {
        let of: Vec<_> = self.rows.replies.iter().filter(|reply| reply.submission_id == self.row.id).collect();
        let fitting: Vec<_> = of.iter().copied().filter(|reply| wanted.contains(&reply.status)).collect();
        random.pick(&fitting).or(of.last()).copied()
    }

    async fn plan(&self, random: &mut Random) -> Value {
        let modes: &[(HandlingMode, &[(&str, &str)])] = &[
            (HandlingMode::Sole, &[("mzj", "LEAD")]),
            (HandlingMode::Sole, &[("jtj", "LEAD")]),
            (HandlingMode::LeadWithCo, &[("mzj", "LEAD"), ("jtj", "CO")]),
            (HandlingMode::Separate, &[("mzj", "SEPARATE"), ("jtj", "SEPARATE")]),
            (HandlingMode::CoLead, &[("mzj", "LEAD"), ("jtj", "LEAD")]),
            // Not allowed: the lead is also a co-handling agency.
            (HandlingMode::LeadWithCo, &[("mzj", "LEAD"), ("mzj", "CO")]),
        ];
        let (mode, agencies) = random.pick(modes).unwrap();
        let mut planned = Vec::new();
        for (agency, role) in *agencies {
            planned.push(json!({ "agencyId": self.app.agency(agency).await, "role": role }));
        }
        json!({ "submissionId": self.id(), "version": self.row.version, "mode": mode.code(), "agencies": planned })
    }

    fn draft_reply(&self, random: &mut Random) -> Option<(&'static str, Value)> {
        let drafted = self.rows.replies.iter().rev().find(|reply| {
            reply.submission_id == self.row.id && matches!(reply.status, ReplyStatus::Drafting | ReplyStatus::Rejected)
        });
        if let Some(reply) = drafted {
            let input = json!({ "id": reply.id.to_string(), "version": reply.version, "body": "修改后的答复" });
            return Some(("updateReply", input));
        }
        let part = self.part(random, &[AssignmentStatus::Handling])?;
        let promised = random.chance(50);
        let due_on = self.app.now().date_naive() + chrono::TimeDelta::days(200);
        let answers: Vec<_> =
            (0..self.row.demands.0.len()).map(|demand| json!({ "demand": demand, "answer": "已办" })).collect();
        let promises = json!([{ "text": "年内完成", "dueOn": due_on.to_string() }]);
        let input = json!({
            "assignmentId": part.id.to_string(), "body": "现答复如下", "disclosure": "PROACTIVE",
            "outcome": if promised { "PLANNED" } else { "SOLVED" }, "demandAnswers": answers,
            "commitments": if promised { promises } else { json!([]) },
        });
        Some(("draftReply", input))
    }
}
