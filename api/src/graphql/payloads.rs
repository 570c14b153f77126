//! Payloads of mutations: the object as its writer may see it afterwards, or why nothing was done.

use crate::error::{AppError, AppResult};
use crate::graphql::context::cx;
use crate::graphql::context::{lanes, loaders, top};
use crate::graphql::error::{GqlResult, UserError};
use crate::graphql::types::appraisal::{Appraisal, RankedAppraisal};
use crate::graphql::types::assignment::{Assignment, Contact, ExtensionRequest, ReturnRequest};
use crate::graphql::types::attachment::Attachment;
use crate::graphql::types::calendar::CalendarYear;
use crate::graphql::types::commitment::{Commitment, Supervision};
use crate::graphql::types::consultation::{Consultation, DeskShift};
use crate::graphql::types::delivery::{ChannelPreference, Delivery};
use crate::graphql::types::directory::{Position, User};
use crate::graphql::types::duty::DutyClause;
use crate::graphql::types::feedback::Feedback;
use crate::graphql::types::meeting::Meeting;
use crate::graphql::types::node::{self, Node};
use crate::graphql::types::office_record::OfficeRecord;
use crate::graphql::types::reply::Reply;
use crate::graphql::types::rules::RuleSet;
use crate::graphql::types::scoring::ScoringRule;
use crate::graphql::types::submission::Submission;
use crate::graphql::types::supervision::Instruction;
use crate::graphql::types::{notification::NotificationConnection, person};
use crate::repo::notifications;
use crate::repo::page::PageRequest;
use crate::use_cases::account::SignedIn;
use crate::use_cases::choosing;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ids::AnyId;
use secrecy::ExposeSecret;

macro_rules! payload {
    ($(#[$meta:meta])* $payload:ident, $(#[$field_meta:meta])* $field:ident: $object:ident, $key:ident) => {
        $(#[$meta])*
        #[derive(SimpleObject)]
        pub struct $payload {
            $(#[$field_meta])*
            pub $field: Option<$object>,
            /// What the person can mend; then nothing was done (可改正的错误).
            pub errors: Vec<UserError>,
        }

        impl $payload {
            /// The payload for what a use case answered.
            pub async fn of(ctx: &Context<'_>, result: AppResult<domain::ids::$key>) -> GqlResult<Self> {
                let id = match lanes(ctx, result)? {
                    Ok(id) => id,
                    Err(errors) => return Ok(Self { $field: None, errors }),
                };
                let $field = match node::find(ctx, AnyId::$key(id)).await? {
                    Some(Node::$object(found)) => Some(found),
                    _ => None,
                };
                Ok(Self { $field, errors: Vec::new() })
            }
        }
    };
}

payload!(
    /// What became of a submission (件的操作结果).
    SubmissionPayload,
    /// The submission afterwards; null when nothing was done or it is gone (件).
    submission: Submission, SubmissionId
);
payload!(
    /// What became of an assignment (承办的操作结果).
    AssignmentPayload,
    /// The assignment afterwards; null when nothing was done (承办).
    assignment: Assignment, AssignmentId
);
payload!(
    /// What became of a reply (答复的操作结果).
    ReplyPayload,
    /// The reply afterwards; null when nothing was done (答复).
    reply: Reply, ReplyId
);
payload!(
    /// What became of a feedback form (反馈的操作结果).
    FeedbackPayload,
    /// The form afterwards; null when nothing was done (反馈).
    feedback: Feedback, FeedbackId
);
payload!(
    /// What became of a contact (沟通记录的操作结果).
    ContactPayload,
    /// The contact afterwards; null when nothing was done (沟通记录).
    contact: Contact, ContactId
);
payload!(
    /// What became of a request to hand back (退办申请的操作结果).
    ReturnRequestPayload,
    /// The request afterwards; null when nothing was done (退办申请).
    return_request: ReturnRequest, ReturnRequestId
);
payload!(
    /// What became of a request for more time (延期申请的操作结果).
    ExtensionRequestPayload,
    /// The request afterwards; null when nothing was done (延期申请).
    extension_request: ExtensionRequest, ExtensionRequestId
);
payload!(
    /// What became of a promise (承诺事项的操作结果).
    CommitmentPayload,
    /// The promise afterwards; null when nothing was done (承诺事项).
    commitment: Commitment, CommitmentId
);
payload!(
    /// What became of a supervision label (督办的操作结果).
    SupervisionPayload,
    /// The label afterwards; null when nothing was done (督办).
    supervision: Supervision, SupervisionId
);
payload!(
    /// What became of a record of a meeting (会议调研的操作结果).
    RecordMeetingPayload,
    /// The meeting; null when nothing was done (会议调研).
    meeting: Meeting, MeetingId
);
payload!(
    /// What became of a record of an office (文稿宣传登记的操作结果).
    OfficeRecordPayload,
    /// The record afterwards; null when nothing was done (文稿宣传登记).
    record: OfficeRecord, OfficeRecordId
);
payload!(
    /// What became of an instruction (批示的操作结果).
    InstructPayload,
    /// The instruction; null when nothing was done (批示).
    instruction: Instruction, InstructionId
);

payload!(
    /// What became of a clause of the duty catalogue (职责条目的操作结果).
    DutyClausePayload,
    /// The clause afterwards; null when nothing was done (职责条目).
    duty_clause: DutyClause, DutyClauseId
);

payload!(
    /// What became of a question at the consultation desk (现场咨询的操作结果).
    ConsultationPayload,
    /// The question afterwards; null when nothing was done (现场咨询).
    consultation: Consultation, ConsultationId
);
payload!(
    /// What became of a shift at the consultation desk (咨政室值班的操作结果).
    DeskShiftPayload,
    /// The shift; null when nothing was done (值班).
    desk_shift: DeskShift, DeskShiftId
);

/// Whether a shift was taken off the roster (取消值班的操作结果).
#[derive(SimpleObject)]
pub struct CancelDeskShiftPayload {
    /// Whether it was (是否已取消).
    pub cancelled: bool,
    /// What the person can mend; then nothing was done (可改正的错误).
    pub errors: Vec<UserError>,
}

payload!(
    /// What became of a delivery (通知投递的操作结果).
    DeliveryPayload,
    /// The delivery afterwards; null when nothing was done (通知投递).
    delivery: Delivery, DeliveryId
);

/// What a person wants to hear by which channel afterwards (通知偏好的操作结果).
#[derive(SimpleObject)]
pub struct ChannelPreferencePayload {
    /// Every channel and topic afterwards; null when nothing was done (通知偏好).
    pub channel_preferences: Option<Vec<ChannelPreference>>,
    /// What the person can mend; then nothing was done (可改正的错误).
    pub errors: Vec<UserError>,
}

payload!(
    /// What became of a change of the rules (规则变更的操作结果).
    RuleSetPayload,
    /// The new version; null when nothing was done (规则版本).
    rule_set: RuleSet, RuleSetId
);

payload!(
    /// What became of a change of the rules of scoring (评分细则变更的操作结果).
    ScoringRulePayload,
    /// The new version; null when nothing was done (评分细则).
    scoring_rule: ScoringRule, ScoringRuleId
);
payload!(
    /// What became of an appraisal (考评的操作结果).
    AppraisalPayload,
    /// The appraisal afterwards; null when nothing was done (考评).
    appraisal: Appraisal, AppraisalId
);

/// What announcing a year gave (公布绩效考评的操作结果).
#[derive(SimpleObject)]
pub struct AnnounceAppraisalPayload {
    /// The ranking; null when nothing was done (考评排名).
    pub appraisals: Option<Vec<RankedAppraisal>>,
    /// What the person can mend; then nothing was done (可改正的错误).
    pub errors: Vec<UserError>,
}

/// What bringing in a year of the calendar did (导入节假日安排结果).
#[derive(Default, SimpleObject)]
pub struct ImportCalendarPayload {
    /// The year as the administrator's region counts it now; null when nothing was done (工作日历年度).
    pub calendar: Option<CalendarYear>,
    /// Days that were missing (新增天数).
    pub created: Option<i32>,
    /// Days that said something else (更正天数).
    pub updated: Option<i32>,
    /// Days that an earlier file of the year named and this one does not (删除天数).
    pub removed: Option<i32>,
    /// Due days that moved; those concerned were told (调整的期限数).
    pub moved_due_days: Option<i32>,
    /// What the person can mend, every fault of the file at its JSON path; then nothing was done (可改正的错误).
    pub errors: Vec<UserError>,
}

/// What became of one submission of a batch (单件交办结果).
#[derive(SimpleObject)]
pub struct ReleaseResult {
    /// The id as sent (标识).
    pub submission_id: ID,
    /// The submission afterwards; null when it was not released (件).
    pub submission: Option<Submission>,
    /// Why it was not released (未交办原因).
    pub errors: Vec<UserError>,
}

/// What became of one request of a batch (单件审定结果).
#[derive(SimpleObject)]
pub struct DecideExtensionResult {
    /// The id as sent (标识).
    pub id: ID,
    /// The request afterwards; null when it was not decided (延期申请).
    pub extension_request: Option<ExtensionRequest>,
    /// Why it was not decided (未审定原因).
    pub errors: Vec<UserError>,
}

/// What became of a batch of decisions on more time (批量审定延期结果).
#[derive(SimpleObject)]
pub struct DecideExtensionsPayload {
    /// One result for each decision, in the order sent (逐件结果).
    pub results: Vec<DecideExtensionResult>,
    /// What is wrong with the batch as a whole; then nothing was decided (整批错误).
    pub errors: Vec<UserError>,
}

/// What became of a batch of releases (批量交办结果).
#[derive(SimpleObject)]
pub struct ReleaseAssignmentsPayload {
    /// One result for each submission, in the order sent (逐件结果).
    pub results: Vec<ReleaseResult>,
    /// What is wrong with the batch as a whole; then nothing was released (整批错误).
    pub errors: Vec<UserError>,
}

/// Where to upload a file (上传结果).
#[derive(SimpleObject)]
pub struct RequestUploadPayload {
    /// The file (附件).
    pub attachment: Option<Attachment>,
    /// Short-lived link to which the bytes are sent by PUT; null when they are there already (上传链接).
    pub upload_url: Option<String>,
    /// What the person can mend (可改正的错误).
    pub errors: Vec<UserError>,
}

/// How many notifications were marked (标记已读结果).
#[derive(SimpleObject)]
pub struct MarkReadPayload {
    /// How many were unread before (数量).
    pub count: i32,
    /// What the person can mend (可改正的错误).
    pub errors: Vec<UserError>,
}

/// What became of signing out (退出结果).
#[derive(SimpleObject)]
pub struct SignOutPayload {
    /// What the person can mend (可改正的错误).
    pub errors: Vec<UserError>,
}

/// Tokens of a session that was opened or renewed (登录结果).
#[derive(SimpleObject)]
pub struct SignInPayload {
    /// For the Authorization header of each request; lasts 15 minutes (访问令牌).
    pub access_token: Option<String>,
    /// For the next pair of tokens; works once (刷新令牌).
    pub refresh_token: Option<String>,
    /// When the access token ends (访问令牌到期时间).
    pub expires_at: Option<DateTime<Utc>>,
    /// The person and the position in which he acts (当前用户).
    pub viewer: Option<Viewer>,
    /// What the person can mend; then nobody is signed in (可改正的错误).
    pub errors: Vec<UserError>,
}

impl SignInPayload {
    /// The payload for what a use case answered; the rest of the request is that of the person.
    pub fn of(ctx: &Context<'_>, result: AppResult<SignedIn>) -> GqlResult<Self> {
        match lanes(ctx, result)? {
            Ok(signed_in) => {
                crate::graphql::context::session(ctx).become_person(signed_in.cx);
                Ok(Self {
                    access_token: Some(signed_in.access_token.expose_secret().to_owned()),
                    refresh_token: Some(signed_in.refresh_token.expose_secret().to_owned()),
                    expires_at: Some(signed_in.expires_at),
                    viewer: Some(Viewer),
                    errors: Vec::new(),
                })
            }
            Err(errors) => Ok(Self { access_token: None, refresh_token: None, expires_at: None, viewer: None, errors }),
        }
    }
}

/// The signed-in person, in the position in which he acts (当前用户).
#[derive(Clone, Copy, Debug)]
pub struct Viewer;

/// The signed-in person, in the position in which he acts (当前用户).
#[Object]
impl Viewer {
    /// The person (用户).
    async fn user(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, cx(ctx)?.actor.user_id).await
    }
    /// The position in which he acts (当前身份).
    async fn position(&self, ctx: &Context<'_>) -> GqlResult<Position> {
        let row = top(ctx, loaders(ctx)?.position(cx(ctx)?.actor.position_id).await)?;
        top(ctx, row.map(Position).ok_or_else(|| AppError::Internal("a session without its position".into())))
    }
    /// What the person hears by which channel: every channel and topic (通知偏好).
    async fn channel_preferences(&self, ctx: &Context<'_>) -> GqlResult<Vec<ChannelPreference>> {
        let held = top(ctx, choosing::preferences(cx(ctx)?).await)?;
        Ok(held.into_iter().map(ChannelPreference::from).collect())
    }
    /// Notifications of this position, newest first (通知).
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
        #[graphql(default_with = "Some(false)", desc = "Unread ones alone (仅未读).")] unread_only: Option<bool>,
    ) -> GqlResult<NotificationConnection> {
        let cx = cx(ctx)?;
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let (conn, position, unread) = (cx.db().reader(), cx.actor.position_id, unread_only == Some(true));
        let page = top(ctx, notifications::page(conn, position, unread, &request).await)?;
        let counted = ctx.look_ahead().field("totalCount").exists();
        let total = match counted {
            true => top(ctx, notifications::count(conn, position, unread).await.map_err(AppError::from))?,
            false => 0,
        };
        Ok(NotificationConnection::of(page.map(crate::graphql::types::notification::Notification), total))
    }
}
