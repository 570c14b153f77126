//! Root fields of queries about a text that is being written.

use crate::graphql::context::{cx, top};
use crate::graphql::error::GqlResult;
use crate::graphql::types::texts::TextFinding;
use crate::use_cases::checking::{self, CheckDraft};
use async_graphql::{Context, InputObject, Object};

/// The parts of a suggestion or proposal that is being written (建议提案草稿文本).
#[derive(Clone, Debug, InputObject)]
pub struct CheckDraftInput {
    /// Title (标题).
    title: String,
    /// Background (情况).
    background: String,
    /// Analysis (分析).
    analysis: String,
    /// Recommendations (建议).
    recommendations: String,
    /// Demands (诉求点).
    demands: Option<Vec<String>>,
}

impl From<CheckDraftInput> for CheckDraft {
    fn from(input: CheckDraftInput) -> Self {
        Self {
            title: input.title,
            background: input.background,
            analysis: input.analysis,
            recommendations: input.recommendations,
            demands: input.demands.unwrap_or_default(),
        }
    }
}

/// Queries about a text that is being written.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextQuery;

#[Object]
impl TextQuery {
    /// What to mend in a suggestion or proposal before it is handed in, by the rules in force for the reader; nothing is
    /// stored. Findings are advice but for those that the region's rules name as blocking (提交前检查).
    async fn check_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The text (输入).")] input: CheckDraftInput,
    ) -> GqlResult<Vec<TextFinding>> {
        let cx = cx(ctx)?;
        let checks = top(ctx, checking::present(cx).await)?;
        let found = top(ctx, checking::draft(&input.into(), checks.as_ref()))?;
        let block = checks.map(|checks| checks.block_submission).unwrap_or_default();
        Ok(found.iter().map(|one| TextFinding::of(one, &block, cx.language())).collect())
    }
}
