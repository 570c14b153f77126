//! The inbox of a position.

use super::appraisal::Appraisal;
use super::consultation::Consultation;
use super::directory::IntoId;
use super::submission::Submission;
use super::timeline;
use crate::access::see_consultation;
use crate::graphql::connection::connection;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use domain::event::Happening;
use entity::notification;

/// Something that a person in one position is told (通知).
#[derive(Clone, Debug)]
pub struct Notification(pub notification::Model);

connection!(
    /// A page of notifications (通知分页).
    NotificationConnection, NotificationEdge, Notification
);

impl Notification {
    /// The submission, while the reader may see it: a text names nothing that is hidden from him now.
    async fn seen(&self, ctx: &Context<'_>) -> GqlResult<Option<Submission>> {
        match self.0.submission_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.seen(id).await)?.map(Submission)),
            None => Ok(None),
        }
    }
}

impl Notification {
    /// The question at the consultation desk, while the reader may see it.
    async fn asked(&self, ctx: &Context<'_>) -> GqlResult<Option<Consultation>> {
        let Some(id) = self.0.consultation_id else { return Ok(None) };
        let actor = &cx(ctx)?.actor;
        let row = top(ctx, loaders(ctx)?.consultation(id).await)?;
        Ok(row.and_then(|row| see_consultation(actor, row).ok()).map(Consultation))
    }
}

impl Notification {
    /// The appraisal, while the reader may see it.
    async fn appraised(&self, ctx: &Context<'_>) -> GqlResult<Option<Appraisal>> {
        match self.0.appraisal_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.appraised(id).await)?.map(Appraisal)),
            None => Ok(None),
        }
    }

    /// Which appraisal, in words.
    async fn appraisal_name(&self, ctx: &Context<'_>) -> GqlResult<String> {
        let Some(Appraisal(appraised)) = self.appraised(ctx).await? else { return Ok(String::new()) };
        let row = &appraised.row;
        let agency = top(ctx, loaders(ctx)?.organization(row.agency_id).await)?;
        let agency = agency.map(|agency| agency.name).unwrap_or_default();
        let language = cx(ctx)?.language();
        let (year, of) = (row.handling_year, row.institution.label(language));
        Ok(language.pick(format!("{agency}{year}年度({of})"), format!("{agency}, {year} ({of})")))
    }
}

/// Something that a person in one position is told (通知).
#[Object]
impl Notification {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// When (时间).
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }
    /// When it was read (阅读时间).
    async fn read_at(&self) -> Option<DateTime<Utc>> {
        self.0.read_at
    }
    /// What happened (标题).
    async fn title(&self, ctx: &Context<'_>) -> GqlResult<String> {
        let language = cx(ctx)?.language();
        Ok(Happening::from_code(&self.0.happening).map_or("", |happening| happening.label(language)).to_owned())
    }
    /// The matter and the detail, the question, or whose appraisal, as far as the reader may still see it (内容).
    async fn body(&self, ctx: &Context<'_>) -> GqlResult<String> {
        if self.0.consultation_id.is_some() {
            let question = self.asked(ctx).await?;
            return Ok(question.map(|asked| asked.0.row.question).unwrap_or_default());
        }
        if self.0.appraisal_id.is_some() {
            return self.appraisal_name(ctx).await;
        }
        // A morning list is about no single matter, and counts what its reader could see that day.
        if self.0.submission_id.is_none() {
            return Ok(self.0.detail.clone().unwrap_or_default());
        }
        let Some(submission) = self.seen(ctx).await? else { return Ok(String::new()) };
        let title = &submission.0.matter.row.title;
        let cx = cx(ctx)?;
        let language = cx.language();
        // The detail is that of an entry of the trail, and open to those who may read the entry.
        let entry = top(ctx, loaders(ctx)?.event(self.0.event_id).await)?;
        let position = entry.as_ref().and_then(|entry| entry.position_id);
        let acted_as = match position {
            Some(id) => top(ctx, loaders(ctx)?.position(id).await)?.map(|position| position.role),
            None => None,
        };
        let shown = entry.is_some_and(|entry| timeline::visible(cx, &submission.0, &entry, acted_as));
        Ok(match self.0.detail.as_ref().filter(|_| shown) {
            Some(detail) => {
                language.pick(format!("《{title}》:{detail}"), format!("\u{201c}{title}\u{201d}: {detail}"))
            }
            None => language.pick(format!("《{title}》"), format!("\u{201c}{title}\u{201d}")),
        })
    }
    /// The question at the consultation desk, if the reader may still see it (现场咨询).
    async fn consultation(&self, ctx: &Context<'_>) -> GqlResult<Option<Consultation>> {
        self.asked(ctx).await
    }
    /// The appraisal, if the reader may still see it (绩效考评).
    async fn appraisal(&self, ctx: &Context<'_>) -> GqlResult<Option<Appraisal>> {
        self.appraised(ctx).await
    }
    /// The submission, if the reader may still see it (件).
    async fn submission(&self, ctx: &Context<'_>) -> GqlResult<Option<Submission>> {
        self.seen(ctx).await
    }
}
