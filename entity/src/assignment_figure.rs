//! What figures count of a released assignment, with what it takes of its matter (统计事实).
//!
//! Derived from the assignment, its matter, its replies and its contacts in the transaction that changes them; nobody
//! writes it otherwise, and it can be made afresh at any time.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AssignmentId, CategoryId, OrganizationId, RegionId, ReplyId, SubmissionId, UserId};
use domain::vocabulary::{
    AssignmentRole, Confidentiality, Disclosure, Institution, Outcome, RegionLevel, SubmissionKind,
};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment_figure")]
pub struct Model {
    /// The assignment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub assignment_id: AssignmentId,
    /// Its matter.
    pub submission_id: SubmissionId,
    /// Region of the matter.
    pub region_id: RegionId,
    /// Institution of the matter.
    pub institution: Institution,
    /// Handling year of the matter.
    pub handling_year: Option<i32>,
    /// Kind of the matter.
    pub kind: SubmissionKind,
    /// Level of origin of the matter.
    pub origin_level: Option<RegionLevel>,
    /// Category of the matter.
    pub category_id: Option<CategoryId>,
    /// Who proposed the matter.
    pub lead_proposer_id: UserId,
    /// When the matter was handed in.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When the matter was accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Confidentiality of the matter.
    pub confidentiality: Confidentiality,
    /// Disclosure of the matter.
    pub disclosure: Disclosure,
    /// The agency.
    pub agency_id: OrganizationId,
    /// Its part.
    pub role: AssignmentRole,
    /// Whether the instant of its release is known.
    pub released: bool,
    /// Handed to the agency and not taken back.
    pub standing: bool,
    /// The agency handed it back.
    pub handed_back: bool,
    /// The agency still owes its reply or opinion.
    pub owed: bool,
    /// Replied to and settled.
    pub done: bool,
    /// No other agency answers for the matter.
    pub alone: bool,
    /// Due day, granted extensions included.
    pub due_on: Option<NaiveDate>,
    /// A reply was issued, in whatever round.
    pub answered: bool,
    /// The day of law on which the reply of the present round was issued, by itself or by a joint lead.
    pub answered_on: Option<NaiveDate>,
    /// The agency met the proposer, as he confirmed, before its first reply.
    pub met: bool,
    /// Its latest issued reply, unless that of a joint lead is later.
    pub reply_id: Option<ReplyId>,
    /// Outcome of that reply.
    pub outcome: Option<Outcome>,
    /// That reply may be published, or is.
    pub publishable: bool,
    /// That reply is published.
    pub published: bool,
    /// The day of law on which its own reply of the present round was issued.
    pub issued_on: Option<NaiveDate>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
