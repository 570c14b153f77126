//! The consultation desk.

use super::directory::{IntoId, Organization, Session, User};
use super::submission::Submission;
use super::{organization, person};
use crate::access::SeenConsultation;
use crate::error::AppError;
use crate::graphql::connection::connection;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ids::SessionId;
use domain::policy::Action;
use domain::rules::legal_day::legal_day;
use domain::vocabulary::{ConsultationStatus, Institution};
use entity::{consultation_answer, desk_shift};

/// A question that a deputy or member asks an agency at the consultation desk while a session is held; for the asker, that
/// agency, the office of the institution and the transfer office alone (现场咨询).
#[derive(Clone, Debug)]
pub struct Consultation(pub SeenConsultation);

connection!(
    /// A page of questions at the consultation desk (现场咨询分页).
    ConsultationConnection, ConsultationEdge, Consultation
);

async fn session(ctx: &Context<'_>, id: SessionId) -> GqlResult<Session> {
    let found = top(ctx, loaders(ctx)?.session(id).await)?;
    top(ctx, found.map(Session).ok_or_else(|| AppError::Internal("a session is missing".into())))
}

/// A question that a deputy or member asks an agency at the consultation desk while a session is held; for the asker, that
/// agency, the office of the institution and the transfer office alone (现场咨询).
#[Object]
impl Consultation {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.row.id.into_id()
    }
    /// Version, for changes (版本号).
    async fn version(&self) -> i32 {
        self.0.row.version
    }
    /// At which session (会议).
    async fn session(&self, ctx: &Context<'_>) -> GqlResult<Session> {
        session(ctx, self.0.row.session_id).await
    }
    /// The agency that is asked (被咨询单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.0.row.agency_id).await
    }
    /// Who asks (提问人).
    async fn asker(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.row.asker_id).await
    }
    /// Whether the office wrote it down for him (是否由工作机构代为提问).
    async fn on_behalf(&self) -> bool {
        self.0.row.on_behalf
    }
    /// The question (问题).
    async fn question(&self) -> &str {
        &self.0.row.question
    }
    /// The draft or submission that belongs to it, if the reader may see that one and who proposed it (关联的件).
    async fn submission(&self, ctx: &Context<'_>) -> GqlResult<Option<Submission>> {
        let Some(id) = self.0.row.submission_id else { return Ok(None) };
        let seen = top(ctx, loaders(ctx)?.seen(id).await)?;
        // The asker is its lead proposer: from whom he is masked, the link is kept, too.
        Ok(seen.filter(|sight| sight.may(Action::ReadProposer)).map(Submission))
    }
    /// State (状态).
    async fn status(&self) -> ConsultationStatus {
        self.0.row.status
    }
    /// When it was asked (提问时间).
    async fn asked_at(&self) -> DateTime<Utc> {
        self.0.row.asked_at
    }
    /// When it was first answered (首次答复时间).
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.0.row.answered_at
    }
    /// When it was closed or taken back (结束时间).
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.row.closed_at
    }
    /// The answers, oldest first (答复).
    async fn answers(&self, ctx: &Context<'_>) -> GqlResult<Vec<ConsultationAnswer>> {
        let rows = top(ctx, loaders(ctx)?.consultation_answers(self.0.row.id).await)?.unwrap_or_default();
        Ok(rows.into_iter().map(ConsultationAnswer).collect())
    }
}

/// An answer of the agency to a question at the desk (咨询答复).
#[derive(Clone, Debug)]
pub struct ConsultationAnswer(consultation_answer::Model);

/// An answer of the agency to a question at the desk (咨询答复).
#[Object]
impl ConsultationAnswer {
    /// The answer (答复内容).
    async fn text(&self) -> &str {
        &self.0.text
    }
    /// Who answered (答复人).
    async fn by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.answered_by).await
    }
    /// When (时间).
    async fn at(&self) -> DateTime<Utc> {
        self.0.answered_at
    }
}

/// How many questions the reader may see, and what became of them (咨询统计).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct ConsultationFigures {
    /// Asked, those taken back among them (提问数).
    pub asked: i32,
    /// Answered at least once (已答复数).
    pub answered: i32,
    /// Closed by the asker as settled on the spot (当场解决数).
    pub settled_on_the_spot: i32,
    /// Closed by the asker as not settled (未当场解决数).
    pub unsettled: i32,
    /// Taken back before any answer (撤回数).
    pub withdrawn: i32,
    /// Of which a submission came that was handed in afterwards and that the reader may see (转为建议提案数).
    pub became_submission: i32,
}

/// A shift at the consultation desk: which agency sits there when, and who (咨政室值班).
#[derive(Clone, Debug)]
pub struct DeskShift(pub desk_shift::Model);

/// A shift at the consultation desk: which agency sits there when, and who (咨政室值班).
#[Object]
impl DeskShift {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Version, for changes (版本号).
    async fn version(&self) -> i32 {
        self.0.version
    }
    /// At whose session (人大或政协).
    async fn institution(&self) -> Institution {
        self.0.institution
    }
    /// At which session (会议).
    async fn session(&self, ctx: &Context<'_>) -> GqlResult<Session> {
        session(ctx, self.0.session_id).await
    }
    /// The agency that sits there (值班单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.0.agency_id).await
    }
    /// The day on which it begins (日期).
    async fn day(&self) -> Date {
        Date(legal_day(self.0.starts_at))
    }
    /// From when (开始时间).
    async fn starts_at(&self) -> DateTime<Utc> {
        self.0.starts_at
    }
    /// Until when (结束时间).
    async fn ends_at(&self) -> DateTime<Utc> {
        self.0.ends_at
    }
    /// The positions that are present, in words (在岗人员职务).
    async fn staff(&self) -> &[String] {
        &self.0.staff.0
    }
}
