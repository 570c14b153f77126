//! Feedback forms: straight from the proposer to the office, sealed from the agency until settled.

use super::directory::{IntoId, User};
use super::reply::Reply;
use super::submission::Submission;
use super::{Sight, person};
use crate::error::AppError;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::lifecycle::feedback::as_of;
use domain::rules::feedback_form::FeedbackForm as Template;
use domain::vocabulary::{FeedbackStatus, Institution, Rating, Settlement};
use entity::{feedback, feedback_form};

/// The form sent to one proposer about one reply (征询意见表、反馈意见表).
#[derive(Clone, Debug)]
pub struct Feedback {
    /// The handled submission.
    pub sight: Sight,
    /// The form.
    pub row: feedback::Model,
}

/// The form sent to one proposer about one reply (征询意见表、反馈意见表).
#[Object]
impl Feedback {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// The proposer's own submission; of a merged one the merged one, where the reader may see it (件).
    async fn submission(&self, ctx: &Context<'_>) -> GqlResult<Submission> {
        let own = top(ctx, loaders(ctx)?.seen(self.row.submission_id).await)?;
        Ok(Submission(own.unwrap_or_else(|| self.sight.clone())))
    }
    /// The reply (答复).
    async fn reply(&self, ctx: &Context<'_>) -> GqlResult<Reply> {
        let rows = top(ctx, loaders(ctx)?.replies(self.row.handled_id).await)?.unwrap_or_default();
        let row = rows.into_iter().find(|row| row.id == self.row.reply_id);
        let row = top(ctx, row.ok_or_else(|| AppError::Internal("a form without its reply".into())))?;
        Ok(Reply { sight: self.sight.clone(), row })
    }
    /// Round of handling, from 1 (办理轮次).
    async fn round(&self) -> i32 {
        self.row.round
    }
    /// State today (反馈状态).
    async fn status(&self, ctx: &Context<'_>) -> GqlResult<FeedbackStatus> {
        Ok(as_of(self.row.status, self.row.due_on, cx(ctx)?.today()))
    }
    /// The template of the form (表格模板).
    async fn form(&self, ctx: &Context<'_>) -> GqlResult<FeedbackForm> {
        let row = top(ctx, loaders(ctx)?.form(self.row.form_id).await)?;
        top(ctx, row.ok_or_else(|| AppError::Internal("a form without its template".into())).and_then(FeedbackForm::of))
    }
    /// Who is asked (反馈人).
    async fn respondent(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.row.respondent_id).await
    }
    /// Due day (反馈期限).
    async fn due_on(&self) -> Date {
        Date(self.row.due_on)
    }
    /// When it was answered (反馈时间).
    async fn submitted_at(&self) -> Option<DateTime<Utc>> {
        self.row.submitted_at
    }
    /// Rating of the attitude (办理态度).
    async fn attitude_rating(&self) -> Option<Rating> {
        self.row.attitude_rating
    }
    /// Rating of the process (办理过程).
    async fn process_rating(&self) -> Option<Rating> {
        self.row.process_rating
    }
    /// Rating of the result (办理结果).
    async fn result_rating(&self) -> Option<Rating> {
        self.row.result_rating
    }
    /// Overall rating (总体评价).
    async fn overall_rating(&self) -> Option<Rating> {
        self.row.overall_rating
    }
    /// Comment (意见建议).
    async fn comment(&self) -> Option<&str> {
        self.row.comment.as_deref()
    }
    /// Answers to the form's questions (表格答案).
    async fn answers(&self) -> Vec<FeedbackAnswer> {
        let answers = self.row.answers.0.iter();
        answers.map(|a| FeedbackAnswer { key: a.key.clone(), value: a.value.clone() }).collect()
    }
    /// When the office settled it (审结时间).
    async fn settled_at(&self) -> Option<DateTime<Utc>> {
        self.row.settled_at
    }
    /// What the office decided (审结决定).
    async fn settlement(&self) -> Option<Settlement> {
        self.row.settlement
    }
    /// Why (审结理由).
    async fn settlement_reason(&self) -> Option<&str> {
        self.row.settlement_reason.as_deref()
    }
}

/// A versioned template of feedback forms (反馈表模板).
#[derive(Clone, Debug)]
pub struct FeedbackForm {
    row: feedback_form::Model,
    template: Template,
}

impl FeedbackForm {
    /// The template in a row.
    ///
    /// # Errors
    /// An internal error when the stored template is faulty.
    pub fn of(row: feedback_form::Model) -> Result<Self, AppError> {
        let template = Template::parse(&row.body)
            .map_err(|faults| AppError::Internal(format!("stored form {} is faulty: {faults:?}", row.id)))?;
        Ok(Self { row, template })
    }
}

/// A versioned template of feedback forms (反馈表模板).
#[Object]
impl FeedbackForm {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Institution (人大或政协).
    async fn institution(&self) -> Institution {
        self.row.institution
    }
    /// Title (标题).
    async fn title(&self) -> &str {
        &self.row.title
    }
    /// Version (版本).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// Questions besides the four ratings (问题).
    async fn questions(&self) -> Vec<FeedbackQuestion> {
        let questions = self.template.questions.iter();
        questions
            .map(|q| FeedbackQuestion {
                key: q.key.clone(),
                label: q.label.clone(),
                required: q.required,
                options: q.options.clone(),
            })
            .collect()
    }
}

/// A question of a feedback form (表格问题).
#[derive(Clone, Debug, SimpleObject)]
pub struct FeedbackQuestion {
    /// Key by which it is answered (问题键).
    key: String,
    /// The question (问题).
    label: String,
    /// Whether it must be answered (是否必答).
    required: bool,
    /// The allowed answers; free text when empty (选项).
    options: Vec<String>,
}

/// The answer to one question (问题答案).
#[derive(Clone, Debug, SimpleObject)]
pub struct FeedbackAnswer {
    /// Key of the question (问题键).
    key: String,
    /// The answer (答案).
    value: String,
}
