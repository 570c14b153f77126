//! Counts the SQL statements of a request, for budgets.

use super::app::TestApp;
use std::sync::{Arc, Mutex, PoisonError};

/// The statements that the application sent, in order; without `BEGIN`, `COMMIT` and unprepared ones.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Notes one.
    pub fn note(&self, sql: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sql.to_owned());
    }

    /// Takes all that were noted.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
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
