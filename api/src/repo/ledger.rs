//! What must be known of a region to bring its ledger in, read with a fixed number of statements.

use domain::ids::{CategoryId, FeedbackFormId, OrganizationId, RegionId, SessionId, SubmissionId};
use domain::vocabulary::{Institution, OrganizationKind, RegionLevel, Role, SubmissionKind};
use entity::json::Strings;
use entity::{
    category, feedback_form, ledger_line, organization, person, position, region, reply, session, submission,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};
use std::collections::HashMap;

/// How many values one statement asks for; SQLite takes at most 32,766.
const AT_ONCE: usize = 10_000;

/// The region with this code, locked until the transaction ends, so that two ledgers of it come one after the other.
pub async fn lock_region(tx: &impl ConnectionTrait, id: RegionId) -> Result<Option<region::Model>, DbErr> {
    region::Entity::find_by_id(id).lock_exclusive().one(tx).await
}

/// The bodies of the region.
pub async fn bodies(conn: &impl ConnectionTrait, region: RegionId) -> Result<Vec<organization::Model>, DbErr> {
    organization::Entity::find()
        .filter(organization::Column::RegionId.eq(region))
        .order_by_asc(organization::Column::Id)
        .all(conn)
        .await
}

/// The names of the agencies of the region.
pub async fn agency_names(conn: &impl ConnectionTrait, region: RegionId) -> Result<Vec<String>, DbErr> {
    organization::Entity::find()
        .select_only()
        .column(organization::Column::Name)
        .filter(organization::Column::RegionId.eq(region))
        .filter(organization::Column::Kind.eq(OrganizationKind::Agency))
        .order_by_asc(organization::Column::Id)
        .into_tuple()
        .all(conn)
        .await
}

/// The sessions of the region.
pub async fn sessions(conn: &impl ConnectionTrait, region: RegionId) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find().filter(session::Column::RegionId.eq(region)).all(conn).await
}

/// The categories of the region by name.
pub async fn categories(conn: &impl ConnectionTrait, region: RegionId) -> Result<Vec<(String, CategoryId)>, DbErr> {
    category::Entity::find()
        .select_only()
        .columns([category::Column::Name, category::Column::Id])
        .filter(category::Column::RegionId.eq(region))
        .into_tuple()
        .all(conn)
        .await
}

/// The latest form of each institution.
pub async fn forms(conn: &impl ConnectionTrait) -> Result<Vec<(Institution, FeedbackFormId)>, DbErr> {
    feedback_form::Entity::find()
        .select_only()
        .columns([feedback_form::Column::Institution, feedback_form::Column::Id])
        .order_by_asc(feedback_form::Column::Version)
        .into_tuple()
        .all(conn)
        .await
}

/// Every position in which somebody proposes or proposed in the region, with his name.
pub async fn proposers(
    conn: &impl ConnectionTrait,
    region: RegionId,
) -> Result<Vec<(position::Model, Option<person::Model>)>, DbErr> {
    let body: RelationDef = position::Entity::belongs_to(organization::Entity)
        .from(position::Column::OrganizationId)
        .to(organization::Column::Id)
        .into();
    let holder: RelationDef =
        position::Entity::belongs_to(person::Entity).from(position::Column::PersonId).to(person::Column::Id).into();
    position::Entity::find()
        .join(JoinType::InnerJoin, body)
        .join(JoinType::InnerJoin, holder)
        .select_also(person::Entity)
        .filter(organization::Column::RegionId.eq(region))
        .filter(position::Column::Role.is_in([Role::Representative, Role::CommitteeMember]))
        .order_by_asc(position::Column::Id)
        .all(conn)
        .await
}

/// The person with this sign-in name.
pub async fn person(conn: &impl ConnectionTrait, username: &str) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find().filter(person::Column::Username.eq(username)).one(conn).await
}

/// What is known of lines that were brought in before: fingerprint and title.
pub async fn brought_in(conn: &impl ConnectionTrait, fingerprints: &[&str]) -> Result<Vec<(String, String)>, DbErr> {
    let matter: RelationDef = ledger_line::Entity::belongs_to(submission::Entity)
        .from(ledger_line::Column::SubmissionId)
        .to(submission::Column::Id)
        .into();
    let mut found = Vec::new();
    for some in fingerprints.chunks(AT_ONCE) {
        let rows: Vec<(String, String)> = ledger_line::Entity::find()
            .select_only()
            .column(ledger_line::Column::Fingerprint)
            .column(submission::Column::Title)
            .join(JoinType::InnerJoin, matter.clone())
            .filter(ledger_line::Column::Fingerprint.is_in(some.iter().copied()))
            .into_tuple()
            .all(conn)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// A numbered matter that was handed in here.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Numbered {
    /// The title.
    pub title: String,
    /// The kind.
    pub kind: SubmissionKind,
    /// The institution.
    pub institution: Institution,
    /// The session.
    pub session_id: Option<SessionId>,
    /// The level of origin.
    pub origin_level: Option<RegionLevel>,
    /// The handling year.
    pub handling_year: Option<i32>,
    /// The case number.
    pub case_no: Option<i32>,
    /// When it was brought in, if it was.
    pub imported_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// The numbered matters of these years in the region.
pub async fn numbered(
    conn: &impl ConnectionTrait,
    region: RegionId,
    years: impl IntoIterator<Item = i32>,
) -> Result<Vec<Numbered>, DbErr> {
    use submission::Column as S;
    submission::Entity::find()
        .select_only()
        .columns([
            S::Title,
            S::Kind,
            S::Institution,
            S::SessionId,
            S::OriginLevel,
            S::HandlingYear,
            S::CaseNo,
            S::ImportedAt,
        ])
        .filter(S::RegionId.eq(region))
        .filter(S::HandlingYear.is_in(years))
        .filter(S::CaseNo.is_not_null())
        .into_model()
        .all(conn)
        .await
}

/// Which of these document numbers are taken, with the agency that used each.
pub async fn documents(
    conn: &impl ConnectionTrait,
    numbers: &[&str],
) -> Result<Vec<(OrganizationId, Option<String>)>, DbErr> {
    let mut found = Vec::new();
    for some in numbers.chunks(AT_ONCE) {
        let rows: Vec<(OrganizationId, Option<String>)> = reply::Entity::find()
            .select_only()
            .columns([reply::Column::AgencyId, reply::Column::DocumentNo])
            .filter(reply::Column::DocumentNo.is_in(some.iter().copied()))
            .into_tuple()
            .all(conn)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// The case numbers that are taken in the sessions of the region.
pub async fn numbers_of_sessions(
    conn: &impl ConnectionTrait,
    region: RegionId,
) -> Result<Vec<(Institution, SessionId, SubmissionKind, i32)>, DbErr> {
    use submission::Column as S;
    submission::Entity::find()
        .select_only()
        .columns([S::Institution, S::SessionId, S::Kind, S::CaseNo])
        .filter(S::RegionId.eq(region))
        .filter(S::SessionId.is_not_null())
        .filter(S::CaseNo.is_not_null())
        .into_tuple()
        .all(conn)
        .await
}

/// The cells of the lines from which these matters were brought in.
pub async fn cells(conn: &impl ConnectionTrait, ids: &[SubmissionId]) -> Result<HashMap<SubmissionId, Strings>, DbErr> {
    let rows: Vec<(SubmissionId, Strings)> = ledger_line::Entity::find()
        .select_only()
        .columns([ledger_line::Column::SubmissionId, ledger_line::Column::Cells])
        .filter(ledger_line::Column::SubmissionId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
