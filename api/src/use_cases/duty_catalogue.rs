//! Reading the duty catalogue (职责清单): what is in force on a day, what was, and which clauses hold some words.
//!
//! Words are looked for here and not by the database: a region has a few hundred clauses in force, and an agency at most
//! [`domain::duty::MOST_CLAUSES`], so that the tokens of the search index compared one by one cost less than an index
//! of their own that two databases would have to keep alike.

use crate::access::authorize_at_large;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::duty_clauses;
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use chrono::NaiveDate;
use domain::ids::{DutyClauseId, OrganizationId, RegionId};
use domain::policy::Action;
use entity::duty_clause;

/// Which clauses are asked for.
#[derive(Clone, Debug)]
pub struct DutyFilter {
    /// In which region; the reader's own.
    pub region_id: RegionId,
    /// Of this agency.
    pub agency_id: Option<OrganizationId>,
    /// In force on this day.
    pub on: NaiveDate,
    /// That hold these words in their text or legal basis.
    pub search: Option<String>,
}

const CATALOGUE: &str = "duties";
const HISTORY: &str = "duty-history";

/// A page of the clauses in force, agency by agency, and how many there are.
///
/// # Errors
/// `NOT_FOUND` for another region.
pub async fn in_force(
    cx: &Cx,
    filter: &DutyFilter,
    request: &PageRequest,
) -> AppResult<(Page<duty_clause::Model>, u64)> {
    authorize_at_large(&cx.actor, Action::ReadDuties)?;
    if filter.region_id != cx.actor.region_id {
        return Err(AppError::NotFound);
    }
    let mut rows = duty_clauses::in_force(cx.db().reader(), filter.region_id, filter.agency_id, filter.on).await?;
    if let Some(words) = &filter.search {
        let query = lexis::Query::parse(words);
        rows.retain(|row| query.matches([row.text.as_str(), row.legal_basis.as_deref().unwrap_or_default()]));
    }
    page(CATALOGUE, rows, request)
}

/// A page of everything that an agency of the reader's region ever had, the latest first, and how many there are.
///
/// # Errors
/// Errors of the database; of an agency of another region the history is empty.
pub async fn history(
    cx: &Cx,
    agency: OrganizationId,
    request: &PageRequest,
) -> AppResult<(Page<duty_clause::Model>, u64)> {
    authorize_at_large(&cx.actor, Action::ReadDuties)?;
    let rows = duty_clauses::history(cx.db().reader(), cx.actor.region_id, agency).await?;
    page(HISTORY, rows, request)
}

/// Cuts a page out of a whole list; the cursor names the entry before it.
fn page(
    list: &str,
    rows: Vec<duty_clause::Model>,
    request: &PageRequest,
) -> AppResult<(Page<duty_clause::Model>, u64)> {
    let total = rows.len() as u64;
    let mut rest = rows;
    if let Some(from) = &request.from {
        let bad = || AppError::BadInput(vec!["after".into()]);
        let id: DutyClauseId = read_cursor(list, from, 1)?[0].parse().map_err(|_| bad())?;
        let at = rest.iter().position(|row| row.id == id).ok_or_else(bad)?;
        rest.drain(..=at);
    }
    let more = usize::try_from(request.size).unwrap_or(usize::MAX).saturating_add(1);
    let rows = rest.into_iter().take(more).map(|row| (cursor(list, &[&row.id.to_string()]), row)).collect();
    Ok((Page::cut(rows, request), total))
}
