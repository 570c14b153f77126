//! Records of official documents, bulletins, openness and media of a region.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use crate::repo::save;
use domain::ids::{OfficeRecordId, RegionId, SessionId, SubmissionId};
use domain::vocabulary::OfficeRecordKind;
use entity::{office_record, office_record_matter, session};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use std::collections::HashMap;

/// Which records are asked for; withdrawn ones never are.
#[derive(Clone, Debug, Default)]
pub struct RecordFilter {
    /// Kinds.
    pub kinds: Option<Vec<OfficeRecordKind>>,
    /// Handling year.
    pub handling_year: Option<i32>,
}

/// How much there is of one kind in one handling year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Handling year.
    pub handling_year: i32,
    /// Kind.
    pub kind: OfficeRecordKind,
    /// Records.
    pub records: i64,
    /// Items for which they stand.
    pub items: i64,
}

fn select(region: RegionId, filter: &RecordFilter) -> Select<office_record::Entity> {
    use office_record::Column as R;
    office_record::Entity::find()
        .filter(R::RegionId.eq(region))
        .filter(R::WithdrawnAt.is_null())
        .apply_if(filter.kinds.clone(), |q, kinds| q.filter(R::Kind.is_in(kinds)))
        .apply_if(filter.handling_year, |q, year| q.filter(R::HandlingYear.eq(year)))
}

const RECORDS: &str = "office-records";

/// A page of the region's records, newest record first.
pub async fn page(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    filter: &RecordFilter,
    request: &PageRequest,
) -> AppResult<Page<office_record::Model>> {
    use office_record::Column as R;
    let mut query = select(region, filter).limit(request.size + 1);
    if let Some(from) = &request.from {
        let text = &read_cursor(RECORDS, from, 1)?[0];
        let id: OfficeRecordId = text.parse().map_err(|_| AppError::BadInput(vec!["after".into()]))?;
        query = query.filter(if request.backward { R::Id.gt(id) } else { R::Id.lt(id) });
    }
    let rows = query.order_by(R::Id, if request.backward { Order::Asc } else { Order::Desc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(RECORDS, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// How many records there are under the same filter.
pub async fn count(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    filter: &RecordFilter,
) -> Result<u64, DbErr> {
    select(region, filter).count(conn).await
}

/// How much there is of each kind, by handling year, the latest first.
pub async fn counts(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    filter: &RecordFilter,
) -> Result<Vec<Count>, DbErr> {
    use office_record::Column as R;
    let rows: Vec<(i32, OfficeRecordKind, i64, i64)> = select(region, filter)
        .select_only()
        .columns([R::HandlingYear, R::Kind])
        .column_as(R::Id.count(), "records")
        .column_as(R::Items.sum(), "items")
        .group_by(R::HandlingYear)
        .group_by(R::Kind)
        .order_by_desc(R::HandlingYear)
        .into_tuple()
        .all(conn)
        .await?;
    let mut counts: Vec<Count> = rows
        .into_iter()
        .map(|(handling_year, kind, records, items)| Count { handling_year, kind, records, items })
        .collect();
    // Texts sort differently in the two databases; the order of the kinds is ours.
    let place = |kind| OfficeRecordKind::ALL.iter().position(|one| *one == kind);
    counts.sort_by_key(|count| (std::cmp::Reverse(count.handling_year), place(count.kind)));
    Ok(counts)
}

/// The record of the region with this id, withdrawn ones included.
pub async fn get(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    id: OfficeRecordId,
) -> Result<Option<office_record::Model>, DbErr> {
    office_record::Entity::find_by_id(id).filter(office_record::Column::RegionId.eq(region)).one(conn).await
}

/// Whether another record of the same house and kind that counts has this number.
pub async fn number_taken(conn: &impl ConnectionTrait, row: &office_record::Model) -> Result<bool, DbErr> {
    use office_record::Column as R;
    let Some(number) = &row.number else { return Ok(false) };
    let others = select(row.region_id, &RecordFilter { kinds: Some(vec![row.kind]), handling_year: None })
        .filter(R::Number.eq(number))
        .filter(R::HandlingYear.eq(row.handling_year))
        .filter(R::Id.ne(row.id))
        .filter(match row.institution {
            Some(institution) => R::Institution.eq(institution),
            None => R::Institution.is_null(),
        });
    Ok(others.count(conn).await? > 0)
}

/// Whether the region has this session.
pub async fn has_session(conn: &impl ConnectionTrait, region: RegionId, id: SessionId) -> Result<bool, DbErr> {
    let found = session::Entity::find_by_id(id).filter(session::Column::RegionId.eq(region)).count(conn).await?;
    Ok(found > 0)
}

/// Sets the matters that a record is about.
pub async fn set_matters(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    id: OfficeRecordId,
    matters: impl IntoIterator<Item = SubmissionId> + Send,
) -> AppResult<()> {
    office_record_matter::Entity::delete_many()
        .filter(office_record_matter::Column::OfficeRecordId.eq(id))
        .exec(tx)
        .await?;
    let rows = matters
        .into_iter()
        .map(|submission_id| office_record_matter::Model { office_record_id: id, submission_id })
        .collect();
    save::insert_all(tx, permit, rows).await
}

/// The matters of records, oldest first.
pub async fn matters(
    conn: &impl ConnectionTrait,
    records: &[OfficeRecordId],
) -> Result<HashMap<OfficeRecordId, Vec<SubmissionId>>, DbErr> {
    let rows = office_record_matter::Entity::find()
        .filter(office_record_matter::Column::OfficeRecordId.is_in(records.iter().copied()))
        .order_by_asc(office_record_matter::Column::SubmissionId)
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.office_record_id).or_default().push(row.submission_id);
    }
    Ok(found)
}
