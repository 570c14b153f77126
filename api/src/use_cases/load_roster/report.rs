//! What loading a roster did, in numbers.

use crate::repo::roster::Change;
use std::collections::BTreeMap;
use std::fmt;

/// What is counted, in the order of loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Regions.
    Regions,
    /// Organisations.
    Organizations,
    /// People.
    People,
    /// Positions.
    Positions,
    /// Plenary sessions.
    Sessions,
    /// Categories.
    Categories,
    /// Versions of rules.
    RuleSets,
    /// Published years of the calendar.
    CalendarYears,
    /// Days that differ from their week.
    CalendarDays,
    /// Templates of feedback forms.
    FeedbackForms,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Regions => "regions",
            Self::Organizations => "organizations",
            Self::People => "people",
            Self::Positions => "positions",
            Self::Sessions => "sessions",
            Self::Categories => "categories",
            Self::RuleSets => "rule sets",
            Self::CalendarYears => "calendar years",
            Self::CalendarDays => "calendar days",
            Self::FeedbackForms => "feedback forms",
        })
    }
}

/// How many rows of one kind were touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Missing before.
    pub created: usize,
    /// There, but saying something else.
    pub updated: usize,
    /// There as wanted.
    pub unchanged: usize,
}

/// What loading a roster did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadReport(BTreeMap<Kind, Tally>);

impl LoadReport {
    /// The numbers of one kind.
    pub fn of(&self, kind: Kind) -> Tally {
        self.0.get(&kind).copied().unwrap_or_default()
    }

    /// Whether anything was stored.
    pub fn changed_anything(&self) -> bool {
        self.0.values().any(|tally| tally.created + tally.updated > 0)
    }

    pub(super) fn note(&mut self, kind: Kind, change: Change) {
        let tally = self.0.entry(kind).or_default();
        match change {
            Change::Created => tally.created += 1,
            Change::Updated => tally.updated += 1,
            Change::Unchanged => tally.unchanged += 1,
        }
    }
}

impl fmt::Display for LoadReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<16}{:>10}{:>10}{:>11}", "", "created", "updated", "unchanged")?;
        for (kind, tally) in &self.0 {
            writeln!(f, "{kind:<16}{:>10}{:>10}{:>11}", tally.created, tally.updated, tally.unchanged)?;
        }
        Ok(())
    }
}
