//! The rules of `oracle.rs` asked by id and by field, and what stands behind a list or link.

use super::guards::Guard;
use super::oracle::{Oracle, Reader, released};
use domain::ids::{AnyId, DeliveryId, FeedbackId, RegionId, SubmissionId};
use domain::vocabulary::{AssignmentStatus, AttachmentPurpose, Confidentiality, ReplyStatus, Role};
use entity::{assignment, attachment, extension_request, feedback, region, reply, submission};
use std::collections::BTreeSet;

/// The text form of an id.
pub fn text(id: AnyId) -> String {
    macro_rules! texts {
        ($($kind:ident)+) => {
            match id {
                $(AnyId::$kind(id) => id.to_string(),)+
                other => panic!("{other:?} is no id of the schema: add it to tests/it/leaks/oracle.rs"),
            }
        };
    }
    texts!(
        RegionId OrganizationId UserId PositionId SessionId CategoryId SubmissionId AssignmentId ReturnRequestId
        ExtensionRequestId ContactId ReplyId FeedbackId FeedbackFormId CommitmentId SupervisionId EventId
        NotificationId PublicSubmissionId DeliveryId InstructionId MeetingId RuleSetId OfficeEventId
        AppraisalId AttachmentId ConsultationId DeskShiftId DutyClauseId OfficeRecordId ScoringRuleId
    )
}

impl Oracle {
    // ───────────── by id and by field ─────────────

    /// The matter on which this thing hangs.
    pub fn matter_of(&self, id: AnyId) -> Option<&submission::Model> {
        let id = match id {
            AnyId::SubmissionId(id) => id,
            AnyId::AssignmentId(id) => self.part(id).submission_id,
            AnyId::ReplyId(id) => self.reply(id).submission_id,
            AnyId::FeedbackId(id) => self.form(id).handled_id,
            AnyId::ContactId(id) => self.contact.iter().find(|row| row.id == id)?.submission_id,
            AnyId::CommitmentId(id) => self.commitment.iter().find(|row| row.id == id)?.submission_id,
            AnyId::SupervisionId(id) => self.supervision.iter().find(|row| row.id == id)?.submission_id,
            AnyId::InstructionId(id) => self.instruction.iter().find(|row| row.id == id)?.submission_id,
            AnyId::AttachmentId(id) => self.attachment.iter().find(|row| row.id == id)?.submission_id,
            AnyId::EventId(id) => self.event.iter().find(|row| row.id == id)?.submission_id,
            AnyId::ReturnRequestId(_) | AnyId::ExtensionRequestId(_) => self.part_of(id)?.submission_id,
            _ => return None,
        };
        Some(self.matter(id))
    }

    fn form(&self, id: FeedbackId) -> &feedback::Model {
        self.feedback.iter().find(|row| row.id == id).expect("the form exists")
    }

    fn part_of(&self, id: AnyId) -> Option<&assignment::Model> {
        let id = match id {
            AnyId::AssignmentId(id) => id,
            AnyId::ReplyId(id) => self.reply(id).assignment_id,
            AnyId::ReturnRequestId(id) => self.return_request.iter().find(|row| row.id == id)?.assignment_id,
            AnyId::ExtensionRequestId(id) => self.extension_request.iter().find(|row| row.id == id)?.assignment_id,
            _ => return None,
        };
        Some(self.part(id))
    }

    /// Whether the reader may know that this exists.
    pub fn sees(&self, r: &Reader, id: AnyId) -> bool {
        let here = |region: RegionId| region == r.region;
        match id {
            AnyId::SubmissionId(id) => self.reads(r, self.matter(id)),
            AnyId::AssignmentId(id) => self.reads_part(r, self.part(id)),
            AnyId::ReplyId(id) => self.reads_reply(r, self.reply(id)),
            AnyId::FeedbackId(id) => self.reads_rating(r, self.form(id)),
            AnyId::EventId(id) => self.event.iter().any(|e| e.id == id && self.reads_event(r, e)),
            AnyId::ReturnRequestId(id) => {
                self.return_request.iter().any(|row| row.id == id && self.reads_return(r, row))
            }
            AnyId::InstructionId(id) => self
                .instruction
                .iter()
                .any(|row| row.id == id && self.reads_instruction(r, self.matter(row.submission_id), Some(row.role))),
            AnyId::MeetingId(id) => self.met_about(id).any(|m| self.follows(r, m)),
            AnyId::AttachmentId(id) => self.attachment.iter().any(|row| row.id == id && self.reads_file(r, row)),
            AnyId::ExtensionRequestId(_) | AnyId::ContactId(_) | AnyId::CommitmentId(_) | AnyId::SupervisionId(_) => {
                self.matter_of(id).is_some_and(|m| self.follows(r, m))
            }
            AnyId::NotificationId(id) => self.notification.iter().any(|n| n.id == id && n.position_id == r.position),
            AnyId::DeliveryId(id) => r.role == Role::Administrator && self.delivered_here(r, id),
            AnyId::PublicSubmissionId(id) => {
                let matter = self.matter(SubmissionId(id.0));
                self.published(matter) || self.withdrawn(matter)
            }
            AnyId::RegionId(id) => self.region.iter().any(|row| row.id == id && self.is_above_or_here(r, row)),
            AnyId::OrganizationId(id) => here(self.body(id).region_id),
            AnyId::PositionId(id) => self
                .position
                .iter()
                .any(|p| p.id == id && (p.person_id == r.user || here(self.body(p.organization_id).region_id))),
            AnyId::UserId(id) => {
                id == r.user
                    || self.position.iter().any(|p| p.person_id == id && here(self.body(p.organization_id).region_id))
            }
            AnyId::SessionId(id) => self.session.iter().any(|row| row.id == id && here(row.region_id)),
            AnyId::CategoryId(id) => self.category.iter().any(|row| row.id == id && here(row.region_id)),
            AnyId::RuleSetId(id) => self.rule_set.iter().any(|row| row.id == id && here(row.region_id)),
            AnyId::OfficeEventId(id) => {
                let told = [Role::Administrator, Role::Auditor].contains(&r.role);
                told && self.office_event.iter().any(|row| row.id == id && here(row.region_id))
            }
            AnyId::OfficeRecordId(id) => {
                let outside = [Role::Representative, Role::CommitteeMember, Role::Administrator].contains(&r.role);
                !outside && self.office_record.iter().any(|row| row.id == id && here(row.region_id))
            }
            AnyId::ScoringRuleId(id) => self.scoring_rule.iter().any(|row| row.id == id && here(row.region_id)),
            AnyId::AppraisalId(id) => self.appraisal.iter().any(|row| row.id == id && self.reads_appraisal(r, row)),
            AnyId::DutyClauseId(id) => self.duty_clause.iter().any(|row| row.id == id && here(row.region_id)),
            AnyId::DeskShiftId(id) => {
                self.desk_shift.iter().any(|row| row.id == id && here(row.region_id) && row.cancelled_at.is_none())
            }
            AnyId::ConsultationId(id) => {
                self.consultation.iter().any(|row| row.id == id && self.reads_consultation(r, row))
            }
            AnyId::FeedbackFormId(id) => self.feedback_form.iter().any(|row| row.id == id),
            _ => false,
        }
    }

    /// A delivery belongs to the region of the position that is told.
    fn delivered_here(&self, r: &Reader, id: DeliveryId) -> bool {
        let notice = self.delivery.iter().find(|d| d.id == id).map(|d| d.notification_id);
        let told = self.notification.iter().find(|n| Some(n.id) == notice).map(|n| n.position_id);
        let place = self.position.iter().find(|p| Some(p.id) == told).map(|p| p.organization_id);
        place.is_some_and(|body| self.body(body).region_id == r.region)
    }

    /// A region names the ones above it.
    fn is_above_or_here(&self, r: &Reader, row: &region::Model) -> bool {
        let mut at = Some(r.region);
        while let Some(id) = at {
            if id == row.id {
                return true;
            }
            at = self.region.iter().find(|one| one.id == id).and_then(|one| one.parent_id);
        }
        false
    }

    /// Whether a field under this guard is open to a reader who sees the thing on which it stands.
    pub fn opens(&self, r: &Reader, on: AnyId, guard: Guard) -> bool {
        if guard == Guard::Open {
            return true;
        }
        // Who took part may tell who proposed any of its matters.
        if let (AnyId::MeetingId(id), Guard::Proposer) = (on, guard) {
            let shown = |m: &submission::Model| match self.follows(r, m) {
                true => self.reads_proposer(r, m),
                false => m.confidentiality != Confidentiality::Restricted,
            };
            return self.met_about(id).all(shown);
        }
        let Some(m) = self.matter_of(on) else { return false };
        match guard {
            Guard::Open => true,
            Guard::Nobody => false,
            Guard::Proposer => self.reads_proposer(r, m),
            Guard::Handling => self.follows(r, m),
            Guard::Opinion => self.reads_opinions(r, m),
            Guard::Internal | Guard::Inside => self.reads_inside(r, m, self.part_of(on).map(|a| a.agency_id)),
            Guard::Lag => self.reads_lags(r, m, self.part_of(on).map(|a| a.agency_id)),
            Guard::Proposers => self.reads_as_proposer(r, m),
            Guard::Mode => self.reads_planned(r, m) || self.parts(m).any(released),
            Guard::Actor => self.reads_proposer(r, m) || !self.acted_as_proposer(on, m),
        }
    }

    fn acted_as_proposer(&self, on: AnyId, m: &submission::Model) -> bool {
        let AnyId::EventId(id) = on else { return false };
        let actor = self.event.iter().find(|e| e.id == id).and_then(|e| e.actor_id);
        actor.is_some_and(|user| {
            m.lead_proposer_id == user
                || self.merged_of(user, m)
                || self.cosignature.iter().any(|c| c.submission_id == m.id && c.person_id == user)
        })
    }

    // ───────────── what stands behind a field ─────────────

    /// The ids behind a list or link that the reader should find; none for fields that hold no such thing.
    pub fn behind(&self, r: &Reader, on: AnyId, field: &str) -> Option<BTreeSet<String>> {
        let seen = |ids: Vec<AnyId>| ids.into_iter().filter(|id| self.sees(r, *id)).map(text).collect();
        Some(match on {
            AnyId::SubmissionId(id) if field == "meetings" && !self.follows(r, self.matter(id)) => BTreeSet::new(),
            AnyId::SubmissionId(id) => seen(self.of_matter(self.matter(id), field)?),
            AnyId::MeetingId(id) if field == "submissions" => {
                let followed = self.met_about(id).filter(|m| self.follows(r, m));
                followed.map(|m| text(AnyId::SubmissionId(m.id))).collect()
            }
            AnyId::ConsultationId(id) if field == "submission" => {
                let about = self.consultation.iter().filter(|row| row.id == id).filter_map(|row| row.submission_id);
                seen(about.map(AnyId::SubmissionId).collect())
            }
            AnyId::AssignmentId(id) if field == "returnRequests" => {
                let rows = self.return_request.iter().filter(|row| row.assignment_id == id);
                seen(rows.map(|row| AnyId::ReturnRequestId(row.id)).collect())
            }
            AnyId::CommitmentId(id) if field == "evidence" => {
                let rows = self.attachment.iter().filter(|row| row.commitment_id == Some(id));
                seen(rows.map(|row| AnyId::AttachmentId(row.id)).collect())
            }
            AnyId::ReplyId(id) if field == "commitments" => {
                let rows = self.commitment.iter().filter(|row| row.reply_id == id);
                seen(rows.map(|row| AnyId::CommitmentId(row.id)).collect())
            }
            _ => return None,
        })
    }

    fn of_matter(&self, m: &submission::Model, field: &str) -> Option<Vec<AnyId>> {
        macro_rules! ids {
            ($table:ident, $id:ident) => {
                self.$table.iter().filter(|row| row.submission_id == m.id).map(|row| AnyId::$id(row.id)).collect()
            };
        }
        Some(match field {
            "assignments" => ids!(assignment, AssignmentId),
            "contacts" => ids!(contact, ContactId),
            "commitments" => ids!(commitment, CommitmentId),
            "supervisions" => ids!(supervision, SupervisionId),
            "attachments" => {
                let of_text =
                    |row: &&attachment::Model| row.submission_id == m.id && row.purpose == AttachmentPurpose::Text;
                self.attachment.iter().filter(of_text).map(|row| AnyId::AttachmentId(row.id)).collect()
            }
            "consultations" => {
                let rows = self.consultation.iter().filter(|row| row.submission_id == Some(m.id));
                rows.map(|row| AnyId::ConsultationId(row.id)).collect()
            }
            "instructions" => ids!(instruction, InstructionId),
            "meetings" => {
                let rows = self.meeting_matter.iter().filter(|row| row.submission_id == m.id);
                rows.map(|row| AnyId::MeetingId(row.meeting_id)).collect()
            }
            "timeline" => ids!(event, EventId),
            "extensionRequests" => {
                let of_part = |row: &&extension_request::Model| self.part(row.assignment_id).submission_id == m.id;
                self.extension_request.iter().filter(of_part).map(|row| AnyId::ExtensionRequestId(row.id)).collect()
            }
            // A merged matter has the issued replies of the main one.
            "replies" => {
                let own = |row: &&reply::Model| {
                    row.submission_id == m.id
                        || (Some(row.submission_id) == m.merged_into_id && row.status == ReplyStatus::Issued)
                };
                self.reply.iter().filter(own).map(|row| AnyId::ReplyId(row.id)).collect()
            }
            "feedbacks" => {
                let about = |row: &&feedback::Model| row.submission_id == m.id || row.handled_id == m.id;
                self.feedback.iter().filter(about).map(|row| AnyId::FeedbackId(row.id)).collect()
            }
            "merged" => {
                let rows = self.submission.iter().filter(|row| row.merged_into_id == Some(m.id));
                rows.map(|row| AnyId::SubmissionId(row.id)).collect()
            }
            "mergedInto" => m.merged_into_id.map(AnyId::SubmissionId).into_iter().collect(),
            "convertedTo" => m.converted_to_id.map(AnyId::SubmissionId).into_iter().collect(),
            _ => return None,
        })
    }

    /// Whether there is something behind a guarded field, for whoever may read it.
    pub fn holds(&self, on: AnyId, field: &str) -> bool {
        match (on, field) {
            (AnyId::SubmissionId(_), "leadProposer") => true,
            (AnyId::SubmissionId(id), "withdrawal") => self.matter(id).withdrawal_asked_at.is_some(),
            (AnyId::SubmissionId(id), "mode") => self.matter(id).mode.is_some(),
            (AnyId::AssignmentId(id), "leader") => self.part(id).leader_id.is_some(),
            (AnyId::AssignmentId(id), "handler") => self.part(id).handler_id.is_some(),
            (AnyId::AssignmentId(id), "section") => self.part(id).section_id.is_some(),
            (AnyId::AssignmentId(id), "stage") => self.part(id).stage.is_some(),
            // Nothing can have been done yet by an agency that has not signed for it.
            (AnyId::AssignmentId(id), "stageLags") => {
                let part = self.part(id);
                part.status == AssignmentStatus::PendingSign && part.role.answers()
            }
            (AnyId::AssignmentId(id), "arbitratedAt") => self.part(id).arbitrated_at.is_some(),
            (AnyId::ReplyId(id), "awaiting") => self.reply(id).status == ReplyStatus::UnderReview,
            (AnyId::EventId(id), "actor" | "actingAs") => self.event.iter().any(|e| e.id == id && e.actor_id.is_some()),
            // Texts are marked, and missed when they do not come.
            _ => false,
        }
    }

    /// Every id of a thing with an id of its own in the schema.
    pub fn every_id(&self) -> Vec<AnyId> {
        let mut all = Vec::new();
        macro_rules! add {
            ($($table:ident $id:ident),+) => {
                $(all.extend(self.$table.iter().map(|row| AnyId::$id(row.id)));)+
            };
        }
        add!(
            submission SubmissionId, assignment AssignmentId, supervision SupervisionId,
            instruction InstructionId, meeting MeetingId, attachment AttachmentId, reply ReplyId,
            feedback FeedbackId, feedback_form FeedbackFormId, contact ContactId, commitment CommitmentId,
            return_request ReturnRequestId, extension_request ExtensionRequestId, event EventId,
            notification NotificationId, delivery DeliveryId, person UserId, position PositionId, organization OrganizationId,
            region RegionId, session SessionId, category CategoryId, rule_set RuleSetId, office_event OfficeEventId,
            office_record OfficeRecordId,
            scoring_rule ScoringRuleId, appraisal AppraisalId,
            duty_clause DutyClauseId, consultation ConsultationId, desk_shift DeskShiftId
        );
        all.extend(self.submission.iter().map(|row| AnyId::PublicSubmissionId(row.id.0.into())));
        all
    }
}
