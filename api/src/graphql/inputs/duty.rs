//! Inputs of those who keep the duty catalogue.

use crate::error::AppResult;
use crate::graphql::context::parse;
use crate::graphql::scalars::Date;
use crate::use_cases::changing_duties;
use async_graphql::{ID, InputObject};

/// Add a clause to the duty catalogue of an agency of the region (新增职责).
#[derive(Clone, Debug, InputObject)]
pub struct AddDutyInput {
    /// The agency that answers for it (承办单位).
    pub agency_id: ID,
    /// The words, one line (职责内容).
    pub text: String,
    /// On what it rests, e.g. the mandate document (依据,如三定方案).
    pub legal_basis: Option<String>,
    /// First day in force, also one in the past (生效日期).
    pub valid_from: Date,
    /// Why (理由).
    pub reason: String,
    /// The same key from the same person gives the first result again (幂等键).
    pub idempotency_key: Option<String>,
}

impl AddDutyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<changing_duties::AddDuty> {
        Ok(changing_duties::AddDuty {
            agency_id: parse(&self.agency_id, "agencyId")?,
            text: self.text,
            legal_basis: self.legal_basis,
            valid_from: self.valid_from.0,
            reason: self.reason,
            idempotency_key: self.idempotency_key,
        })
    }
}

/// Put another clause in the place of one; the old one ends on the day before and stays in the history (变更职责).
#[derive(Clone, Debug, InputObject)]
pub struct ChangeDutyInput {
    /// Which clause (职责条目).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// The new words, one line (职责内容).
    pub text: String,
    /// On what they rest, e.g. the mandate document (依据,如三定方案).
    pub legal_basis: Option<String>,
    /// First day of the new words (生效日期).
    pub valid_from: Date,
    /// Why (理由).
    pub reason: String,
}

impl ChangeDutyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<changing_duties::ChangeDuty> {
        Ok(changing_duties::ChangeDuty {
            id: parse(&self.id, "id")?,
            version: self.version,
            text: self.text,
            legal_basis: self.legal_basis,
            valid_from: self.valid_from.0,
            reason: self.reason,
        })
    }
}

/// End a clause; it stays in the history (终止职责).
#[derive(Clone, Debug, InputObject)]
pub struct EndDutyInput {
    /// Which clause (职责条目).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Last day in force (终止日期).
    pub last_day: Date,
    /// Why (理由).
    pub reason: String,
}

impl EndDutyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<changing_duties::EndDuty> {
        let Self { id, version, last_day, reason } = self;
        Ok(changing_duties::EndDuty { id: parse(&id, "id")?, version, last_day: last_day.0, reason })
    }
}
