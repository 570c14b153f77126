//! What becomes of a line: the rows that a matter with the same life would have left.
//!
//! Nothing is made up. Where a ledger says too little for a row, there is none; where a field may not be empty, it
//! says that the ledger is silent. Whatever has no field here is kept beside the matter as the cells of the line.

use super::people::People;
use crate::access::Permit;
use crate::clocks;
use crate::cx::Deps;
use crate::error::{AppError, AppResult};
use crate::repo::statistics::facts;
use crate::repo::trail::Author;
use crate::repo::{ledger, numbers, save, search};
use crate::rule_book::Rules;
use chrono::{DateTime, NaiveDate, Utc};
use domain::event::Happening;
use domain::ids::{AssignmentId, CategoryId, FeedbackFormId, OrganizationId, SessionId, SubmissionId, UserId};
use domain::ledger::{LedgerLine, ReadLine, collective, row_of};
use domain::lifecycle::submission::derive;
use domain::rules::calendar::Calendar;
use domain::rules::clock::ClockEvent;
use domain::rules::legal_day::{day_begins, legal_day};
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, CommitmentStatus, Confidentiality, ContactConfirmation, ContactMode,
    ContactPhase, Disclosure, FeedbackStatus, HandlingMode, Institution, Outcome, ReplyStatus, Settlement,
    SubmissionKind, SubmissionStatus,
};
use entity::json::{DemandAnswers, FormAnswers, OrganizationIds, Promises, Strings};
use entity::{assignment, commitment, contact, due_day, event, feedback, ledger_line, region, reply, submission};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::{HashMap, HashSet};

/// Stands where the ledger is silent and a text may not be empty.
const IN_THE_LEDGER: &str = "(由历史台账导入,正文见原件)";

/// Makes rows of lines.
#[derive(Debug)]
pub struct Maker<'a> {
    deps: &'a Deps,
    author: Author<'a>,
    region: &'a region::Model,
    rules: &'a Rules,
    calendar: &'a Calendar,
    people: People,
    agencies: HashMap<String, OrganizationId>,
    sessions: HashMap<(Institution, i32, i32), SessionId>,
    categories: HashMap<String, CategoryId>,
    forms: HashMap<Institution, FeedbackFormId>,
    numbers: HashSet<(Institution, SessionId, SubmissionKind, i32)>,
    documents: HashSet<(OrganizationId, String)>,
    rows: Rows,
}

/// What is to be stored, table by table.
#[derive(Debug, Default)]
struct Rows {
    submissions: Vec<submission::Model>,
    lines: Vec<ledger_line::Model>,
    assignments: Vec<assignment::Model>,
    due_days: Vec<due_day::Model>,
    contacts: Vec<contact::Model>,
    replies: Vec<reply::Model>,
    feedbacks: Vec<feedback::Model>,
    commitments: Vec<commitment::Model>,
    events: Vec<event::Model>,
}

impl<'a> Maker<'a> {
    /// Reads what lines refer to.
    pub async fn new(
        tx: &DatabaseTransaction,
        deps: &'a Deps,
        author: Author<'a>,
        region: &'a region::Model,
        (rules, calendar): (&'a Rules, &'a Calendar),
    ) -> AppResult<Self> {
        let bodies = ledger::bodies(tx, region.id).await?;
        let people = People::read(tx, deps, author.now(), region.id, &bodies).await?;
        let sessions = ledger::sessions(tx, region.id).await?.into_iter();
        Ok(Self {
            deps,
            author,
            region,
            rules,
            calendar,
            people,
            agencies: bodies.into_iter().map(|body| (body.name, body.id)).collect(),
            sessions: sessions.map(|row| ((row.institution, row.term_no, row.session_no), row.id)).collect(),
            categories: ledger::categories(tx, region.id).await?.into_iter().collect(),
            forms: ledger::forms(tx).await?.into_iter().collect(),
            numbers: HashSet::new(),
            documents: HashSet::new(),
            rows: Rows::default(),
        })
    }

    /// Learns which numbers are taken, of those that lines will bring.
    pub async fn expect(&mut self, tx: &impl ConnectionTrait, documents: impl Iterator<Item = &str>) -> AppResult<()> {
        let wanted: Vec<&str> = documents.collect();
        let taken = ledger::documents(tx, &wanted).await?;
        self.documents.extend(taken.into_iter().filter_map(|(agency, number)| Some((agency, number?))));
        let taken = ledger::numbers_of_sessions(tx, self.region.id).await?;
        self.numbers.extend(taken);
        Ok(())
    }

    /// Adds the rows of a line.
    pub fn add(&mut self, line: &ReadLine, file_name: &str) -> AppResult<()> {
        let content = &line.content;
        let institution = content.institution().unwrap_or(Institution::Congress);
        let proposer = self.people.proposer(self.deps, institution, &content.lead_proposer);
        let Some((lead, position)) = proposer else {
            return Err(AppError::Internal(format!("{} has no office for {institution}", self.region.code)));
        };
        let begun = day_begins(first_day(content));
        let id: SubmissionId = self.deps.ids.make(begun);
        let mode = content.mode_or_derived().unwrap_or(HandlingMode::Separate);
        let round = if content.rehandled == Some(true) { 2 } else { 1 };
        let parts = self.parts(id, content, mode, round)?;
        let states: Vec<_> = parts.iter().map(|part| (part.role, part.status)).collect();
        let status = derive(&states).unwrap_or(SubmissionStatus::Accepted);
        let replied_at = content.replied_on.map(day_begins);
        let collective_kind =
            (content.kind == SubmissionKind::Proposal).then(|| collective(&content.lead_proposer)).flatten();
        let case_no = i32::try_from(content.case_no).unwrap_or(i32::MAX);
        let session_id = self.session(content, institution, case_no);
        self.rows.submissions.push(submission::Model {
            id,
            version: 1,
            kind: content.kind,
            institution,
            status,
            region_id: self.region.id,
            session_id,
            handling_year: Some(content.year),
            phase: content.phase,
            origin_level: Some(content.level),
            category_id: content.category.as_ref().and_then(|name| self.categories.get(name)).copied(),
            case_no: Some(case_no),
            title: content.title.clone(),
            background: IN_THE_LEDGER.into(),
            analysis: IN_THE_LEDGER.into(),
            recommendations: IN_THE_LEDGER.into(),
            demands: Strings(Vec::new()),
            suggested_agency_ids: OrganizationIds(Vec::new()),
            confidentiality: Confidentiality::Public,
            disclosure: content.disclosure.unwrap_or(Disclosure::OnRequest),
            lead_proposer_id: lead,
            lead_position_id: position,
            collective_kind,
            collective_name: collective_kind.map(|_| content.lead_proposer.clone()),
            office_id: None,
            transfer_office_id: None,
            // What is over began under rules that nobody has here.
            rule_set_id: replied_at.is_none().then_some(self.rules.id),
            created_at: begun,
            submitted_at: Some(begun),
            accepted_at: Some(begun),
            assigned_at: content.assigned_on.map(day_begins),
            closed_at: replied_at,
            round,
            mode: Some(mode),
            due_on: parts.iter().filter(|part| part.role.answers()).filter_map(|part| part.due_on).min(),
            merged_into_id: None,
            converted_to_id: None,
            refusal_ground: None,
            refusal_reason: None,
            withdrawal_asked_at: None,
            withdrawal_reason: None,
            imported_at: Some(self.author.now()),
            names_withheld_at: None,
            // The public hears of it now, whenever it was published.
            public_changed_at: replied_at.and(content.publication_url.as_ref()).map(|_| self.author.now()),
        });
        self.contacts(id, content, parts.first().map(|part| part.id));
        self.replies(id, content, lead, &parts);
        // A ledger tells the last due day alone: it holds from the assignment on.
        self.rows.due_days.extend(parts.iter().filter_map(|part| {
            let noted_on = legal_day(part.assigned_at?);
            Some(due_day::Model { assignment_id: part.id, noted_on, due_on: part.due_on? })
        }));
        self.rows.assignments.extend(parts);
        let cells = row_of(content, line.line).cells;
        self.rows.lines.push(ledger_line::Model {
            submission_id: id,
            region_id: self.region.id,
            fingerprint: line.fingerprint.to_string(),
            file_name: file_name.to_owned(),
            line: i32::try_from(line.line).unwrap_or(i32::MAX),
            cells: Strings(cells.iter().map(domain::table::Cell::shown).collect()),
        });
        self.rows.events.push(self.entry(id));
        Ok(())
    }

    /// The session, unless its number is another matter's already.
    fn session(&mut self, content: &LedgerLine, institution: Institution, case_no: i32) -> Option<SessionId> {
        let name = content.session_name();
        let key = (institution, i32::from(name.term_no?), i32::from(name.session_no?));
        // What another level raised has a number of that level, not of the session here.
        let here = content.level == self.region.level;
        let session = *self.sessions.get(&key).filter(|_| here)?;
        self.numbers.insert((institution, session, content.kind, case_no)).then_some(session)
    }

    /// An assignment for each agency.
    fn parts(
        &self,
        submission: SubmissionId,
        content: &LedgerLine,
        mode: HandlingMode,
        round: i32,
    ) -> AppResult<Vec<assignment::Model>> {
        let answering = if mode == HandlingMode::Separate { AssignmentRole::Separate } else { AssignmentRole::Lead };
        let leads = content.leads.iter().map(|name| (name, answering));
        let all = leads.chain(content.co_agencies.iter().map(|name| (name, AssignmentRole::Co)));
        all.enumerate()
            .map(|(ordinal, (name, role))| {
                let agency = self.agencies.get(name).ok_or_else(|| AppError::Internal(format!("no agency {name}")))?;
                let mut part = assignment::Model {
                    id: self.deps.ids.make(day_begins(first_day(content))),
                    version: 1,
                    submission_id: submission,
                    agency_id: *agency,
                    role,
                    status: status(content, role),
                    live: true,
                    sole_lead: role == AssignmentRole::Lead && mode != HandlingMode::CoLead,
                    ordinal: i32::try_from(ordinal).unwrap_or(i32::MAX),
                    scope: None,
                    round,
                    assigned_at: content.assigned_on.or(content.replied_on).map(day_begins),
                    signed_at: content.signed_on.map(day_begins),
                    due_on: content.extended_to.or(content.due_on).filter(|_| role.answers()),
                    clock_from: None,
                    extended_to: content.extended_to.filter(|_| role.answers()),
                    finished_at: content.replied_on.map(day_begins),
                    arbitrated_at: None,
                    clock: None,
                    leader_id: None,
                    handler_id: None,
                    section_id: None,
                    plan: None,
                    stage: None,
                };
                if let (Some(on), None) = (content.assigned_on, content.replied_on) {
                    self.wind_up(&mut part, on)?;
                }
                Ok(part)
            })
            .collect()
    }

    /// What is still open gets a clock that goes on from here; a later day in the ledger was granted.
    fn wind_up(&self, part: &mut assignment::Model, on: NaiveDate) -> AppResult<()> {
        let written = part.due_on.take();
        part.extended_to = None;
        clocks::note(part, ClockEvent::Started { on }, self.rules, self.calendar)?;
        if let Some(until) = written.filter(|until| part.due_on.is_some_and(|due| *until > due)) {
            clocks::note(part, ClockEvent::ExtensionGranted { on, until }, self.rules, self.calendar)?;
        }
        Ok(())
    }

    fn contacts(&mut self, submission: SubmissionId, content: &LedgerLine, part: Option<AssignmentId>) {
        let (Some(first), Some(part)) = (content.first_contact_on, part) else { return };
        let modes = &content.contact_modes;
        let mode = modes.first().copied().unwrap_or(ContactMode::Other);
        let face_to_face = |mode: ContactMode| self.rules.set.is_face_to_face(mode);
        let mut held = vec![(mode, face_to_face(mode))];
        if content.face_to_face_count.unwrap_or_default() > 0 && !face_to_face(mode) {
            let met = modes.iter().copied().find(|mode| face_to_face(*mode)).unwrap_or(ContactMode::Other);
            held.push((met, true));
        }
        let at = day_begins(first);
        for (mode, face_to_face) in held {
            self.rows.contacts.push(contact::Model {
                id: self.deps.ids.make(at),
                version: 1,
                assignment_id: part,
                submission_id: submission,
                mode,
                phase: ContactPhase::During,
                face_to_face,
                held_at: at,
                place: None,
                participants: Strings(vec![content.lead_proposer.clone()]),
                summary: IN_THE_LEDGER.into(),
                recorded_by: self.people.keeper,
                recorded_at: self.author.now(),
                confirmation: ContactConfirmation::Confirmed,
                confirmation_comment: None,
                answered_at: None,
            });
        }
    }

    /// A reply of each agency that answers; the rating and the promise stand with the first.
    fn replies(&mut self, id: SubmissionId, content: &LedgerLine, lead: UserId, parts: &[assignment::Model]) {
        let Some(replied) = content.replied_on else { return };
        let at = day_begins(replied);
        for (place, part) in parts.iter().filter(|part| part.role.answers()).enumerate() {
            let number = content.document_no.clone();
            let number = number.filter(|number| self.documents.insert((part.agency_id, number.clone())));
            let (outcome, label) = match &content.outcome {
                Some(found) => (found.outcome, found.label.clone()),
                None => (Outcome::InProgress, String::new()),
            };
            let reply = reply::Model {
                id: self.deps.ids.make(at),
                assignment_id: part.id,
                submission_id: id,
                version: 1,
                round: part.round,
                status: ReplyStatus::Issued,
                body: IN_THE_LEDGER.into(),
                outcome,
                outcome_label: label,
                demand_answers: DemandAnswers::default(),
                promises: Promises::default(),
                disclosure: content.disclosure.unwrap_or(Disclosure::OnRequest),
                drafted_by: self.people.keeper,
                drafted_at: at,
                step: 0,
                late_opinions: Strings(Vec::new()),
                rejection_reason: None,
                document_no: number,
                issued_at: Some(at),
                agency_id: part.agency_id,
                published_at: content.publication_url.as_ref().map(|_| at),
                publication_withdrawn_at: None,
                publication_withdrawal_reason: None,
            };
            if place == 0 {
                self.rating(&reply, content, lead);
                self.promise(&reply, content);
            }
            self.rows.replies.push(reply);
        }
    }

    fn rating(&mut self, reply: &reply::Model, content: &LedgerLine, lead: UserId) {
        let institution = content.institution().unwrap_or(Institution::Congress);
        let overall = content.result_rating.or(content.attitude_rating);
        let (Some(overall), Some(form)) = (overall, self.forms.get(&institution)) else { return };
        let at = reply.drafted_at;
        self.rows.feedbacks.push(feedback::Model {
            id: self.deps.ids.make(at),
            version: 1,
            submission_id: reply.submission_id,
            handled_id: reply.submission_id,
            reply_id: reply.id,
            round: reply.round,
            status: FeedbackStatus::Settled,
            form_id: *form,
            respondent_id: lead,
            requested_at: at,
            due_on: content.replied_on.unwrap_or_default(),
            submitted_at: Some(at),
            attitude_rating: content.attitude_rating,
            process_rating: None,
            result_rating: content.result_rating,
            overall_rating: Some(overall),
            comment: content.comment.clone(),
            answers: FormAnswers::default(),
            settled_at: Some(at),
            settled_by: Some(self.people.keeper),
            settlement: Some(Settlement::Close),
            settlement_reason: None,
        });
    }

    fn promise(&mut self, reply: &reply::Model, content: &LedgerLine) {
        let (Some(text), Some(due_on)) = (&content.promise, content.promise_due_on) else { return };
        let kept = content.fulfilment.as_deref().is_some_and(is_kept);
        let at: Option<DateTime<Utc>> = kept.then(|| day_begins(due_on));
        self.rows.commitments.push(commitment::Model {
            id: self.deps.ids.make(reply.drafted_at),
            version: 1,
            reply_id: reply.id,
            submission_id: reply.submission_id,
            assignment_id: reply.assignment_id,
            agency_id: reply.agency_id,
            region_id: self.region.id,
            ordinal: 0,
            text: text.clone(),
            due_on,
            status: if kept { CommitmentStatus::Confirmed } else { CommitmentStatus::Open },
            report: content.fulfilment.clone(),
            reported_at: at,
            fulfilled: kept.then_some(true),
            changed_to: None,
            answered_at: at,
            answer_comment: None,
            fulfilment_rating: None,
            published_at: None,
        });
    }

    fn entry(&self, id: SubmissionId) -> event::Model {
        event::Model {
            id: self.author.id(),
            submission_id: id,
            assignment_id: None,
            agency_id: None,
            region_id: self.region.id,
            at: self.author.now(),
            happening: Happening::Imported.code().to_owned(),
            audience: Happening::Imported.audience(),
            actor_id: self.author.actor().map(|actor| actor.user_id),
            position_id: self.author.actor().map(|actor| actor.position_id),
            subject: id.to_string(),
            from_status: None,
            to_status: None,
            detail: None,
            rule_set_id: None,
            rehearsal: self.author.is_rehearsal(),
            request_id: self.author.request_id().to_owned(),
        }
    }

    /// Stores everything.
    pub async fn store(self, tx: &DatabaseTransaction, permit: &Permit) -> AppResult<()> {
        let mut highest: HashMap<String, i32> = HashMap::new();
        for row in self.rows.submissions.iter().filter(|row| row.session_id.is_some()) {
            let number = highest.entry(super::super::reviewing::series(row)).or_default();
            *number = (*number).max(row.case_no.unwrap_or_default());
        }
        save::insert_all(tx, permit, self.people.new_people).await?;
        save::insert_all(tx, permit, self.people.new_positions).await?;
        let (submissions, replies) = (self.rows.submissions.clone(), self.rows.replies.clone());
        save::insert_all(tx, permit, self.rows.submissions).await?;
        save::insert_all(tx, permit, self.rows.lines).await?;
        save::insert_all(tx, permit, self.rows.assignments).await?;
        save::insert_all(tx, permit, self.rows.due_days).await?;
        save::insert_all(tx, permit, self.rows.contacts).await?;
        save::insert_all(tx, permit, self.rows.replies).await?;
        save::insert_all(tx, permit, self.rows.feedbacks).await?;
        save::insert_all(tx, permit, self.rows.commitments).await?;
        save::insert_all(tx, permit, self.rows.events).await?;
        let ids: Vec<_> = submissions.iter().map(|row| row.id).collect();
        facts::renew(tx, permit, &ids).await?;
        search::add_matters(tx, permit, &submissions).await?;
        search::add_replies(tx, permit, &replies).await?;
        for (series, number) in highest {
            numbers::go_on_after(tx, permit, &series, number).await?;
        }
        Ok(())
    }
}

/// The first day of which the line knows; without any, the first of its year.
fn first_day(content: &LedgerLine) -> NaiveDate {
    let known = content.submitted_on.or(content.assigned_on).or(content.replied_on);
    known.or_else(|| NaiveDate::from_ymd_opt(content.year, 1, 1)).unwrap_or_default()
}

/// How far an agency is with what the line tells.
fn status(content: &LedgerLine, role: AssignmentRole) -> AssignmentStatus {
    match (content.replied_on, content.assigned_on, content.signed_on) {
        (Some(_), _, _) if role.answers() => AssignmentStatus::Done,
        (Some(_), _, _) => AssignmentStatus::OpinionSent,
        (None, Some(_), Some(_)) => AssignmentStatus::Signed,
        (None, Some(_), None) => AssignmentStatus::PendingSign,
        (None, None, _) => AssignmentStatus::Planned,
    }
}

/// Whether the words on a promise say that it was kept.
fn is_kept(words: &str) -> bool {
    let done = ["已落实", "已完成", "已全部落实", "落实完毕", "全部落实"];
    !words.contains('未') && !words.contains("部分") && done.iter().any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_kept;

    #[test]
    fn only_plain_words_say_that_a_promise_was_kept() {
        for kept in ["已落实", "2020年6月已完成", "全部落实"] {
            assert!(is_kept(kept), "{kept}");
        }
        for open in ["", "未落实", "部分已落实", "正在落实", "尚未完成"] {
            assert!(!is_kept(open), "{open}");
        }
    }
}
