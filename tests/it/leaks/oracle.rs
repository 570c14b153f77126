//! The reading rules a second time, written from `docs/permissions.md` alone.
//!
//! Naive on purpose: everything is in memory, every question is a loop, and nothing of the product's
//! own policy is called. Where the two disagree, one of them is wrong.

use domain::ids::{AssignmentId, MeetingId, OrganizationId, PositionId, RegionId, ReplyId, SubmissionId, UserId};
use domain::policy::Audience;
use domain::vocabulary::{
    AppraisalStatus, AssignmentStatus, AttachmentPurpose, AttachmentState, Confidentiality, CosignStatus, Disclosure,
    FeedbackStatus, Institution, ReplyStatus, Role,
};
use entity::{
    appraisal, assignment, attachment, category, commitment, consultation, contact, cosignature, delivery, desk_shift,
    duty_clause, event, extension_request, feedback, feedback_form, instruction, meeting, meeting_matter, notification,
    office_event, office_record, organization, person, position, region, reply, return_request, rule_set, scoring_rule,
    session, submission, supervision,
};
use sea_orm::{DatabaseConnection, EntityTrait};

macro_rules! rows {
    ($($table:ident),+) => {
        /// Every row that a rule looks at.
        #[derive(Debug)]
        pub struct Oracle { $(pub $table: Vec<$table::Model>),+ }

        impl Oracle {
            /// Reads the whole database.
            pub async fn read(db: &DatabaseConnection) -> Self {
                Self { $($table: $table::Entity::find().all(db).await.expect("the rows can be read")),+ }
            }
        }
    };
}

rows!(
    submission,
    cosignature,
    assignment,
    supervision,
    attachment,
    instruction,
    meeting,
    meeting_matter,
    reply,
    feedback,
    feedback_form,
    contact,
    commitment,
    return_request,
    extension_request,
    event,
    notification,
    delivery,
    person,
    position,
    organization,
    region,
    session,
    category,
    rule_set,
    office_event,
    office_record,
    scoring_rule,
    appraisal,
    duty_clause,
    consultation,
    desk_shift
);

/// Who reads: one person in one position, or anybody.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The person.
    pub user: UserId,
    /// The position in which he acts.
    pub position: PositionId,
    /// Its role.
    pub role: Role,
    /// The agency to which the position belongs.
    pub agency: Option<OrganizationId>,
    /// The institution to which the position belongs.
    pub institution: Option<Institution>,
    /// The region.
    pub region: RegionId,
}

/// What the reader is to a matter: a column of the table under “Reading”.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Lead,
    Cosigner,
    MergedProposer,
    Colleague,
    Invited,
    Office,
    Transfer,
    Agency,
    Supervisor,
    RegionLeader,
    Auditor,
}

use Column as C;

const EVERYBODY: &[Column] = &[
    C::Lead,
    C::Cosigner,
    C::MergedProposer,
    C::Colleague,
    C::Invited,
    C::Office,
    C::Transfer,
    C::Agency,
    C::Supervisor,
    C::RegionLeader,
    C::Auditor,
];
const FOLLOWERS: &[Column] = &[
    C::Lead,
    C::Cosigner,
    C::MergedProposer,
    C::Office,
    C::Transfer,
    C::Agency,
    C::Supervisor,
    C::RegionLeader,
    C::Auditor,
];

/// Whether an assignment is with its agency: handed to it and not taken back.
pub(super) fn released(part: &assignment::Model) -> bool {
    use AssignmentStatus as S;
    !matches!(part.status, S::Planned | S::Returned | S::Cancelled)
}

impl Oracle {
    /// The position of a person, in this role when he has several.
    pub fn position_of(&self, username: &str, role: Option<&str>) -> PositionId {
        let person = self.person.iter().find(|p| p.username == username).expect("the person exists");
        let fits = |p: &&position::Model| p.person_id == person.id && role.is_none_or(|role| p.role.code() == role);
        self.position.iter().find(fits).expect("the position exists").id
    }

    /// The reader in the position with this id.
    pub fn reader(&self, position: PositionId) -> Reader {
        let position = self.position.iter().find(|p| p.id == position).expect("the position exists");
        let body = self.body(position.organization_id);
        let agency = matches!(position.role, Role::Liaison | Role::Handler | Role::AgencyHead | Role::AgencyDeputyHead)
            .then(|| body.parent_id.unwrap_or(body.id));
        let institution = match position.role {
            Role::Representative => Some(Institution::Congress),
            Role::CommitteeMember => Some(Institution::Cppcc),
            _ => body.institution,
        };
        Reader {
            user: position.person_id,
            position: position.id,
            role: position.role,
            agency,
            institution,
            region: body.region_id,
        }
    }

    /// The matter with this id.
    pub fn matter(&self, id: SubmissionId) -> &submission::Model {
        self.submission.iter().find(|m| m.id == id).expect("the matter exists")
    }

    pub(super) fn body(&self, id: OrganizationId) -> &organization::Model {
        self.organization.iter().find(|o| o.id == id).expect("the body exists")
    }

    /// The assignment with this id.
    pub fn part(&self, id: AssignmentId) -> &assignment::Model {
        self.assignment.iter().find(|a| a.id == id).expect("the assignment exists")
    }

    pub(super) fn reply(&self, id: ReplyId) -> &reply::Model {
        self.reply.iter().find(|r| r.id == id).expect("the reply exists")
    }

    /// The assignments of a matter.
    pub fn parts<'a>(&'a self, m: &'a submission::Model) -> impl Iterator<Item = &'a assignment::Model> {
        self.assignment.iter().filter(|a| a.submission_id == m.id)
    }

    fn invited(&self, user: UserId, m: &submission::Model, status: CosignStatus) -> bool {
        self.cosignature.iter().any(|c| c.submission_id == m.id && c.person_id == user && c.status == status)
    }

    pub(super) fn merged_of(&self, user: UserId, m: &submission::Model) -> bool {
        self.submission.iter().any(|other| other.merged_into_id == Some(m.id) && other.lead_proposer_id == user)
    }

    pub(super) fn supervised(&self, m: &submission::Model) -> bool {
        self.supervision.iter().any(|s| s.submission_id == m.id)
    }

    fn is(&self, r: &Reader, m: &submission::Model, column: Column) -> bool {
        if r.region != m.region_id {
            return false;
        }
        let house = r.institution == Some(m.institution);
        let proposes = house && matches!(r.role, Role::Representative | Role::CommitteeMember);
        match column {
            C::Lead => proposes && m.lead_proposer_id == r.user,
            C::Cosigner => proposes && self.invited(r.user, m, CosignStatus::Accepted),
            C::Invited => proposes && self.invited(r.user, m, CosignStatus::Invited),
            C::MergedProposer => proposes && self.merged_of(r.user, m),
            C::Colleague => {
                proposes
                    && m.lead_proposer_id != r.user
                    && m.accepted_at.is_some()
                    && m.confidentiality == Confidentiality::Public
                    && m.disclosure != Disclosure::NotDisclosed
            }
            C::Office => {
                house && matches!(r.role, Role::CongressOffice | Role::CppccOffice) && m.submitted_at.is_some()
            }
            C::Transfer => r.role == Role::TransferOffice && m.accepted_at.is_some(),
            C::Agency => self.parts(m).filter(|a| released(a)).any(|a| match r.role {
                Role::Handler => Some(a.agency_id) == r.agency && a.handler_id == Some(r.user),
                Role::Liaison | Role::AgencyHead | Role::AgencyDeputyHead => Some(a.agency_id) == r.agency,
                _ => false,
            }),
            C::Supervisor => {
                house && r.role == Role::SupervisingLeader && m.submitted_at.is_some() && self.supervised(m)
            }
            C::RegionLeader => r.role == Role::RegionLeader && self.parts(m).any(released),
            C::Auditor => r.role == Role::Auditor && m.submitted_at.is_some(),
        }
    }

    fn any(&self, r: &Reader, m: &submission::Model, columns: &[Column]) -> bool {
        columns.iter().any(|column| self.is(r, m, *column))
    }

    /// Conflict of interest: he proposed it as a person, and acts in another role now.
    fn other_hat(&self, r: &Reader, m: &submission::Model) -> bool {
        let proposes = r.region == m.region_id
            && r.institution == Some(m.institution)
            && matches!(r.role, Role::Representative | Role::CommitteeMember);
        !proposes
            && (m.lead_proposer_id == r.user
                || self.invited(r.user, m, CosignStatus::Accepted)
                || self.merged_of(r.user, m))
    }

    // ───────────── the rows of the table ─────────────

    /// Text and state: whether the matter is known to him at all.
    pub fn reads(&self, r: &Reader, m: &submission::Model) -> bool {
        self.any(r, m, EVERYBODY)
    }

    /// Proposer and co-signers.
    pub fn reads_proposer(&self, r: &Reader, m: &submission::Model) -> bool {
        let masked = m.confidentiality == Confidentiality::Restricted && r.role == Role::Handler;
        self.reads(r, m) && !masked
    }

    /// Progress, contacts, extensions, promises, supervision.
    pub fn follows(&self, r: &Reader, m: &submission::Model) -> bool {
        self.any(r, m, FOLLOWERS)
    }

    pub(super) fn reads_planned(&self, r: &Reader, m: &submission::Model) -> bool {
        self.any(r, m, &[C::Office, C::Transfer, C::Auditor])
    }

    pub(super) fn reads_opinions(&self, r: &Reader, m: &submission::Model) -> bool {
        self.any(r, m, &[C::Office, C::Transfer, C::Agency, C::Auditor])
    }

    /// What one agency and the transfer office write among themselves.
    pub(super) fn reads_inside(&self, r: &Reader, m: &submission::Model, agency: Option<OrganizationId>) -> bool {
        let own = agency.is_some() && agency == r.agency && self.is(r, m, C::Agency);
        (own || self.any(r, m, &[C::Transfer, C::Auditor])) && !self.other_hat(r, m)
    }

    /// Which steps of one agency's part are late.
    pub(super) fn reads_lags(&self, r: &Reader, m: &submission::Model, agency: Option<OrganizationId>) -> bool {
        let own = agency.is_some() && agency == r.agency && self.is(r, m, C::Agency);
        let others = [C::Office, C::Transfer, C::Supervisor, C::RegionLeader, C::Auditor];
        (own || self.any(r, m, &others)) && !self.other_hat(r, m)
    }

    /// A request to hand back; one that became a dispute is a region leader's affair as well.
    pub(super) fn reads_return(&self, r: &Reader, request: &return_request::Model) -> bool {
        let part = self.part(request.assignment_id);
        let m = self.matter(part.submission_id);
        let settles = request.disputed_at.is_some() && self.is(r, m, C::RegionLeader) && !self.other_hat(r, m);
        settles || self.reads_inside(r, m, Some(part.agency_id))
    }

    /// The matters of a meeting.
    pub(super) fn met_about(&self, id: MeetingId) -> impl Iterator<Item = &submission::Model> {
        self.meeting_matter.iter().filter(move |row| row.meeting_id == id).map(|row| self.matter(row.submission_id))
    }

    pub(super) fn reads_part(&self, r: &Reader, a: &assignment::Model) -> bool {
        let m = self.matter(a.submission_id);
        self.reads(r, m) && (a.status != AssignmentStatus::Planned || self.reads_planned(r, m))
    }

    /// A file of the text goes with the text, evidence with the promise whose report names it; what has not come,
    /// and what no report names, is known to the one who brings it.
    pub(super) fn reads_file(&self, r: &Reader, file: &attachment::Model) -> bool {
        let m = self.matter(file.submission_id);
        let stored = file.state == AttachmentState::Stored;
        let open = match file.purpose {
            AttachmentPurpose::Text => stored && self.reads(r, m),
            AttachmentPurpose::Evidence => stored && file.commitment_id.is_some() && self.follows(r, m),
        };
        let own = file.uploader_id == r.user && file.position_id == r.position;
        open || (own && file.state != AttachmentState::Removed && self.reads(r, m))
    }

    pub(super) fn reads_reply(&self, r: &Reader, one: &reply::Model) -> bool {
        let m = self.matter(one.submission_id);
        let issued = one.status == ReplyStatus::Issued && (self.follows(r, m) || self.is(r, m, C::Colleague));
        issued || self.reads_inside(r, m, Some(self.part(one.assignment_id).agency_id))
    }

    pub(super) fn reads_rating(&self, r: &Reader, form: &feedback::Model) -> bool {
        let m = self.matter(form.handled_id);
        if !self.reads(r, m) || self.other_hat(r, m) {
            return false;
        }
        let settled = form.status == FeedbackStatus::Settled;
        let answered = settled || form.status == FeedbackStatus::Submitted;
        let asked = form.respondent_id == r.user
            && r.institution == Some(m.institution)
            && matches!(r.role, Role::Representative | Role::CommitteeMember);
        // A form names who was asked, so it is hidden as a whole from whoever may not know the proposer.
        if !asked && !self.reads_proposer(r, m) {
            return false;
        }
        asked
            || (self.is(r, m, C::Cosigner) && answered && form.submission_id == m.id)
            || self.any(r, m, &[C::Office, C::Supervisor, C::Auditor])
            || (settled && self.any(r, m, &[C::Transfer, C::Agency, C::RegionLeader]))
    }

    /// The transfer office reads every appraisal; once it is announced the agency's desk its own, leaders and auditor
    /// all of the region, the leaders of an institution those about its matters.
    pub(super) fn reads_appraisal(&self, r: &Reader, row: &appraisal::Model) -> bool {
        if r.region != row.region_id {
            return false;
        }
        let announced = row.status != AppraisalStatus::Draft;
        match r.role {
            Role::TransferOffice => true,
            Role::RegionLeader | Role::Auditor => announced,
            Role::SupervisingLeader => announced && r.institution == Some(row.institution),
            Role::Liaison | Role::AgencyHead | Role::AgencyDeputyHead => announced && r.agency == Some(row.agency_id),
            _ => false,
        }
    }

    /// An instruction is for the government side and for leaders in the role of the one who gave it.
    pub fn reads_instruction(&self, r: &Reader, m: &submission::Model, given_as: Option<Role>) -> bool {
        let own_side = given_as == Some(r.role) && self.any(r, m, &[C::Supervisor, C::RegionLeader]);
        (own_side || self.any(r, m, &[C::Transfer, C::Agency, C::Auditor])) && !self.other_hat(r, m)
    }

    /// What the offices decide when they compare matters.
    pub fn reads_review(&self, r: &Reader, m: &submission::Model) -> bool {
        self.any(r, m, &[C::Office, C::Transfer, C::Auditor]) && !self.other_hat(r, m)
    }

    /// The seven audiences of the trail.
    pub fn reads_event(&self, r: &Reader, e: &event::Model) -> bool {
        let m = self.matter(e.submission_id);
        match e.audience {
            Audience::Milestone => self.follows(r, m) || self.is(r, m, C::Colleague),
            Audience::Parties => self.follows(r, m),
            Audience::Proposers => self.reads_as_proposer(r, m),
            Audience::Internal => self.reads_inside(r, m, e.agency_id),
            Audience::Instruction => {
                let position = self.position.iter().find(|p| Some(p.id) == e.position_id);
                self.reads_instruction(r, m, position.map(|p| p.role))
            }
            Audience::Review => self.reads_review(r, m),
            Audience::Rating => self.any(r, m, &[C::Office, C::Supervisor, C::Auditor]) && !self.other_hat(r, m),
        }
    }

    pub(super) fn reads_as_proposer(&self, r: &Reader, m: &submission::Model) -> bool {
        self.any(r, m, &[C::Lead, C::Cosigner, C::Office, C::Auditor])
    }

    /// A question at the desk: the asker, heads and liaisons of the agency, the office of the institution, the transfer
    /// office; nobody else.
    pub(super) fn reads_consultation(&self, r: &Reader, c: &consultation::Model) -> bool {
        let here = r.region == c.region_id;
        let house = here && r.institution == Some(c.institution);
        match r.role {
            Role::Representative | Role::CommitteeMember => house && c.asker_id == r.user,
            Role::CongressOffice | Role::CppccOffice => house,
            Role::TransferOffice => here,
            Role::Liaison | Role::AgencyHead | Role::AgencyDeputyHead => r.agency == Some(c.agency_id),
            _ => false,
        }
    }

    /// An invitation is the proposers' own affair; who signed is known to all who know the proposer.
    pub fn reads_cosignature(&self, r: &Reader, c: &cosignature::Model) -> bool {
        let m = self.matter(c.submission_id);
        let signed = c.status == CosignStatus::Accepted;
        self.reads_proposer(r, m) && (signed || self.reads_as_proposer(r, m) || c.person_id == r.user)
    }

    /// Once public and withdrawn: anybody knows that, and nothing more.
    pub fn withdrawn(&self, m: &submission::Model) -> bool {
        m.public_changed_at.is_some() && !self.published(m)
    }

    /// Published: open to anybody.
    pub fn published(&self, m: &submission::Model) -> bool {
        m.confidentiality == Confidentiality::Public
            && m.disclosure == Disclosure::Proactive
            && m.case_no.is_some()
            && self.reply.iter().any(|one| one.submission_id == m.id && one.published_at.is_some())
    }
}
