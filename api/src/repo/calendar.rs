//! The national calendar, and the days that a region adds to it.

use crate::access::Permit;
use crate::error::AppResult;
use crate::repo::save;
use chrono::NaiveDate;
use domain::ids::RegionId;
use entity::{calendar_day, calendar_year, region, region_calendar_day};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The published years, the national days and the region's own.
pub async fn of_region(
    conn: &impl ConnectionTrait,
    region: RegionId,
) -> Result<(Vec<calendar_year::Model>, Vec<calendar_day::Model>, Vec<region_calendar_day::Model>), DbErr> {
    let years = calendar_year::Entity::find().all(conn).await?;
    let national = calendar_day::Entity::find().all(conn).await?;
    let own =
        region_calendar_day::Entity::find().filter(region_calendar_day::Column::RegionId.eq(region)).all(conn).await?;
    Ok((years, national, own))
}

/// The notice for this year.
pub async fn year(conn: &impl ConnectionTrait, year: i32) -> Result<Option<calendar_year::Model>, DbErr> {
    calendar_year::Entity::find_by_id(year).one(conn).await
}

/// Puts the notice for a year in place of the one that is there.
pub async fn put_year(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    found: Option<&calendar_year::Model>,
    wanted: calendar_year::Model,
) -> AppResult<()> {
    super::roster::put(tx, permit, found, wanted).await.map(drop)
}

/// The national days from `first` to `last`, by date.
pub async fn national_days(
    conn: &impl ConnectionTrait,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<calendar_day::Model>, DbErr> {
    calendar_day::Entity::find()
        .filter(calendar_day::Column::Day.between(first, last))
        .order_by_asc(calendar_day::Column::Day)
        .all(conn)
        .await
}

/// The region's own days from `first` to `last`, by date.
pub async fn own_days(
    conn: &impl ConnectionTrait,
    region: RegionId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<region_calendar_day::Model>, DbErr> {
    region_calendar_day::Entity::find()
        .filter(region_calendar_day::Column::RegionId.eq(region))
        .filter(region_calendar_day::Column::Day.between(first, last))
        .order_by_asc(region_calendar_day::Column::Day)
        .all(conn)
        .await
}

/// Takes national days away and puts others in.
pub async fn replace_national(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    gone: &[NaiveDate],
    new: Vec<calendar_day::Model>,
) -> AppResult<()> {
    let column = calendar_day::Column::Day;
    calendar_day::Entity::delete_many().filter(column.is_in(gone.iter().copied())).exec(tx).await?;
    save::insert_all(tx, permit, new).await
}

/// Takes a region's own days away and puts others in.
pub async fn replace_own(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    region: RegionId,
    gone: &[NaiveDate],
    new: Vec<region_calendar_day::Model>,
) -> AppResult<()> {
    region_calendar_day::Entity::delete_many()
        .filter(region_calendar_day::Column::RegionId.eq(region))
        .filter(region_calendar_day::Column::Day.is_in(gone.iter().copied()))
        .exec(tx)
        .await?;
    save::insert_all(tx, permit, new).await
}

/// Every region.
pub async fn regions(conn: &impl ConnectionTrait) -> Result<Vec<RegionId>, DbErr> {
    let ids = region::Entity::find().select_only().column(region::Column::Id).order_by_asc(region::Column::Code);
    ids.into_tuple().all(conn).await
}

/// The region with this code.
pub async fn region_with_code(conn: &impl ConnectionTrait, code: &str) -> Result<Option<RegionId>, DbErr> {
    let found = region::Entity::find().filter(region::Column::Code.eq(code)).one(conn).await?;
    Ok(found.map(|row| row.id))
}
