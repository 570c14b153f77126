//! Counts the SQL statements of a request, for budgets, and tells a test how far a request has come.

use super::app::TestApp;
use super::server::PATIENCE;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// The statements that the application sent, in order; without `BEGIN`, `COMMIT` and unprepared ones.
#[derive(Clone, Default)]
pub struct Statements(Arc<Noted>);

#[derive(Default)]
struct Noted {
    statements: Mutex<Vec<String>>,
    another: Notify,
    /// The code that sends a statement with this text panics, once.
    broken: Mutex<Option<String>>,
}

impl Statements {
    /// Notes one.
    pub fn note(&self, sql: &str) {
        self.0.statements.lock().unwrap_or_else(PoisonError::into_inner).push(sql.to_owned());
        self.0.another.notify_waiters();
        let hit = {
            let mut broken = self.0.broken.lock().unwrap_or_else(PoisonError::into_inner);
            broken.take_if(|part| sql.contains(part.as_str())).is_some()
        };
        assert!(!hit, "a secret of the program: {sql}");
    }

    /// Takes all that were noted.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.statements.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets the code panic that sends the next statement with this text: the way to a fault in the
    /// midst of a resolver.
    pub fn panic_at(&self, part: &str) {
        *self.0.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(part.to_owned());
    }

    /// Waits until a statement with this text was noted since the last [`take`](Self::take).
    pub async fn until(&self, part: &str) {
        let waiting = async {
            loop {
                let another = self.0.another.notified();
                let noted = |statements: &Vec<String>| statements.iter().any(|sql| sql.contains(part));
                if noted(&self.0.statements.lock().unwrap_or_else(PoisonError::into_inner)) {
                    return;
                }
                another.await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("no statement with {part} was sent"));
    }
}

impl TestApp {
    /// What the work gives, and the statements that it took. Sign in before, or it counts too.
    pub async fn counting<T>(&self, work: impl Future<Output = T>) -> (T, Vec<String>) {
        self.statements.take();
        let result = work.await;
        (result, self.statements.take())
    }
}

/// Fails with the statements when there are more than allowed.
#[track_caller]
pub fn assert_within(budget: usize, statements: &[String]) {
    let (found, list) = (statements.len(), statements.join("\n"));
    assert!(found <= budget, "{found} statements, but the budget is {budget}:\n{list}");
}
