//! The matters on a morning list: one condition for each item, under the reader's scope in the same statement.

use super::{duties, portfolios, scope};
use crate::access::Scope;
use crate::deadlines::LampBounds;
use crate::duties::DueSince;
use crate::repo::commitments::{present_date, to_be_kept};
use chrono::NaiveDate;
use domain::actor::Actor;
use domain::ids::SubmissionId;
use domain::vocabulary::{
    AssignmentStatus, CommitmentStatus, ContactConfirmation, CosignStatus, FeedbackStatus, MorningItem, ReplyStatus,
    RequestStatus, Role, SubmissionStatus,
};
use entity::{
    assignment, commitment, contact, cosignature, extension_request, feedback, reply, submission, supervision,
};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

/// What the conditions of a list need beside the reader.
#[derive(Clone, Debug)]
pub struct Morning {
    /// The day.
    pub today: NaiveDate,
    /// Up to which due day the lamps show yellow.
    pub lamps: LampBounds,
    /// At which step of the sign-off chain the reader stands, from 0, if he does.
    pub step: Option<i32>,
    /// Since when what has a period of its own is due today, by each version of the region's rules.
    pub due: Vec<DueSince>,
}

/// How many matters an item holds, and the first of them by due day.
pub async fn item(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    item: MorningItem,
    morning: &Morning,
    first: u64,
) -> Result<(u64, Vec<SubmissionId>), DbErr> {
    let query = || select(scope, item, morning);
    let count = query().count(conn).await?;
    if count == 0 || first == 0 {
        return Ok((count, Vec::new()));
    }
    let ids = query()
        .select_only()
        .column(submission::Column::Id)
        .order_by_asc(submission::Column::DueOn)
        .order_by_asc(submission::Column::Id)
        .limit(first)
        .into_tuple()
        .all(conn)
        .await?;
    Ok((count, ids))
}

fn select(scope: &Scope, item: MorningItem, morning: &Morning) -> Select<submission::Entity> {
    submission::Entity::find().filter(scope::condition(scope)).filter(condition(scope.actor(), item, morning))
}

fn condition(actor: &Actor, item: MorningItem, morning: &Morning) -> Condition {
    use AssignmentStatus as A;
    use submission::Column as S;
    let open = [A::PendingSign, A::Signed, A::ReturnRequested, A::Disputed, A::Handling];
    let part = |narrow: Condition| among(parts(actor, morning.today).filter(narrow).into_query());
    let due_in = |bounds: Condition| part(Condition::all().add(assignment::Column::Status.is_in(open)).add(bounds));
    let status = |status: A| part(Condition::all().add(assignment::Column::Status.eq(status)));
    match item {
        MorningItem::Overdue => due_in(Condition::all().add(assignment::Column::DueOn.lt(morning.today))),
        MorningItem::DueToday => due_in(Condition::all().add(assignment::Column::DueOn.eq(morning.today))),
        MorningItem::DueSoon => due_in(
            Condition::all()
                .add(assignment::Column::DueOn.gt(morning.today))
                .add(assignment::Column::DueOn.lte(morning.lamps.yellow_through)),
        ),
        MorningItem::Unsigned => status(A::PendingSign),
        MorningItem::ReturnDue => duties::return_due(&morning.due),
        MorningItem::OffSessionDue => duties::off_session_due(&morning.due),
        MorningItem::PublicationDue => duties::publication_due(&morning.due),
        MorningItem::PromiseReportDue => match actor.agency_id {
            Some(agency) => duties::report_due(&morning.due, agency),
            None => nothing(),
        },
        MorningItem::ReturnToDecide => status(A::ReturnRequested),
        MorningItem::Disputed => status(A::Disputed),
        MorningItem::ToReview => Condition::all().add(S::Status.eq(SubmissionStatus::Submitted)),
        MorningItem::ToAssign => Condition::all().add(S::Status.eq(SubmissionStatus::Accepted)),
        MorningItem::ReplyToReview => match (morning.step, actor.agency_id) {
            (Some(step), Some(agency)) => among(
                reply::Entity::find()
                    .select_only()
                    .column(reply::Column::SubmissionId)
                    .filter(reply::Column::AgencyId.eq(agency))
                    .filter(reply::Column::Status.eq(ReplyStatus::UnderReview))
                    .filter(reply::Column::Step.eq(step))
                    .into_query(),
            ),
            _ => nothing(),
        },
        MorningItem::ExtensionToDecide => {
            let asked = extension_request::Entity::find()
                .select_only()
                .column(extension_request::Column::AssignmentId)
                .filter(extension_request::Column::Status.eq(RequestStatus::Pending))
                .into_query();
            part(Condition::all().add(assignment::Column::Id.in_subquery(asked)))
        }
        MorningItem::FeedbackToSettle => among(
            feedback::Entity::find()
                .select_only()
                .column(feedback::Column::HandledId)
                .filter(feedback::Column::Status.eq(FeedbackStatus::Submitted))
                .into_query(),
        ),
        MorningItem::FeedbackToGive => among(
            feedback::Entity::find()
                .select_only()
                .column(feedback::Column::SubmissionId)
                .filter(feedback::Column::RespondentId.eq(actor.user_id))
                .filter(feedback::Column::Status.eq(FeedbackStatus::Requested))
                .into_query(),
        ),
        MorningItem::InvitationToAnswer => {
            let invited = cosignature::Entity::find()
                .select_only()
                .column(cosignature::Column::SubmissionId)
                .filter(cosignature::Column::PersonId.eq(actor.user_id))
                .filter(cosignature::Column::Status.eq(CosignStatus::Invited))
                .into_query();
            let written = [SubmissionStatus::Draft, SubmissionStatus::NeedsRevision];
            among(invited).add(S::Status.is_in(written))
        }
        MorningItem::ContactToConfirm => among(
            contact::Entity::find()
                .select_only()
                .column(contact::Column::SubmissionId)
                .filter(contact::Column::Confirmation.eq(ContactConfirmation::Pending))
                .into_query(),
        )
        .add(S::LeadProposerId.eq(actor.user_id)),
        MorningItem::PromiseDue => match actor.agency_id {
            Some(agency) => among(
                commitment::Entity::find()
                    .select_only()
                    .column(commitment::Column::SubmissionId)
                    .filter(commitment::Column::AgencyId.eq(agency))
                    .filter(to_be_kept())
                    .filter(present_date().lte(morning.today))
                    .into_query(),
            ),
            None => nothing(),
        },
        MorningItem::PromiseToJudge => among(
            commitment::Entity::find()
                .select_only()
                .column(commitment::Column::SubmissionId)
                .filter(commitment::Column::Status.is_in([CommitmentStatus::Fulfilled, CommitmentStatus::Changed]))
                .into_query(),
        )
        .add(S::LeadProposerId.eq(actor.user_id)),
    }
}

/// The assignments that count for the reader: of people in agencies their own, of a leader of the region those of the
/// agencies for which he or nobody answers and those that he supervises, of all others each one.
fn parts(actor: &Actor, today: NaiveDate) -> Select<assignment::Entity> {
    let live = assignment::Entity::find()
        .select_only()
        .column(assignment::Column::SubmissionId)
        .filter(assignment::Column::Live.eq(true));
    let own = match actor.agency_id {
        Some(agency) => live.filter(assignment::Column::AgencyId.eq(agency)),
        None => live,
    };
    match actor.role {
        Role::Handler => own.filter(assignment::Column::HandlerId.eq(actor.user_id)),
        Role::RegionLeader => {
            let led = supervision::Entity::find()
                .select_only()
                .column(supervision::Column::SubmissionId)
                .filter(supervision::Column::LeaderId.eq(actor.user_id));
            let his = Condition::any()
                .add(assignment::Column::AgencyId.in_subquery(portfolios::of_position(actor.position_id)))
                .add(assignment::Column::AgencyId.not_in_subquery(portfolios::of_anybody(today)))
                .add(assignment::Column::SubmissionId.in_subquery(led.into_query()));
            own.filter(his)
        }
        _ => own,
    }
}

fn among(ids: SelectStatement) -> Condition {
    Condition::all().add(submission::Column::Id.in_subquery(ids))
}

fn nothing() -> Condition {
    Condition::all().add(Expr::value(false))
}
