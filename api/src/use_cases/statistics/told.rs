//! What the answer is made of.

use chrono::{DateTime, Utc};
use domain::ids::OrganizationId;
use domain::vocabulary::MetricName;

/// A figure with its definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Its name.
    pub name: MetricName,
    /// Its name for people.
    pub label: String,
    /// What is divided by what, of which matters, as of which day.
    pub definition: String,
    /// Above the line; 0 when withheld.
    pub numerator: i64,
    /// Below the line; 0 when withheld.
    pub denominator: i64,
    /// The ratio; none of nothing, and none when withheld.
    pub rate: Option<f64>,
}

/// How many have this key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The key: the pinned text of a value, or the id of a category.
    pub key: String,
    /// The word for people.
    pub label: String,
    /// How many.
    pub count: i64,
}

/// The figures of one handling year.
#[derive(Clone, Debug, PartialEq)]
pub struct YearStatistics {
    /// The year.
    pub handling_year: i32,
    /// Accepted matters, those merged or withdrawn later included.
    pub total: i64,
    /// The same by kind.
    pub by_kind: Vec<Count>,
    /// The same by level of origin.
    pub by_origin_level: Vec<Count>,
    /// The same by category.
    pub by_category: Vec<Count>,
    /// Latest issued replies of the answering agencies, by outcome.
    pub by_outcome: Vec<Count>,
    /// Assignments of the present distribution, by part.
    pub by_role: Vec<Count>,
    /// Settled forms by overall rating; empty when withheld.
    pub by_rating: Vec<Count>,
    /// Accepted matters by state.
    pub by_status: Vec<Count>,
    /// The replies of `by_outcome`, category by category.
    pub outcomes_by_category: Vec<CategoryOutcomes>,
    /// Accepted matters by the delegation or sector of the lead proposer; empty for agencies.
    pub by_delegation: Vec<Count>,
    /// Accepted matters by who proposes: persons, or a kind of body; empty for agencies.
    pub by_proposer: Vec<Count>,
    /// Settled forms of the first round by overall rating; empty when withheld.
    pub by_first_rating: Vec<Count>,
    /// Settled forms on the latest replies by overall rating; empty when withheld.
    pub by_final_rating: Vec<Count>,
    /// Every figure.
    pub metrics: Vec<Metric>,
    /// Change of the total against the year before.
    pub growth: Option<f64>,
}

/// The replies to the matters of one category, by outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryOutcomes {
    /// The id of the category, or NONE.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Latest issued replies by outcome.
    pub outcomes: Vec<Count>,
}

/// The figures of one agency over all years of the scope.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyStatistics {
    /// The agency.
    pub agency_id: OrganizationId,
    /// Assignments in the lead.
    pub lead: i64,
    /// Assignments as co-handler.
    pub co: i64,
    /// Assignments in separate handling; with `lead` and `co` they are all that stand.
    pub separate: i64,
    /// Assignments handed back.
    pub returned: i64,
    /// Assignments replied to.
    pub replied: i64,
    /// Assignments whose reply or opinion is owed after the due day.
    pub overdue: i64,
    /// The figures of an agency.
    pub metrics: Vec<Metric>,
}

/// Figures as of an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// The instant.
    pub as_of: DateTime<Utc>,
    /// One entry a year, in the order asked for.
    pub years: Vec<YearStatistics>,
    /// One entry an agency, most assignments first.
    pub agencies: Vec<AgencyStatistics>,
}
