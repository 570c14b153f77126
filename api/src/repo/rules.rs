//! Rule sets.

use chrono::NaiveDate;
use domain::ids::{RegionId, RuleSetId};
use domain::vocabulary::Institution;
use entity::rule_set;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;

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

/// Every version of the region's rules, latest first.
pub async fn of_region(conn: &impl ConnectionTrait, region: RegionId) -> Result<Vec<rule_set::Model>, DbErr> {
    rule_set::Entity::find()
        .filter(rule_set::Column::RegionId.eq(region))
        .order_by_desc(rule_set::Column::Version)
        .all(conn)
        .await
}

/// The ids of every version of the region's rules.
pub async fn ids_of_region(conn: &impl ConnectionTrait, region: RegionId) -> Result<Vec<RuleSetId>, DbErr> {
    rule_set::Entity::find()
        .select_only()
        .column(rule_set::Column::Id)
        .filter(rule_set::Column::RegionId.eq(region))
        .order_by_asc(rule_set::Column::Version)
        .into_tuple()
        .all(conn)
        .await
}

/// The number of the region's latest version; 0 before the first.
pub async fn latest_version(conn: &impl ConnectionTrait, region: RegionId) -> Result<i32, DbErr> {
    let latest: Option<i32> = rule_set::Entity::find()
        .select_only()
        .column(rule_set::Column::Version)
        .filter(rule_set::Column::RegionId.eq(region))
        .order_by_desc(rule_set::Column::Version)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(latest.unwrap_or(0))
}

/// Which of these rows of one region are in force on this day: for either institution, or for both together.
pub fn in_force_among(rows: &[rule_set::Model], on: NaiveDate) -> HashSet<RuleSetId> {
    let for_one = |institution: Institution| {
        rows.iter()
            .filter(|row| row.effective_from <= on && row.institution.is_none_or(|one| one == institution))
            .max_by_key(|row| (row.effective_from, row.version))
    };
    Institution::ALL.iter().filter_map(|institution| for_one(*institution)).map(|row| row.id).collect()
}
