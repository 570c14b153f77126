//! Root fields of queries about figures: the list behind each number, and the quality of what was handed in.

use crate::graphql::context::{cx, loaders, parse, top};
use crate::graphql::error::GqlResult;
use crate::graphql::types::assignment::Assignment;
use crate::graphql::types::cohort::Cohort;
use crate::graphql::types::figures::{FigureItem, FigureItemConnection, FigureNumber, StatisticsScope};
use crate::graphql::types::submission::Submission;
use crate::repo::page::{Page, PageRequest};
use crate::use_cases::cohorts;
use crate::use_cases::statistics::behind;
use async_graphql::{Context, ID, Object};
use domain::vocabulary::Institution;

/// Queries about figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct FiguresQuery;

#[Object]
impl FiguresQuery {
    /// Quantity beside quality of what was handed in, year by year: how many, how they came out, and how those came out
    /// about which was asked at the consultation desk before; for the offices, of their own house, and the auditor
    /// (数量与质量).
    async fn cohorts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reader's own region (行政区).")] region_id: ID,
        #[graphql(desc = "Handling years, at most 20, in the order of the answer (办理年度).")] handling_years: Vec<
            i32,
        >,
        #[graphql(desc = "Of this institution alone (人大或政协).")] institution: Option<Institution>,
    ) -> GqlResult<Vec<Cohort>> {
        let cx = cx(ctx)?;
        let region = top(ctx, parse(&region_id, "regionId"))?;
        let found = top(ctx, cohorts::cohorts(cx, region, &handling_years, institution).await)?;
        Ok(found.iter().map(|cohort| Cohort::of(cohort, cx.language())).collect())
    }

    /// What a number of the figures counts, one by one: the total is the number. The scope is that of the figures, with
    /// one handling year for the numbers of a year. Lists of what was handed back are for the transfer office, the
    /// auditor and the agency itself, lists of ratings for those who read every form (统计数字对应的清单).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn statistics_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which matters (统计口径).")] scope: StatisticsScope,
        #[graphql(desc = "Which number (哪个数字).")] number: FigureNumber,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<FigureItemConnection> {
        let (cx, loaders) = (cx(ctx)?, loaders(ctx)?);
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let scope = top(ctx, scope.read())?;
        let count = ctx.look_ahead().field("totalCount").exists();
        let (page, total) = top(ctx, behind::behind(cx, scope, number.read(), &request, count).await)?;
        let loads = page.entries.iter().map(|(_, item)| loaders.seen(item.submission_id));
        let sights = top(ctx, futures_util::future::try_join_all(loads).await)?;
        let mut entries = Vec::new();
        for ((cursor, item), sight) in page.entries.into_iter().zip(sights) {
            let Some(sight) = sight else { continue };
            let row = sight.matter.assignments.iter().find(|row| Some(row.id) == item.assignment_id).cloned();
            let assignment = row.map(|row| Assignment { sight: sight.clone(), row });
            entries.push((cursor, FigureItem { submission: Submission(sight), assignment }));
        }
        let page = Page { entries, has_next: page.has_next, has_previous: page.has_previous };
        Ok(FigureItemConnection::of(page, total))
    }
}
