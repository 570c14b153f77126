//! Records of official documents, bulletins, openness and media.

use super::directory::{IntoId, Session, User};
use super::person;
use super::submission::Submission;
use crate::graphql::connection::connection;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use crate::repo::office_records::Count;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::vocabulary::{Institution, OfficeRecordKind};
use entity::office_record;

/// A record of what an office wrote or made known (文稿、动态、政务公开、媒体宣传).
#[derive(Clone, Debug)]
pub struct OfficeRecord(pub office_record::Model);

connection!(
    /// A page of records of the offices (文稿宣传分页).
    OfficeRecordConnection, OfficeRecordEdge, OfficeRecord
);

/// A record of what an office wrote or made known (文稿、动态、政务公开、媒体宣传).
#[Object]
impl OfficeRecord {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.0.version
    }
    /// Whose it is: of the congress or CPPCC office; null for the government's transfer office (归属).
    async fn institution(&self) -> Option<Institution> {
        self.0.institution
    }
    /// Kind (类别).
    async fn kind(&self) -> OfficeRecordKind {
        self.0.kind
    }
    /// Title (标题).
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// Document number, or issue number of a bulletin (发文字号、期号).
    async fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }
    /// Newspaper, station or site (媒体、平台).
    async fn outlet(&self) -> Option<&str> {
        self.0.outlet.as_deref()
    }
    /// Programme or column of the outlet (栏目).
    async fn programme(&self) -> Option<&str> {
        self.0.programme.as_deref()
    }
    /// The day of issue, posting or broadcast (日期).
    async fn issued_on(&self) -> Date {
        Date(self.0.issued_on)
    }
    /// For which handling year it counts (办理年度).
    async fn handling_year(&self) -> i32 {
        self.0.handling_year
    }
    /// The session with which it deals (会议).
    async fn session(&self, ctx: &Context<'_>) -> GqlResult<Option<Session>> {
        match self.0.session_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.session(id).await)?.map(Session)),
            None => Ok(None),
        }
    }
    /// Where it can be read (链接).
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }
    /// How many items it stands for, e.g. instalments of a series (件数).
    async fn items(&self) -> i32 {
        self.0.items
    }
    /// The matters that it is about and that the reader may read (涉及的件).
    async fn submissions(&self, ctx: &Context<'_>) -> GqlResult<Vec<Submission>> {
        let loaders = loaders(ctx)?;
        let ids = top(ctx, loaders.matters_of_record(self.0.id).await)?.unwrap_or_default();
        let found = futures_util::future::try_join_all(ids.into_iter().map(|id| loaders.seen(id))).await;
        Ok(top(ctx, found)?.into_iter().flatten().map(Submission).collect())
    }
    /// Who recorded it (登记人).
    async fn recorded_by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.recorded_by).await
    }
    /// When it was recorded (登记时间).
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.0.recorded_at
    }
    /// When it was withdrawn and no longer counts; null while it does (撤销时间).
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.0.withdrawn_at
    }
    /// Why it was withdrawn (撤销理由).
    async fn withdrawal_reason(&self) -> Option<&str> {
        self.0.withdrawal_reason.as_deref()
    }
}

/// How much there is of one kind in one handling year (文稿宣传统计).
#[derive(Clone, Debug, SimpleObject)]
pub struct OfficeRecordCount {
    /// Handling year (办理年度).
    handling_year: i32,
    /// Kind (类别).
    kind: OfficeRecordKind,
    /// Whether it is one of the guiding and reporting documents (是否为指导性、报告性文稿).
    is_document: bool,
    /// Records that count (条数).
    records: i32,
    /// Items for which they stand (件数).
    items: i32,
}

impl From<Count> for OfficeRecordCount {
    fn from(count: Count) -> Self {
        let number = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
        Self {
            handling_year: count.handling_year,
            kind: count.kind,
            is_document: count.kind.is_document(),
            records: number(count.records),
            items: number(count.items),
        }
    }
}
