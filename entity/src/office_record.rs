//! Records of what the offices wrote and made known: official documents, bulletins, openness, media (文稿、动态、政务公开、媒体).

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{OfficeRecordId, RegionId, SessionId, UserId};
use domain::vocabulary::{Institution, OfficeRecordKind};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "office_record")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OfficeRecordId,
    /// Counts every change of the row.
    pub version: i32,
    /// In which region.
    pub region_id: RegionId,
    /// Whose it is: of the congress or CPPCC office; empty for the government's transfer office.
    pub institution: Option<Institution>,
    /// Kind.
    pub kind: OfficeRecordKind,
    /// Title.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Document number (发文字号) or issue number (期号).
    pub number: Option<String>,
    /// Newspaper, station or site.
    pub outlet: Option<String>,
    /// Programme or column of the outlet.
    pub programme: Option<String>,
    /// On which day it was issued, posted or broadcast.
    pub issued_on: NaiveDate,
    /// For which handling year it counts.
    pub handling_year: i32,
    /// The session with which it deals.
    pub session_id: Option<SessionId>,
    /// Where it can be read.
    pub link: Option<String>,
    /// How many items it stands for, e.g. instalments of a series.
    pub items: i32,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was withdrawn; it no longer counts then.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn.
    #[sea_orm(column_type = "Text", nullable)]
    pub withdrawal_reason: Option<String>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
