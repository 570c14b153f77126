//! Advice on a text: matters that resemble it, and agencies that may fit.
//!
//! Everything is learned from what the reader may read himself, so that no advice tells of anything else.

use super::fields;
use crate::access;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::{directory, duty_clauses, precedents, search};
use domain::ids::{OrganizationId, SubmissionId};
use domain::vocabulary::{AssignmentRole, OrganizationKind};
use entity::{organization, submission};
use lexis::routing::{Evidence, Part, Router};
use lexis::similar::{Corpus, telling};
use std::collections::HashMap;

/// Characters of a text that is asked about.
const LONGEST: u16 = 20_000;
/// The most answers.
const MOST: i32 = 50;
/// Characters of a first line that can be a title.
const TITLE: usize = 120;
/// Words by which matters are looked for that may be alike.
const WORDS: usize = 24;
/// Matters that are compared.
const COMPARED: u64 = 200;
/// Below this a matter is not like the text.
const FAINT: f64 = 0.1;

/// A text with how many answers are wanted.
#[derive(Clone, Debug)]
pub struct Question {
    title: String,
    body: String,
    first: usize,
}

impl Question {
    /// Reads a question; a short first line is its title.
    ///
    /// # Errors
    /// `BAD_INPUT` for a text that is too long or holds what no text may hold, and for a number out of bounds.
    pub fn read(text: &str, first: Option<i32>, default: i32) -> AppResult<Self> {
        let bad = |field: &str| AppError::BadInput(vec![field.into()]);
        let text = fields::optional("text", Some(text), LONGEST).map_err(|_| bad("text"))?.unwrap_or_default();
        let first = first.unwrap_or(default);
        if !(0..=MOST).contains(&first) {
            return Err(bad("first"));
        }
        let (title, body) = match text.split_once('\n') {
            Some((line, rest)) if line.chars().count() <= TITLE => (line.to_owned(), rest.to_owned()),
            None if text.chars().count() <= TITLE => (text, String::new()),
            _ => (String::new(), text),
        };
        Ok(Self { title, body, first: usize::try_from(first).unwrap_or_default() })
    }
}

/// Matters in the reader's scope that share words of their titles with the text.
async fn near(cx: &Cx, question: &Question) -> AppResult<Vec<submission::Model>> {
    let words = telling(&question.title, &question.body, WORDS);
    Ok(search::nearest(cx.db().reader(), &access::list(&cx.actor), &words, COMPARED).await?)
}

/// A matter that resembles a text.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The matter.
    pub row: submission::Model,
    /// From 0 to 1.
    pub score: f64,
    /// Words that both share, most telling first.
    pub shared: Vec<String>,
}

/// The matters most like the text, but for the one to which the text belongs.
///
/// # Errors
/// Errors of the database.
pub async fn similar(cx: &Cx, question: &Question, own: Option<SubmissionId>) -> AppResult<Vec<Alike>> {
    let near = near(cx, question).await?.into_iter().filter(|row| Some(row.id) != own);
    let mut rows: HashMap<SubmissionId, submission::Model> = near.map(|row| (row.id, row)).collect();
    let mut corpus = Corpus::default();
    for row in rows.values() {
        let body = [row.background.as_str(), &row.analysis, &row.recommendations].join("\n");
        // A matter from a ledger has a title and no text.
        corpus.add(row.id, &row.title, if row.imported_at.is_some() { "" } else { &body });
    }
    let found = corpus.similar(&question.title, &question.body, question.first);
    let alike = found.into_iter().filter(|found| found.score >= FAINT);
    let told = |row, score, shared| Alike { row, score, shared };
    Ok(alike.filter_map(|found| Some(told(rows.remove(&found.key)?, found.score, found.shared))).collect())
}

/// The agencies that may fit the text, with scores from 0 to 1 and reasons.
///
/// # Errors
/// Errors of the database.
pub async fn agencies(cx: &Cx, question: &Question) -> AppResult<Vec<(organization::Model, f64, Vec<String>)>> {
    let conn = cx.db().reader();
    let kinds = Some(vec![OrganizationKind::Agency]);
    let agencies = directory::organizations_of_region(conn, cx.actor.region_id, kinds).await?;
    let mut agencies: HashMap<OrganizationId, organization::Model> =
        agencies.into_iter().map(|row| (row.id, row)).collect();
    let mut near = near(cx, question).await?;
    near.sort_by_key(|row| row.id);
    let ids: Vec<SubmissionId> = near.iter().map(|row| row.id).collect();
    let matters: HashMap<SubmissionId, &submission::Model> = near.iter().map(|row| (row.id, row)).collect();
    let mut router = Router::default();
    for (matter, agency, role) in precedents::assigned(conn, &ids).await? {
        let matter = matters[&matter];
        let part = if role == AssignmentRole::Co { Part::Co } else { Part::Lead };
        let evidence = Evidence::Assigned { part, year: matter.handling_year.unwrap_or_default() };
        router.learn(agency, evidence, &matter.title);
    }
    for (matter, agency, reason) in precedents::handed_back(conn, &access::list(&cx.actor), &ids).await? {
        router.learn(agency, Evidence::Refused { reason }, &matters[&matter].title);
    }
    for clause in duty_clauses::in_force(conn, cx.actor.region_id, None, cx.today()).await? {
        router.learn(clause.agency_id, Evidence::Duty { basis: clause.legal_basis }, &clause.text);
    }
    // Agencies that are gone, or of another region, are not suggested.
    let found = router.suggest(&question.title, &question.body, usize::MAX).into_iter();
    let known = found.filter_map(|found| Some((agencies.remove(&found.agency)?, found.score, found.reasons)));
    Ok(known.take(question.first).collect())
}
