//! The submission and what hangs on it.

use super::assignment::{Assignment, ExtensionRequest};
use super::attachment::{self, Attachment};
use super::commitment::{Commitment, Supervision};
use super::consultation::Consultation;
use super::directory::{Category, Collective, IntoId, Organization, Region, Session, User};
use super::feedback::Feedback;
use super::meeting::Meeting;
use super::reply::Reply;
use super::supervision::Instruction;
use super::timeline::TimelineEntryConnection;
use super::{Sight, organization, person};
use crate::access::see_consultation;
use crate::deadlines::{self, DeadlineView};
use crate::error::AppError;
use crate::graphql::connection::connection;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use crate::graphql::types::assignment::Contact;
use crate::repo::page::PageRequest;
use crate::repo::timeline::{self, Readable};
use crate::use_cases::available::{self, Parts};
use crate::use_cases::instructing;
use crate::use_cases::sight;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::policy::{Action, Audience, Relation, RelationSet};
use domain::refusal::ErrorCode;
use domain::rules::rule_set::Arbiter;
use domain::vocabulary::{
    AssignmentStatus, Confidentiality, CosignStatus, Disclosure, HandlingMode, Institution, PING_PONG, RegionLevel,
    ReplyStatus, Role, SessionPhase, SubmissionAction, SubmissionKind, SubmissionStatus, WarningLevel,
};
use entity::{cosignature, feedback, reply};

/// A suggestion or proposal with its whole handling, as the reader may see it (件:建议、提案).
#[derive(Clone, Debug)]
pub struct Submission(pub Sight);

connection!(
    /// A page of submissions (件的分页).
    SubmissionConnection, SubmissionEdge, Submission
);

/// Due day of something, with how it was computed (办理期限).
#[derive(Clone, Debug, SimpleObject)]
pub struct Deadline {
    /// The last day, until midnight in the region (截止日).
    due_on: Date,
    /// Warning lamp (红黄灯).
    level: WarningLevel,
    /// Whether it is past, or was met late (是否逾期).
    overdue: bool,
    /// Whether it may still move with a holiday notice to come (是否暂定).
    provisional: bool,
    /// Working days left in the region's calendar, negative when overdue (剩余工作日).
    working_days_left: i32,
    /// One sentence: start, rule and its version, holidays and make-up days that counted, extensions (期限说明).
    explanation: String,
}

impl From<DeadlineView> for Deadline {
    fn from(view: DeadlineView) -> Self {
        Self {
            due_on: Date(view.due_on),
            level: view.level,
            overdue: view.overdue,
            provisional: view.provisional,
            working_days_left: i32::try_from(view.working_days_left).unwrap_or(i32::MAX),
            explanation: view.explanation,
        }
    }
}

/// A verb with whether the reader may use it now, and if not, why (可用操作).
#[derive(Clone, Debug, SimpleObject)]
pub struct ActionState {
    /// The verb (操作).
    action: SubmissionAction,
    /// Whether it is allowed now (是否可用).
    allowed: bool,
    /// Code of the refusal (不可用原因代码).
    refusal: Option<ErrorCode>,
    /// The refusal in words (不可用原因).
    message: Option<String>,
}

/// An invitation to co-sign with its answer (联名、附议).
#[derive(Clone, Debug)]
pub struct Cosignature {
    row: cosignature::Model,
    /// Whether the reader is one of those among whom the proposers agree with one another.
    among: bool,
}

/// An invitation to co-sign with its answer (联名、附议).
#[Object]
impl Cosignature {
    /// The invited person (受邀人).
    async fn user(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.row.person_id).await
    }
    /// State (状态).
    async fn status(&self) -> CosignStatus {
        self.row.status
    }
    /// When it was answered (答复时间).
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.row.answered_at
    }
    /// Opinion of the co-signer (联名意见).
    async fn opinion(&self) -> Option<&str> {
        self.row.opinion.as_deref()
    }
    /// Answer to the lead's wish to withdraw; null while it is open or nobody asks, and to readers outside (是否同意撤回).
    async fn withdrawal_agreed(&self) -> Option<bool> {
        self.row.withdrawal_agreed.filter(|_| self.among)
    }
}

/// The lead's wish to withdraw a joint submission (撤回申请).
#[derive(Clone, Debug)]
pub struct Withdrawal {
    asked_at: DateTime<Utc>,
    reason: Option<String>,
    consents: Vec<Cosignature>,
}

/// The lead's wish to withdraw a joint submission (撤回申请).
#[Object]
impl Withdrawal {
    /// When it was asked (申请时间).
    async fn asked_at(&self) -> DateTime<Utc> {
        self.asked_at
    }
    /// Why (撤回理由).
    async fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    /// Those who are asked, with their answers (联名人答复).
    async fn consents(&self) -> &[Cosignature] {
        &self.consents
    }
}

impl Submission {
    fn row(&self) -> &entity::submission::Model {
        &self.0.matter.row
    }

    fn may(&self, action: Action) -> bool {
        self.0.may(action)
    }

    /// Whether the reader is one of those for whom the proposers' entries of the trail are meant.
    fn among_proposers(&self) -> bool {
        self.may(Action::ReadTrail(Audience::Proposers))
    }

    /// The replies that the reader may see.
    async fn visible_replies(&self, ctx: &Context<'_>) -> GqlResult<Vec<(Sight, reply::Model)>> {
        let loaders = loaders(ctx)?;
        let mut found = Vec::new();
        for row in top(ctx, loaders.replies(self.row().id).await)?.unwrap_or_default() {
            if sight::reply(cx(ctx)?, &self.0, &row) {
                found.push((self.0.clone(), row));
            }
        }
        // A merged matter has no replies of its own: its proposer gets those of the main one.
        if let Some(main) = self.row().merged_into_id
            && let Some(main) = top(ctx, loaders.seen(main).await)?
        {
            for row in top(ctx, loaders.replies(main.matter.row.id).await)?.unwrap_or_default() {
                if row.status == ReplyStatus::Issued && sight::reply(cx(ctx)?, &main, &row) {
                    found.push((main.clone(), row));
                }
            }
        }
        Ok(found)
    }

    /// The feedback forms that the reader may see, with the handled matter of each.
    async fn visible_feedbacks(&self, ctx: &Context<'_>) -> GqlResult<Vec<(Sight, feedback::Model)>> {
        let loaders = loaders(ctx)?;
        let mut found = Vec::new();
        for row in top(ctx, loaders.feedbacks(self.row().id).await)?.unwrap_or_default() {
            // The rating is judged against the matter that was handled.
            let handled = match row.handled_id == self.row().id {
                true => Some(self.0.clone()),
                false => top(ctx, loaders.seen(row.handled_id).await)?,
            };
            if let Some(handled) = handled
                && sight::feedback(cx(ctx)?, &handled, &row)
            {
                found.push((handled, row));
            }
        }
        Ok(found)
    }
}

/// A suggestion or proposal with its whole handling, as the reader may see it (件:建议、提案).
#[Object]
impl Submission {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row().id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.row().version
    }
    /// Kind (种类).
    async fn kind(&self) -> SubmissionKind {
        self.row().kind
    }
    /// Institution to which it is addressed (人大或政协).
    async fn institution(&self) -> Institution {
        self.row().institution
    }
    /// State; from ASSIGNED to CLOSED it follows from the assignments (状态).
    async fn status(&self) -> SubmissionStatus {
        self.row().status
    }
    /// Case number, given at acceptance; null before (案号).
    async fn case_no(&self) -> Option<i32> {
        self.row().case_no
    }
    /// Title (标题、案由).
    async fn title(&self) -> &str {
        &self.row().title
    }
    /// Background: the facts (情况、案据).
    async fn background(&self) -> &str {
        &self.row().background
    }
    /// Analysis (分析).
    async fn analysis(&self) -> &str {
        &self.row().analysis
    }
    /// Recommendations (具体建议).
    async fn recommendations(&self) -> &str {
        &self.row().recommendations
    }
    /// Each demand of the text, answered one by one (诉求点).
    async fn demands(&self) -> &[String] {
        &self.row().demands.0
    }
    /// Region (行政区).
    async fn region(&self, ctx: &Context<'_>) -> GqlResult<Region> {
        let found = top(ctx, loaders(ctx)?.region(self.row().region_id).await)?;
        top(ctx, found.map(Region).ok_or_else(|| AppError::Internal("a region is missing".into())))
    }
    /// Session to which it belongs (会议).
    async fn session(&self, ctx: &Context<'_>) -> GqlResult<Option<Session>> {
        match self.row().session_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.session(id).await)?.map(Session)),
            None => Ok(None),
        }
    }
    /// In or off session, fixed at first submission (会议期间或闭会期间).
    async fn phase(&self) -> Option<SessionPhase> {
        self.row().phase
    }
    /// Level of origin (来源层级).
    async fn origin_level(&self, ctx: &Context<'_>) -> GqlResult<RegionLevel> {
        top(ctx, self.row().origin_level.ok_or_else(|| AppError::Internal("a matter without its level".into())))
    }
    /// Category (分类).
    async fn category(&self, ctx: &Context<'_>) -> GqlResult<Option<Category>> {
        match self.row().category_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.category(id).await)?.map(Category)),
            None => Ok(None),
        }
    }
    /// Confidentiality (密级范围).
    async fn confidentiality(&self) -> Confidentiality {
        self.row().confidentiality
    }
    /// Disclosure (公开属性).
    async fn disclosure(&self) -> Disclosure {
        self.row().disclosure
    }
    /// Since when the names of its proposers are kept from the public; null when they are not (不公开提出者姓名).
    async fn names_withheld_at(&self) -> Option<DateTime<Utc>> {
        self.row().names_withheld_at
    }
    /// Lead proposer; null to readers from whom he is masked (领衔人).
    async fn lead_proposer(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        let shown = self.may(Action::ReadProposer).then_some(self.row().lead_proposer_id);
        super::some_person(ctx, shown).await
    }
    /// The body in whose name it is proposed; null when persons propose, and where the proposers are masked (集体提案的提出组织).
    async fn collective(&self) -> Option<Collective> {
        let row = self.row();
        let body = row.collective_kind.zip(row.collective_name.clone()).filter(|_| self.may(Action::ReadProposer));
        body.map(|(kind, name)| Collective { kind, name })
    }
    /// Those who co-signed; other invitations among the proposers and to the invited alone; empty to readers from whom the proposers are masked (联名人).
    async fn cosignatures(&self, ctx: &Context<'_>) -> GqlResult<Vec<Cosignature>> {
        let (shown, among, own) = (self.may(Action::ReadProposer), self.among_proposers(), cx(ctx)?.actor.user_id);
        let rows = self
            .0
            .matter
            .cosignatures
            .iter()
            .filter(|row| shown && (among || row.status == CosignStatus::Accepted || row.person_id == own));
        Ok(rows.cloned().map(|row| Cosignature { row, among }).collect())
    }
    /// Agencies that the proposer suggests (建议承办单位).
    async fn suggested_agencies(&self, ctx: &Context<'_>) -> GqlResult<Vec<Organization>> {
        let ids = self.row().suggested_agency_ids.0.iter();
        futures_util::future::try_join_all(ids.map(|id| organization(ctx, *id))).await
    }
    /// When the draft was written (创建时间).
    async fn created_at(&self) -> DateTime<Utc> {
        self.row().created_at
    }
    /// When it was first handed in; revision does not change it (首次提交时间).
    async fn submitted_at(&self) -> Option<DateTime<Utc>> {
        self.row().submitted_at
    }
    /// When it was released to agencies: the legal clock starts (交办时间).
    async fn assigned_at(&self) -> Option<DateTime<Utc>> {
        self.row().assigned_at
    }
    /// Due day of the written reply, null before assignment; with how it was computed (答复期限).
    async fn deadline(&self, ctx: &Context<'_>) -> GqlResult<Option<Deadline>> {
        let view = top(ctx, deadlines::of_submission(cx(ctx)?, &self.0.matter).await)?;
        Ok(view.map(Deadline::from))
    }
    /// When it was brought in from a ledger; null for a matter that was handed in here (台账导入时间).
    async fn imported_at(&self) -> Option<DateTime<Utc>> {
        self.row().imported_at
    }
    /// Round of handling, from 1 (办理轮次).
    async fn round(&self) -> i32 {
        self.row().round
    }
    /// Handling mode; null to readers who may not read a plan before its release (办理方式).
    async fn mode(&self) -> Option<HandlingMode> {
        let released = self.0.relations.has(Relation::Released);
        self.row().mode.filter(|_| released || self.may(Action::ReadPlanned))
    }
    /// Assignments, past ones included; planned ones only for those who may read plans (承办情况).
    async fn assignments(&self) -> Vec<Assignment> {
        let plans = self.may(Action::ReadPlanned);
        let shown = self.0.matter.assignments.iter().filter(|a| plans || a.status != AssignmentStatus::Planned);
        shown.map(|row| Assignment { sight: self.0.clone(), row: row.clone() }).collect()
    }
    /// How often agencies handed it back with consent (退办次数).
    async fn return_count(&self) -> i32 {
        i32::try_from(self.0.matter.times_returned()).unwrap_or(i32::MAX)
    }
    /// Whether it goes to and fro between agencies: it was handed back at least twice (是否推诿扯皮).
    async fn ping_pong(&self) -> bool {
        self.0.matter.times_returned() >= PING_PONG
    }
    /// Replies of all rounds that the reader may see, oldest first (答复).
    async fn replies(&self, ctx: &Context<'_>) -> GqlResult<Vec<Reply>> {
        Ok(self.visible_replies(ctx).await?.into_iter().map(|(sight, row)| Reply { sight, row }).collect())
    }
    /// Feedback forms that the reader may see, oldest first; sealed ones are left out (反馈).
    async fn feedbacks(&self, ctx: &Context<'_>) -> GqlResult<Vec<Feedback>> {
        Ok(self.visible_feedbacks(ctx).await?.into_iter().map(|(sight, row)| Feedback { sight, row }).collect())
    }
    /// Contacts with the proposer, oldest first (沟通记录).
    async fn contacts(&self, ctx: &Context<'_>) -> GqlResult<Vec<Contact>> {
        if !self.may(Action::ReadHandling) {
            return Ok(Vec::new());
        }
        let rows = top(ctx, loaders(ctx)?.contacts(self.row().id).await)?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Contact { sight: self.0.clone(), row }).collect())
    }
    /// Promises made in issued replies, oldest first (承诺事项).
    async fn commitments(&self, ctx: &Context<'_>) -> GqlResult<Vec<Commitment>> {
        if !self.may(Action::ReadHandling) {
            return Ok(Vec::new());
        }
        let rows = top(ctx, loaders(ctx)?.commitments(self.row().id).await)?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Commitment { sight: self.0.clone(), row }).collect())
    }
    /// Supervision labels, oldest first (督办).
    async fn supervisions(&self, ctx: &Context<'_>) -> GqlResult<Vec<Supervision>> {
        if !self.may(Action::ReadHandling) {
            return Ok(Vec::new());
        }
        let rows = top(ctx, loaders(ctx)?.supervisions(self.row().id).await)?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Supervision { sight: self.0.clone(), row }).collect())
    }
    /// Leaders' instructions that the reader may see, oldest first; never the proposers, nor leaders of the other
    /// side (批示).
    async fn instructions(&self, ctx: &Context<'_>) -> GqlResult<Vec<Instruction>> {
        let rows = top(ctx, loaders(ctx)?.instructions(self.row().id).await)?.unwrap_or_default();
        let cx = cx(ctx)?;
        let shown = rows.into_iter().filter(|row| instructing::visible(cx, &self.0, row));
        Ok(shown.map(|row| Instruction { sight: self.0.clone(), row }).collect())
    }
    /// Meetings and inspections about it, oldest first, for those who follow the handling (会议调研).
    async fn meetings(&self, ctx: &Context<'_>) -> GqlResult<Vec<Meeting>> {
        if !self.may(Action::ReadHandling) {
            return Ok(Vec::new());
        }
        let rows = top(ctx, loaders(ctx)?.meetings(self.row().id).await)?.unwrap_or_default();
        Ok(rows.into_iter().map(Meeting).collect())
    }
    /// Questions at the consultation desk that belong to it, oldest first, as far as the reader may see them; none to
    /// readers from whom the proposers are masked (关联的现场咨询).
    async fn consultations(&self, ctx: &Context<'_>) -> GqlResult<Vec<Consultation>> {
        if !self.may(Action::ReadProposer) {
            return Ok(Vec::new());
        }
        let actor = &cx(ctx)?.actor;
        let rows = top(ctx, loaders(ctx)?.consultations(self.row().id).await)?.unwrap_or_default();
        Ok(rows.into_iter().filter_map(|row| see_consultation(actor, row).ok()).map(Consultation).collect())
    }
    /// Requests for more time of all assignments, oldest first (延期申请).
    async fn extension_requests(&self, ctx: &Context<'_>) -> GqlResult<Vec<ExtensionRequest>> {
        if !self.may(Action::ReadHandling) {
            return Ok(Vec::new());
        }
        let loaders = loaders(ctx)?;
        let loads = self.0.matter.assignments.iter().map(|a| loaders.extensions(a.id));
        let rows = top(ctx, futures_util::future::try_join_all(loads).await)?;
        let rows = rows.into_iter().flatten().flatten();
        Ok(rows.map(|row| ExtensionRequest { sight: self.0.clone(), row }).collect())
    }
    /// Files attached to the text, oldest first; one that is still awaited is shown to its uploader alone (附件).
    async fn attachments(&self, ctx: &Context<'_>) -> GqlResult<Vec<Attachment>> {
        attachment::of_submission(ctx, &self.0, self.row().id).await
    }
    /// The main matter into which it was merged, if the reader may see it (并入的主件).
    async fn merged_into(&self, ctx: &Context<'_>) -> GqlResult<Option<Submission>> {
        seen(ctx, self.row().merged_into_id).await
    }
    /// Matters merged into it that the reader may see (并案件).
    async fn merged(&self, ctx: &Context<'_>) -> GqlResult<Vec<Submission>> {
        let loaders = loaders(ctx)?;
        let loads = self.0.matter.merged.iter().map(|(id, _)| loaders.seen(*id));
        let found = top(ctx, futures_util::future::try_join_all(loads).await)?;
        Ok(found.into_iter().flatten().map(Submission).collect())
    }
    /// The matter of another kind that it became, if the reader may see it (转化后的件).
    async fn converted_to(&self, ctx: &Context<'_>) -> GqlResult<Option<Submission>> {
        seen(ctx, self.row().converted_to_id).await
    }
    /// Code of the ground on which it was refused (不予受理依据代码).
    async fn refusal_ground(&self) -> Option<&str> {
        self.row().refusal_ground.as_deref()
    }
    /// Reason of the refusal, return or conversion, in words for the proposer (理由).
    async fn refusal_reason(&self) -> Option<&str> {
        self.row().refusal_reason.as_deref().filter(|_| self.among_proposers())
    }
    /// The lead's wish to withdraw, while it awaits the co-signers (撤回申请).
    async fn withdrawal(&self) -> Option<Withdrawal> {
        let asked_at = self.row().withdrawal_asked_at.filter(|_| self.among_proposers())?;
        let consents = self.0.matter.cosigners().cloned().map(|row| Cosignature { row, among: true }).collect();
        Some(Withdrawal { asked_at, reason: self.row().withdrawal_reason.clone(), consents })
    }
    /// The append-only trail, newest last; entries the reader may not see are left out (办理轨迹).
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<TimelineEntryConnection> {
        let cx = cx(ctx)?;
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let readable = super::timeline::readable(cx, &self.0);
        let page = top(ctx, timeline::page(cx.db().reader(), self.row().id, &readable, &request).await)?;
        Ok(TimelineEntryConnection::of(page, &self.0))
    }
    /// What the reader may do now; with includeRefused also what not, and why (可用操作).
    async fn available_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default_with = "Some(false)",
            desc = "Also list what is not allowed, with the reason (包含不可用操作)."
        )]
        include_refused: Option<bool>,
    ) -> GqlResult<Vec<ActionState>> {
        let loaders = loaders(ctx)?;
        let id = self.row().id;
        let assignments: Vec<_> = self.0.matter.assignments.iter().map(|a| a.id).collect();
        let returns = futures_util::future::try_join_all(assignments.iter().map(|a| loaders.returns(*a)));
        let extensions = futures_util::future::try_join_all(assignments.iter().map(|a| loaders.extensions(*a)));
        let opinions = futures_util::future::try_join_all(assignments.iter().map(|a| loaders.opinions(*a)));
        let rules = match self.row().rule_set_id {
            Some(id) => {
                let cx = cx(ctx)?;
                Some(top(ctx, cx.deps().rules.get(cx.db().reader(), id).await)?)
            }
            None => None,
        };
        let chain = rules.iter().flat_map(|rules| rules.set.sign_off.iter().map(|step| step.role)).collect();
        let parts = Parts {
            chain,
            leaders_arbitrate: rules.is_some_and(|rules| rules.set.arbitrated_by.0 == Arbiter::RegionLeader),
            replies: self.visible_replies(ctx).await?.into_iter().map(|(_, row)| row).collect(),
            feedbacks: self.visible_feedbacks(ctx).await?.into_iter().map(|(_, row)| row).collect(),
            contacts: top(ctx, loaders.contacts(id).await)?.unwrap_or_default(),
            commitments: top(ctx, loaders.commitments(id).await)?.unwrap_or_default(),
            returns: top(ctx, returns.await)?.into_iter().flatten().flatten().collect(),
            extensions: top(ctx, extensions.await)?.into_iter().flatten().flatten().collect(),
            opinions: top(ctx, opinions.await)?.into_iter().flatten().flatten().collect(),
        };
        let all = available::actions(cx(ctx)?, &self.0, &parts).into_iter();
        let states = all.filter(|state| state.allowed || include_refused == Some(true));
        Ok(states
            .map(|state| ActionState {
                action: state.action,
                allowed: state.allowed,
                refusal: state.refusal,
                message: state.message,
            })
            .collect())
    }
}

/// A submission named by another, if the reader may see it.
async fn seen(ctx: &Context<'_>, id: Option<domain::ids::SubmissionId>) -> GqlResult<Option<Submission>> {
    match id {
        Some(id) => Ok(top(ctx, loaders(ctx)?.seen(id).await)?.map(Submission)),
        None => Ok(None),
    }
}

/// The audiences that open to a leader for what leaders of his own side did.
fn leaders_own(cx: &crate::cx::Cx, sight: &Sight) -> Vec<Audience> {
    match cx.actor.role {
        Role::SupervisingLeader | Role::RegionLeader => {
            sight.audiences(RelationSet::EMPTY.with_if(Relation::SameSide, true))
        }
        _ => Vec::new(),
    }
}

/// The trail that a reader may see of a submission.
pub fn trail_of(cx: &crate::cx::Cx, sight: &Sight) -> Readable {
    let own = RelationSet::EMPTY.with_if(Relation::OwnAgency, true);
    Readable {
        audiences: sight.audiences(RelationSet::EMPTY),
        own: cx.actor.agency_id.map(|agency| (agency, sight.audiences(own))),
        side: (cx.actor.role, leaders_own(cx, sight)),
    }
}
