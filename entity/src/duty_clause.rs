//! Clauses of the duty catalogue; ended, and never changed or deleted (职责清单).

use chrono::{DateTime, NaiveDate, Utc};
use domain::duty::Term;
use domain::ids::{DutyClauseId, OrganizationId, PositionId, RegionId, UserId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "duty_clause")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DutyClauseId,
    /// Counts changes.
    pub version: i32,
    /// In which region.
    pub region_id: RegionId,
    /// The agency that answers for it.
    pub agency_id: OrganizationId,
    /// Its place among the agency's clauses; a clause that replaces another takes its place.
    pub ordinal: i32,
    /// The words.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// On what it rests, e.g. the mandate document (三定方案).
    #[sea_orm(column_type = "Text", nullable)]
    pub legal_basis: Option<String>,
    /// First day in force; none: before the catalogue was kept.
    pub valid_from: Option<NaiveDate>,
    /// Last day in force; none: open.
    pub valid_until: Option<NaiveDate>,
    /// The clause in whose place it stands.
    pub replaces_id: Option<DutyClauseId>,
    /// When it was written.
    pub recorded_at: DateTime<Utc>,
    /// Who wrote it; none: a roster.
    pub recorded_by: Option<UserId>,
    /// In which position.
    pub recorded_as: Option<PositionId>,
    /// When its end was written.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who ended it; none: a roster, or nobody.
    pub ended_by: Option<UserId>,
    /// In which position.
    pub ended_as: Option<PositionId>,
}

impl Model {
    /// From when to when it holds.
    pub fn term(&self) -> Term {
        Term { from: self.valid_from, until: self.valid_until }
    }
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
