//! Raw rows for figures: one short call each, with the ordinary values filled in.

use super::{day, instant};
use chrono::NaiveDate;
use domain::ids::*;
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, CommitmentStatus, Confidentiality, ContactConfirmation, ContactMode,
    ContactPhase, Disclosure, FeedbackStatus, HandlingMode, Institution, OrganizationKind, Outcome, Rating,
    RegionLevel, ReplyStatus, RequestStatus, Role, Settlement, SubmissionKind, SubmissionStatus,
};
use entity::json::{DemandAnswers, FormAnswers, OrganizationIds, Promises, Strings};
use entity::{
    assignment, category, commitment, contact, feedback, feedback_form, organization, person, position, region, reply,
    return_request, submission, supervision,
};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, DatabaseConnection, EntityTrait, IntoActiveModel, ModelTrait};
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// The region of the figures.
pub const HOME: RegionId = RegionId(Uuid::from_u128(1));
/// Another region.
pub const ABROAD: RegionId = RegionId(Uuid::from_u128(2));
/// An agency.
pub const X: OrganizationId = OrganizationId(Uuid::from_u128(11));
/// Another agency.
pub const Y: OrganizationId = OrganizationId(Uuid::from_u128(12));
/// The one who proposes everything.
pub const REPRESENTATIVE: UserId = UserId(Uuid::from_u128(21));

const POSITION: PositionId = PositionId(Uuid::from_u128(31));
const CATEGORY: CategoryId = CategoryId(Uuid::from_u128(41));
const FORM: FeedbackFormId = FeedbackFormId(Uuid::from_u128(51));

/// Puts rows into a database.
pub struct Rows {
    db: DatabaseConnection,
    next: AtomicU32,
}

impl Rows {
    /// Two regions, two agencies, a proposer, two categories and a form.
    pub async fn directory(db: DatabaseConnection) -> Self {
        let rows = Self { db, next: AtomicU32::new(1000) };
        for (id, code) in [(HOME, "350000"), (ABROAD, "360000")] {
            rows.put(region::Model {
                id,
                code: code.into(),
                name: code.into(),
                level: RegionLevel::County,
                parent_id: None,
            })
            .await;
        }
        for (id, name) in [(X, "甲局"), (Y, "乙局")] {
            rows.put(organization::Model {
                id,
                region_id: HOME,
                key: name.into(),
                name: name.into(),
                kind: OrganizationKind::Agency,
                institution: None,
                parent_id: None,
            })
            .await;
        }
        rows.put(person::Model {
            id: REPRESENTATIVE,
            username: "rep".into(),
            name: "代表".into(),
            password_hash: String::new(),
            password_changed_at: instant(super::NOW),
            email: None,
            mobile: None,
            disabled_at: None,
        })
        .await;
        rows.put(position::Model {
            id: POSITION,
            person_id: REPRESENTATIVE,
            role: Role::Representative,
            organization_id: X,
            starts_on: None,
            ends_on: None,
            revoked_at: None,
        })
        .await;
        for (id, name, ordinal) in [(CATEGORY, "社会建设", 1), (CategoryId(Uuid::from_u128(42)), "生态环境", 2)]
        {
            rows.put(category::Model { id, region_id: HOME, name: name.into(), parent_id: None, ordinal }).await;
        }
        rows.put(feedback_form::Model {
            id: FORM,
            institution: Institution::Congress,
            version: 1,
            title: "征询意见表".into(),
            body: "{}".into(),
        })
        .await;
        rows
    }

    async fn put<M>(&self, model: M)
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
        <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        let row = model.into_active_model().reset_all();
        <M::Entity as EntityTrait>::insert(row).exec_without_returning(&self.db).await.expect("the row fits");
    }

    fn id<T: From<Uuid>>(&self) -> T {
        Uuid::from_u128(u128::from(self.next.fetch_add(1, Ordering::Relaxed))).into()
    }

    /// An accepted, open matter of 2026 in state ASSIGNED.
    pub async fn matter(
        &self,
        number: i32,
        kind: SubmissionKind,
        change: impl FnOnce(&mut submission::Model),
    ) -> SubmissionId {
        let mut row = submission::Model {
            id: self.id(),
            version: 1,
            kind,
            institution: kind.institution().expect("a kind of one institution"),
            status: SubmissionStatus::Assigned,
            region_id: HOME,
            session_id: None,
            handling_year: Some(2026),
            phase: None,
            origin_level: Some(RegionLevel::County),
            category_id: Some(CATEGORY),
            case_no: Some(number),
            title: String::new(),
            background: String::new(),
            analysis: String::new(),
            recommendations: String::new(),
            demands: Strings::default(),
            suggested_agency_ids: OrganizationIds::default(),
            confidentiality: Confidentiality::Public,
            disclosure: Disclosure::Proactive,
            lead_proposer_id: REPRESENTATIVE,
            lead_position_id: POSITION,
            collective_kind: None,
            collective_name: None,
            office_id: None,
            transfer_office_id: None,
            rule_set_id: None,
            created_at: instant("2026-01-10T10:00:00+08:00"),
            submitted_at: Some(instant("2026-01-11T10:00:00+08:00")),
            accepted_at: Some(instant("2026-01-12T10:00:00+08:00")),
            assigned_at: None,
            closed_at: None,
            round: 1,
            mode: Some(HandlingMode::Sole),
            due_on: None,
            merged_into_id: None,
            converted_to_id: None,
            refusal_ground: None,
            refusal_reason: None,
            withdrawal_asked_at: None,
            withdrawal_reason: None,
            imported_at: None,
            names_withheld_at: None,
            public_changed_at: None,
        };
        change(&mut row);
        let id = row.id;
        self.put(row).await;
        id
    }

    /// A released assignment, due on 11 May 2026 and not yet signed for.
    pub async fn assignment(
        &self,
        submission_id: SubmissionId,
        agency_id: OrganizationId,
        role: AssignmentRole,
        change: impl FnOnce(&mut assignment::Model),
    ) -> AssignmentId {
        let mut row = assignment::Model {
            id: self.id(),
            version: 1,
            submission_id,
            agency_id,
            role,
            status: AssignmentStatus::PendingSign,
            live: true,
            sole_lead: false,
            ordinal: 0,
            scope: None,
            round: 1,
            assigned_at: Some(instant("2026-02-11T10:00:00+08:00")),
            signed_at: None,
            due_on: Some(day("2026-05-11")),
            clock_from: None,
            extended_to: None,
            clock: None,
            arbitrated_at: None,
            finished_at: None,
            leader_id: None,
            handler_id: None,
            section_id: None,
            plan: None,
            stage: None,
        };
        change(&mut row);
        let id = row.id;
        self.put(row).await;
        id
    }

    /// A request to hand back that was granted.
    pub async fn return_request(&self, assignment_id: AssignmentId) {
        self.put(return_request::Model {
            id: self.id(),
            version: 1,
            assignment_id,
            reason: String::new(),
            proposed_agency_id: Y,
            status: RequestStatus::Approved,
            requested_by: REPRESENTATIVE,
            at: instant("2026-02-12T10:00:00+08:00"),
            disputed_at: None,
            decided_by: None,
            decided_at: None,
            decision_reason: None,
        })
        .await;
    }

    /// A face-to-face contact, confirmed by the proposer or not yet.
    pub async fn contact(
        &self,
        assignment_id: AssignmentId,
        submission_id: SubmissionId,
        held_at: &str,
        confirmed: bool,
    ) {
        self.put(contact::Model {
            id: self.id(),
            version: 1,
            assignment_id,
            submission_id,
            mode: ContactMode::Visit,
            phase: ContactPhase::During,
            face_to_face: true,
            held_at: instant(held_at),
            place: None,
            participants: Strings::default(),
            summary: String::new(),
            recorded_by: REPRESENTATIVE,
            recorded_at: instant(held_at),
            confirmation: if confirmed { ContactConfirmation::Confirmed } else { ContactConfirmation::Pending },
            confirmation_comment: None,
            answered_at: None,
        })
        .await;
    }

    /// An issued reply of round one, for publication.
    pub async fn reply(
        &self,
        assignment_id: AssignmentId,
        submission_id: SubmissionId,
        agency_id: OrganizationId,
        outcome: Outcome,
        issued_at: &str,
        change: impl FnOnce(&mut reply::Model),
    ) -> ReplyId {
        let mut row = reply::Model {
            id: self.id(),
            version: 1,
            assignment_id,
            submission_id,
            round: 1,
            status: ReplyStatus::Issued,
            body: String::new(),
            outcome,
            outcome_label: "A".into(),
            demand_answers: DemandAnswers::default(),
            promises: Promises::default(),
            disclosure: Disclosure::Proactive,
            drafted_by: REPRESENTATIVE,
            drafted_at: instant(issued_at),
            step: 0,
            late_opinions: Strings::default(),
            rejection_reason: None,
            document_no: None,
            issued_at: Some(instant(issued_at)),
            agency_id,
            published_at: None,
            publication_withdrawn_at: None,
            publication_withdrawal_reason: None,
        };
        change(&mut row);
        let id = row.id;
        self.put(row).await;
        id
    }

    /// An answered form of round one, settled or still sealed.
    pub async fn feedback(&self, reply_id: ReplyId, submission_id: SubmissionId, rating: Rating, settled: bool) {
        self.put(feedback::Model {
            id: self.id(),
            version: 1,
            submission_id,
            handled_id: submission_id,
            reply_id,
            round: 1,
            status: if settled { FeedbackStatus::Settled } else { FeedbackStatus::Submitted },
            form_id: FORM,
            respondent_id: REPRESENTATIVE,
            requested_at: instant("2026-05-12T10:00:00+08:00"),
            due_on: day("2026-06-12"),
            submitted_at: Some(instant("2026-05-13T10:00:00+08:00")),
            attitude_rating: None,
            process_rating: None,
            result_rating: None,
            overall_rating: Some(rating),
            comment: None,
            answers: FormAnswers::default(),
            settled_at: None,
            settled_by: None,
            settlement: settled.then_some(Settlement::Close),
            settlement_reason: None,
        })
        .await;
    }

    /// A promise.
    #[expect(clippy::too_many_arguments, reason = "a raw row")]
    pub async fn commitment(
        &self,
        reply_id: ReplyId,
        assignment_id: AssignmentId,
        submission_id: SubmissionId,
        agency_id: OrganizationId,
        ordinal: i32,
        due_on: NaiveDate,
        status: CommitmentStatus,
        changed_to: Option<NaiveDate>,
    ) {
        self.put(commitment::Model {
            id: self.id(),
            version: 1,
            reply_id,
            submission_id,
            assignment_id,
            agency_id,
            region_id: HOME,
            ordinal,
            text: String::new(),
            due_on,
            status,
            report: None,
            reported_at: None,
            fulfilled: (status == CommitmentStatus::Confirmed).then_some(changed_to.is_none()),
            changed_to,
            answered_at: None,
            answer_comment: None,
            published_at: None,
            fulfilment_rating: None,
        })
        .await;
    }

    /// A label of supervision.
    pub async fn supervision(&self, submission_id: SubmissionId) {
        self.put(supervision::Model {
            id: self.id(),
            submission_id,
            label: "重点督办".into(),
            leader_id: None,
            reason: String::new(),
            by_id: REPRESENTATIVE,
            at: instant("2026-02-12T10:00:00+08:00"),
        })
        .await;
    }
}
