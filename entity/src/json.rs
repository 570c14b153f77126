//! Values kept as JSON in one column.

use chrono::NaiveDate;
use domain::appraisal::{Finding, Inputs};
use domain::ids::OrganizationId;
use domain::rules::clock::ClockEvent;
use domain::vocabulary::Gate;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A list of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Strings(pub Vec<String>);

/// A list of organisations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct OrganizationIds(pub Vec<OrganizationId>);

/// The text of a submission as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct FrozenText {
    /// Title.
    pub title: String,
    /// Background.
    pub background: String,
    /// Analysis.
    pub analysis: String,
    /// Recommendations.
    pub recommendations: String,
    /// Demands.
    pub demands: Vec<String>,
    /// Names of those who had co-signed.
    pub cosigners: Vec<String>,
    /// The attached files; texts frozen before there were any name none.
    #[serde(default)]
    pub files: Vec<FrozenFile>,
}

/// A file as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenFile {
    /// Its name.
    pub file_name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// The answer to one demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandAnswer {
    /// Index of the demand, from 0.
    pub demand: i32,
    /// The answer.
    pub answer: String,
}

/// Answers demand by demand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct DemandAnswers(pub Vec<DemandAnswer>);

/// A promise in a draft reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What is promised.
    pub text: String,
    /// By when.
    pub due_on: NaiveDate,
}

/// Promises in a draft reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Promises(pub Vec<Promise>);

/// The verdict at one gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateCheck {
    /// The gate.
    pub gate: Gate,
    /// Whether it was passed.
    pub passed: bool,
    /// Remark.
    pub remark: Option<String>,
}

/// Verdicts gate by gate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct GateChecks(pub Vec<GateCheck>);

/// The answer to one question of a feedback form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormAnswer {
    /// Key of the question.
    pub key: String,
    /// The answer.
    pub value: String,
}

/// Answers to the questions of a feedback form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct FormAnswers(pub Vec<FormAnswer>);

/// What happened to a clock, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct ClockEvents(pub Vec<ClockEvent>);

/// From what the score of an agency follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct AppraisalInputs(pub Inputs);

/// What happened beside the figures of an agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Findings(pub Vec<Finding>);
