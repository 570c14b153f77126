//! What many matters have in common: groups that may be handled as one, and the topics of a year.

use super::submission::Submission;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use crate::use_cases::grouping;
use async_graphql::{Context, Object, SimpleObject};
use domain::ids::SubmissionId;

fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The matters, each through the gate as everywhere.
async fn matters(ctx: &Context<'_>, ids: &[SubmissionId]) -> GqlResult<Vec<Submission>> {
    let loaders = loaders(ctx)?;
    let seen = futures_util::future::try_join_all(ids.iter().map(|id| loaders.seen(*id))).await;
    Ok(top(ctx, seen)?.into_iter().flatten().map(Submission).collect())
}

/// Matters of an intake that may be handled as one (并案建议).
#[derive(Clone, Debug)]
pub struct IntakeCluster(pub grouping::Group);

/// Matters of an intake that may be handled as one (并案建议).
#[Object]
impl IntakeCluster {
    /// The matters, oldest first (件).
    async fn submissions(&self, ctx: &Context<'_>) -> GqlResult<Vec<Submission>> {
        matters(ctx, &self.0.ids).await
    }
    /// Likeness of the weakest link that holds them together, from 0 to 1 (相似度).
    async fn score(&self) -> f64 {
        self.0.score
    }
    /// Words that the two most alike of them share, most telling first (共同用语).
    async fn shared(&self) -> &[String] {
        &self.0.shared
    }
}

/// Matters of a topic that are listed.
const LISTED: usize = 50;

/// A word of many titles of a year (热点).
#[derive(Clone, Debug)]
pub struct HotTopic(grouping::Topic);

/// A word of many titles of a year (热点).
#[Object]
impl HotTopic {
    /// The word (词语).
    async fn word(&self) -> &str {
        &self.0.word
    }
    /// Matters in whose titles it stands (件数).
    async fn count(&self) -> i32 {
        whole(self.0.ids.len())
    }
    /// How many there were in the year before, under the same conditions (上年件数).
    async fn before(&self) -> i32 {
        whole(self.0.before)
    }
    /// Change of its share of matters against the year before, as a ratio (0.5 = half as many again); null where it is
    /// new (占比增幅).
    async fn growth(&self) -> Option<f64> {
        self.0.growth
    }
    /// These matters, newest first, at most 50 (件).
    async fn submissions(&self, ctx: &Context<'_>) -> GqlResult<Vec<Submission>> {
        matters(ctx, &self.0.ids[..self.0.ids.len().min(LISTED)]).await
    }
}

/// The topics of a handling year (年度热点).
#[derive(Clone, Debug, SimpleObject)]
pub struct YearTopics {
    /// Handling year (办理年度).
    handling_year: i32,
    /// Accepted matters among which they were looked for (总数).
    total: i32,
    /// The topics, hottest first: in many matters, and in more than the year before (热点).
    topics: Vec<HotTopic>,
}

impl From<grouping::YearTopics> for YearTopics {
    fn from(year: grouping::YearTopics) -> Self {
        Self {
            handling_year: year.handling_year,
            total: whole(year.total),
            topics: year.topics.into_iter().map(HotTopic).collect(),
        }
    }
}
