//! A submission together with what the policy and the life cycle must know of it.

use chrono::NaiveDate;
use domain::ids::{SubmissionId, UserId};
use domain::policy::{AssignmentFacts, SubmissionFacts};
use domain::vocabulary::{AssignmentStatus, CosignStatus, Role};
use entity::{assignment, cosignature, submission, supervision};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};

/// A submission with its co-signatures, assignments and the proposers merged into it.
#[derive(Clone, Debug)]
pub struct Matter {
    /// The submission.
    pub row: submission::Model,
    /// Its co-signatures, oldest first.
    pub cosignatures: Vec<cosignature::Model>,
    /// Its assignments, in order.
    pub assignments: Vec<assignment::Model>,
    /// Whether it is under supervision.
    pub supervised: bool,
    /// The matters merged into it, with their lead proposers.
    pub merged: Vec<(SubmissionId, UserId)>,
}

impl Matter {
    /// What the policy must know; the rules say from which roles the proposers of a restricted matter are masked.
    pub fn facts(&self, masked_from: &[Role]) -> SubmissionFacts {
        SubmissionFacts {
            institution: self.row.institution,
            region_id: self.row.region_id,
            status: self.row.status,
            handed_in: self.row.submitted_at.is_some(),
            accepted: self.row.accepted_at.is_some(),
            confidentiality: self.row.confidentiality,
            disclosure: self.row.disclosure,
            lead_proposer: self.row.lead_proposer_id,
            cosigners: self.cosignatures.iter().map(|c| (c.person_id, c.status)).collect(),
            assignments: self
                .assignments
                .iter()
                .map(|a| AssignmentFacts {
                    agency_id: a.agency_id,
                    role: a.role,
                    status: a.status,
                    handler_id: a.handler_id,
                })
                .collect(),
            supervised: self.supervised,
            merged_proposers: self.merged.iter().map(|(_, person)| *person).collect(),
            masked_from: masked_from.to_vec(),
        }
    }

    /// The assignments that count in the present distribution.
    pub fn live(&self) -> impl Iterator<Item = &assignment::Model> {
        self.assignments.iter().filter(|a| a.status.is_live())
    }

    /// The assignments that are planned and not yet released.
    pub fn planned(&self) -> impl Iterator<Item = &assignment::Model> {
        self.assignments.iter().filter(|a| a.status == AssignmentStatus::Planned)
    }

    /// How often an agency handed it back with consent.
    pub fn times_returned(&self) -> usize {
        self.assignments.iter().filter(|a| a.status == AssignmentStatus::Returned).count()
    }

    /// The earliest open due day of the agencies that answer.
    pub fn due_on(&self) -> Option<NaiveDate> {
        self.live().filter(|a| a.role.answers() && a.status.is_open()).filter_map(|a| a.due_on).min()
    }

    /// Those who have co-signed.
    pub fn cosigners(&self) -> impl Iterator<Item = &cosignature::Model> {
        self.cosignatures.iter().filter(|c| c.status == CosignStatus::Accepted)
    }
}

/// Loads one, or nothing; with `lock` no other transaction changes it meanwhile.
///
/// Whoever changes a submission or anything that hangs on it locks the submission first, so that a
/// state derived from several children never misses a change.
pub async fn load(conn: &impl ConnectionTrait, id: SubmissionId, lock: bool) -> Result<Option<Matter>, DbErr> {
    let mut select = submission::Entity::find_by_id(id);
    if lock {
        select = select.lock_exclusive();
    }
    let Some(row) = select.one(conn).await? else { return Ok(None) };
    Ok(complete(conn, vec![row]).await?.pop())
}

/// Locks many and loads them, in the order of their ids, so that two who do so never wait for each other.
pub async fn lock_many(tx: &impl ConnectionTrait, ids: &[SubmissionId]) -> Result<Vec<Matter>, DbErr> {
    let rows = submission::Entity::find()
        .filter(submission::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(submission::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    complete(tx, rows).await
}

/// Loads many by id, in no particular order.
pub async fn load_many(conn: &impl ConnectionTrait, ids: &[SubmissionId]) -> Result<Vec<Matter>, DbErr> {
    let rows = submission::Entity::find().filter(submission::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
    complete(conn, rows).await
}

/// Adds to rows what the policy must know: four statements, however many rows.
pub async fn complete(conn: &impl ConnectionTrait, rows: Vec<submission::Model>) -> Result<Vec<Matter>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<SubmissionId> = rows.iter().map(|row| row.id).collect();
    let mut cosignatures: HashMap<SubmissionId, Vec<cosignature::Model>> = HashMap::new();
    for row in cosignature::Entity::find()
        .filter(cosignature::Column::SubmissionId.is_in(ids.iter().copied()))
        .order_by_asc(cosignature::Column::Id)
        .all(conn)
        .await?
    {
        cosignatures.entry(row.submission_id).or_default().push(row);
    }
    let mut assignments: HashMap<SubmissionId, Vec<assignment::Model>> = HashMap::new();
    for row in assignment::Entity::find()
        .filter(assignment::Column::SubmissionId.is_in(ids.iter().copied()))
        .order_by_asc(assignment::Column::Ordinal)
        .order_by_asc(assignment::Column::Id)
        .all(conn)
        .await?
    {
        assignments.entry(row.submission_id).or_default().push(row);
    }
    let supervised: HashSet<SubmissionId> = supervision::Entity::find()
        .select_only()
        .column(supervision::Column::SubmissionId)
        .distinct()
        .filter(supervision::Column::SubmissionId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?
        .into_iter()
        .collect();
    let mut merged: HashMap<SubmissionId, Vec<(SubmissionId, UserId)>> = HashMap::new();
    let merged_rows: Vec<(Option<SubmissionId>, SubmissionId, UserId)> = submission::Entity::find()
        .select_only()
        .columns([submission::Column::MergedIntoId, submission::Column::Id, submission::Column::LeadProposerId])
        .filter(submission::Column::MergedIntoId.is_in(ids.iter().copied()))
        .order_by_asc(submission::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    for (main, id, person) in merged_rows {
        if let Some(main) = main {
            merged.entry(main).or_default().push((id, person));
        }
    }
    Ok(rows
        .into_iter()
        .map(|row| Matter {
            cosignatures: cosignatures.remove(&row.id).unwrap_or_default(),
            assignments: assignments.remove(&row.id).unwrap_or_default(),
            supervised: supervised.contains(&row.id),
            merged: merged.remove(&row.id).unwrap_or_default(),
            row,
        })
        .collect())
}
