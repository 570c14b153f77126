//! Batch loads of one request: however many entries a list has, each kind of child is one statement.
//!
//! Loaders are made per request and hold the actor; submissions pass the same gate as everywhere.

use crate::access::{self, Seen};
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{AppError, AppResult};
use crate::repo::{
    attachments, children, consultations, directory, duty_clauses, matter, meetings, office_records, parties, timeline,
};
use crate::use_cases::appraising::{self, Appraised};
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use async_graphql::runtime::{TokioSpawner, TokioTimer};
use chrono::NaiveDate;
use domain::ids::{
    AppraisalId, AssignmentId, CategoryId, CommitmentId, ConsultationId, DutyClauseId, EventId, FeedbackFormId,
    MeetingId, OfficeRecordId, OrganizationId, PositionId, RegionId, ReplyId, SessionId, SubmissionId, UserId,
};
use domain::vocabulary::{Confidentiality, Role};
use entity::submission;
use sea_orm::DbErr;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

type Shared = DataLoader<Rows, HashMapCache>;

/// The batch loads of one request.
pub struct Loaders {
    rows: Shared,
    seen: DataLoader<Gate, HashMapCache>,
    staff: DataLoader<Staff, HashMapCache>,
}

impl std::fmt::Debug for Loaders {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Loaders")
    }
}

impl Loaders {
    /// The loaders of a signed-in person's request.
    pub fn new(cx: &Cx) -> Self {
        let db = cx.db().clone();
        Self { rows: made(Rows(db.clone())), seen: made(Gate(cx.clone())), staff: made(Staff(db, cx.today())) }
    }

    /// The submission, if this person may read it.
    pub async fn seen(&self, id: SubmissionId) -> AppResult<Option<Arc<Seen>>> {
        self.seen.load_one(id).await.map_err(shared)
    }

    /// The appraisal, if this person may read it.
    pub async fn appraised(&self, id: AppraisalId) -> AppResult<Option<Arc<Appraised>>> {
        self.seen.load_one(id).await.map_err(shared)
    }

    /// From here on loads everything afresh: a subscription outlives what was true at its first event,
    /// rights included.
    pub fn keep_nothing(&self) {
        self.rows.enable_all_cache(false);
        self.seen.enable_all_cache(false);
        self.staff.enable_all_cache(false);
    }

    /// Who is liaison of an agency today.
    pub async fn liaisons(&self, agency: OrganizationId) -> AppResult<Vec<UserId>> {
        Ok(self.staff.load_one(agency).await.map_err(shared)?.unwrap_or_default())
    }

    /// What an agency answers for today, in the words in force.
    pub async fn duties(&self, agency: OrganizationId) -> AppResult<Vec<String>> {
        Ok(self.staff.load_one(DutiesOf(agency)).await.map_err(shared)?.unwrap_or_default())
    }

    /// The matters of these rows as the person sees them, in their order; kept for whatever asks for them again.
    pub async fn see(&self, cx: &Cx, rows: Vec<submission::Model>) -> AppResult<Vec<Arc<Seen>>> {
        let conn = cx.db().reader();
        let mut seen = Vec::with_capacity(rows.len());
        for one in matter::complete(conn, rows).await? {
            seen.push(Arc::new(access::see(cx, conn, Some(one)).await?));
        }
        self.seen.feed_many(seen.iter().map(|one: &Arc<Seen>| (one.matter.row.id, one.clone()))).await;
        Ok(seen)
    }
}

fn made<T>(loader: T) -> DataLoader<T, HashMapCache> {
    // Without a delay: what resolves at once is batched, and nobody waits for more.
    DataLoader::with_cache(loader, TokioSpawner::current(), TokioTimer::default(), HashMapCache::default())
        .delay(Duration::ZERO)
}

fn shared(error: Arc<impl std::fmt::Display>) -> AppError {
    AppError::Internal(error.to_string())
}

/// Loads rows that carry no right of their own.
struct Rows(Db);

/// Loads submissions and appraisals through the gate.
struct Gate(Cx);

/// Loads who works where on this day.
struct Staff(Db, NaiveDate);

impl Loader<OrganizationId> for Staff {
    type Value = Vec<UserId>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Vec<UserId>>, Self::Error> {
        let found = parties::in_organizations(self.0.reader(), keys, &[Role::Liaison], self.1).await;
        let mut liaisons: HashMap<OrganizationId, Vec<UserId>> = HashMap::new();
        for position in found.map_err(Arc::new)? {
            liaisons.entry(position.organization_id).or_default().push(position.person_id);
        }
        Ok(liaisons)
    }
}

/// The key of the words in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct DutiesOf(OrganizationId);

impl Loader<DutiesOf> for Staff {
    type Value = Vec<String>;
    type Error = Arc<DbErr>;

    async fn load(&self, keys: &[DutiesOf]) -> Result<HashMap<DutiesOf, Vec<String>>, Self::Error> {
        let ids: Vec<OrganizationId> = keys.iter().map(|key| key.0).collect();
        let found = duty_clauses::in_force_of(self.0.reader(), &ids, self.1).await.map_err(Arc::new)?;
        let words = |rows: Vec<entity::duty_clause::Model>| rows.into_iter().map(|row| row.text).collect();
        Ok(found.into_iter().map(|(agency, rows)| (DutiesOf(agency), words(rows))).collect())
    }
}

impl Loader<SubmissionId> for Gate {
    type Value = Arc<Seen>;
    type Error = Arc<AppError>;

    async fn load(&self, keys: &[SubmissionId]) -> Result<HashMap<SubmissionId, Self::Value>, Self::Error> {
        let conn = self.0.db().reader();
        let mut found = HashMap::new();
        for matter in matter::load_many(conn, keys).await.map_err(|error| Arc::new(error.into()))? {
            match access::see(&self.0, conn, Some(matter)).await {
                Ok(seen) => drop(found.insert(seen.matter.row.id, Arc::new(seen))),
                Err(AppError::NotFound) => {}
                Err(other) => return Err(Arc::new(other)),
            }
        }
        Ok(found)
    }
}

impl Loader<AppraisalId> for Gate {
    type Value = Arc<Appraised>;
    type Error = Arc<AppError>;

    async fn load(&self, keys: &[AppraisalId]) -> Result<HashMap<AppraisalId, Self::Value>, Self::Error> {
        appraising::find(&self.0, keys).await.map_err(Arc::new)
    }
}

macro_rules! rows {
    ($($(#[$meta:meta])* $method:ident $key:ident $id:ty => $value:ty, $load:path;)+) => {
        $(
            /// A key that tells this load from others with the same id.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            struct $key($id);

            impl Loader<$key> for Rows {
                type Value = $value;
                type Error = Arc<DbErr>;

                async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $value>, Self::Error> {
                    let ids: Vec<$id> = keys.iter().map(|key| key.0).collect();
                    let found = $load(self.0.reader(), &ids).await.map_err(Arc::new)?;
                    Ok(found.into_iter().map(|(id, value)| ($key(id), value)).collect())
                }
            }
        )+

        impl Loaders {
            $(
                $(#[$meta])*
                pub async fn $method(&self, id: $id) -> AppResult<Option<$value>> {
                    self.rows.load_one($key(id)).await.map_err(shared)
                }
            )+
        }
    };
}

rows! {
    /// A region.
    region RegionKey RegionId => entity::region::Model, directory::regions;
    /// An organisation.
    organization OrganizationKey OrganizationId => entity::organization::Model, directory::organizations;
    /// A person.
    person PersonKey UserId => entity::person::Model, directory::people;
    /// A position.
    position PositionKey PositionId => entity::position::Model, directory::positions;
    /// The positions of a person, with their regions.
    positions_of PositionsOfKey UserId => Vec<(entity::position::Model, RegionId)>, directory::positions_of;
    /// A session.
    session SessionKey SessionId => entity::session::Model, directory::sessions;
    /// A category.
    category CategoryKey CategoryId => entity::category::Model, directory::categories;
    /// A form template.
    form FormKey FeedbackFormId => entity::feedback_form::Model, directory::forms;
    /// A clause of the duty catalogue.
    duty_clause DutyClauseKey DutyClauseId => entity::duty_clause::Model, duty_clauses::by_ids;
    /// A question at the consultation desk, whosever it is.
    consultation ConsultationKey ConsultationId => entity::consultation::Model, consultations::by_ids;
    /// The answers to a question at the consultation desk.
    consultation_answers ConsultationAnswersKey ConsultationId => Vec<entity::consultation_answer::Model>, consultations::answers;
    /// The questions at the consultation desk that belong to a submission, whosever they are.
    consultations ConsultationsKey SubmissionId => Vec<entity::consultation::Model>, consultations::of_submissions;
    /// An entry of the trail.
    event EventKey EventId => entity::event::Model, timeline::entries;
    /// Replies of a submission.
    replies RepliesKey SubmissionId => Vec<entity::reply::Model>, children::replies;
    /// Feedback forms of a submission and about it.
    feedbacks FeedbacksKey SubmissionId => Vec<entity::feedback::Model>, children::feedbacks;
    /// Contacts of a submission.
    contacts ContactsKey SubmissionId => Vec<entity::contact::Model>, children::contacts;
    /// Promises of a submission.
    commitments CommitmentsKey SubmissionId => Vec<entity::commitment::Model>, children::commitments;
    /// Promises of a reply.
    commitments_of_reply CommitmentsOfReplyKey ReplyId => Vec<entity::commitment::Model>, children::commitments_of_replies;
    /// Files of the text of a submission.
    attachments AttachmentsKey SubmissionId => Vec<entity::attachment::Model>, attachments::of_submissions;
    /// What proves a promise.
    evidence EvidenceKey CommitmentId => Vec<entity::attachment::Model>, attachments::of_commitments;
    /// Supervision labels of a submission.
    supervisions SupervisionsKey SubmissionId => Vec<entity::supervision::Model>, children::supervisions;
    /// Leaders' instructions on a submission.
    instructions InstructionsKey SubmissionId => Vec<entity::instruction::Model>, children::instructions;
    /// Meetings about a submission.
    meetings MeetingsKey SubmissionId => Vec<entity::meeting::Model>, meetings::of_submissions;
    /// The matters of a meeting.
    matters_of_meeting MattersOfMeetingKey MeetingId => Vec<(SubmissionId, Confidentiality)>, meetings::matters;
    /// The matters of a record of an office.
    matters_of_record MattersOfRecordKey OfficeRecordId => Vec<SubmissionId>, office_records::matters;
    /// Progress of an assignment.
    progress ProgressKey AssignmentId => Vec<entity::progress_report::Model>, children::progress;
    /// Urgings of an assignment.
    urgings UrgingsKey AssignmentId => Vec<entity::urging::Model>, children::urgings;
    /// Requests to hand back of an assignment.
    returns ReturnsKey AssignmentId => Vec<entity::return_request::Model>, children::returns;
    /// Requests for more time of an assignment.
    extensions ExtensionsKey AssignmentId => Vec<entity::extension_request::Model>, children::extensions;
    /// Opinions of an assignment.
    opinions OpinionsKey AssignmentId => Vec<entity::co_opinion::Model>, children::opinions;
    /// Reviews of a reply.
    reviews ReviewsKey ReplyId => Vec<entity::review::Model>, children::reviews;
}
