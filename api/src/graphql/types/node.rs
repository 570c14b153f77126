//! Anything with a global id, behind the same door as every other path.

use super::Sight;
use super::appraisal::Appraisal;
use super::assignment::{Assignment, Contact, ExtensionRequest, ReturnRequest};
use super::attachment::Attachment;
use super::commitment::{Commitment, Supervision};
use super::consultation::{Consultation, DeskShift};
use super::delivery::Delivery;
use super::directory::{Category, Organization, Position, Region, Session, User};
use super::duty::DutyClause;
use super::feedback::{Feedback, FeedbackForm};
use super::meeting::Meeting;
use super::notification::Notification;
use super::office::OfficeEvent;
use super::office_record::OfficeRecord;
use super::public::{PublicSubmission, WithdrawnPublication};
use super::reply::Reply;
use super::rules::RuleSet;
use super::scoring::ScoringRule;
use super::submission::Submission;
use super::supervision::Instruction;
use super::timeline::TimelineEntry;
use crate::access::{authorize_at_large, see_consultation};
use crate::cx::Cx;
use crate::error::AppResult;
use crate::graphql::context::{cx, loaders, session, top};
use crate::graphql::error::GqlResult;
use crate::graphql::loaders::Loaders;
use crate::repo::{
    commitments, consultations, contacts, feedbacks, notifications, office_records, office_trail, published, replies,
    requests, timeline,
};
use crate::use_cases::showing::{self, Public};
use crate::use_cases::{attaching, delivering, instructing, returning, scoring, sight};
use async_graphql::{Context, ID, Interface};
use domain::ids::{AnyId, SubmissionId, TypedId};
use domain::policy::Action;

/// Anything with a global id (节点).
#[derive(Clone, Debug, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id (标识)."))]
pub enum Node {
    /// Region.
    Region(Region),
    /// Organisation.
    Organization(Organization),
    /// Person.
    User(User),
    /// Position.
    Position(Position),
    /// Session.
    Session(Session),
    /// Category.
    Category(Category),
    /// Submission.
    Submission(Submission),
    /// Assignment.
    Assignment(Assignment),
    /// Request to hand back.
    ReturnRequest(ReturnRequest),
    /// Request for more time.
    ExtensionRequest(ExtensionRequest),
    /// Contact.
    Contact(Contact),
    /// Reply.
    Reply(Reply),
    /// Feedback.
    Feedback(Feedback),
    /// Form template.
    FeedbackForm(FeedbackForm),
    /// Promise.
    Commitment(Commitment),
    /// Supervision.
    Supervision(Supervision),
    /// Leader's instruction.
    Instruction(Instruction),
    /// Meeting or inspection.
    Meeting(Meeting),
    /// Attached file.
    Attachment(Attachment),
    /// Trail entry.
    TimelineEntry(TimelineEntry),
    /// Notification.
    Notification(Notification),
    /// Delivery.
    Delivery(Delivery),
    /// Published matter.
    PublicSubmission(PublicSubmission),
    /// Published matter that was withdrawn.
    WithdrawnPublication(WithdrawnPublication),
    /// Version of rules.
    RuleSet(RuleSet),
    /// Entry of the trail of administrators and offices.
    OfficeEvent(OfficeEvent),
    /// Record of an office.
    OfficeRecord(OfficeRecord),
    /// Version of rules of scoring.
    ScoringRule(ScoringRule),
    /// Appraisal of an agency.
    Appraisal(Appraisal),
    /// Clause of the duty catalogue.
    DutyClause(DutyClause),
    /// Question at the consultation desk.
    Consultation(Consultation),
    /// Shift at the consultation desk.
    DeskShift(DeskShift),
}

/// The node with this id; null when it does not exist or the reader may not know that it does.
pub async fn find(ctx: &Context<'_>, id: AnyId) -> GqlResult<Option<Node>> {
    if let AnyId::PublicSubmissionId(id) = id {
        return top(ctx, public(ctx, SubmissionId(id.uuid())).await);
    }
    if let AnyId::RuleSetId(id) = id {
        return Ok(super::rules::find(ctx, id).await?.map(Node::RuleSet));
    }
    let (cx, loaders) = (cx(ctx)?, loaders(ctx)?);
    top(ctx, load(cx, loaders, id).await)
}

async fn public(ctx: &Context<'_>, id: SubmissionId) -> AppResult<Option<Node>> {
    let db = &session(ctx).caller.deps.db;
    let row = published::once_public(db.reader(), id).await?;
    let found = showing::public(db.reader(), row.into_iter().collect()).await?;
    Ok(found.into_iter().next().map(|one| match one {
        Public::Shown(view) => Node::PublicSubmission((*view).into()),
        Public::Withdrawn(tombstone) => Node::WithdrawnPublication(tombstone.into()),
    }))
}

async fn load(cx: &Cx, loaders: &Loaders, id: AnyId) -> AppResult<Option<Node>> {
    let conn = cx.db().reader();
    let here = cx.actor.region_id;
    Ok(match id {
        AnyId::RegionId(id) => loaders.region(id).await?.filter(|row| row.id == here).map(|r| Node::Region(Region(r))),
        AnyId::OrganizationId(id) => {
            let row = loaders.organization(id).await?.filter(|row| row.region_id == here);
            row.map(|row| Node::Organization(Organization(row)))
        }
        AnyId::UserId(id) => {
            let own = id == cx.actor.user_id;
            let positions = loaders.positions_of(id).await?.unwrap_or_default();
            let known = own || positions.iter().any(|(_, region)| *region == here);
            loaders.person(id).await?.filter(|_| known).map(|row| Node::User(User(row)))
        }
        AnyId::PositionId(id) => match loaders.position(id).await? {
            Some(row) => {
                let organization = loaders.organization(row.organization_id).await?;
                let known = row.person_id == cx.actor.user_id || organization.is_some_and(|o| o.region_id == here);
                known.then_some(Node::Position(Position(row)))
            }
            None => None,
        },
        AnyId::SessionId(id) => {
            let row = loaders.session(id).await?.filter(|row| row.region_id == here);
            row.map(|row| Node::Session(Session(row)))
        }
        AnyId::CategoryId(id) => {
            let row = loaders.category(id).await?.filter(|row| row.region_id == here);
            row.map(|row| Node::Category(Category(row)))
        }
        AnyId::FeedbackFormId(id) => match loaders.form(id).await? {
            Some(row) => Some(Node::FeedbackForm(FeedbackForm::of(row)?)),
            None => None,
        },
        AnyId::SubmissionId(id) => loaders.seen(id).await?.map(|sight| Node::Submission(Submission(sight))),
        AnyId::AssignmentId(id) => match crate::repo::assignments::submission_of(conn, id).await? {
            Some(submission) => {
                part_of(loaders, submission, |sight| {
                    let part = Assignment::of(&sight, id).ok()?;
                    super::assignment::visible(&sight, &part.row).then_some(Node::Assignment(part))
                })
                .await?
            }
            None => None,
        },
        AnyId::ReturnRequestId(id) => match requests::return_request(conn, id).await? {
            Some(row) => match crate::repo::assignments::submission_of(conn, row.assignment_id).await? {
                Some(submission) => {
                    part_of(loaders, submission, |sight| {
                        let part = Assignment::of(&sight, row.assignment_id).ok()?;
                        let shown = returning::visible(cx, &sight, &part.row, &row);
                        shown.then_some(Node::ReturnRequest(ReturnRequest { sight, row }))
                    })
                    .await?
                }
                None => None,
            },
            None => None,
        },
        AnyId::ExtensionRequestId(id) => match requests::extension_request(conn, id).await? {
            Some(row) => match crate::repo::assignments::submission_of(conn, row.assignment_id).await? {
                Some(submission) => {
                    part_of(loaders, submission, |sight| {
                        sight
                            .may(Action::ReadHandling)
                            .then_some(Node::ExtensionRequest(ExtensionRequest { sight, row }))
                    })
                    .await?
                }
                None => None,
            },
            None => None,
        },
        AnyId::ContactId(id) => match contacts::get(conn, id).await? {
            Some(row) => {
                part_of(loaders, row.submission_id, |sight| {
                    sight.may(Action::ReadHandling).then_some(Node::Contact(Contact { sight, row }))
                })
                .await?
            }
            None => None,
        },
        AnyId::ReplyId(id) => match replies::get(conn, id).await? {
            Some(row) => {
                part_of(loaders, row.submission_id, |sight| {
                    sight::reply(cx, &sight, &row).then_some(Node::Reply(Reply { sight, row }))
                })
                .await?
            }
            None => None,
        },
        AnyId::FeedbackId(id) => match feedbacks::get(conn, id).await? {
            Some(row) => {
                part_of(loaders, row.handled_id, |sight| {
                    sight::feedback(cx, &sight, &row).then_some(Node::Feedback(Feedback { sight, row }))
                })
                .await?
            }
            None => None,
        },
        AnyId::CommitmentId(id) => match commitments::get(conn, id).await? {
            Some(row) => {
                part_of(loaders, row.submission_id, |sight| {
                    sight.may(Action::ReadHandling).then_some(Node::Commitment(Commitment { sight, row }))
                })
                .await?
            }
            None => None,
        },
        AnyId::AttachmentId(id) => match crate::repo::attachments::get(conn, id).await? {
            Some(row) => {
                part_of(loaders, row.submission_id, |sight| {
                    attaching::visible(cx, &sight, &row).then_some(Node::Attachment(Attachment { sight, row }))
                })
                .await?
            }
            None => None,
        },
        AnyId::SupervisionId(id) => match crate::repo::supervisions::get(conn, id).await? {
            Some(row) => {
                part_of(loaders, row.submission_id, |sight| {
                    sight.may(Action::ReadHandling).then_some(Node::Supervision(Supervision { sight, row }))
                })
                .await?
            }
            None => None,
        },
        AnyId::InstructionId(id) => match crate::repo::instructions::get(conn, id).await? {
            Some(row) => {
                part_of(loaders, row.submission_id, |sight| {
                    let shown = instructing::visible(cx, &sight, &row);
                    shown.then_some(Node::Instruction(Instruction { sight, row }))
                })
                .await?
            }
            None => None,
        },
        AnyId::MeetingId(id) => match crate::repo::meetings::get(conn, id).await? {
            Some(row) => {
                let matters = loaders.matters_of_meeting(id).await?.unwrap_or_default();
                let loads = matters.into_iter().map(|(matter, _)| loaders.seen(matter));
                let sights = futures_util::future::try_join_all(loads).await?;
                let follows = sights.into_iter().flatten().any(|sight| sight.may(Action::ReadHandling));
                follows.then_some(Node::Meeting(Meeting(row)))
            }
            None => None,
        },
        AnyId::EventId(id) => match timeline::get(conn, id).await? {
            Some(row) => {
                let acted_as = match row.position_id {
                    Some(id) => loaders.position(id).await?.map(|position| position.role),
                    None => None,
                };
                part_of(loaders, row.submission_id, |sight| {
                    let shown = super::timeline::visible(cx, &sight, &row, acted_as);
                    shown.then_some(Node::TimelineEntry(TimelineEntry { sight, row }))
                })
                .await?
            }
            None => None,
        },
        AnyId::NotificationId(id) => {
            let row = notifications::get(conn, cx.actor.position_id, id).await?;
            row.map(|row| Node::Notification(Notification(row)))
        }
        AnyId::DeliveryId(id) => delivering::find(cx, id).await?.map(|row| Node::Delivery(Delivery(row))),
        AnyId::ScoringRuleId(id) => scoring::find(cx, id).await?.map(|rule| Node::ScoringRule(ScoringRule(rule))),
        AnyId::AppraisalId(id) => loaders.appraised(id).await?.map(|one| Node::Appraisal(Appraisal(one))),
        AnyId::OfficeEventId(id) => match authorize_at_large(&cx.actor, Action::ReadOfficeTrail) {
            Ok(permit) => {
                let row = office_trail::get(conn, &permit, here, id).await?;
                row.map(|row| Node::OfficeEvent(OfficeEvent(row)))
            }
            Err(_) => None,
        },
        AnyId::OfficeRecordId(id) => match authorize_at_large(&cx.actor, Action::ReadOfficeRecords) {
            Ok(permit) => {
                office_records::get(conn, &permit, here, id).await?.map(|r| Node::OfficeRecord(OfficeRecord(r)))
            }
            Err(_) => None,
        },
        AnyId::DutyClauseId(id) => {
            let row = loaders.duty_clause(id).await?.filter(|row| row.region_id == here);
            row.map(|row| Node::DutyClause(DutyClause(row)))
        }
        AnyId::ConsultationId(id) => {
            let row = loaders.consultation(id).await?;
            let seen = row.and_then(|row| see_consultation(&cx.actor, row).ok());
            seen.map(|seen| Node::Consultation(Consultation(seen)))
        }
        AnyId::DeskShiftId(id) => match authorize_at_large(&cx.actor, Action::ReadDeskRoster) {
            Ok(_) => consultations::shift(conn, here, id).await?.map(|row| Node::DeskShift(DeskShift(row))),
            Err(_) => None,
        },
        // Rule sets are found above; these are no nodes of the schema, or have no rows yet.
        AnyId::PublicSubmissionId(_)
        | AnyId::RuleSetId(_)
        | AnyId::CosignatureId(_)
        | AnyId::ProgressReportId(_)
        | AnyId::CoOpinionId(_)
        | AnyId::ReviewId(_)
        | AnyId::SignInId(_)
        | AnyId::RefreshTokenId(_)
        | AnyId::SnapshotId(_)
        | AnyId::ReminderId(_)
        | AnyId::UrgingId(_)
        | AnyId::ConsultationAnswerId(_) => None,
    })
}

async fn part_of(
    loaders: &Loaders,
    submission: SubmissionId,
    show: impl FnOnce(Sight) -> Option<Node>,
) -> AppResult<Option<Node>> {
    Ok(loaders.seen(submission).await?.and_then(show))
}
