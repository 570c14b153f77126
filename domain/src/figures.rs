//! What every figure means: its definition in words, its ratio, and when a rating is too few to show.
//!
//! A figure never travels without its definition (口径): [`definition`] says what is divided by what,
//! [`ScopeWords`] of which matters and as of which day. Another office that counts by these sentences
//! finds the same numbers.
//!
//! Units: a *matter* counts once, however many agencies answer; a *part* is one agency's assignment; a
//! *reply* is the latest issued one of each part, and the one reply of joint leads counts once, with the
//! agency that issues it.
//!
//! Deliberately absent: counting. The numbers come in as values.

pub mod board;
pub mod numbers;
pub mod quality;
mod words;

pub use words::{ScopeWords, definition, withheld_note};

use crate::rules::calendar::Calendar;
use crate::vocabulary::{MetricName, Outcome, Rating, Role};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Fewer settled forms than these would tell who rated how: small-number protection.
pub const SMALLEST_GROUP: i64 = 5;

/// A reply issued within so many working days up to its due day counts as rushed.
pub const RUSH_WORKING_DAYS: i64 = 10;

/// Figures of one agency: those of how it handles its parts.
///
/// Filing is the office's work, and the rush index of one agency is read by narrowing the scope to it.
pub const OF_AN_AGENCY: &[MetricName] = &[
    MetricName::ReplyRate,
    MetricName::OnTimeReplyRate,
    MetricName::ClosureRate,
    MetricName::FaceToFaceRate,
    MetricName::SatisfactionRate,
    MetricName::FullSatisfactionRate,
    MetricName::FirstRoundSatisfactionRate,
    MetricName::ResolutionRate,
    MetricName::AdoptionRate,
    MetricName::ImplementationRate,
    MetricName::ReturnRate,
    MetricName::AssignmentAccuracy,
    MetricName::PublicationRate,
];

/// A numerator over a denominator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// How many are so.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
}

impl Ratio {
    /// The ratio; of nothing there is none.
    pub fn rate(self) -> Option<f64> {
        (self.denominator != 0).then(|| self.numerator as f64 / self.denominator as f64)
    }
}

/// The ratios of one year or one agency, collected count by count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratios(BTreeMap<MetricName, Ratio>);

impl Ratios {
    /// Adds a count to a figure.
    pub fn add(&mut self, name: MetricName, numerator: i64, denominator: i64) {
        let ratio = self.0.entry(name).or_default();
        ratio.numerator += numerator;
        ratio.denominator += denominator;
    }

    /// Adds replies with this outcome.
    pub fn add_replies(&mut self, outcome: Outcome, count: i64) {
        self.add(MetricName::ResolutionRate, if is_solved(outcome) { count } else { 0 }, count);
        self.add(MetricName::AdoptionRate, if is_taken_up(outcome) { count } else { 0 }, count);
    }

    /// Adds settled forms with this rating, of the first round or of a later one.
    pub fn add_ratings(&mut self, rating: Rating, first_round: bool, count: i64) {
        let pleased = if is_pleased(rating) { count } else { 0 };
        self.add(MetricName::SatisfactionRate, pleased, count);
        self.add(MetricName::FullSatisfactionRate, if rating == Rating::Satisfied { count } else { 0 }, count);
        if first_round {
            self.add(MetricName::FirstRoundSatisfactionRate, pleased, count);
        }
    }

    /// The figure; nothing over nothing when nothing was counted.
    pub fn get(&self, name: MetricName) -> Ratio {
        self.0.get(&name).copied().unwrap_or_default()
    }
}

/// Whether the figure rests on what proposers rated.
pub const fn rests_on_ratings(name: MetricName) -> bool {
    matches!(
        name,
        MetricName::SatisfactionRate | MetricName::FullSatisfactionRate | MetricName::FirstRoundSatisfactionRate
    )
}

/// Whether the advice is carried out (解决).
pub const fn is_solved(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Solved)
}

/// Whether the advice is carried out or taken up, wholly or in part (解决、采纳).
pub const fn is_taken_up(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Solved | Outcome::PartlySolved | Outcome::Adopted | Outcome::PartlyAdopted)
}

/// Whether the proposer is satisfied, at least basically.
pub const fn is_pleased(rating: Rating) -> bool {
    matches!(rating, Rating::Satisfied | Rating::BasicallySatisfied)
}

/// Whether a reply was issued in the last working days before its due day, the due day included.
///
/// A reply after its due day is late, not rushed.
pub fn is_rushed(calendar: &Calendar, issued_on: NaiveDate, due_on: NaiveDate) -> bool {
    issued_on <= due_on && calendar.working_days_between(issued_on, due_on) < RUSH_WORKING_DAYS
}

/// The change against the year before, as a ratio; there is none without a year before.
pub fn growth(total: i64, year_before: i64) -> Option<f64> {
    Ratio { numerator: total - year_before, denominator: year_before }.rate()
}

/// Whether few ratings are hidden from this role: from all but those who read every single form.
pub const fn protects_raters_from(role: Role) -> bool {
    !matches!(role, Role::CongressOffice | Role::CppccOffice | Role::Auditor)
}

/// Which of these groups of ratings must be withheld, when their sum is known.
///
/// A group below [`SMALLEST_GROUP`] is withheld. When the withheld ones together are still below it, the
/// sum would give them away, and the next larger group is withheld with them. An empty group hides nobody.
pub fn withheld(groups: &[i64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..groups.len()).filter(|index| groups[*index] > 0).collect();
    order.sort_by_key(|index| groups[*index]);
    let mut hidden = vec![false; groups.len()];
    let mut together = 0;
    for index in order {
        if groups[index] >= SMALLEST_GROUP && (together == 0 || together >= SMALLEST_GROUP) {
            break;
        }
        hidden[index] = true;
        together += groups[index];
    }
    hidden
}

#[cfg(test)]
mod tests;
