//! Feedback forms and their templates.

use domain::ids::{AssignmentId, FeedbackFormId, FeedbackId, ReplyId};
use domain::vocabulary::{FeedbackStatus, Institution};
use entity::{feedback, feedback_form, reply};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// The form with this id.
pub async fn get(conn: &impl ConnectionTrait, id: FeedbackId) -> Result<Option<feedback::Model>, DbErr> {
    feedback::Entity::find_by_id(id).one(conn).await
}

/// The template with this id.
pub async fn form(conn: &impl ConnectionTrait, id: FeedbackFormId) -> Result<Option<feedback_form::Model>, DbErr> {
    feedback_form::Entity::find_by_id(id).one(conn).await
}

/// The latest template of an institution.
pub async fn latest_form(
    conn: &impl ConnectionTrait,
    institution: Institution,
) -> Result<Option<feedback_form::Model>, DbErr> {
    feedback_form::Entity::find()
        .filter(feedback_form::Column::Institution.eq(institution))
        .order_by_desc(feedback_form::Column::Version)
        .one(conn)
        .await
}

/// The assignment whose reply the form is about.
pub async fn assignment_of(conn: &impl ConnectionTrait, reply: ReplyId) -> Result<Option<AssignmentId>, DbErr> {
    reply::Entity::find_by_id(reply).select_only().column(reply::Column::AssignmentId).into_tuple().one(conn).await
}

/// How many forms about this reply are not settled.
pub async fn open_forms(conn: &impl ConnectionTrait, reply: ReplyId) -> Result<u64, DbErr> {
    feedback::Entity::find()
        .filter(feedback::Column::ReplyId.eq(reply))
        .filter(feedback::Column::Status.ne(FeedbackStatus::Settled))
        .count(conn)
        .await
}

/// The forms about a reply, oldest first.
pub async fn of_reply(conn: &impl ConnectionTrait, reply: ReplyId) -> Result<Vec<feedback::Model>, DbErr> {
    feedback::Entity::find()
        .filter(feedback::Column::ReplyId.eq(reply))
        .order_by_asc(feedback::Column::Id)
        .all(conn)
        .await
}
