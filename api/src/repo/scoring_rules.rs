//! Versions of the rules of scoring.

use domain::ids::{RegionId, ScoringRuleId};
use domain::vocabulary::Institution;
use entity::scoring_rule;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashSet;

/// Every version of the region's rules, latest first.
pub async fn of_region(conn: &impl ConnectionTrait, region: RegionId) -> Result<Vec<scoring_rule::Model>, DbErr> {
    scoring_rule::Entity::find()
        .filter(scoring_rule::Column::RegionId.eq(region))
        .order_by_desc(scoring_rule::Column::Version)
        .all(conn)
        .await
}

/// The version with this id.
pub async fn get(conn: &impl ConnectionTrait, id: ScoringRuleId) -> Result<Option<scoring_rule::Model>, DbErr> {
    scoring_rule::Entity::find_by_id(id).one(conn).await
}

/// The version by which matters of this institution and handling year are scored: one for it or for both.
pub async fn of_year(
    conn: &impl ConnectionTrait,
    region: RegionId,
    institution: Institution,
    year: i32,
) -> Result<Option<scoring_rule::Model>, DbErr> {
    use scoring_rule::Column as C;
    let for_whom = Condition::any().add(C::Institution.is_null()).add(C::Institution.eq(institution));
    scoring_rule::Entity::find()
        .filter(for_whom)
        .filter(C::RegionId.eq(region))
        .filter(C::EffectiveYear.lte(year))
        .order_by_desc(C::EffectiveYear)
        .order_by_desc(C::Version)
        .one(conn)
        .await
}

/// The number of the region's latest version; 0 before the first.
pub async fn latest_version(conn: &impl ConnectionTrait, region: RegionId) -> Result<i32, DbErr> {
    Ok(of_region(conn, region).await?.first().map_or(0, |row| row.version))
}

/// Which of these rows of one region score this year, for either institution.
pub fn in_force_among(rows: &[scoring_rule::Model], year: i32) -> HashSet<ScoringRuleId> {
    let for_one = |institution: Institution| {
        rows.iter()
            .filter(|row| row.effective_year <= year && row.institution.is_none_or(|one| one == institution))
            .max_by_key(|row| (row.effective_year, row.version))
    };
    Institution::ALL.iter().filter_map(|institution| for_one(*institution)).map(|row| row.id).collect()
}
