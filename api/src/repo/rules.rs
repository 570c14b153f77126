//! Rule sets and the calendar.

use chrono::NaiveDate;
use domain::ids::{RegionId, RuleSetId};
use entity::{calendar_day, calendar_year, rule_set};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

/// The rule set with this id.
pub async fn get(conn: &impl ConnectionTrait, id: RuleSetId) -> Result<Option<rule_set::Model>, DbErr> {
    rule_set::Entity::find_by_id(id).one(conn).await
}

/// The latest rule set of the region that is in force on this day.
pub async fn in_force(
    conn: &impl ConnectionTrait,
    region: RegionId,
    on: NaiveDate,
) -> Result<Option<rule_set::Model>, DbErr> {
    rule_set::Entity::find()
        .filter(rule_set::Column::RegionId.eq(region))
        .filter(rule_set::Column::EffectiveFrom.lte(on))
        .order_by_desc(rule_set::Column::EffectiveFrom)
        .order_by_desc(rule_set::Column::Version)
        .one(conn)
        .await
}

/// The published years and the days that differ from their week.
pub async fn calendar(
    conn: &impl ConnectionTrait,
) -> Result<(Vec<calendar_year::Model>, Vec<calendar_day::Model>), DbErr> {
    Ok((calendar_year::Entity::find().all(conn).await?, calendar_day::Entity::find().all(conn).await?))
}
