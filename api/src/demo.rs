//! The stories of the demonstration: matters in every stage, made through the use cases.
//!
//! Each step happens so many days ago, as the person whose step it is. Deliberately absent: rows
//! written by hand; what the rules forbid cannot stand in the demonstration.

mod stage;
mod stories;

use crate::cx::Deps;
use crate::error::AppResult;
use std::sync::Arc;

/// Tells all stories in a database that holds the sample roster, whose people have this password.
pub async fn tell_stories(deps: &Arc<Deps>, password: &str) -> AppResult<()> {
    let stage = stage::Stage::open(deps, password);
    stories::being_written(&stage).await?;
    stories::under_review(&stage).await?;
    stories::turned_away(&stage).await?;
    stories::merged_and_planned(&stage).await?;
    stories::just_assigned(&stage).await?;
    stories::handed_back(&stage).await?;
    stories::being_handled(&stage).await?;
    stories::answered(&stage).await?;
    stories::second_round(&stage).await?;
    stories::closed_with_promise(&stage).await?;
    stories::withdrawn(&stage).await
}
