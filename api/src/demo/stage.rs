//! The people of the demonstration, and the steps that several stories share.

use crate::cx::{Caller, Cx, Deps};
use crate::error::{AppError, AppResult};
use crate::repo::matter::{self, Matter};
use crate::repo::{feedbacks, parties, replies};
use crate::use_cases::account::{self, SignIn};
use crate::use_cases::assigning::{PlanAssignment, PlannedAgency, ReleaseAssignments};
use crate::use_cases::drafting::{CreateDraft, SubmissionRef};
use crate::use_cases::handling::{AssignmentRef, RecordContact, StartHandling};
use crate::use_cases::replying::{Commitment, DemandAnswer, DraftReply, ReplyRef};
use crate::use_cases::reviewing::AcceptSubmission;
use crate::use_cases::signing_off::{GateCheck, IssueReply, ReviewReply};
use crate::use_cases::{assigning, drafting, handling, replying, reviewing, signing_off, submitting};
use chrono::{DateTime, Days, Utc};
use domain::ids::{AssignmentId, OrganizationId, ReplyId, SubmissionId};
use domain::language::Language;
use domain::vocabulary::{
    AssignmentRole, ContactMode, ContactPhase, Disclosure, Gate, HandlingMode, Outcome, Role, SubmissionKind, Verdict,
};
use entity::reply;
use secrecy::SecretString;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Where the stories play.
pub struct Stage {
    deps: Arc<Deps>,
    now: DateTime<Utc>,
    password: SecretString,
    signed_in: Mutex<HashMap<String, Cx>>,
}

/// What a deputy or member writes.
pub struct Text {
    /// Title.
    pub title: &'static str,
    /// Background.
    pub background: &'static str,
    /// Analysis.
    pub analysis: &'static str,
    /// Recommendations.
    pub recommendations: &'static str,
    /// Demands.
    pub demands: &'static [&'static str],
}

/// What an agency answers.
pub struct Answer {
    /// Text.
    pub body: &'static str,
    /// Outcome.
    pub outcome: Outcome,
    /// One answer per demand.
    pub demands: &'static [&'static str],
    /// A promise, and in how many days from now it is due.
    pub promise: Option<(&'static str, u64)>,
}

impl Stage {
    /// Opens the stage at the present instant; everybody has this password.
    pub fn open(deps: &Arc<Deps>, password: &str) -> Self {
        Self {
            deps: deps.clone(),
            now: deps.clock.now(),
            password: SecretString::from(password),
            signed_in: Mutex::default(),
        }
    }

    /// A person, so many days ago, in his first position. He signs in once.
    pub async fn act(&self, username: &str, days_ago: u64) -> AppResult<Cx> {
        let mut signed_in = self.signed_in.lock().await;
        if !signed_in.contains_key(username) {
            let caller = Caller {
                deps: self.deps.clone(),
                now: self.now,
                language: Language::Zh,
                address: IpAddr::V4(Ipv4Addr::LOCALHOST),
                request_id: format!("demo-{username}"),
            };
            let input = SignIn { username: username.into(), password: self.password.clone(), position_id: None };
            signed_in.insert(username.into(), account::sign_in(&caller, input).await?.cx);
        }
        let mut cx = signed_in.get(username).cloned().ok_or(AppError::NotFound)?;
        cx.caller.now = self.now.checked_sub_days(Days::new(days_ago)).unwrap_or(self.now);
        Ok(cx)
    }

    /// A deputy.
    pub async fn deputy(&self, username: &str, days_ago: u64) -> AppResult<Cx> {
        self.act(username, days_ago).await
    }

    /// A member of the CPPCC committee.
    pub async fn member(&self, username: &str, days_ago: u64) -> AppResult<Cx> {
        self.act(username, days_ago).await
    }

    /// The congress office.
    pub async fn congress(&self, days_ago: u64) -> AppResult<Cx> {
        self.act("congress1", days_ago).await
    }

    /// The CPPCC office.
    pub async fn cppcc(&self, days_ago: u64) -> AppResult<Cx> {
        self.act("cppcc1", days_ago).await
    }

    /// The transfer office.
    pub async fn transfer(&self, days_ago: u64) -> AppResult<Cx> {
        self.act("gov1", days_ago).await
    }

    /// Somebody of an agency, e.g. `mzj` and `Role::Liaison`.
    pub async fn agency(&self, agency: &str, role: Role, days_ago: u64) -> AppResult<Cx> {
        let suffix = match role {
            Role::AgencyHead => "head",
            Role::AgencyDeputyHead => "deputy",
            Role::Liaison => "liaison",
            _ => "handler",
        };
        self.act(&format!("{agency}-{suffix}"), days_ago).await
    }

    /// A matter as it stands.
    pub async fn matter(&self, id: SubmissionId) -> AppResult<Matter> {
        matter::load(self.deps.db.reader(), id, false).await?.ok_or(AppError::NotFound)
    }

    /// A submission at its present version.
    pub async fn at(&self, id: SubmissionId) -> AppResult<SubmissionRef> {
        Ok(SubmissionRef { id, version: self.matter(id).await?.row.version })
    }

    /// A reply as it stands.
    pub async fn reply(&self, id: ReplyId) -> AppResult<reply::Model> {
        replies::get(self.deps.db.reader(), id).await?.ok_or(AppError::NotFound)
    }

    /// The forms about a reply.
    pub async fn forms(&self, id: ReplyId) -> AppResult<Vec<entity::feedback::Model>> {
        Ok(feedbacks::of_reply(self.deps.db.reader(), id).await?)
    }

    /// The agency with this short name.
    pub async fn agency_id(&self, agency: &str) -> AppResult<OrganizationId> {
        let key = format!("qh-{agency}");
        parties::organization_by_key(self.deps.db.reader(), &key).await?.ok_or(AppError::NotFound)
    }

    /// Writes a draft.
    pub async fn draft(&self, cx: &Cx, kind: SubmissionKind, text: &Text) -> AppResult<SubmissionId> {
        let cmd = CreateDraft {
            kind,
            session_id: None,
            title: text.title.into(),
            background: text.background.into(),
            analysis: text.analysis.into(),
            recommendations: text.recommendations.into(),
            demands: Some(text.demands.iter().map(|d| (*d).into()).collect()),
            category_id: None,
            suggested_agency_ids: None,
            disclosure: None,
            confidentiality: None,
            withhold_names: None,
            collective: None,
            idempotency_key: None,
        };
        drafting::create(cx, cmd).await
    }

    /// Writes and hands in.
    pub async fn submitted(&self, cx: &Cx, kind: SubmissionKind, text: &Text) -> AppResult<SubmissionId> {
        let id = self.draft(cx, kind, text).await?;
        submitting::submit(cx, self.at(id).await?).await
    }

    /// The office accepts.
    pub async fn accept(&self, office: &Cx, id: SubmissionId) -> AppResult<()> {
        let SubmissionRef { version, .. } = self.at(id).await?;
        let cmd = AcceptSubmission { id, version, category_id: None, disclosure: None, transfer_office_id: None };
        reviewing::accept(office, cmd).await.map(drop)
    }

    /// The transfer office plans.
    pub async fn plan(
        &self,
        transfer: &Cx,
        id: SubmissionId,
        mode: HandlingMode,
        agencies: &[(&str, AssignmentRole)],
    ) -> AppResult<()> {
        let mut planned = Vec::new();
        for (agency, role) in agencies {
            planned.push(PlannedAgency { agency_id: self.agency_id(agency).await?, role: *role, scope: None });
        }
        let version = self.at(id).await?.version;
        assigning::plan(transfer, PlanAssignment { submission_id: id, version, mode, agencies: planned })
            .await
            .map(drop)
    }

    /// The transfer office plans and releases.
    pub async fn assign(
        &self,
        transfer: &Cx,
        id: SubmissionId,
        mode: HandlingMode,
        agencies: &[(&str, AssignmentRole)],
    ) -> AppResult<()> {
        self.plan(transfer, id, mode, agencies).await?;
        let results = assigning::release(transfer, ReleaseAssignments { submission_ids: vec![id.to_string()] }).await?;
        results.into_iter().try_for_each(|(_, result)| result.map(drop))
    }

    /// The assignment of an agency.
    pub async fn assignment(&self, id: SubmissionId, agency: &str) -> AppResult<AssignmentRef> {
        let agency = self.agency_id(agency).await?;
        let matter = self.matter(id).await?;
        let found = matter.live().find(|a| a.agency_id == agency).ok_or(AppError::NotFound)?;
        Ok(AssignmentRef { id: found.id, version: found.version })
    }

    /// The agency signs for it.
    pub async fn sign(&self, id: SubmissionId, agency: &str, days_ago: u64) -> AppResult<()> {
        let liaison = self.agency(agency, Role::Liaison, days_ago).await?;
        handling::sign_for(&liaison, self.assignment(id, agency).await?).await.map(drop)
    }

    /// The agency signs for it and starts handling with the three fixes.
    pub async fn start(&self, id: SubmissionId, agency: &str, days_ago: u64) -> AppResult<AssignmentId> {
        self.sign(id, agency, days_ago).await?;
        let liaison = self.agency(agency, Role::Liaison, days_ago).await?;
        let deputy = self.agency(agency, Role::AgencyDeputyHead, days_ago).await?;
        let handler = self.agency(agency, Role::Handler, days_ago).await?;
        let AssignmentRef { id, version } = self.assignment(id, agency).await?;
        let cmd = StartHandling {
            assignment_id: id,
            version,
            leader_id: deputy.actor.user_id,
            handler_id: handler.actor.user_id,
            section_id: None,
            plan: "一、实地调研;二、上门走访提出者;三、拟定办理措施并书面答复。".into(),
        };
        handling::start(&liaison, cmd).await
    }

    /// The handler visits the proposer.
    pub async fn visit(&self, assignment: AssignmentId, agency: &str, days_ago: u64) -> AppResult<()> {
        let handler = self.agency(agency, Role::Handler, days_ago).await?;
        let cmd = RecordContact {
            assignment_id: assignment,
            mode: ContactMode::Visit,
            phase: ContactPhase::Before,
            held_at: handler.now(),
            place: Some("清河区双塘社区".into()),
            participants: vec!["提出者".into(), "承办科室".into()],
            summary: "听取提出者对现状和具体诉求的说明,商定办理思路。".into(),
        };
        handling::record_contact(&handler, cmd).await.map(drop)
    }

    /// The handler drafts the reply and hands it in for review.
    pub async fn draft_reply(
        &self,
        assignment: AssignmentId,
        agency: &str,
        days_ago: u64,
        answer: &Answer,
    ) -> AppResult<ReplyId> {
        let handler = self.agency(agency, Role::Handler, days_ago).await?;
        let due = |days| (self.now + Days::new(days)).date_naive();
        let cmd = DraftReply {
            assignment_id: assignment,
            body: answer.body.into(),
            outcome: answer.outcome,
            disclosure: Disclosure::Proactive,
            demand_answers: Some(
                (0..).zip(answer.demands).map(|(demand, a)| DemandAnswer { demand, answer: (*a).into() }).collect(),
            ),
            commitments: answer.promise.map(|(text, days)| vec![Commitment { text: text.into(), due_on: due(days) }]),
            idempotency_key: None,
        };
        let id = replying::draft(&handler, cmd).await?;
        let version = self.reply(id).await?.version;
        replying::submit(&handler, ReplyRef { id, version }).await
    }

    /// One step of the sign-off chain approves.
    pub async fn approve(&self, id: ReplyId, agency: &str, role: Role, days_ago: u64) -> AppResult<()> {
        let reviewer = self.agency(agency, role, days_ago).await?;
        let gates = (role == Role::Liaison)
            .then(|| Gate::ALL.iter().map(|gate| GateCheck { gate: *gate, passed: true, remark: None }).collect());
        let version = self.reply(id).await?.version;
        let cmd = ReviewReply { id, version, verdict: Verdict::Approve, gates, comment: None };
        signing_off::review(&reviewer, cmd).await.map(drop)
    }

    /// The whole chain approves and the liaison issues.
    pub async fn issue(&self, id: ReplyId, agency: &str, days_ago: u64, number: &str) -> AppResult<()> {
        for role in [Role::Liaison, Role::AgencyDeputyHead, Role::AgencyHead] {
            self.approve(id, agency, role, days_ago).await?;
        }
        let liaison = self.agency(agency, Role::Liaison, days_ago).await?;
        let version = self.reply(id).await?.version;
        signing_off::issue(&liaison, IssueReply { id, version, document_no: number.into() }).await.map(drop)
    }
}
