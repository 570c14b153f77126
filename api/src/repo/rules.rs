//! Rule sets and the calendar.

use chrono::NaiveDate;
use domain::ids::{RegionId, RuleSetId};
use domain::vocabulary::Institution;
use entity::{calendar_day, calendar_year, rule_set};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

/// The rule set with this id.
pub async fn get(conn: &impl ConnectionTrait, id: RuleSetId) -> Result<Option<rule_set::Model>, DbErr> {
    rule_set::Entity::find_by_id(id).one(conn).await
}

/// The latest rule set of the region that is in force on this day: one for this institution or for both.
pub async fn in_force(
    conn: &impl ConnectionTrait,
    region: RegionId,
    institution: Option<Institution>,
    on: NaiveDate,
) -> Result<Option<rule_set::Model>, DbErr> {
    let both = rule_set::Column::Institution.is_null();
    let for_whom = match institution {
        Some(one) => Condition::any().add(both).add(rule_set::Column::Institution.eq(one)),
        None => Condition::all().add(both),
    };
    rule_set::Entity::find()
        .filter(for_whom)
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
