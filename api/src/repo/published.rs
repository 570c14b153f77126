//! Published replies and promises, whose names are kept from the public, and what changed for it.

use crate::error::AppResult;
use crate::repo::directory;
use crate::repo::page::{cursor, read_cursor};
use chrono::{DateTime, Utc};
use domain::ids::{OrganizationId, SubmissionId, UserId};
use domain::vocabulary::CosignStatus;
use entity::{commitment, cosignature, organization, reply, submission};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;

/// The published replies of these submissions with the names of their agencies, oldest first.
pub async fn replies(
    conn: &impl ConnectionTrait,
    submissions: &[SubmissionId],
) -> Result<Vec<(reply::Model, String)>, DbErr> {
    let rows = reply::Entity::find()
        .filter(reply::Column::SubmissionId.is_in(submissions.iter().copied()))
        .filter(reply::Column::PublishedAt.is_not_null())
        .order_by_asc(reply::Column::Id)
        .all(conn)
        .await?;
    let names = names(conn, rows.iter().map(|row| row.agency_id).collect()).await?;
    let named = |row: reply::Model| {
        let name = names.get(&row.agency_id).cloned().unwrap_or_default();
        (row, name)
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The public promises of these submissions with the names of their agencies, oldest first; one whose reply is no
/// longer shown is not shown either.
pub async fn commitments(
    conn: &impl ConnectionTrait,
    submissions: &[SubmissionId],
) -> Result<Vec<(commitment::Model, String)>, DbErr> {
    let shown = reply::Entity::find()
        .select_only()
        .column(reply::Column::Id)
        .filter(reply::Column::SubmissionId.is_in(submissions.iter().copied()))
        .filter(reply::Column::PublishedAt.is_not_null());
    let rows = commitment::Entity::find()
        .filter(commitment::Column::ReplyId.in_subquery(shown.into_query()))
        .filter(commitment::Column::PublishedAt.is_not_null())
        .order_by_asc(commitment::Column::Id)
        .all(conn)
        .await?;
    let names = names(conn, rows.iter().map(|row| row.agency_id).collect()).await?;
    let named = |row: commitment::Model| {
        let name = names.get(&row.agency_id).cloned().unwrap_or_default();
        (row, name)
    };
    Ok(rows.into_iter().map(named).collect())
}

async fn names(
    conn: &impl ConnectionTrait,
    agencies: Vec<OrganizationId>,
) -> Result<HashMap<OrganizationId, String>, DbErr> {
    if agencies.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = organization::Entity::find().filter(organization::Column::Id.is_in(agencies)).all(conn).await?;
    Ok(rows.into_iter().map(|agency| (agency.id, agency.name)).collect())
}

/// Who signed some matters, as far as the public view needs it.
#[derive(Debug, Default)]
pub struct Signers {
    names: HashMap<UserId, String>,
    withheld: HashMap<SubmissionId, Vec<String>>,
}

impl Signers {
    /// The name of the body or lead proposer.
    pub fn lead<'a>(&'a self, row: &'a submission::Model) -> Option<&'a str> {
        let body = row.collective_name.as_deref();
        body.or_else(|| self.names.get(&row.lead_proposer_id).map(String::as_str))
    }

    /// The names that are kept from the public in the texts of this matter, longest first.
    pub fn withheld_from(&self, id: SubmissionId) -> &[String] {
        self.withheld.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// Who signed these matters and those that were merged into them.
pub async fn signers(conn: &impl ConnectionTrait, rows: &[submission::Model]) -> Result<Signers, DbErr> {
    if rows.is_empty() {
        return Ok(Signers::default());
    }
    let merged = submission::Entity::find()
        .filter(submission::Column::MergedIntoId.is_in(rows.iter().map(|row| row.id)))
        .filter(submission::Column::NamesWithheldAt.is_not_null())
        .all(conn)
        .await?;
    let withholding: Vec<&submission::Model> =
        rows.iter().filter(|row| row.names_withheld_at.is_some()).chain(&merged).collect();
    let mut signed: Vec<(SubmissionId, UserId)> =
        withholding.iter().map(|row| (row.id, row.lead_proposer_id)).collect();
    if !withholding.is_empty() {
        let cosigners = cosignature::Entity::find()
            .filter(cosignature::Column::SubmissionId.is_in(withholding.iter().map(|row| row.id)))
            .filter(cosignature::Column::Status.eq(CosignStatus::Accepted))
            .all(conn)
            .await?;
        signed.extend(cosigners.into_iter().map(|row| (row.submission_id, row.person_id)));
    }
    let people: Vec<UserId> =
        rows.iter().map(|row| row.lead_proposer_id).chain(signed.iter().map(|(_, person)| *person)).collect();
    let names: HashMap<UserId, String> =
        directory::people(conn, &people).await?.into_iter().map(|(id, person)| (id, person.name)).collect();
    let mut withheld: HashMap<SubmissionId, Vec<String>> = HashMap::new();
    for (id, person) in signed {
        // In a merged matter the texts of the main one are shown.
        let shown_in = merged.iter().find(|row| row.id == id).and_then(|row| row.merged_into_id).unwrap_or(id);
        withheld.entry(shown_in).or_default().extend(names.get(&person).cloned());
    }
    for row in rows.iter().chain(&merged).filter(|row| row.names_withheld_at.is_some()) {
        let shown_in = row.merged_into_id.filter(|_| merged.iter().any(|one| one.id == row.id)).unwrap_or(row.id);
        withheld.entry(shown_in).or_default().extend(row.collective_name.clone());
    }
    for names in withheld.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    }
    Ok(Signers { names, withheld })
}

const CHANGES: &str = "public-changes";

/// The matters that are or once were public and changed at this instant or later, in the order of their last change:
/// at most so many after the cursor, each with its own, and whether there are more.
///
/// # Errors
/// `BAD_INPUT` for what is no cursor of this list.
pub async fn changes(
    conn: &impl ConnectionTrait,
    since: Option<DateTime<Utc>>,
    after: Option<&str>,
    size: u64,
) -> AppResult<(Vec<(String, submission::Model)>, bool)> {
    use submission::Column as S;
    let mut query = submission::Entity::find().filter(S::PublicChangedAt.is_not_null()).limit(size + 1);
    if let Some(since) = since {
        query = query.filter(S::PublicChangedAt.gte(since));
    }
    if let Some(after) = after {
        let (at, id) = place(&read_cursor(CHANGES, after, 2)?)?;
        let later = Condition::any()
            .add(S::PublicChangedAt.gt(at))
            .add(Condition::all().add(S::PublicChangedAt.eq(at)).add(S::Id.gt(id)));
        query = query.filter(later);
    }
    let mut rows = query.order_by_asc(S::PublicChangedAt).order_by_asc(S::Id).all(conn).await?;
    let wanted = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let placed = rows.into_iter().map(|row| {
        let at = row.public_changed_at.map(|at| at.timestamp_micros().to_string()).unwrap_or_default();
        (cursor(CHANGES, &[&at, &row.id.to_string()]), row)
    });
    Ok((placed.collect(), more))
}

fn place(values: &[String]) -> AppResult<(DateTime<Utc>, SubmissionId)> {
    let bad = || crate::error::AppError::BadInput(vec!["after".to_owned()]);
    let at = values[0].parse().ok().and_then(DateTime::from_timestamp_micros).ok_or_else(bad)?;
    Ok((at, values[1].parse().map_err(|_| bad())?))
}

/// The matter with this id, if it is or once was public.
pub async fn once_public(conn: &impl ConnectionTrait, id: SubmissionId) -> Result<Option<submission::Model>, DbErr> {
    submission::Entity::find_by_id(id).filter(submission::Column::PublicChangedAt.is_not_null()).one(conn).await
}
