//! What anyone may read of published matters: released fields alone, never what depends on who asks.
//!
//! Passages that look like personal data are masked here whatever was decided at publication, so that nothing that
//! became public before there was a check comes out. Names that are withheld are masked in the texts too; the title
//! stays as it was accepted.

use crate::db::Db;
use crate::error::AppResult;
use crate::repo::published::{self, Signers};
use crate::repo::submissions::is_for_the_public;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::PublicSubmissionId;
use domain::ids::TypedId;
use domain::rules::legal_day::legal_day;
use domain::text::personal;
use domain::vocabulary::{CommitmentStatus, SubmissionKind};
use entity::submission;

/// A published matter.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its id for the public.
    pub id: PublicSubmissionId,
    /// Kind.
    pub kind: SubmissionKind,
    /// Case number.
    pub case_no: i32,
    /// Title.
    pub title: String,
    /// Text of the proposer.
    pub body: String,
    /// Name of the lead proposer; none where it is withheld.
    pub proposer_name: Option<String>,
    /// Handling year.
    pub handling_year: i32,
    /// Names of the agencies whose replies are published, each once.
    pub agencies: Vec<String>,
    /// Published replies, oldest first.
    pub replies: Vec<ShownReply>,
    /// Promises that were made public, oldest first.
    pub commitments: Vec<ShownCommitment>,
    /// When the first of these replies was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When something of this last changed.
    pub changed_at: Option<DateTime<Utc>>,
}

/// A published reply.
#[derive(Clone, Debug)]
pub struct ShownReply {
    /// Name of the agency.
    pub agency_name: String,
    /// The region's label for the outcome.
    pub outcome_label: String,
    /// Text.
    pub body: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
}

/// A promise that was made public.
#[derive(Clone, Debug)]
pub struct ShownCommitment {
    /// Name of the agency.
    pub agency_name: String,
    /// What was promised.
    pub text: String,
    /// By when it was promised.
    pub due_on: NaiveDate,
    /// State.
    pub status: CommitmentStatus,
}

/// A matter that was public and is so no longer: nothing but when that came about.
#[derive(Clone, Copy, Debug)]
pub struct Tombstone {
    /// Its id for the public.
    pub id: PublicSubmissionId,
    /// When it was withdrawn.
    pub withdrawn_at: DateTime<Utc>,
}

/// What is left for the public of a matter that once was public.
#[derive(Clone, Debug)]
pub enum Public {
    /// It is shown.
    Shown(Box<Shown>),
    /// It was withdrawn.
    Withdrawn(Tombstone),
}

/// The public view of published matters: as many statements for many as for one.
pub async fn views(db: &Db, rows: Vec<submission::Model>) -> AppResult<Vec<Shown>> {
    let conn = db.reader();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let replies = published::replies(conn, &ids).await?;
    let promises = published::commitments(conn, &ids).await?;
    let signers = published::signers(conn, &rows).await?;
    let view = |row: submission::Model| {
        let clean = |text: &str| clean(text, signers.withheld_from(row.id));
        let own = replies.iter().filter(|(reply, _)| reply.submission_id == row.id);
        let mut agencies: Vec<String> = Vec::new();
        for (_, agency) in own.clone() {
            if !agencies.contains(agency) {
                agencies.push(agency.clone());
            }
        }
        Shown {
            id: PublicSubmissionId(row.id.uuid()),
            kind: row.kind,
            case_no: row.case_no.unwrap_or_default(),
            body: clean(&format!("{}\n\n{}\n\n{}", row.background, row.analysis, row.recommendations)),
            proposer_name: proposer(&row, &signers),
            handling_year: row.handling_year.unwrap_or_default(),
            agencies,
            commitments: promises
                .iter()
                .filter(|(promise, _)| promise.submission_id == row.id)
                .map(|(promise, agency)| ShownCommitment {
                    agency_name: agency.clone(),
                    text: clean(&promise.text),
                    due_on: promise.due_on,
                    status: promise.status,
                })
                .collect(),
            published_at: own.clone().filter_map(|(reply, _)| reply.published_at).min(),
            changed_at: row.public_changed_at,
            replies: own
                .filter_map(|(reply, agency)| {
                    Some(ShownReply {
                        agency_name: agency.clone(),
                        outcome_label: reply.outcome_label.clone(),
                        body: clean(&reply.body),
                        issued_on: legal_day(reply.issued_at?),
                    })
                })
                .collect(),
            title: personal::mask(&row.title),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// What the public sees of matters that are or once were public, in their order.
pub async fn public(db: &Db, rows: Vec<submission::Model>) -> AppResult<Vec<Public>> {
    let order: Vec<_> = rows.iter().map(|row| (row.id, row.public_changed_at)).collect();
    let open = rows.into_iter().filter(is_for_the_public).collect();
    let mut views = views(db, open).await?;
    // Without a published reply nothing of the matter is shown.
    views.retain(|view| !view.replies.is_empty());
    let mut found = Vec::with_capacity(order.len());
    for (id, changed_at) in order {
        let id = PublicSubmissionId(id.uuid());
        match views.iter().position(|view| view.id == id) {
            Some(place) => found.push(Public::Shown(Box::new(views.swap_remove(place)))),
            None => found.extend(changed_at.map(|withdrawn_at| Public::Withdrawn(Tombstone { id, withdrawn_at }))),
        }
    }
    Ok(found)
}

fn proposer(row: &submission::Model, signers: &Signers) -> Option<String> {
    if row.names_withheld_at.is_some() { None } else { signers.lead(row).map(str::to_owned) }
}

/// The text without personal data and without these names.
fn clean(text: &str, names: &[String]) -> String {
    let masked = personal::mask(text);
    names.iter().fold(masked, |text, name| text.replace(name.as_str(), &"*".repeat(name.chars().count())))
}
