//! An agency's assignment and what the agency reports about it.

use super::directory::{IntoId, Organization, User};
use super::submission::{Deadline, Submission};
use super::supervision::{StageLag, Urging};
use super::{Sight, organization, person, some_person};
use crate::access::Seen;
use crate::cx::Cx;
use crate::deadlines;
use crate::error::AppError;
use crate::graphql::connection::connection;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use crate::stage_lags::{self, Done, ReplyStep};
use crate::use_cases::{part, returning};
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use domain::ids::AssignmentId;
use domain::policy::Action;
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, ContactConfirmation, ContactMode, ContactPhase, HandlingMode, HandlingStage,
    RequestStatus,
};
use entity::{assignment, co_opinion, contact, extension_request, progress_report, return_request, urging};

/// One agency's part in a matter (承办).
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The submission.
    pub sight: Sight,
    /// The assignment.
    pub row: assignment::Model,
}

connection!(
    /// A page of assignments (承办分页).
    AssignmentConnection, AssignmentEdge, Assignment
);

/// Whether a reader may know of an assignment of a submission that he sees.
pub fn visible(seen: &Seen, row: &assignment::Model) -> bool {
    row.status != AssignmentStatus::Planned || seen.may(Action::ReadPlanned)
}

/// Whether a reader may see the handling plan of an assignment.
pub fn internal_visible(cx: &Cx, seen: &Seen, row: &assignment::Model) -> bool {
    seen.may_with(Action::ReadInternal, part(cx, row))
}

impl Assignment {
    fn follows(&self) -> bool {
        self.sight.may(Action::ReadHandling)
    }

    /// What was reported and done so far.
    async fn done(&self, ctx: &Context<'_>) -> GqlResult<Done> {
        let (loaders, row) = (loaders(ctx)?, &self.row);
        let progress = top(ctx, loaders.progress(row.id).await)?.unwrap_or_default();
        let contacts = top(ctx, loaders.contacts(row.submission_id).await)?.unwrap_or_default();
        let replies = top(ctx, loaders.replies(row.submission_id).await)?.unwrap_or_default();
        let joint = self.sight.matter.row.mode == Some(HandlingMode::CoLead);
        let step = |reply: entity::reply::Model| ReplyStep {
            round: reply.round,
            status: reply.status,
            drafted_at: reply.drafted_at,
            issued_at: reply.issued_at,
        };
        Ok(Done {
            progress: progress.into_iter().map(|report| (report.stage, report.at)).collect(),
            contacts: contacts.iter().filter(|one| one.assignment_id == row.id).map(|one| one.held_at).collect(),
            replies: replies.into_iter().filter(|one| joint || one.assignment_id == row.id).map(step).collect(),
        })
    }

    async fn urged(&self, ctx: &Context<'_>) -> GqlResult<Vec<urging::Model>> {
        match self.follows() {
            true => Ok(top(ctx, loaders(ctx)?.urgings(self.row.id).await)?.unwrap_or_default()),
            false => Ok(Vec::new()),
        }
    }

    /// The assignment of a submission with this id.
    pub fn of(sight: &Sight, id: AssignmentId) -> Result<Self, AppError> {
        let row = sight.matter.assignments.iter().find(|a| a.id == id);
        let row = row.ok_or_else(|| AppError::Internal(format!("{id} is missing")))?.clone();
        Ok(Self { sight: sight.clone(), row })
    }
}

/// One agency's part in a matter (承办).
#[Object]
impl Assignment {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// The submission (件).
    async fn submission(&self) -> Submission {
        Submission(self.sight.clone())
    }
    /// The agency (承办单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.row.agency_id).await
    }
    /// Its part: lead, co or separate (承办角色).
    async fn role(&self) -> AssignmentRole {
        self.row.role
    }
    /// State (承办状态).
    async fn status(&self) -> AssignmentStatus {
        self.row.status
    }
    /// What of the submission this agency answers for (分工).
    async fn scope(&self) -> Option<&str> {
        self.row.scope.as_deref()
    }
    /// Round of handling, from 1 (办理轮次).
    async fn round(&self) -> i32 {
        self.row.round
    }
    /// When it was released (交办时间).
    async fn assigned_at(&self) -> Option<DateTime<Utc>> {
        self.row.assigned_at
    }
    /// When the agency signed for it (签收时间).
    async fn signed_at(&self) -> Option<DateTime<Utc>> {
        self.row.signed_at
    }
    /// Due day of the reply, or of the opinion of a co-handling agency (办理期限).
    async fn deadline(&self, ctx: &Context<'_>) -> GqlResult<Option<Deadline>> {
        let view = top(ctx, deadlines::of_assignment(cx(ctx)?, &self.sight.matter, &self.row).await)?;
        Ok(view.map(Deadline::from))
    }
    /// The leader in charge, one of the three fixes (责任领导,三落实之一).
    async fn leader(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.row.leader_id.filter(|_| self.follows())).await
    }
    /// The handler, one of the three fixes (承办人,三落实之一).
    async fn handler(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.row.handler_id.filter(|_| self.follows())).await
    }
    /// The section (承办科室).
    async fn section(&self, ctx: &Context<'_>) -> GqlResult<Option<Organization>> {
        match self.row.section_id.filter(|_| self.follows()) {
            Some(id) => organization(ctx, id).await.map(Some),
            None => Ok(None),
        }
    }
    /// Handling plan; null to readers outside the agency and the transfer office (办理方案).
    async fn plan(&self, ctx: &Context<'_>) -> GqlResult<Option<&str>> {
        let shown = internal_visible(cx(ctx)?, &self.sight, &self.row);
        Ok(self.row.plan.as_deref().filter(|_| shown))
    }
    /// Last reported stage (办理环节).
    async fn stage(&self) -> Option<HandlingStage> {
        self.row.stage.filter(|_| self.follows())
    }
    /// Reports of progress, oldest first (进度填报).
    async fn progress_reports(&self, ctx: &Context<'_>) -> GqlResult<Vec<ProgressReport>> {
        if !self.follows() {
            return Ok(Vec::new());
        }
        let rows = top(ctx, loaders(ctx)?.progress(self.row.id).await)?.unwrap_or_default();
        Ok(rows.into_iter().map(ProgressReport).collect())
    }
    /// Steps that are missing though their time is over, by the milestones of the rules with which the matter began and
    /// by the region's own past pace; for the offices, leaders, the agency itself and the auditor (环节滞后预警).
    async fn stage_lags(&self, ctx: &Context<'_>) -> GqlResult<Vec<StageLag>> {
        let (cx, row) = (cx(ctx)?, &self.row);
        let Some(rule_set) = self.sight.matter.row.rule_set_id else { return Ok(Vec::new()) };
        let open = row.role.answers() && row.status.is_open();
        if !open || !self.sight.may_with(Action::ReadLag, part(cx, row)) {
            return Ok(Vec::new());
        }
        let done = self.done(ctx).await?;
        let (deps, conn) = (cx.deps(), cx.db().reader());
        let rules = top(ctx, deps.rules.get(conn, rule_set).await)?;
        let region = self.sight.matter.row.region_id;
        let habits = top(ctx, deps.rules.habits(conn, region).await)?;
        let measures = (&*habits.calendar, &habits.pace);
        let lags = top(ctx, stage_lags::of_assignment(row, &done, cx.today(), &rules, measures))?;
        Ok(lags.into_iter().map(|lag| StageLag { assignment: row.clone(), lag }).collect())
    }
    /// Urgings of the agency, oldest first, for those who follow the handling (催办记录).
    async fn urgings(&self, ctx: &Context<'_>) -> GqlResult<Vec<Urging>> {
        Ok(self.urged(ctx).await?.into_iter().map(Urging).collect())
    }
    /// How often the agency was urged; 0 for those who do not follow the handling (催办次数).
    async fn urging_count(&self, ctx: &Context<'_>) -> GqlResult<i32> {
        Ok(i32::try_from(self.urged(ctx).await?.len()).unwrap_or(i32::MAX))
    }
    /// When a leader settled that this agency must handle it; null when none did (裁定时间).
    async fn arbitrated_at(&self) -> Option<DateTime<Utc>> {
        self.row.arbitrated_at.filter(|_| self.follows())
    }
    /// Requests to hand back, for the agency and the transfer office; a leader of the region sees disputes (退办申请).
    async fn return_requests(&self, ctx: &Context<'_>) -> GqlResult<Vec<ReturnRequest>> {
        let rows = top(ctx, loaders(ctx)?.returns(self.row.id).await)?.unwrap_or_default();
        let cx = cx(ctx)?;
        let shown = rows.into_iter().filter(|row| returning::visible(cx, &self.sight, &self.row, row));
        Ok(shown.map(|row| ReturnRequest { sight: self.sight.clone(), row }).collect())
    }
    /// The latest opinion of a co-handling agency or agreement of a joint lead (会办意见).
    async fn opinion(&self, ctx: &Context<'_>) -> GqlResult<Option<CoOpinion>> {
        if !self.sight.may_with(Action::ReadOpinion, part(cx(ctx)?, &self.row)) {
            return Ok(None);
        }
        let rows = top(ctx, loaders(ctx)?.opinions(self.row.id).await)?.unwrap_or_default();
        Ok(rows.into_iter().next_back().map(CoOpinion))
    }
}

/// A report of progress at one stage (进度填报).
#[derive(Clone, Debug)]
pub struct ProgressReport(pub progress_report::Model);

/// A report of progress at one stage (进度填报).
#[Object]
impl ProgressReport {
    /// Stage (环节).
    async fn stage(&self) -> HandlingStage {
        self.0.stage
    }
    /// What was done (进度说明).
    async fn note(&self) -> &str {
        &self.0.note
    }
    /// By whom (填报人).
    async fn by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.by_id).await
    }
    /// When (填报时间).
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }
}

/// A request to hand an assignment back (退办申请).
#[derive(Clone, Debug)]
pub struct ReturnRequest {
    /// The submission.
    pub sight: Sight,
    /// The request.
    pub row: return_request::Model,
}

/// A request to hand an assignment back (退办申请).
#[Object]
impl ReturnRequest {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// The assignment (承办).
    async fn assignment(&self, ctx: &Context<'_>) -> GqlResult<Assignment> {
        top(ctx, Assignment::of(&self.sight, self.row.assignment_id))
    }
    /// Why (理由).
    async fn reason(&self) -> &str {
        &self.row.reason
    }
    /// The agency that should take over (建议改办单位).
    async fn proposed_agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.row.proposed_agency_id).await
    }
    /// State (状态).
    async fn status(&self) -> RequestStatus {
        self.row.status
    }
    /// Whether the matter had been handed back too often before, so that the request became a dispute (是否争议).
    async fn disputed(&self) -> bool {
        self.row.disputed_at.is_some()
    }
    /// Who decided (审定人).
    async fn decided_by(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.row.decided_by).await
    }
    /// Reason of the decision (审定理由).
    async fn decision_reason(&self) -> Option<&str> {
        self.row.decision_reason.as_deref()
    }
    /// When it was asked (申请时间).
    async fn at(&self) -> DateTime<Utc> {
        self.row.at
    }
    /// By when it must be decided, where the region sets a period for that (决定期限).
    async fn due_on(&self, ctx: &Context<'_>) -> GqlResult<Option<Date>> {
        let matter = &self.sight.matter;
        Ok(top(ctx, deadlines::of_return(cx(ctx)?, matter, &self.row).await)?.map(Date))
    }
}

/// The opinion of a co-handling agency (会办意见).
#[derive(Clone, Debug)]
pub struct CoOpinion(pub co_opinion::Model);

/// The opinion of a co-handling agency (会办意见).
#[Object]
impl CoOpinion {
    /// Text (正文).
    async fn body(&self) -> &str {
        &self.0.body
    }
    /// When it was sent (提交时间).
    async fn sent_at(&self) -> DateTime<Utc> {
        self.0.sent_at
    }
    /// By whom (提交人).
    async fn sent_by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.sent_by).await
    }
}

/// A request for more time (延期申请).
#[derive(Clone, Debug)]
pub struct ExtensionRequest {
    /// The submission.
    pub sight: Sight,
    /// The request.
    pub row: extension_request::Model,
}

/// A request for more time (延期申请).
#[Object]
impl ExtensionRequest {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// The assignment (承办).
    async fn assignment(&self, ctx: &Context<'_>) -> GqlResult<Assignment> {
        top(ctx, Assignment::of(&self.sight, self.row.assignment_id))
    }
    /// The new due day asked for (申请延至).
    async fn until(&self) -> Date {
        Date(self.row.until)
    }
    /// Why (理由).
    async fn reason(&self) -> &str {
        &self.row.reason
    }
    /// State (状态).
    async fn status(&self) -> RequestStatus {
        self.row.status
    }
    /// Who decided (审定人).
    async fn decided_by(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.row.decided_by).await
    }
    /// Reason of the decision (审定理由).
    async fn decision_reason(&self) -> Option<&str> {
        self.row.decision_reason.as_deref()
    }
    /// When it was asked (申请时间).
    async fn at(&self) -> DateTime<Utc> {
        self.row.at
    }
}

/// A contact with the proposer, with his own word on it (沟通记录).
#[derive(Clone, Debug)]
pub struct Contact {
    /// The submission.
    pub sight: Sight,
    /// The contact.
    pub row: contact::Model,
}

/// A contact with the proposer, with his own word on it (沟通记录).
#[Object]
impl Contact {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// The assignment (承办).
    async fn assignment(&self, ctx: &Context<'_>) -> GqlResult<Assignment> {
        top(ctx, Assignment::of(&self.sight, self.row.assignment_id))
    }
    /// How (沟通方式).
    async fn mode(&self) -> ContactMode {
        self.row.mode
    }
    /// When in the handling (办前、办中、办后).
    async fn phase(&self) -> ContactPhase {
        self.row.phase
    }
    /// Whether it counts as face to face by the region's rules (是否面商).
    async fn face_to_face(&self) -> bool {
        self.row.face_to_face
    }
    /// When it was held (沟通时间).
    async fn held_at(&self) -> DateTime<Utc> {
        self.row.held_at
    }
    /// Where (地点).
    async fn place(&self) -> Option<&str> {
        self.row.place.as_deref()
    }
    /// Who took part; empty to readers from whom the proposer is masked (参加人).
    async fn participants(&self) -> &[String] {
        if self.sight.may(Action::ReadProposer) { &self.row.participants.0 } else { &[] }
    }
    /// What was said (沟通情况).
    async fn summary(&self) -> &str {
        &self.row.summary
    }
    /// The proposer's own word on it; the face-to-face rate counts confirmed contacts alone (提出者确认).
    async fn confirmation(&self) -> ContactConfirmation {
        self.row.confirmation
    }
    /// The proposer's comment (提出者意见).
    async fn confirmation_comment(&self) -> Option<&str> {
        self.row.confirmation_comment.as_deref()
    }
}
