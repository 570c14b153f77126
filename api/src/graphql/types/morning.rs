//! The morning list.

use super::submission::Submission;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use crate::use_cases::morning::Section;
use async_graphql::{Context, Object};
use domain::vocabulary::MorningItem;

/// What the reader has to do today in his position (晨报).
#[derive(Clone, Debug)]
pub struct MorningList(pub Vec<Section>);

/// What the reader has to do today in his position (晨报).
#[Object]
impl MorningList {
    /// The day (日期).
    async fn day(&self, ctx: &Context<'_>) -> GqlResult<Date> {
        Ok(Date(cx(ctx)?.today()))
    }
    /// The items of the list that are not empty, the most pressing duty of the role first (事项).
    async fn sections(&self) -> Vec<MorningSection> {
        self.0.iter().cloned().map(MorningSection).collect()
    }
}

/// One item of the list (晨报事项).
#[derive(Clone, Debug)]
pub struct MorningSection(Section);

/// One item of the list (晨报事项).
#[Object]
impl MorningSection {
    /// What it is (事项).
    async fn item(&self) -> MorningItem {
        self.0.item
    }
    /// The same in words (名称).
    async fn label(&self, ctx: &Context<'_>) -> GqlResult<&'static str> {
        Ok(self.0.item.label(cx(ctx)?.language()))
    }
    /// How many matters (件数).
    async fn count(&self) -> u64 {
        self.0.count
    }
    /// The first twenty of them, by due day (前二十件).
    async fn submissions(&self, ctx: &Context<'_>) -> GqlResult<Vec<Submission>> {
        let loaders = loaders(ctx)?;
        let found = futures_util::future::join_all(self.0.first.iter().map(|id| loaders.seen(*id))).await;
        let mut seen = Vec::with_capacity(found.len());
        for one in found {
            seen.extend(top(ctx, one)?.map(Submission));
        }
        Ok(seen)
    }
}
