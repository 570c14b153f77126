//! Root fields of queries about records of official documents, bulletins, openness and media.

use crate::access;
use crate::error::AppError;
use crate::graphql::context::{cx, top};
use crate::graphql::error::GqlResult;
use crate::graphql::query::count_wanted;
use crate::graphql::types::office_record::{OfficeRecord, OfficeRecordConnection, OfficeRecordCount};
use crate::repo::office_records::{self, RecordFilter};
use crate::repo::page::PageRequest;
use async_graphql::{Context, Object};
use domain::policy::Action;
use domain::vocabulary::OfficeRecordKind;

/// Queries about records of official documents, bulletins, openness and media.
#[derive(Clone, Copy, Debug, Default)]
pub struct RecordsQuery;

#[Object]
impl RecordsQuery {
    /// Records of the region's offices that were not withdrawn, newest record first (文稿宣传列表).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn office_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of these kinds alone (类别).")] kinds: Option<Vec<OfficeRecordKind>>,
        #[graphql(desc = "Of this handling year alone (办理年度).")] handling_year: Option<i32>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<OfficeRecordConnection> {
        let cx = cx(ctx)?;
        let permit = top(ctx, access::authorize_at_large(&cx.actor, Action::ReadOfficeRecords))?;
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let filter = RecordFilter { kinds, handling_year };
        let (conn, here) = (cx.db().reader(), cx.actor.region_id);
        let page = top(ctx, office_records::page(conn, &permit, here, &filter, &request).await)?;
        let total = match count_wanted(ctx) {
            true => top(ctx, office_records::count(conn, &permit, here, &filter).await.map_err(AppError::from))?,
            false => 0,
        };
        Ok(OfficeRecordConnection::of(page.map(OfficeRecord), total))
    }

    /// How much of each kind there is, by handling year, the latest first (文稿宣传统计).
    async fn office_record_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this handling year alone (办理年度).")] handling_year: Option<i32>,
    ) -> GqlResult<Vec<OfficeRecordCount>> {
        let cx = cx(ctx)?;
        let permit = top(ctx, access::authorize_at_large(&cx.actor, Action::ReadOfficeRecords))?;
        let filter = RecordFilter { kinds: None, handling_year };
        let found = office_records::counts(cx.db().reader(), &permit, cx.actor.region_id, &filter).await;
        Ok(top(ctx, found.map_err(AppError::from))?.into_iter().map(OfficeRecordCount::from).collect())
    }
}
