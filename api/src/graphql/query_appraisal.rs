//! Root fields of queries about appraisal and its rules.

use crate::graphql::context::{cx, lanes, parse_some, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::appraisal::AppraisalPreviewInput;
use crate::graphql::types::appraisal::{AppraisalPreview, PreviewedAppraisal, RankedAppraisal};
use crate::graphql::types::scoring::ScoringRule;
use crate::use_cases::{appraising, scoring};
use async_graphql::{Context, ID, Object};
use domain::vocabulary::Institution;
use std::sync::Arc;

/// Queries about appraisal.
#[derive(Clone, Copy, Debug, Default)]
pub struct AppraisalQuery;

#[Object]
impl AppraisalQuery {
    /// The versions of the rules of scoring of the reader's region, latest first (评分细则列表).
    async fn scoring_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The region; the reader's own, and no other (地区).")] region_id: Option<ID>,
        #[graphql(desc = "Those by which matters of this institution can be scored (人大或政协).")] institution: Option<
            Institution,
        >,
    ) -> GqlResult<Vec<ScoringRule>> {
        let region = top(ctx, parse_some(region_id.as_ref(), "regionId"))?;
        let rules = top(ctx, scoring::list(cx(ctx)?, region, institution).await)?;
        Ok(rules.into_iter().map(ScoringRule).collect())
    }

    /// The ranking of the agencies of a year once it is announced, best first: place and total of all, and the appraisal
    /// itself for the agency's own desk and those who read every one. Empty before it is announced (考评排名).
    async fn appraisals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The region; the reader's own, and no other (地区).")] region_id: Option<ID>,
        #[graphql(desc = "About the matters of which institution (人大或政协).")] institution: Institution,
        #[graphql(desc = "Handling year (办理年度).")] handling_year: i32,
    ) -> GqlResult<Vec<RankedAppraisal>> {
        let region = top(ctx, parse_some(region_id.as_ref(), "regionId"))?;
        let ranked = top(ctx, appraising::ranking(cx(ctx)?, region, institution, handling_year).await)?;
        Ok(ranked.into_iter().map(RankedAppraisal).collect())
    }

    /// What an announcement would give now; nothing is stored. For the transfer office (考评试算).
    async fn appraisal_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agencies, as of which day (输入).")] input: AppraisalPreviewInput,
    ) -> GqlResult<AppraisalPreview> {
        let cx = cx(ctx)?;
        let command = top(ctx, input.read())?;
        let (institution, handling_year) = (command.institution, command.handling_year);
        let as_of = command.as_of.unwrap_or(cx.today());
        Ok(match lanes(ctx, appraising::preview(cx, command).await)? {
            Ok((rule, agencies)) => {
                let one = |found| PreviewedAppraisal { found: Arc::new(found), institution, handling_year, as_of };
                let agencies = agencies.into_iter().map(one).collect();
                AppraisalPreview { rule: Some(rule), agencies, errors: Vec::new() }
            }
            Err(errors) => AppraisalPreview { rule: None, agencies: Vec::new(), errors },
        })
    }
}
