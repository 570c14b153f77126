//! What anyone may read without signing in: released fields only.

use super::directory::IntoId;
use super::found::TextSnippet;
use crate::graphql::connection::connection;
use crate::graphql::scalars::Date;
use crate::use_cases::finding::public_passage;
use crate::use_cases::showing::{Shown, ShownCommitment, ShownReply, Tombstone};
use async_graphql::{ComplexObject, ID, SimpleObject};
use chrono::{DateTime, Utc};
use domain::ids::PublicSubmissionId;
use domain::vocabulary::{CommitmentStatus, SubmissionKind};

/// A published matter: released fields only, for anyone (公开件).
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct PublicSubmission {
    #[graphql(skip)]
    id: PublicSubmissionId,
    /// Kind (种类).
    kind: SubmissionKind,
    /// Case number (案号).
    case_no: i32,
    /// Title (标题).
    title: String,
    /// Text of the proposer (正文).
    body: Option<String>,
    /// Name of the lead proposer; null where it is withheld from the public (提出者).
    proposer_name: Option<String>,
    /// Handling year (办理年度).
    handling_year: i32,
    /// Names of the answering agencies (承办单位).
    agencies: Vec<String>,
    /// Published replies (公开答复).
    replies: Vec<PublicReply>,
    /// Promises that were made public (公开的承诺事项).
    commitments: Vec<PublicCommitment>,
    /// Where the words stand that were looked for, in what is published; null where none were (检索摘要).
    snippet: Option<TextSnippet>,
}

#[ComplexObject]
impl PublicSubmission {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.id.into_id()
    }
}

connection!(
    /// A page of published matters (公开件分页).
    PublicSubmissionConnection, PublicSubmissionEdge, PublicSubmission
);

/// A published reply (公开答复).
#[derive(Clone, Debug, SimpleObject)]
pub struct PublicReply {
    /// Name of the agency (承办单位).
    agency_name: String,
    /// The region's label for the outcome (结果类别标注).
    outcome_label: String,
    /// Text (正文).
    body: String,
    /// Day of issue (印发日期).
    issued_on: Date,
}

/// A promise that was made public (公开的承诺事项).
#[derive(Clone, Debug, SimpleObject)]
pub struct PublicCommitment {
    /// Name of the agency (承诺单位).
    agency_name: String,
    /// What was promised (承诺内容).
    text: String,
    /// By when it was promised (承诺时限).
    due_on: Date,
    /// State (状态).
    status: CommitmentStatus,
}

/// A published matter that was withdrawn; nothing is left of it for the public but when that was (已撤下的公开件).
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct WithdrawnPublication {
    #[graphql(skip)]
    id: PublicSubmissionId,
    /// When it was withdrawn (撤下时间).
    withdrawn_at: DateTime<Utc>,
}

#[ComplexObject]
impl WithdrawnPublication {
    /// Global id, the one under which it was published (标识).
    pub async fn id(&self) -> ID {
        self.id.into_id()
    }
}

impl From<Tombstone> for WithdrawnPublication {
    fn from(tombstone: Tombstone) -> Self {
        Self { id: tombstone.id, withdrawn_at: tombstone.withdrawn_at }
    }
}

impl From<Shown> for PublicSubmission {
    fn from(view: Shown) -> Self {
        Self {
            id: view.id,
            kind: view.kind,
            case_no: view.case_no,
            title: view.title,
            body: Some(view.body),
            proposer_name: view.proposer_name,
            handling_year: view.handling_year,
            agencies: view.agencies,
            replies: view.replies.into_iter().map(PublicReply::from).collect(),
            commitments: view.commitments.into_iter().map(PublicCommitment::from).collect(),
            snippet: None,
        }
    }
}

impl PublicSubmission {
    /// The matter as a search for these words found it.
    pub fn found(view: Shown, words: Option<&lexis::Query>) -> Self {
        let snippet = words.and_then(|words| public_passage(&view.text(), words)).map(TextSnippet::from);
        Self { snippet, ..Self::from(view) }
    }
}

impl From<ShownReply> for PublicReply {
    fn from(reply: ShownReply) -> Self {
        let ShownReply { agency_name, outcome_label, body, issued_on } = reply;
        Self { agency_name, outcome_label, body, issued_on: Date(issued_on) }
    }
}

impl From<ShownCommitment> for PublicCommitment {
    fn from(promise: ShownCommitment) -> Self {
        let ShownCommitment { agency_name, text, due_on, status } = promise;
        Self { agency_name, text, due_on: Date(due_on), status }
    }
}
