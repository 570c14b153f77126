//! Root fields of queries about the duty catalogue.

use crate::graphql::context::{cx, parse, parse_some, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::filters::read_words;
use crate::graphql::scalars::Date;
use crate::graphql::types::duty::{DutyClause, DutyClauseConnection};
use crate::repo::page::PageRequest;
use crate::use_cases::duty_catalogue::{self, DutyFilter};
use async_graphql::{Context, ID, Object};

/// Queries about the duty catalogue.
#[derive(Clone, Copy, Debug, Default)]
pub struct DutyQuery;

#[Object]
impl DutyQuery {
    /// What the agencies of the reader's region answer for on a day, agency by agency (职责清单).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn duty_catalogue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The region; the reader's own, and no other (行政区).")] region_id: ID,
        #[graphql(desc = "Words that must all stand in a clause or its legal basis (检索词).")] search: Option<String>,
        #[graphql(desc = "Of this agency alone (承办单位).")] agency_id: Option<ID>,
        #[graphql(desc = "In force on this day; today when left out (查询日期).")] as_of: Option<Date>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
    ) -> GqlResult<DutyClauseConnection> {
        let cx = cx(ctx)?;
        let request = top(ctx, PageRequest::read(first, after, None, None))?;
        let filter = DutyFilter {
            region_id: top(ctx, parse(&region_id, "regionId"))?,
            agency_id: top(ctx, parse_some(agency_id.as_ref(), "agencyId"))?,
            on: as_of.map_or_else(|| cx.today(), |day| day.0),
            search: top(ctx, read_words("search", search.as_deref()))?,
        };
        let (page, total) = top(ctx, duty_catalogue::in_force(cx, &filter, &request).await)?;
        Ok(DutyClauseConnection::of(page.map(DutyClause), total))
    }

    /// Everything that an agency of the reader's region ever answered for, the latest first (职责沿革).
    async fn duty_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The agency (承办单位).")] agency_id: ID,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
    ) -> GqlResult<DutyClauseConnection> {
        let cx = cx(ctx)?;
        let request = top(ctx, PageRequest::read(first, after, None, None))?;
        let agency = top(ctx, parse(&agency_id, "agencyId"))?;
        let (page, total) = top(ctx, duty_catalogue::history(cx, agency, &request).await)?;
        Ok(DutyClauseConnection::of(page.map(DutyClause), total))
    }
}
