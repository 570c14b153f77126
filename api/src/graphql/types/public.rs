//! What anyone may read without signing in: released fields only.

use super::directory::IntoId;
use crate::db::Db;
use crate::error::AppResult;
use crate::graphql::connection::connection;
use crate::graphql::scalars::Date;
use crate::repo::published;
use async_graphql::{ComplexObject, ID, SimpleObject};
use domain::ids::{PublicSubmissionId, TypedId};
use domain::rules::legal_day::legal_day;
use domain::vocabulary::{CommitmentStatus, SubmissionKind};
use entity::submission;

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
    /// Name of the lead proposer; null where he is masked (提出者).
    proposer_name: Option<String>,
    /// Handling year (办理年度).
    handling_year: i32,
    /// Names of the answering agencies (承办单位).
    agencies: Vec<String>,
    /// Published replies (公开答复).
    replies: Vec<PublicReply>,
    /// Promises that were made public (公开的承诺事项).
    commitments: Vec<PublicCommitment>,
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

/// The public view of published matters: as many statements for many as for one.
pub async fn views(db: &Db, rows: Vec<submission::Model>) -> AppResult<Vec<PublicSubmission>> {
    let conn = db.reader();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let replies = published::replies(conn, &ids).await?;
    let promises = published::commitments(conn, &ids).await?;
    let people: Vec<_> = rows.iter().map(|row| row.lead_proposer_id).collect();
    let names = crate::repo::directory::people(conn, &people).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let own: Vec<_> = replies.iter().filter(|(reply, _)| reply.submission_id == row.id).collect();
            let mut agencies: Vec<String> = own.iter().map(|(_, agency)| agency.clone()).collect();
            agencies.dedup();
            PublicSubmission {
                id: PublicSubmissionId(row.id.uuid()),
                kind: row.kind,
                case_no: row.case_no.unwrap_or_default(),
                title: row.title,
                body: Some(format!("{}\n\n{}\n\n{}", row.background, row.analysis, row.recommendations)),
                proposer_name: names.get(&row.lead_proposer_id).map(|person| person.name.clone()),
                handling_year: row.handling_year.unwrap_or_default(),
                agencies,
                commitments: promises
                    .iter()
                    .filter(|(promise, _)| promise.submission_id == row.id)
                    .map(|(promise, agency)| PublicCommitment {
                        agency_name: agency.clone(),
                        text: promise.text.clone(),
                        due_on: Date(promise.due_on),
                        status: promise.status,
                    })
                    .collect(),
                replies: own
                    .into_iter()
                    .filter_map(|(reply, agency)| {
                        Some(PublicReply {
                            agency_name: agency.clone(),
                            outcome_label: reply.outcome_label.clone(),
                            body: reply.body.clone(),
                            issued_on: Date(legal_day(reply.issued_at?)),
                        })
                    })
                    .collect(),
            }
        })
        .collect())
}
