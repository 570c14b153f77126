//! Meetings and inspections.

use super::directory::{IntoId, User};
use super::submission::Submission;
use super::{Sight, person};
use crate::graphql::connection::connection;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use domain::ids::SubmissionId;
use domain::policy::Action;
use domain::vocabulary::{Confidentiality, MeetingKind};
use entity::meeting;

/// A meeting or an inspection about matters, seen by those who follow the handling of one of them (会议、调研、考察).
///
/// It counts as no contact with a proposer; that is what the handler records and the proposer confirms.
#[derive(Clone, Debug)]
pub struct Meeting(pub meeting::Model);

connection!(
    /// A page of meetings (会议调研分页).
    MeetingConnection, MeetingEdge, Meeting
);

impl Meeting {
    /// Every matter that it was about, with how confidential it is.
    async fn matters(&self, ctx: &Context<'_>) -> GqlResult<Vec<(SubmissionId, Confidentiality)>> {
        Ok(top(ctx, loaders(ctx)?.matters_of_meeting(self.0.id).await)?.unwrap_or_default())
    }

    /// Its matters whose handling the reader may follow.
    async fn sights(&self, ctx: &Context<'_>) -> GqlResult<Vec<Sight>> {
        let loaders = loaders(ctx)?;
        let ids = self.matters(ctx).await?;
        let found = futures_util::future::try_join_all(ids.into_iter().map(|(id, _)| loaders.seen(id))).await;
        let follows = |sight: &Sight| sight.may(Action::ReadHandling);
        Ok(top(ctx, found)?.into_iter().flatten().filter(follows).collect())
    }
}

/// A meeting or an inspection about matters, seen by those who follow the handling of one of them (会议、调研、考察).
///
/// It counts as no contact with a proposer; that is what the handler records and the proposer confirms.
#[Object]
impl Meeting {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Kind (类别).
    async fn kind(&self) -> MeetingKind {
        self.0.kind
    }
    /// Title (标题).
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// When it was held (召开时间).
    async fn held_at(&self) -> DateTime<Utc> {
        self.0.held_at
    }
    /// Where (地点).
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }
    /// Who took part; empty to readers from whom a proposer of one of its matters is masked or hidden (参加人).
    async fn participants(&self, ctx: &Context<'_>) -> GqlResult<&[String]> {
        let followed = self.sights(ctx).await?;
        let seen = |id| followed.iter().any(|sight| sight.matter.row.id == id);
        // Among those who took part may be the proposer of a restricted matter that the reader does not follow.
        let restricted =
            |(id, how): &(SubmissionId, Confidentiality)| *how == Confidentiality::Restricted && !seen(*id);
        let hidden = self.matters(ctx).await?.iter().any(restricted);
        let open = !hidden && followed.iter().all(|sight| sight.may(Action::ReadProposer));
        Ok(if open { &self.0.participants.0 } else { &[] })
    }
    /// What came out of it (会议情况).
    async fn summary(&self) -> &str {
        &self.0.summary
    }
    /// Who recorded it (记录人).
    async fn recorded_by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.recorded_by).await
    }
    /// When it was recorded (记录时间).
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.0.recorded_at
    }
    /// Its matters whose handling the reader may follow (涉及的件).
    async fn submissions(&self, ctx: &Context<'_>) -> GqlResult<Vec<Submission>> {
        Ok(self.sights(ctx).await?.into_iter().map(Submission).collect())
    }
}
