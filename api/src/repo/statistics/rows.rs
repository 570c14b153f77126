//! What the statements give, row by row.

use chrono::NaiveDate;
use domain::ids::{CategoryId, OrganizationId};
use domain::vocabulary::{
    AssignmentRole, CollectiveKind, Outcome, Rating, RegionLevel, SubmissionKind, SubmissionStatus,
};
use sea_orm::FromQueryResult;

/// Matters handed in, alike in these columns.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Matters {
    /// Handling year; also the years before those asked for.
    pub handling_year: i32,
    /// Kind.
    pub kind: SubmissionKind,
    /// State.
    pub status: SubmissionStatus,
    /// Level of origin.
    pub origin_level: Option<RegionLevel>,
    /// Category.
    pub category_id: Option<CategoryId>,
    /// The kind of the proposing body; none for persons.
    pub collective_kind: Option<CollectiveKind>,
    /// How many were handed in.
    pub handed_in: i64,
    /// How many of them were accepted.
    pub accepted: i64,
}

/// Matters of one year assigned to agencies that answer.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Answering {
    /// Handling year.
    pub handling_year: i32,
    /// How many.
    pub matters: i64,
    /// Of them, replied to by every answering agency.
    pub answered: i64,
    /// Of them, replied to in the present round, or overdue.
    pub timed: i64,
    /// Of them, replied to in the present round by the due day.
    pub on_time: i64,
    /// Of them, replied to and settled.
    pub done: i64,
    /// Of them, with a confirmed face-to-face contact before the first reply.
    pub met: i64,
}

/// Assignments ever released, of one agency in one year in one part.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Parts {
    /// Handling year.
    pub handling_year: i32,
    /// Agency.
    pub agency_id: OrganizationId,
    /// Part.
    pub role: AssignmentRole,
    /// How many, those handed back or cancelled included.
    pub released: i64,
    /// How many were handed back.
    pub handed_back: i64,
    /// How many stand in the present distribution.
    pub standing: i64,
    /// Of those standing, still owed after the due day.
    pub overdue: i64,
    /// Of those standing, replied to.
    pub answered: i64,
    /// Of those standing, replied to in the present round, or overdue.
    pub timed: i64,
    /// Of those standing, replied to in the present round by the due day.
    pub on_time: i64,
    /// Of those standing, replied to and settled.
    pub done: i64,
    /// Of those standing, with a confirmed face-to-face contact before the first reply.
    pub met: i64,
}

/// Requests to hand back of one agency in one year.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Returns {
    /// Handling year.
    pub handling_year: i32,
    /// Agency.
    pub agency_id: OrganizationId,
    /// How many.
    pub requests: i64,
}

/// Latest issued replies of one agency in one year with one outcome.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Replies {
    /// Handling year.
    pub handling_year: i32,
    /// Agency.
    pub agency_id: OrganizationId,
    /// Category of the matter.
    pub category_id: Option<CategoryId>,
    /// Outcome.
    pub outcome: Outcome,
    /// How many.
    pub replies: i64,
    /// How many may be published, or are.
    pub publishable: i64,
    /// How many are published.
    pub published: i64,
}

/// Replies of the present round, by their day of issue and their due day.
#[derive(Clone, Debug, FromQueryResult)]
pub struct IssueDays {
    /// Handling year.
    pub handling_year: i32,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Due day.
    pub due_on: NaiveDate,
    /// How many.
    pub replies: i64,
}

/// Settled forms on the replies of one agency in one year with one rating.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Ratings {
    /// Handling year.
    pub handling_year: i32,
    /// Agency.
    pub agency_id: OrganizationId,
    /// Overall rating.
    pub rating: Rating,
    /// How many.
    pub forms: i64,
    /// How many of them on replies of the first round.
    pub first_round: i64,
    /// How many of them on replies after which no other was issued.
    pub last_round: i64,
}

/// Accepted matters of one year from one delegation or sector.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Delegations {
    /// Handling year.
    pub handling_year: i32,
    /// The organization of the lead proposer's position.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: String,
    /// How many.
    pub accepted: i64,
}

/// Promises of one agency in one year.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Promises {
    /// Handling year.
    pub handling_year: i32,
    /// Agency.
    pub agency_id: OrganizationId,
    /// How many are due, or kept early.
    pub due: i64,
    /// How many are kept and confirmed.
    pub kept: i64,
}

/// Everything that was counted, read in one snapshot.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Matters.
    pub matters: Vec<Matters>,
    /// Matters assigned to agencies that answer.
    pub answering: Vec<Answering>,
    /// Assignments.
    pub parts: Vec<Parts>,
    /// Requests to hand back.
    pub returns: Vec<Returns>,
    /// Replies.
    pub replies: Vec<Replies>,
    /// Days of issue.
    pub issue_days: Vec<IssueDays>,
    /// Ratings.
    pub ratings: Vec<Ratings>,
    /// Delegations and sectors.
    pub delegations: Vec<Delegations>,
    /// Promises.
    pub promises: Vec<Promises>,
    /// The region's categories with their names, in their order.
    pub categories: Vec<(CategoryId, String)>,
}
