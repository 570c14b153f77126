//! Root fields of queries that look for matters by their texts.

use crate::access;
use crate::error::AppError;
use crate::graphql::context::{cx, loaders, parse, parse_some, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::filters::{SubmissionFilter, read_words};
use crate::graphql::types::found::{FoundConnection, SearchFacets};
use crate::graphql::types::groups::{IntakeCluster, YearTopics};
use crate::graphql::types::submission::Submission;
use crate::repo::finding::{self, Search};
use crate::repo::intake::Intake;
use crate::repo::page::{Page, PageRequest};
use crate::use_cases::finding::passages;
use crate::use_cases::grouping;
use async_graphql::{Context, ID, Object};
use domain::vocabulary::Institution;

/// Queries that look for matters by their texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Matters in which all of the words stand, as far as the reader may read them: title before text before replies, then
    /// the newest, with the passages to show and how many there are of each sort. Blank words find nothing (检索).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn search_submissions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words to look for, as in SubmissionFilter.search; at most 100 characters (检索词).")]
        text: String,
        #[graphql(desc = "Which ones besides (筛选).")] filter: Option<SubmissionFilter>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<FoundConnection> {
        let (cx, loaders) = (cx(ctx)?, loaders(ctx)?);
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let words = top(ctx, read_words("text", Some(&text)))?.unwrap_or_default();
        let search = Search {
            scope: access::list(&cx.actor),
            filter: top(ctx, filter.map(SubmissionFilter::read).transpose())?.unwrap_or_default(),
            words: lexis::Query::parse(&words),
            today: cx.today(),
        };
        let conn = cx.db().reader();
        let asked = |field: &str| ctx.look_ahead().field(field).exists();
        let page = top(ctx, finding::page(conn, &search, &request).await)?;
        // The facets know the total, too.
        let facets = match asked("facets") {
            true => Some(top(ctx, finding::facets(conn, &search).await.map_err(AppError::from))?),
            false => None,
        };
        let total = match &facets {
            Some(facets) => u64::try_from(facets.total).unwrap_or_default(),
            None if asked("totalCount") => top(ctx, finding::count(conn, &search).await.map_err(AppError::from))?,
            None => 0,
        };
        let facets = facets.map(|facets| SearchFacets::of(facets, cx.language())).unwrap_or_default();
        let rows = page.entries.iter().map(|(_, row)| row.clone()).collect();
        let seen = top(ctx, loaders.see(cx, rows).await)?;
        let loads = seen.iter().map(|sight| loaders.replies(sight.matter.row.id));
        let replies = match ctx.look_ahead().field("edges").field("snippets").exists() {
            true => top(ctx, futures_util::future::try_join_all(loads).await)?,
            false => vec![None; seen.len()],
        };
        let found = seen.into_iter().zip(replies).map(|(sight, replies)| {
            let passages = passages(&sight, &replies.unwrap_or_default(), &search.words);
            (Submission(sight), passages)
        });
        let cursors = page.entries.into_iter().map(|(cursor, _)| cursor);
        let entries = cursors.zip(found).collect();
        let page = Page { entries, has_next: page.has_next, has_previous: page.has_previous };
        Ok(FoundConnection::of(page, total, facets))
    }

    /// Groups of alike matters of an intake that can still be merged, largest first, for the offices that review and
    /// assign. The newest 2,000 matters of the session or year are compared; pairs that were found to be no duplicates
    /// stand in no group together (并案建议).
    async fn intake_clusters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Session; without it a handling year is asked for (会议).")] session_id: Option<ID>,
        #[graphql(desc = "Handling year (办理年度).")] handling_year: Option<i32>,
        #[graphql(desc = "Of this institution alone (人大或政协).")] institution: Option<Institution>,
        #[graphql(default_with = "Some(20)", desc = "How many groups, at most 50 (数量).")] first: Option<i32>,
    ) -> GqlResult<Vec<IntakeCluster>> {
        let session_id = top(ctx, parse_some(session_id.as_ref(), "sessionId"))?;
        let wanted = Intake { session_id, handling_year, institution };
        let groups = top(ctx, grouping::groups(cx(ctx)?, &wanted, first).await)?;
        Ok(groups.into_iter().map(IntakeCluster).collect())
    }

    /// What the titles of accepted matters of a year speak of, hottest first, against the year before, among the matters
    /// that the reader may list; for everybody who reads figures, and for an agency of its own matters alone (热点).
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reader's own region (行政区).")] region_id: ID,
        #[graphql(desc = "Handling years, at most 5, in the order of the answer (办理年度).")] handling_years: Vec<i32>,
        #[graphql(desc = "Of this agency alone (承办单位).")] agency_id: Option<ID>,
        #[graphql(desc = "Of this institution alone (人大或政协).")] institution: Option<Institution>,
        #[graphql(default_with = "Some(10)", desc = "How many of each year, at most 50 (数量).")] first: Option<i32>,
    ) -> GqlResult<Vec<YearTopics>> {
        let scope = grouping::TopicScope {
            region_id: top(ctx, parse(&region_id, "regionId"))?,
            handling_years,
            agency_id: top(ctx, parse_some(agency_id.as_ref(), "agencyId"))?,
            institution,
        };
        let years = top(ctx, grouping::topics_of(cx(ctx)?, &scope, first).await)?;
        Ok(years.into_iter().map(YearTopics::from).collect())
    }
}
