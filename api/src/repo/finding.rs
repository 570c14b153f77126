//! What a search brings: pages by relevance, and how many of what was found there are of each sort.
//!
//! The rank is a whole number that the statement adds up from the layers in which the words stand, so that both
//! databases give the same order. What the reader may list is a condition of every statement here, and what he may not
//! read of a matter neither lifts its rank nor is counted.

use super::submissions::{SubmissionFilter, parse_value, select};
use crate::access::Scope;
use crate::error::AppResult;
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use crate::repo::{outcomes, search};
use chrono::NaiveDate;
use domain::ids::{CategoryId, OrganizationId, SubmissionId};
use domain::vocabulary::{AssignmentRole, AssignmentStatus, Outcome, SubmissionKind};
use entity::{assignment, category, organization, reply, submission};
use lexis::Query as Words;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use std::collections::HashMap;

/// A search: the words, and under which conditions.
#[derive(Clone, Debug)]
pub struct Search {
    /// What the reader may list.
    pub scope: Scope,
    /// Which matters are asked for besides.
    pub filter: SubmissionFilter,
    /// The words.
    pub words: Words,
    /// The day as of which something is overdue.
    pub today: NaiveDate,
}

impl Search {
    fn found(&self, conn: &impl ConnectionTrait) -> Select<submission::Entity> {
        let backend = conn.get_database_backend();
        let found = search::found_by(backend, &self.scope, &self.words);
        select(backend, &self.scope, &self.filter, self.today).filter(found)
    }

    fn ids(&self, conn: &impl ConnectionTrait) -> SelectStatement {
        self.found(conn).select_only().column(submission::Column::Id).into_query()
    }
}

const FOUND: &str = "found";

/// A page of what was found: the most relevant first, then the newest.
///
/// # Errors
/// `BAD_INPUT` for what is no cursor of this list.
pub async fn page(
    conn: &impl ConnectionTrait,
    search: &Search,
    request: &PageRequest,
) -> AppResult<Page<submission::Model>> {
    let mut places: Vec<(SubmissionId, i32)> = Vec::new();
    for row in conn.query_all(&places_of(conn, search, request)?).await? {
        places.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    }
    let ids = places.iter().map(|(id, _)| *id);
    let rows = submission::Entity::find().filter(submission::Column::Id.is_in(ids)).all(conn).await?;
    let mut rows: HashMap<SubmissionId, submission::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let placed = places.into_iter().filter_map(|(id, rank)| {
        let place = cursor(FOUND, &[&rank.to_string(), &id.to_string()]);
        Some((place, rows.remove(&id)?))
    });
    Ok(Page::cut(placed.collect(), request))
}

/// Sends the statement of a page and throws its rows away: what the database and its driver take by themselves.
///
/// # Errors
/// As [`page`].
pub async fn send_plain(conn: &impl ConnectionTrait, search: &Search, request: &PageRequest) -> AppResult<()> {
    conn.query_all(&places_of(conn, search, request)?).await?;
    Ok(())
}

/// Ids and ranks of a page and of one more.
fn places_of(conn: &impl ConnectionTrait, search: &Search, request: &PageRequest) -> AppResult<SelectStatement> {
    let (found, id, rank) = (Alias::new(FOUND), submission::Column::Id, Alias::new("rank"));
    let ranked = search
        .found(conn)
        .select_only()
        .column(id)
        .expr_as(search::rank(conn.get_database_backend(), &search.words), "rank")
        .into_query();
    let (own_id, own_rank) = (Expr::col((found.clone(), id)), Expr::col((found.clone(), rank.clone())));
    let mut query = Query::select();
    query.expr(own_id.clone()).expr(own_rank.clone()).from_subquery(ranked, found.clone());
    if let Some(from) = &request.from {
        let keys = read_cursor(FOUND, from, 2)?;
        let at = parse_value::<i32>(&keys[0])?.unwrap_or_default();
        let last: SubmissionId = super::submissions::id_of(&keys[1])?;
        let same = own_rank.clone().eq(at);
        let beyond = match request.backward {
            false => own_rank.clone().lt(at).or(same.and(own_id.clone().lt(last))),
            true => own_rank.clone().gt(at).or(same.and(own_id.clone().gt(last))),
        };
        query.and_where(beyond);
    }
    let order = if request.backward { Order::Asc } else { Order::Desc };
    query.order_by((found.clone(), rank), order.clone()).order_by((found, id), order).limit(request.size + 1);
    Ok(query)
}

/// How many matters were found.
pub async fn count(conn: &impl ConnectionTrait, search: &Search) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait;
    search.found(conn).count(conn).await
}

/// How many of the matters found there are of each sort; each sort most frequent first.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// All of them.
    pub total: i64,
    /// By kind.
    pub kinds: Vec<(SubmissionKind, i64)>,
    /// By handling year, latest first; none for matters without one yet.
    pub years: Vec<(Option<i32>, i64)>,
    /// By category, with its name; none for matters without one.
    pub categories: Vec<(Option<(CategoryId, String)>, i64)>,
    /// By agency that answers, with its name; a matter of several leads counts under each.
    pub agencies: Vec<(OrganizationId, String, i64)>,
    /// By outcome of the latest issued replies that the reader may read; a matter with several counts under each.
    pub outcomes: Vec<(Outcome, i64)>,
}

/// Counts what was found, sort by sort: five statements, in the first of which the words are looked for once for kinds,
/// years, categories and the total.
///
/// # Errors
/// Errors of the database.
pub async fn facets(conn: &impl ConnectionTrait, search: &Search) -> Result<Facets, DbErr> {
    let (mut kinds, mut years, mut categories) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (kind, year, category, count) in alike(conn, search).await? {
        *kinds.entry(kind).or_default() += count;
        *years.entry(year).or_default() += count;
        *categories.entry(category).or_default() += count;
    }
    let total = kinds.values().sum();
    let mut kinds: Vec<(SubmissionKind, i64)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, count)| (-count, kind.code()));
    let mut years: Vec<(Option<i32>, i64)> = years.into_iter().collect();
    years.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
    let wanted = categories.keys().filter_map(|id: &Option<CategoryId>| *id);
    let names = category::Entity::find().filter(category::Column::Id.is_in(wanted)).all(conn).await?;
    let names: HashMap<CategoryId, String> = names.into_iter().map(|row| (row.id, row.name)).collect();
    let named = |id: CategoryId| (id, names.get(&id).cloned().unwrap_or_default());
    let mut categories: Vec<(_, i64)> = categories.into_iter().map(|(id, count)| (id.map(named), count)).collect();
    categories.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let agencies = agencies(conn, search).await?;
    let mut outcomes = by_outcome(conn, search).await?;
    outcomes.sort_by_key(|(outcome, count)| (-count, outcome.code()));
    Ok(Facets { total, kinds, years, categories, agencies, outcomes })
}

/// How many are alike in kind, handling year and category.
async fn alike(
    conn: &impl ConnectionTrait,
    search: &Search,
) -> Result<Vec<(SubmissionKind, Option<i32>, Option<CategoryId>, i64)>, DbErr> {
    use submission::Column as S;
    let by = [S::Kind, S::HandlingYear, S::CategoryId];
    let mut query = search.found(conn).select_only().columns(by).column_as(S::Id.count(), "found");
    for column in by {
        query = query.group_by(column);
    }
    query.into_tuple().all(conn).await
}

async fn agencies(conn: &impl ConnectionTrait, search: &Search) -> Result<Vec<(OrganizationId, String, i64)>, DbErr> {
    use assignment::Column as A;
    // What is planned alone is not shown by any list either.
    let parts = assignment::Entity::find()
        .select_only()
        .column(A::AgencyId)
        .expr_as(Func::count_distinct(Expr::col(A::SubmissionId)), "found")
        .filter(A::SubmissionId.in_subquery(search.ids(conn)))
        .filter(A::Live.eq(true))
        .filter(A::Status.ne(AssignmentStatus::Planned))
        .filter(A::Role.ne(AssignmentRole::Co))
        .group_by(A::AgencyId);
    let counts: Vec<(OrganizationId, i64)> = parts.into_tuple().all(conn).await?;
    let wanted = counts.iter().map(|(id, _)| *id);
    let names = organization::Entity::find().filter(organization::Column::Id.is_in(wanted)).all(conn).await?;
    let names: HashMap<OrganizationId, String> = names.into_iter().map(|row| (row.id, row.name)).collect();
    let mut named: Vec<(OrganizationId, String, i64)> =
        counts.into_iter().map(|(id, count)| (id, names.get(&id).cloned().unwrap_or_default(), count)).collect();
    named.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    Ok(named)
}

async fn by_outcome(conn: &impl ConnectionTrait, search: &Search) -> Result<Vec<(Outcome, i64)>, DbErr> {
    use reply::Column as R;
    let latest = outcomes::latest(&search.scope)
        .select_only()
        .column(R::Outcome)
        .expr_as(Func::count_distinct(Expr::col(R::SubmissionId)), "found")
        .filter(R::SubmissionId.in_subquery(search.ids(conn)))
        .group_by(R::Outcome);
    latest.into_tuple().all(conn).await
}
