//! What a region decides about the clock itself: pauses and restarts, milestones of the steps, reminders.
//!
//! Texts of format `rules/1` that were stored before these parts existed leave them out; then the values of
//! `data/rules/defaults.json` hold.

use super::basis::Basis;
use super::period::Period;
use crate::rules::document::{Entry, Faults, FromJson, add_wrong_type, parse_json, read_by_code, record};
use crate::vocabulary::{HandlingStage, Role};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

const DEFAULTS: &str = include_str!("../../../data/rules/defaults.json");

vocabulary! {
    /// Why a clock stands still (暂停计时原因).
    pub enum PauseReason {
        /// A request to hand the assignment back is open (申请退办).
        Return "RETURN" "申请退办" "request to hand back",
        /// A dispute over who must handle it is open (争议协调).
        Dispute "DISPUTE" "争议协调" "dispute",
    }
}

vocabulary! {
    /// What a reminder is about (提醒种类).
    pub enum ReminderKind {
        /// The agency has not signed for the assignment (未签收).
        Unsigned "UNSIGNED" "尚未签收" "not signed for",
        /// The proposer was not yet contacted (未沟通).
        NoContact "NO_CONTACT" "尚未与提出者沟通" "no contact with the proposer",
        /// The due day comes near (临近到期).
        BeforeDue "BEFORE_DUE" "临近到期" "due soon",
        /// The due day is here (当日到期).
        Due "DUE" "当日到期" "due",
        /// The due day is past; repeated on every working day (逾期).
        Overdue "OVERDUE" "已逾期" "overdue",
    }
}

read_by_code!(PauseReason, ReminderKind);

record! {
    /// What makes a clock stand still or begin anew.
    pub struct ClockRules {
        /// The reasons for which the clock stands still; others are recorded and change nothing.
        pub pause_for "pauseFor": Vec<PauseReason>,
        /// What is counted anew from a reassignment; all else goes on.
        pub restart_on_reassignment "restartOnReassignment": Vec<Basis>,
    }
    when missing default_of("clock")
}

impl ClockRules {
    /// Whether the clock stands still for this reason.
    pub fn pauses_for(&self, reason: PauseReason) -> bool {
        self.pause_for.contains(&reason)
    }

    /// Whether this is counted anew from a reassignment.
    pub fn restarts(&self, basis: Basis) -> bool {
        self.restart_on_reassignment.contains(&basis)
    }
}

/// Until when a step should be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// This share of the time from the start to the due day, in percent from 1 to 100.
    Percent(u16),
    /// A period of its own from the start.
    Period(Period),
}

/// The milestone of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The step.
    pub stage: HandlingStage,
    /// Until when it should be done.
    pub mark: Mark,
    /// Yellow turns to red after so many working days.
    pub red_after: u16,
}

/// The milestones of a region, each step at most once (环节时限).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Milestones(pub Vec<Milestone>);

record! {
    /// One rung of the ladder of reminders.
    pub struct Rung {
        /// What the reminder is about.
        pub kind "kind": ReminderKind,
        /// Working days: after the start (`UNSIGNED`), after the day for contact (`NO_CONTACT`), before the due
        /// day (`BEFORE_DUE`), 0 (`DUE`), from so many after the due day on (`OVERDUE`).
        pub days "days": u16,
        /// Who is reminded.
        pub to "to": Vec<Role>,
    }
}

/// The ladder of reminders of a region (提醒梯次).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ladder(pub Vec<Rung>);

impl FromJson for Milestone {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        let entry = Entry::open(value, path, &["stage", "percent", "period", "redAfter"], faults)?;
        let stage = entry.read::<HandlingStage>("stage", faults);
        let percent = entry.read::<Option<u16>>("percent", faults);
        let period = entry.read::<Option<Period>>("period", faults);
        let red_after = entry.read::<u16>("redAfter", faults);
        let mark = match (percent?, period?) {
            (Some(percent), None) => Some(Mark::Percent(percent)),
            (None, Some(period)) => Some(Mark::Period(period)),
            _ => {
                add_wrong_type(path, "percent或period之一", "given by either percent or period", faults);
                None
            }
        };
        Some(Self { stage: stage?, mark: mark?, red_after: red_after? })
    }
}

impl Serialize for Milestone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("stage", &self.stage)?;
        match &self.mark {
            Mark::Percent(percent) => map.serialize_entry("percent", percent)?,
            Mark::Period(period) => map.serialize_entry("period", period)?,
        }
        map.serialize_entry("redAfter", &self.red_after)?;
        map.end()
    }
}

impl FromJson for Milestones {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        FromJson::from_json(value, path, faults).map(Self)
    }

    fn when_missing() -> Option<Self> {
        default_of("milestones")
    }
}

impl FromJson for Ladder {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        FromJson::from_json(value, path, faults).map(Self)
    }

    fn when_missing() -> Option<Self> {
        default_of("reminders")
    }
}

/// A part of the defaults; a test proves that each can be read.
pub(super) fn default_of<T: FromJson>(member: &str) -> Option<T> {
    let mut faults = Faults::default();
    let defaults = parse_json(DEFAULTS, &mut faults)?;
    T::from_json(defaults.get(member)?, "$", &mut faults)
}
