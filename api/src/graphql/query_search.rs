//! Root fields of queries that look for matters by their texts.

use crate::access;
use crate::error::AppError;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::filters::{SubmissionFilter, read_words};
use crate::graphql::types::found::{FoundConnection, SearchFacets};
use crate::graphql::types::submission::Submission;
use crate::repo::finding::{self, Search};
use crate::repo::matter;
use crate::repo::page::{Page, PageRequest};
use crate::use_cases::finding::passages;
use async_graphql::{Context, Object};
use std::sync::Arc;

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
        let total = match asked("totalCount") {
            true => top(ctx, finding::count(conn, &search).await.map_err(AppError::from))?,
            false => 0,
        };
        let facets = match asked("facets") {
            true => {
                let counted = top(ctx, finding::facets(conn, &search).await.map_err(AppError::from))?;
                SearchFacets::of(counted, cx.language())
            }
            false => SearchFacets::default(),
        };
        let rows = page.entries.iter().map(|(_, row)| row.clone()).collect();
        let matters = top(ctx, matter::complete(conn, rows).await.map_err(AppError::from))?;
        let mut seen = Vec::new();
        for one in matters {
            seen.push(Arc::new(top(ctx, access::see(cx, conn, Some(one)).await)?));
        }
        loaders.keep(&seen).await;
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
}
