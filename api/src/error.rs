//! What a use case can answer instead of a result; free of any transport.

use domain::refusal::{Fault, Refusal};
use sea_orm::DbErr;
use std::time::Duration;

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The person can mend it: shown beside the field.
    #[error("refused: {0:?}")]
    Refused(Vec<Fault>),
    /// Not there, or not to be seen: the two are told apart nowhere.
    #[error("not found")]
    NotFound,
    /// Seen, but not allowed.
    #[error("forbidden")]
    Forbidden,
    /// Not signed in, or the session ended.
    #[error("unauthenticated")]
    Unauthenticated,
    /// The request itself is wrong, at this field.
    #[error("bad input at {0:?}")]
    BadInput(Vec<String>),
    /// Too many attempts.
    #[error("rate limited for {0:?}")]
    RateLimited(Duration),
    /// Not offered in this version, or not now.
    #[error("unavailable")]
    Unavailable,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// A stored row makes no sense, or another fault of the server.
    #[error("internal: {0}")]
    Internal(String),
}

impl AppError {
    /// The same about one entry of a list: its fields are named from the list on.
    #[must_use]
    pub fn within(self, entry: &str) -> Self {
        let named = |fault: Fault| {
            let inner = fault.field.join(".");
            if inner.is_empty() { fault } else { fault.refusal.at(&format!("{entry}.{inner}")) }
        };
        match self {
            Self::Refused(faults) => Self::Refused(faults.into_iter().map(named).collect()),
            other => other,
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal.into()])
    }
}

impl From<Fault> for AppError {
    fn from(fault: Fault) -> Self {
        Self::Refused(vec![fault])
    }
}

/// The result of a use case.
pub type AppResult<T> = Result<T, AppError>;

/// Collects several faults of one command, so that a person sees them all at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Notes a fault.
    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Notes the fault of a result, and gives its value or the default.
    pub fn take<T: Default>(&mut self, result: Result<T, Fault>) -> T {
        result.unwrap_or_else(|fault| {
            self.0.push(fault);
            T::default()
        })
    }

    /// Refuses when anything was noted.
    pub fn check(self) -> AppResult<()> {
        if self.0.is_empty() { Ok(()) } else { Err(AppError::Refused(self.0)) }
    }
}
