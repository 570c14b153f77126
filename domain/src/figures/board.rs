//! What a figure of the board of supervision counts (督办看板): one open assignment at a time.
//!
//! A number and the list behind it ask the same question, [`OpenItem::counts_as`], so that they cannot differ.

use crate::vocabulary::{AssignmentStatus, BoardFigure, PING_PONG, WarningLevel};

/// An assignment that its agency still owes, with what the figures ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// The state.
    pub status: AssignmentStatus,
    /// Whether the agency answers the proposer itself.
    pub answers: bool,
    /// The lamp; none without a due day.
    pub lamp: Option<WarningLevel>,
    /// Whether the due day has passed.
    pub overdue: bool,
    /// Whether a contact with the proposer is recorded.
    pub contacted: bool,
    /// Whether a step is missing though its time is over.
    pub lagging: bool,
    /// Whether its clock stands.
    pub paused: bool,
    /// Whether a request for more time is open.
    pub extension_pending: bool,
    /// Whether its matter is under supervision.
    pub key: bool,
    /// How often its matter was handed back.
    pub times_returned: usize,
}

impl OpenItem {
    /// Whether the figure counts it.
    pub fn counts_as(&self, figure: BoardFigure) -> bool {
        match figure {
            BoardFigure::Open => true,
            BoardFigure::Red => self.lamp == Some(WarningLevel::Red),
            BoardFigure::Yellow => self.lamp == Some(WarningLevel::Yellow),
            BoardFigure::Green => self.lamp == Some(WarningLevel::Green),
            BoardFigure::Unsigned => self.status == AssignmentStatus::PendingSign,
            // A co-handling agency need not contact the proposer.
            BoardFigure::Uncontacted => self.answers && !self.contacted,
            BoardFigure::Lagging => self.lagging,
            BoardFigure::Paused => self.paused,
            BoardFigure::Overdue => self.overdue,
            BoardFigure::ExtensionPending => self.extension_pending,
            BoardFigure::ReturnPending => self.status == AssignmentStatus::ReturnRequested,
            BoardFigure::Disputed => self.status == AssignmentStatus::Disputed,
            BoardFigure::Key => self.key,
            BoardFigure::PingPong => self.times_returned >= PING_PONG,
        }
    }
}

/// How many of some open assignments each figure counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(std::collections::BTreeMap<BoardFigure, i32>);

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, item: &OpenItem) {
        for figure in BoardFigure::ALL.iter().filter(|figure| item.counts_as(**figure)) {
            *self.0.entry(*figure).or_default() += 1;
        }
    }

    /// Counts what another one counted.
    pub fn merge(&mut self, other: &Self) {
        for (figure, count) in &other.0 {
            *self.0.entry(*figure).or_default() += count;
        }
    }

    /// How many a figure counts.
    pub fn get(&self, figure: BoardFigure) -> i32 {
        self.0.get(&figure).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BoardFigure as F;

    const CALM: OpenItem = OpenItem {
        status: AssignmentStatus::Handling,
        answers: true,
        lamp: Some(WarningLevel::Green),
        overdue: false,
        contacted: true,
        lagging: false,
        paused: false,
        extension_pending: false,
        key: false,
        times_returned: 0,
    };

    fn figures(item: OpenItem) -> Vec<BoardFigure> {
        BoardFigure::ALL.iter().copied().filter(|figure| item.counts_as(*figure)).collect()
    }

    #[test]
    fn each_fact_has_its_figure() {
        use AssignmentStatus as S;
        assert_eq!(figures(CALM), [F::Open, F::Green]);
        assert_eq!(figures(OpenItem { lamp: None, ..CALM }), [F::Open]);
        let red = OpenItem { lamp: Some(WarningLevel::Red), overdue: true, ..CALM };
        assert_eq!(figures(red), [F::Open, F::Red, F::Overdue]);
        assert_eq!(figures(OpenItem { lamp: Some(WarningLevel::Yellow), ..CALM }), [F::Open, F::Yellow]);
        let new = OpenItem { status: S::PendingSign, contacted: false, ..CALM };
        assert_eq!(figures(new), [F::Open, F::Green, F::Unsigned, F::Uncontacted]);
        assert_eq!(figures(OpenItem { answers: false, ..new }), [F::Open, F::Green, F::Unsigned]);
        assert_eq!(figures(OpenItem { lagging: true, ..CALM }), [F::Open, F::Green, F::Lagging]);
        let back = OpenItem { status: S::ReturnRequested, paused: true, times_returned: 1, ..CALM };
        assert_eq!(figures(back), [F::Open, F::Green, F::Paused, F::ReturnPending]);
        let dispute = OpenItem { status: S::Disputed, times_returned: 2, ..CALM };
        assert_eq!(figures(dispute), [F::Open, F::Green, F::Disputed, F::PingPong]);
        let key = OpenItem { key: true, extension_pending: true, ..CALM };
        assert_eq!(figures(key), [F::Open, F::Green, F::ExtensionPending, F::Key]);
    }

    #[test]
    fn a_tally_adds_up() {
        let mut tally = Tally::default();
        tally.add(&CALM);
        tally.add(&OpenItem { lamp: Some(WarningLevel::Red), ..CALM });
        assert_eq!((tally.get(F::Open), tally.get(F::Red), tally.get(F::Green), tally.get(F::Key)), (2, 1, 1, 0));
    }
}
