//! Tells open subscriptions, after commit, that something changed.
//!
//! It carries ids alone; each subscriber loads through its own rights. Within one process; several
//! processes on one database need a relay, for which this is the one place.

use domain::ids::{ConsultationId, NotificationId, PositionId, SubmissionId};
use tokio::sync::broadcast;

/// Something that subscribers may want to load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// A submission or something that hangs on it changed.
    Submission(SubmissionId),
    /// A question at the consultation desk or its answers changed.
    Consultation(ConsultationId),
    /// A notification was written for a position.
    Notification(PositionId, NotificationId),
}

/// The channel.
#[derive(Clone, Debug)]
pub struct Bus(broadcast::Sender<Change>);

impl Default for Bus {
    fn default() -> Self {
        Self(broadcast::channel(4096).0)
    }
}

impl Bus {
    /// Tells the subscribers; nobody listening is fine.
    pub fn tell(&self, changes: impl IntoIterator<Item = Change>) {
        for change in changes {
            let _ = self.0.send(change);
        }
    }

    /// How many listen at present.
    pub fn listeners(&self) -> usize {
        self.0.receiver_count()
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}
