//! Why a list of events is no life of a clock.

use crate::language::Language;
use crate::rules::rule_set::PauseReason;
use chrono::NaiveDate;

/// What is wrong with a list of events; `at` is the position of the event, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockFault {
    /// The list does not begin with a start.
    NotStarted,
    /// A second start.
    StartedTwice {
        /// The position.
        at: usize,
    },
    /// The event lies before the one that it follows.
    OutOfOrder {
        /// The position.
        at: usize,
        /// Its day.
        on: NaiveDate,
        /// The day of the event before.
        after: NaiveDate,
    },
    /// A pause for a reason for which it is paused already.
    AlreadyPaused {
        /// The position.
        at: usize,
        /// The reason.
        reason: PauseReason,
    },
    /// The end of a pause that was not begun.
    NotPaused {
        /// The position.
        at: usize,
        /// The reason.
        reason: PauseReason,
    },
    /// A second request for more time while one is undecided.
    AskedTwice {
        /// The position.
        at: usize,
    },
    /// The refusal of a request that was not made.
    NothingAsked {
        /// The position.
        at: usize,
    },
    /// Something other than another round after the finish.
    AfterFinish {
        /// The position.
        at: usize,
    },
}

impl ClockFault {
    /// What is wrong, for people; positions count from 1 there.
    pub fn message(&self, language: Language) -> String {
        let no = |at: usize| at + 1;
        match (self, language) {
            (Self::NotStarted, Language::Zh) => "计时事件应以开始计时为首".to_owned(),
            (Self::NotStarted, Language::En) => "the events of a clock must begin with its start".to_owned(),
            (Self::StartedTwice { at }, Language::Zh) => format!("第{}个事件重复开始计时", no(*at)),
            (Self::StartedTwice { at }, Language::En) => format!("event {} starts the clock again", no(*at)),
            (Self::OutOfOrder { at, on, after }, Language::Zh) => {
                format!("第{}个事件的日期{on}早于前一事件的日期{after}", no(*at))
            }
            (Self::OutOfOrder { at, on, after }, Language::En) => {
                format!("event {} on {on} lies before the one on {after}", no(*at))
            }
            (Self::AlreadyPaused { at, reason }, Language::Zh) => {
                format!("第{}个事件:已因{}暂停计时", no(*at), reason.label(language))
            }
            (Self::AlreadyPaused { at, reason }, Language::En) => {
                format!("event {}: the clock is paused already by a {}", no(*at), reason.label(language))
            }
            (Self::NotPaused { at, reason }, Language::Zh) => {
                format!("第{}个事件:未因{}暂停计时", no(*at), reason.label(language))
            }
            (Self::NotPaused { at, reason }, Language::En) => {
                format!("event {}: the clock is not paused by a {}", no(*at), reason.label(language))
            }
            (Self::AskedTwice { at }, Language::Zh) => format!("第{}个事件:已有待批的延期申请", no(*at)),
            (Self::AskedTwice { at }, Language::En) => {
                format!("event {}: a request for more time is undecided already", no(*at))
            }
            (Self::NothingAsked { at }, Language::Zh) => format!("第{}个事件:没有待批的延期申请", no(*at)),
            (Self::NothingAsked { at }, Language::En) => {
                format!("event {}: there is no request for more time to refuse", no(*at))
            }
            (Self::AfterFinish { at }, Language::Zh) => format!("第{}个事件在办结之后", no(*at)),
            (Self::AfterFinish { at }, Language::En) => format!("event {} comes after the finish", no(*at)),
        }
    }
}

impl std::fmt::Display for ClockFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Language::En))
    }
}

impl std::error::Error for ClockFault {}
