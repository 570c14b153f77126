//! What many matters have in common: groups that may be handled as one (并案建议), and the topics of a year (热点).
//!
//! Both are made from what the reader may list himself, so that no group, word or number tells of anything else.

use crate::access;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::intake::{self, Intake, Titled};
use crate::repo::pairs;
use crate::use_cases::statistics;
use domain::ids::{OrganizationId, RegionId, SubmissionId};
use domain::policy::Action;
use domain::vocabulary::{Institution, SubmissionAction};
use entity::submission;
use lexis::similar::{ALIKE, Corpus, shared};
use lexis::topics::topics;
use std::collections::{BTreeMap, BTreeSet};

/// Matters of one intake that are compared.
const COMPARED: u64 = 2_000;
/// The most groups, and the most topics of a year.
const MOST: i32 = 50;
/// The most years.
const YEARS: usize = 5;
/// Handling years that can be asked for.
const PLAUSIBLE: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Matters that may be handled as one.
#[derive(Clone, Debug)]
pub struct Group {
    /// The matters, oldest first.
    pub ids: Vec<SubmissionId>,
    /// The score of the weakest link that holds them together, from 0 to 1.
    pub score: f64,
    /// Words that the two most alike share.
    pub shared: Vec<String>,
}

fn at_most(first: Option<i32>, default: i32) -> AppResult<usize> {
    let first = first.unwrap_or(default);
    let fits = (0..=MOST).contains(&first).then(|| usize::try_from(first).ok()).flatten();
    fits.ok_or_else(|| AppError::BadInput(vec!["first".into()]))
}

/// The groups of an intake, largest first, of matters that this person may compare; pairs that were found to be no
/// duplicates stand in no group together.
///
/// # Errors
/// `FORBIDDEN` for whoever compares nothing; `BAD_INPUT` without a session or a year, and for numbers out of bounds.
pub async fn groups(cx: &Cx, wanted: &Intake, first: Option<i32>) -> AppResult<Vec<Group>> {
    access::require_possible(&cx.actor, Action::Do(SubmissionAction::Compare))?;
    let first = at_most(first, 20)?;
    if wanted.session_id.is_none() && wanted.handling_year.is_none() {
        return Err(AppError::BadInput(vec!["sessionId".into()]));
    }
    let conn = cx.db().reader();
    let rows = intake::open_to_compare(conn, &cx.actor, wanted, COMPARED).await?;
    let rows: BTreeMap<SubmissionId, submission::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let mut corpus = Corpus::default();
    for row in rows.values() {
        corpus.add(row.id, &row.title, &body(row));
    }
    let ids: Vec<SubmissionId> = rows.keys().copied().collect();
    let decided = pairs::among(conn, &ids).await?;
    let apart: BTreeSet<_> = decided.into_iter().map(|pair| (pair.first_id, pair.second_id)).collect();
    let groups = corpus.clusters(ALIKE, &apart).into_iter().take(first);
    let text = |id: &SubmissionId| (rows[id].title.as_str(), body(&rows[id]));
    let group = |cluster: lexis::similar::Cluster<SubmissionId>| {
        let (one, other) = (text(&cluster.closest.0), text(&cluster.closest.1));
        let shared = shared((one.0, &one.1), (other.0, &other.1));
        Group { ids: cluster.keys, score: cluster.score, shared }
    };
    Ok(groups.map(group).collect())
}

fn body(row: &submission::Model) -> String {
    // A matter from a ledger has a title and no text.
    if row.imported_at.is_some() {
        return String::new();
    }
    [row.background.as_str(), &row.analysis, &row.recommendations].join("\n")
}

/// Whose topics are asked for.
#[derive(Clone, Debug)]
pub struct TopicScope {
    /// The region.
    pub region_id: RegionId,
    /// The handling years, in the order of the answer.
    pub handling_years: Vec<i32>,
    /// Of this agency alone.
    pub agency_id: Option<OrganizationId>,
    /// Of this institution alone.
    pub institution: Option<Institution>,
}

/// A word of many titles.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The word.
    pub word: String,
    /// Matters of the year in whose titles it stands, newest first.
    pub ids: Vec<SubmissionId>,
    /// How many there were in the year before.
    pub before: usize,
    /// Change of its share of matters against the year before; none where it is new.
    pub growth: Option<f64>,
}

/// The topics of a year.
#[derive(Clone, Debug)]
pub struct YearTopics {
    /// The year.
    pub handling_year: i32,
    /// Matters of the year.
    pub total: usize,
    /// The topics, hottest first.
    pub topics: Vec<Topic>,
}

/// The topics of these years, made from the titles of accepted matters that the reader may list.
///
/// # Errors
/// `FORBIDDEN` for whoever reads no figures, and for an agency that asks about another one; `NOT_FOUND` for another
/// region; `BAD_INPUT` for no year, too many, twice or out of range.
pub async fn topics_of(cx: &Cx, scope: &TopicScope, first: Option<i32>) -> AppResult<Vec<YearTopics>> {
    let _permit = access::authorize_at_large(&cx.actor, Action::ReadStatistics)?;
    let first = at_most(first, 10)?;
    let years = &scope.handling_years;
    let each: BTreeSet<i32> = years.iter().copied().collect();
    let fits = !years.is_empty() && years.len() <= YEARS && each.len() == years.len();
    if !fits || !each.iter().all(|year| PLAUSIBLE.contains(year)) {
        return Err(AppError::BadInput(vec!["handlingYears".into()]));
    }
    if scope.region_id != cx.actor.region_id {
        return Err(AppError::NotFound);
    }
    let agency = statistics::agency(&cx.actor, scope.agency_id)?;
    let wanted: Vec<i32> = each.iter().flat_map(|year| [*year, year - 1]).collect();
    let readable = access::list(&cx.actor);
    let rows = intake::titles(cx.db().reader(), &readable, &wanted, agency, scope.institution).await?;
    let mut by_year: BTreeMap<i32, Vec<Titled>> = BTreeMap::new();
    for row in rows {
        by_year.entry(row.year).or_default().push(row);
    }
    let none = Vec::new();
    let of_year = |year: i32| {
        let (now, before) = (by_year.get(&year).unwrap_or(&none), by_year.get(&(year - 1)).unwrap_or(&none));
        let found = topics(&titles(now), &titles(before), first);
        let topic = |one: lexis::topics::Topic| Topic {
            word: one.word,
            ids: one.texts.iter().map(|at| now[*at].id).collect(),
            before: one.before,
            growth: one.growth,
        };
        YearTopics { handling_year: year, total: now.len(), topics: found.into_iter().map(topic).collect() }
    };
    Ok(years.iter().map(|year| of_year(*year)).collect())
}

fn titles(rows: &[Titled]) -> Vec<&str> {
    rows.iter().map(|row| row.title.as_str()).collect()
}
