//! Plenary sessions (会议).

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{RegionId, SessionId};
use domain::vocabulary::Institution;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Region.
    pub region_id: RegionId,
    /// Institution.
    pub institution: Institution,
    /// Term (届).
    pub term_no: i32,
    /// Number in the term (次).
    pub session_no: i32,
    /// Full title.
    pub title: String,
    /// First day.
    pub opens_on: NaiveDate,
    /// Last day.
    pub closes_on: NaiveDate,
    /// After this instant submissions are off-session.
    pub submission_cutoff: DateTime<Utc>,
    /// Handling year (办理年度).
    pub handling_year: i32,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
