//! Marks: every text that somebody may not read is replaced by one that occurs nowhere else, so that a
//! whole answer, data and errors, can be searched for what its reader may not see.

use super::guards::Guard;
use super::oracle::{Oracle, Reader};
use super::stage::uuid;
use crate::support::TestApp;
use domain::event::Happening;
use domain::ids::{AnyId, CosignatureId, EventId, NotificationId, OrganizationId, PositionId};
use domain::policy::Audience;
use entity::json::{DemandAnswer, DemandAnswers, FormAnswer, FormAnswers, GateChecks, Promises, Strings};
use entity::{co_opinion, consultation_answer, event, notification, progress_report, review, urging};
use sea_orm::{ActiveModelTrait, DatabaseConnection, EntityTrait, IntoActiveModel, QueryOrder, Set};

/// On what a marked text stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// A field of an object, under a guard.
    Field(AnyId, Guard),
    /// An invitation to co-sign, which has no id of its own to the outside.
    Cosignature(CosignatureId),
    /// The text of a notification.
    Told(NotificationId),
}

/// One marked text.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    place: Place,
    public: bool,
    /// The field, for the message when it leaks.
    pub name: &'static str,
}

/// Every mark; the text of each names its place in this list.
#[derive(Debug, Default)]
pub struct Marks(pub Vec<Mark>);

impl Marks {
    fn at(&mut self, place: Place, public: bool, name: &'static str) -> String {
        self.0.push(Mark { place, public, name });
        format!("⟪{}⟫", self.0.len() - 1)
    }

    fn open(&mut self, id: AnyId, name: &'static str) -> String {
        self.at(Place::Field(id, Guard::Open), false, name)
    }

    fn under(&mut self, id: AnyId, guard: Guard, name: &'static str) -> String {
        self.at(Place::Field(id, guard), false, name)
    }

    /// Whether a reader may see this mark; nobody stands for those who are not signed in.
    pub fn allowed(&self, oracle: &Oracle, reader: Option<&Reader>, number: usize) -> bool {
        let mark = &self.0[number];
        if mark.public {
            return true;
        }
        let Some(reader) = reader else { return false };
        match mark.place {
            Place::Field(id, guard) => oracle.sees(reader, id) && oracle.opens(reader, id, guard),
            Place::Cosignature(id) => {
                oracle.cosignature.iter().any(|c| c.id == id && oracle.reads_cosignature(reader, c))
            }
            Place::Told(id) => {
                let told = oracle.notification.iter().find(|n| n.id == id).expect("the notification exists");
                let event = oracle.event.iter().find(|e| e.id == told.event_id).expect("the event exists");
                told.position_id == reader.position && oracle.reads_event(reader, event)
            }
        }
    }

    /// The marks in a text.
    pub fn found_in(text: &str) -> impl Iterator<Item = usize> {
        text.split('⟪').skip(1).filter_map(|rest| rest.split_once('⟫')).filter_map(|(number, _)| number.parse().ok())
    }
}

/// Sets fields of a row to new values and stores it.
macro_rules! set {
    ($db:expr, $row:expr, { $($field:ident: $value:expr),+ $(,)? }) => {{
        let mut active = $row.clone().into_active_model();
        $(active.$field = Set($value);)+
        active.update($db).await.expect("the row is stored");
    }};
}

/// Marks all texts of the stage, and adds entries of the trail and notifications for every audience.
pub async fn place(app: &TestApp, readers: &[PositionId]) -> Marks {
    let db = app.deps.db.writer();
    let mut marks = Marks::default();
    let before = Oracle::read(db).await;
    submissions(db, &before, &mut marks).await;
    parts(db, &before, &mut marks).await;
    replies(db, &before, &mut marks).await;
    followers(db, &before, &mut marks).await;
    desk(app, &before, &mut marks).await;
    trail(app, &before, &mut marks, readers).await;
    marks
}

async fn submissions(db: &DatabaseConnection, before: &Oracle, marks: &mut Marks) {
    for row in &before.submission {
        let id = AnyId::SubmissionId(row.id);
        let public = before.published(row);
        let mut open = |name| marks.at(Place::Field(id, Guard::Open), public, name);
        let texts = [open("title"), open("background"), open("analysis"), open("recommendations")];
        let demands = Strings(vec![marks.open(id, "demands")]);
        let [title, background, analysis, recommendations] = texts;
        let refusal = row.refusal_reason.as_ref().map(|_| marks.under(id, Guard::Proposers, "refusalReason"));
        let withdrawal = row.withdrawal_asked_at.map(|_| marks.under(id, Guard::Proposers, "withdrawal"));
        set!(db, row, {
            title: title, background: background, analysis: analysis, recommendations: recommendations,
            demands: demands, refusal_reason: refusal,
            withdrawal_reason: withdrawal.or_else(|| row.withdrawal_reason.clone()),
        });
    }
    for row in &before.cosignature {
        set!(db, row, { opinion: Some(marks.at(Place::Cosignature(row.id), false, "opinion")) });
    }
}

async fn parts(db: &DatabaseConnection, before: &Oracle, marks: &mut Marks) {
    for row in &before.assignment {
        let id = AnyId::AssignmentId(row.id);
        let (scope, plan) = (marks.open(id, "scope"), marks.under(id, Guard::Internal, "plan"));
        set!(db, row, { scope: Some(scope), plan: Some(plan) });
    }
    for row in progress_report::Entity::find().all(db).await.expect("the rows can be read") {
        let id = AnyId::AssignmentId(row.assignment_id);
        set!(db, row, { note: marks.under(id, Guard::Handling, "progressReports") });
    }
    for row in urging::Entity::find().all(db).await.expect("the rows can be read") {
        let id = AnyId::AssignmentId(row.assignment_id);
        set!(db, row, { message: marks.under(id, Guard::Handling, "urgings") });
    }
    let opinions = co_opinion::Entity::find().order_by_asc(co_opinion::Column::Id);
    for row in opinions.all(db).await.expect("the rows can be read") {
        let id = AnyId::AssignmentId(row.assignment_id);
        set!(db, row, { body: marks.under(id, Guard::Opinion, "opinion") });
    }
    for row in &before.return_request {
        let id = AnyId::ReturnRequestId(row.id);
        let (reason, decision) = (marks.open(id, "reason"), marks.open(id, "decisionReason"));
        set!(db, row, { reason: reason, decision_reason: Some(decision) });
    }
    for row in &before.extension_request {
        let id = AnyId::ExtensionRequestId(row.id);
        let (reason, decision) = (marks.open(id, "reason"), marks.open(id, "decisionReason"));
        set!(db, row, { reason: reason, decision_reason: Some(decision) });
    }
}

async fn replies(db: &DatabaseConnection, before: &Oracle, marks: &mut Marks) {
    for row in &before.reply {
        let id = AnyId::ReplyId(row.id);
        let matter = before.matter(row.submission_id);
        let public = row.published_at.is_some() && before.published(matter);
        let body = marks.at(Place::Field(id, Guard::Open), public, "body");
        let answer = DemandAnswer { demand: 0, answer: marks.open(id, "demandAnswers") };
        let mut promises = row.promises.clone();
        for promise in &mut promises.0 {
            promise.text = marks.under(id, Guard::Inside, "draftCommitments");
        }
        let late = Strings(vec![marks.under(id, Guard::Inside, "lateOpinions")]);
        let rejection = marks.under(id, Guard::Inside, "rejectionReason");
        let withdrawal =
            row.publication_withdrawn_at.map(|_| marks.under(id, Guard::Handling, "publicationWithdrawalReason"));
        let number = row.document_no.as_ref().map(|_| marks.open(id, "documentNo"));
        set!(db, row, {
            body: body, demand_answers: DemandAnswers(vec![answer]), promises: Promises(promises.0),
            late_opinions: late, rejection_reason: Some(rejection), document_no: number,
            publication_withdrawal_reason: withdrawal,
        });
    }
    for row in review::Entity::find().all(db).await.expect("the rows can be read") {
        let id = AnyId::ReplyId(row.reply_id);
        let comment = marks.under(id, Guard::Inside, "reviews");
        let mut gates = row.gates.0.clone();
        for gate in &mut gates {
            gate.remark = Some(marks.under(id, Guard::Inside, "gates"));
        }
        set!(db, row, { comment: Some(comment), gates: GateChecks(gates) });
    }
}

async fn followers(db: &DatabaseConnection, before: &Oracle, marks: &mut Marks) {
    for row in &before.contact {
        let id = AnyId::ContactId(row.id);
        let people = Strings(vec![marks.under(id, Guard::Proposer, "participants")]);
        let (place, summary) = (marks.open(id, "place"), marks.open(id, "summary"));
        let comment = marks.open(id, "confirmationComment");
        set!(db, row, {
            place: Some(place), participants: people, summary: summary, confirmation_comment: Some(comment),
        });
    }
    for row in &before.feedback {
        let id = AnyId::FeedbackId(row.id);
        let (comment, reason) = (marks.open(id, "comment"), marks.open(id, "settlementReason"));
        let answers = FormAnswers(vec![FormAnswer { key: "x".into(), value: marks.open(id, "answers") }]);
        set!(db, row, { comment: Some(comment), settlement_reason: Some(reason), answers: answers });
    }
    for row in &before.commitment {
        let id = AnyId::CommitmentId(row.id);
        let shown =
            before.reply(row.reply_id).published_at.is_some() && before.published(before.matter(row.submission_id));
        let text = marks.at(Place::Field(id, Guard::Open), shown && row.published_at.is_some(), "text");
        let report = marks.open(id, "report");
        let comment = marks.open(id, "answerComment");
        set!(db, row, { text: text, report: Some(report), answer_comment: Some(comment) });
    }
    for row in &before.supervision {
        let id = AnyId::SupervisionId(row.id);
        let (label, reason) = (marks.open(id, "label"), marks.open(id, "reason"));
        set!(db, row, { label: label, reason: reason });
    }
    for row in &before.attachment {
        set!(db, row, { file_name: marks.open(AnyId::AttachmentId(row.id), "fileName") });
    }
    for row in &before.instruction {
        set!(db, row, { text: marks.open(AnyId::InstructionId(row.id), "text") });
    }
    for row in &before.appraisal {
        let id = AnyId::AppraisalId(row.id);
        let mut inputs = row.inputs.clone();
        for finding in &mut inputs.0.findings {
            finding.reason = marks.open(id, "findings");
        }
        let mut corrected = row.corrected.clone();
        for finding in corrected.iter_mut().flat_map(|list| &mut list.0) {
            finding.reason = marks.open(id, "corrected");
        }
        let objection = row.objection.as_ref().map(|_| marks.open(id, "objection"));
        let answer = row.answer.as_ref().map(|_| marks.open(id, "answer"));
        set!(db, row, { inputs: inputs, corrected: corrected, objection: objection, answer: answer });
    }
    for row in &before.meeting {
        let id = AnyId::MeetingId(row.id);
        let people = Strings(vec![marks.under(id, Guard::Proposer, "participants")]);
        let (title, place, summary) = (marks.open(id, "title"), marks.open(id, "place"), marks.open(id, "summary"));
        set!(db, row, { title: title, place: Some(place), participants: people, summary: summary });
    }
}

/// Questions at the desk, each with one more answer, since answers cannot be changed.
async fn desk(app: &TestApp, before: &Oracle, marks: &mut Marks) {
    let db = app.deps.db.writer();
    for (number, row) in before.consultation.iter().enumerate() {
        let id = AnyId::ConsultationId(row.id);
        set!(db, row, { question: marks.open(id, "question") });
        let answer = consultation_answer::Model {
            id: uuid(0x4000 + number as u128).into(),
            consultation_id: row.id,
            text: marks.open(id, "answers"),
            answered_by: row.asker_id,
            answered_as: row.asker_position_id,
            answered_at: app.now(),
        };
        let answer = consultation_answer::ActiveModel::from(answer);
        consultation_answer::Entity::insert(answer).exec_without_returning(db).await.expect("the row is stored");
    }
}

/// The trail cannot be changed, so that marked entries are added: for each audience, about the matter and
/// about each agency. Every reader is told of one of them in each matter, whether he may know it or not.
async fn trail(app: &TestApp, before: &Oracle, marks: &mut Marks, readers: &[PositionId]) {
    let db = app.deps.db.writer();
    let (mut entries, mut notices) = (0, 0);
    for (number, matter) in before.submission.iter().enumerate() {
        let about: Vec<Option<OrganizationId>> =
            std::iter::once(None).chain(before.parts(matter).map(|part| Some(part.agency_id))).collect();
        let mut of_matter = Vec::new();
        for audience in Audience::ALL {
            for agency in &about {
                let id = EventId(uuid(0x10_0000 + entries));
                entries += 1;
                let row = event::Model {
                    id,
                    submission_id: matter.id,
                    assignment_id: None,
                    agency_id: *agency,
                    region_id: matter.region_id,
                    at: app.now(),
                    happening: Happening::Updated.code().to_owned(),
                    audience: *audience,
                    actor_id: Some(matter.lead_proposer_id),
                    position_id: Some(matter.lead_position_id),
                    subject: matter.id.to_string(),
                    from_status: None,
                    to_status: None,
                    detail: Some(marks.open(AnyId::EventId(id), "summary")),
                    rule_set_id: matter.rule_set_id,
                    rehearsal: false,
                    request_id: "stage".into(),
                };
                event::Entity::insert(event::ActiveModel::from(row)).exec(db).await.expect("the row is stored");
                of_matter.push(id);
            }
        }
        for (reader, position) in readers.iter().enumerate() {
            let id = NotificationId(uuid(0x20_0000 + notices));
            notices += 1;
            let row = notification::Model {
                id,
                position_id: *position,
                submission_id: Some(matter.id),
                consultation_id: None,
                appraisal_id: None,
                event_id: of_matter[(number + reader) % of_matter.len()],
                happening: Happening::Updated.code().to_owned(),
                detail: Some(marks.at(Place::Told(id), false, "body")),
                at: app.now(),
                read_at: None,
                dispatched_at: None,
            };
            let row = notification::ActiveModel::from(row);
            notification::Entity::insert(row).exec(db).await.expect("the row is stored");
        }
    }
    for row in before.notification.iter().filter(|row| row.detail.is_some()) {
        set!(db, row, { detail: Some(marks.at(Place::Told(row.id), false, "body")) });
    }
}
