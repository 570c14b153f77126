//! When people are told: working hours, follow-ups after the reply, letters at the end of the year.
//!
//! Like the parts in [`super::timing`], these came after the first texts were stored, and have defaults.

use super::period::MonthDay;
use super::timing::default_of;
use crate::rules::document::{Faults, FromJson, read_by_code, record};
use crate::vocabulary::Role;
use chrono::NaiveTime;
use serde::Serialize;
use serde::ser::Serializer;
use serde_json::Value;

record! {
    /// The hours of a working day in which people are reminded; outside them the server is quiet (工作时间).
    pub struct WorkingHours {
        /// From this time of day on.
        pub from "from": ClockTime,
        /// Until this time of day.
        pub until "until": ClockTime,
    }
    when missing default_of("workingHours")
}

impl WorkingHours {
    /// Whether people are at work at this time of a working day.
    pub fn contain(&self, time: NaiveTime) -> bool {
        self.from.0 <= time && time < self.until.0
    }
}

/// A time of day, written as in 08:30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockTime(pub NaiveTime);

impl FromJson for ClockTime {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        NaiveTime::from_json(value, path, faults).map(Self)
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.format("%H:%M"))
    }
}

vocabulary! {
    /// What is followed up beside the reply (后续提醒种类).
    pub enum FollowUpKind {
        /// A feedback form that was not answered (征询反馈).
        Feedback "FEEDBACK" "征询反馈" "feedback",
        /// A promise that is to be reported on (承诺落实).
        Commitment "COMMITMENT" "承诺落实" "promise",
        /// A report on a promise that the region wants by a day of its own (承诺事项报告).
        CommitmentReport "COMMITMENT_REPORT" "承诺事项报告" "report on a promise",
        /// A request to hand back that waits for its decision (退办决定).
        Reassign "REASSIGN" "退办决定" "decision on a request to hand back",
        /// A matter handed in between sessions that waits for its agencies (闭会期间交办).
        OffSession "OFF_SESSION" "闭会期间交办" "off-session assignment",
        /// A reply that is to be published (答复公开).
        Publication "PUBLICATION" "答复公开" "publication of a reply",
    }
}

read_by_code!(FollowUpKind);

record! {
    /// One rung of the ladder of what is followed up beside the reply.
    pub struct FollowUpRung {
        /// What it is about.
        pub kind "kind": FollowUpKind,
        /// Working days after the due day; negative before it, 0 on it.
        pub days "days": i32,
        /// Who is reminded; a proposer's role means the proposer himself.
        pub to "to": Vec<Role>,
    }
}

/// The follow-up reminders of a region (反馈、承诺、公开等提醒).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FollowUps(pub Vec<FollowUpRung>);

impl FromJson for FollowUps {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        FromJson::from_json(value, path, faults).map(Self)
    }

    fn when_missing() -> Option<Self> {
        default_of("followUps")
    }
}

record! {
    /// The letters at the end of the year about promises that are open (年终承诺事项函; Chongqing art. 24).
    pub struct YearEndLetter {
        /// The day of the year, as in 12-01; on a day off, the next working day.
        pub on "on": MonthDay,
        /// Who gets it.
        pub to "to": Vec<Role>,
    }
    when missing default_of("yearEndLetter")
}
