//! From errors of use cases to the two lanes of the API: payload `errors`, or a top-level error.

use crate::error::AppError;
use async_graphql::{Error, ErrorExtensionValues, SimpleObject};
use domain::catalogue::error_text;
use domain::language::Language;
use domain::refusal::{ErrorCode, Fault};
use uuid::Uuid;

/// The only error that a resolver may return.
///
/// Deliberately neither `Display` nor made from other errors: what a library says never reaches a client.
#[derive(Clone, Debug)]
pub struct GqlError {
    code: ErrorCode,
    language: Language,
    field: Vec<String>,
    retry_after: Option<u64>,
    incident: Option<String>,
}

/// The result of a resolver.
pub type GqlResult<T> = Result<T, GqlError>;

impl GqlError {
    /// An error that says no more than its code.
    pub fn new(code: ErrorCode, language: Language) -> Self {
        Self { code, language, field: Vec::new(), retry_after: None, incident: None }
    }

    /// The error for what a use case or the door answered.
    pub fn from_app(error: AppError, language: Language, request_id: &str) -> Self {
        let plain = |code| Self::new(code, language);
        match error {
            AppError::NotFound => plain(ErrorCode::NotFound),
            AppError::Forbidden => plain(ErrorCode::Forbidden),
            AppError::Unauthenticated => plain(ErrorCode::Unauthenticated),
            AppError::Unavailable => plain(ErrorCode::Unavailable),
            AppError::BadInput(field) => Self { field, ..plain(ErrorCode::BadInput) },
            AppError::RateLimited(wait) => {
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                Self { retry_after: Some(seconds), ..plain(ErrorCode::RateLimited) }
            }
            // A refusal on a path without a payload is a wrong request.
            AppError::Refused(faults) => {
                let field = faults.into_iter().next().map(|fault| fault.field).unwrap_or_default();
                Self { field, ..plain(ErrorCode::BadInput) }
            }
            AppError::Database(_) | AppError::Internal(_) => {
                let incident = Uuid::new_v4().simple().to_string();
                tracing::error!(%incident, request_id, %error, "a request failed");
                Self { incident: Some(incident), ..plain(ErrorCode::Internal) }
            }
        }
    }
}

impl From<GqlError> for Error {
    fn from(error: GqlError) -> Self {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", error.code.code());
        if !error.field.is_empty() {
            extensions.set("field", error.field);
        }
        if let Some(seconds) = error.retry_after {
            extensions.set("retryAfter", seconds);
        }
        if let Some(incident) = error.incident {
            extensions.set("incidentId", incident);
        }
        let mut made = Self::new(error_text(error.code, error.language));
        made.extensions = Some(extensions);
        made
    }
}

/// Why a mutation refuses, for the person who can mend it (可改正的错误).
#[derive(Clone, Debug, SimpleObject)]
pub struct UserError {
    /// Stable code (错误代码).
    code: ErrorCode,
    /// Path of the field in the input; null when it concerns the whole command (字段路径).
    field: Option<Vec<String>>,
    /// What is wrong and what to do, in the language of the request (说明).
    message: String,
}

impl UserError {
    /// The error for a fault.
    pub fn of(fault: &Fault, language: Language) -> Self {
        Self {
            code: fault.refusal.code(),
            field: (!fault.field.is_empty()).then(|| fault.field.clone()),
            message: fault.refusal.message(language),
        }
    }

    /// An error that says no more than its code, for one entry of a batch.
    pub fn plain(code: ErrorCode, language: Language) -> Self {
        Self { code, field: None, message: error_text(code, language).to_owned() }
    }

    /// What one entry of a batch answers for any error.
    pub fn of_app(error: AppError, language: Language, request_id: &str) -> Vec<Self> {
        match error {
            AppError::Refused(faults) => faults.iter().map(|fault| Self::of(fault, language)).collect(),
            other => vec![Self::plain(GqlError::from_app(other, language, request_id).code, language)],
        }
    }
}
