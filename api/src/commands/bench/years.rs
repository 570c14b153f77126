//! Handling years as plain rows: handled, answered, rated; the same every time.

use super::stock::{self, Making};
use super::texts::Texts;
use crate::access::{Permit, command_line};
use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::statistics::facts;
use crate::repo::{save, search};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::event::Happening;
use domain::ids::{FeedbackFormId, SubmissionId, UserId};
use domain::rules::legal_day::day_begins;
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, ContactConfirmation, ContactMode, ContactPhase, Disclosure, FeedbackStatus,
    Institution, Outcome, Rating, RegionLevel, ReplyStatus, Settlement, SubmissionKind, SubmissionStatus,
};
use entity::json::{DemandAnswers, FormAnswers, Promises, Strings};
use entity::{assignment, contact, due_day, event, feedback, reply, submission};
use std::collections::HashMap;
use std::sync::Arc;

/// The last of the years.
const LAST: i32 = 2026;
/// How many matters one transaction stores.
const AT_ONCE: usize = 1_000;

/// The handling years, oldest first.
pub fn handling_years(span: usize) -> Vec<i32> {
    let span = i32::try_from(span.max(1)).unwrap_or(1);
    (LAST - span + 1..=LAST).collect()
}

/// What one transaction stores.
#[derive(Default)]
struct Rows {
    matters: Vec<submission::Model>,
    parts: Vec<assignment::Model>,
    due_days: Vec<due_day::Model>,
    contacts: Vec<contact::Model>,
    replies: Vec<reply::Model>,
    forms: Vec<feedback::Model>,
    events: Vec<event::Model>,
    /// Whether texts are indexed: who counts alone needs no index.
    indexed: bool,
}

/// Fills a database that holds the sample roster; with texts, they are written and indexed.
pub async fn fill(deps: &Arc<Deps>, matters: usize, span: usize, texts: Option<&Texts>) -> AppResult<()> {
    let making = stock::making(deps).await?;
    let form = crate::repo::ledger::forms(deps.db.reader()).await?.into_iter().next();
    let years = handling_years(span);
    let mut number = 0;
    while number < matters {
        let mut rows = Rows::default();
        for _ in 0..AT_ONCE.min(matters - number) {
            let year = years[number % years.len()];
            let form = form.as_ref().map(|(_, id)| *id).ok_or_else(|| stock::missing("feedback form"))?;
            rows.add(deps, &making, (number, year), form)?;
            number += 1;
        }
        if let Some(texts) = texts {
            rows.write(texts, number - rows.matters.len());
        }
        rows.store(deps).await?;
    }
    Ok(())
}

impl Rows {
    fn add(
        &mut self,
        deps: &Deps,
        making: &Making,
        (number, year): (usize, i32),
        form: FeedbackFormId,
    ) -> AppResult<()> {
        let step = u64::try_from(number / 7).unwrap_or(0);
        let first = NaiveDate::from_ymd_opt(year, 1, 10).unwrap_or_default();
        let on = |days: u64| day_begins(first + Days::new(days));
        let (mut matter, mut lead) = making.planned(deps, number)?;
        let keeper = matter.lead_proposer_id;
        matter.handling_year = Some(year);
        if number % 3 == 0 {
            (matter.kind, matter.institution) = (SubmissionKind::Proposal, Institution::Cppcc);
        }
        matter.origin_level = Some(if number % 8 == 0 { RegionLevel::City } else { RegionLevel::County });
        (matter.created_at, matter.submitted_at) = (on(0), Some(on(0)));
        matter.accepted_at = (number % 25 != 0).then(|| on(3));
        if matter.accepted_at.is_none() {
            (matter.status, matter.case_no, matter.mode) = (SubmissionStatus::Refused, None, None);
            self.matters.push(matter);
            return Ok(());
        }
        let due_on = first + Days::new(100);
        let assigned = on(10);
        // One in twelve is still in work; one in nine of the others was answered late.
        let answered = (number % 12 != 0).then(|| on(if number % 9 == 0 { 105 } else { 40 + step % 60 }));
        let settled = answered.filter(|_| number % 10 != 0).map(|at| at + chrono::TimeDelta::days(20));
        (lead.assigned_at, lead.signed_at, lead.due_on) = (Some(assigned), Some(assigned), Some(due_on));
        (lead.finished_at, lead.handler_id) = (answered, None);
        (lead.status, matter.status) = match (answered, settled) {
            (_, Some(_)) => (AssignmentStatus::Done, SubmissionStatus::Closed),
            (Some(_), None) => (AssignmentStatus::Replied, SubmissionStatus::Replied),
            _ => (AssignmentStatus::Handling, SubmissionStatus::Handling),
        };
        (matter.assigned_at, matter.due_on, matter.closed_at) = (Some(assigned), Some(due_on), settled);
        self.due_days.push(due_day::Model { assignment_id: lead.id, noted_on: first + Days::new(10), due_on });
        self.event(deps, &matter, None, (Happening::Accepted, on(3)), SubmissionStatus::Accepted);
        self.event(deps, &matter, None, (Happening::Assigned, assigned), SubmissionStatus::Assigned);
        self.event(deps, &matter, Some(&lead), (Happening::HandlingStarted, on(12)), SubmissionStatus::Handling);
        if number % 10 < 3 {
            let other = making.agency(number + 1)?;
            if other != lead.agency_id {
                let status = if settled.is_some() { AssignmentStatus::Done } else { AssignmentStatus::OpinionSent };
                self.parts.push(assignment::Model {
                    id: deps.ids.make(assigned),
                    agency_id: other,
                    role: AssignmentRole::Co,
                    sole_lead: false,
                    ordinal: 1,
                    status,
                    finished_at: Some(on(30)),
                    ..lead.clone()
                });
            }
        }
        if let Some(at) = answered {
            if number % 5 != 0 {
                self.contacts.push(met(deps, &lead, keeper, on(30)));
            }
            let reply = replied(deps, &lead, keeper, (number, at));
            if let Some(settled) = settled {
                self.forms.push(rated(deps, &matter, &reply, (form, settled), number));
                self.event(deps, &matter, None, (Happening::Closed, settled), SubmissionStatus::Closed);
            }
            self.replies.push(reply);
        }
        self.parts.push(lead);
        self.matters.push(matter);
        Ok(())
    }

    fn event(
        &mut self,
        deps: &Deps,
        matter: &submission::Model,
        part: Option<&assignment::Model>,
        (happening, at): (Happening, DateTime<Utc>),
        to: SubmissionStatus,
    ) {
        self.events.push(event::Model {
            id: deps.ids.make(at),
            submission_id: matter.id,
            assignment_id: part.map(|part| part.id),
            agency_id: part.map(|part| part.agency_id),
            region_id: matter.region_id,
            at,
            happening: happening.code().to_owned(),
            audience: happening.audience(),
            actor_id: None,
            position_id: None,
            subject: matter.id.to_string(),
            from_status: None,
            to_status: Some(to.code().to_owned()),
            detail: None,
            rule_set_id: None,
            rehearsal: false,
            request_id: "bench".into(),
        });
    }

    /// Gives every matter and every reply a text of its own; the matters are numbered from here on.
    fn write(&mut self, texts: &Texts, first: usize) {
        self.indexed = true;
        for (number, matter) in (first..).zip(&mut self.matters) {
            texts.matter(number, matter);
        }
        let titles: HashMap<SubmissionId, &str> =
            self.matters.iter().map(|matter| (matter.id, matter.title.as_str())).collect();
        for reply in &mut self.replies {
            reply.body = Texts::reply(titles.get(&reply.submission_id).copied().unwrap_or_default());
        }
    }

    async fn store(self, deps: &Deps) -> AppResult<()> {
        let given: (Permit, Self) = (command_line(), self);
        let body = deps.db.run(&given, |tx, (permit, rows)| {
            Box::pin(async move {
                save::insert_all(tx, permit, rows.matters.clone()).await?;
                save::insert_all(tx, permit, rows.parts.clone()).await?;
                save::insert_all(tx, permit, rows.due_days.clone()).await?;
                save::insert_all(tx, permit, rows.contacts.clone()).await?;
                save::insert_all(tx, permit, rows.replies.clone()).await?;
                save::insert_all(tx, permit, rows.forms.clone()).await?;
                save::insert_all(tx, permit, rows.events.clone()).await?;
                if rows.indexed {
                    search::add_matters(tx, permit, &rows.matters).await?;
                    search::add_replies(tx, permit, &rows.replies).await?;
                }
                let ids: Vec<_> = rows.matters.iter().map(|row| row.id).collect();
                Ok(facts::renew(tx, permit, &ids).await?)
            })
        });
        body.await
    }
}

fn met(deps: &Deps, part: &assignment::Model, keeper: UserId, at: DateTime<Utc>) -> contact::Model {
    contact::Model {
        id: deps.ids.make(at),
        version: 1,
        assignment_id: part.id,
        submission_id: part.submission_id,
        mode: ContactMode::Visit,
        phase: ContactPhase::During,
        face_to_face: true,
        held_at: at,
        place: None,
        participants: Strings(Vec::new()),
        summary: "上门面商,提出者表示认可。".into(),
        recorded_by: keeper,
        recorded_at: at,
        confirmation: ContactConfirmation::Confirmed,
        confirmation_comment: None,
        answered_at: Some(at),
    }
}

fn replied(
    deps: &Deps,
    part: &assignment::Model,
    keeper: UserId,
    (number, at): (usize, DateTime<Utc>),
) -> reply::Model {
    let outcome = Outcome::ALL[number % Outcome::ALL.len()];
    reply::Model {
        id: deps.ids.make(at),
        version: 1,
        assignment_id: part.id,
        submission_id: part.submission_id,
        round: 1,
        status: ReplyStatus::Issued,
        body: "已会同有关部门研究办理,现答复如下。".repeat(20),
        outcome,
        outcome_label: String::new(),
        demand_answers: DemandAnswers::default(),
        promises: Promises::default(),
        disclosure: Disclosure::Proactive,
        drafted_by: keeper,
        drafted_at: at,
        step: 0,
        late_opinions: Strings(Vec::new()),
        rejection_reason: None,
        document_no: None,
        issued_at: Some(at),
        agency_id: part.agency_id,
        published_at: (number % 4 != 0).then_some(at),
        publication_withdrawn_at: None,
        publication_withdrawal_reason: None,
    }
}

fn rated(
    deps: &Deps,
    matter: &submission::Model,
    reply: &reply::Model,
    (form, settled): (FeedbackFormId, DateTime<Utc>),
    number: usize,
) -> feedback::Model {
    let rating = match number % 20 {
        0 => Rating::Dissatisfied,
        1..=4 => Rating::BasicallySatisfied,
        _ => Rating::Satisfied,
    };
    feedback::Model {
        id: deps.ids.make(settled),
        version: 1,
        submission_id: matter.id,
        handled_id: matter.id,
        reply_id: reply.id,
        round: 1,
        status: FeedbackStatus::Settled,
        form_id: form,
        respondent_id: matter.lead_proposer_id,
        requested_at: reply.drafted_at,
        due_on: domain::rules::legal_day::legal_day(settled),
        submitted_at: Some(settled),
        attitude_rating: Some(rating),
        process_rating: Some(rating),
        result_rating: Some(rating),
        overall_rating: Some(rating),
        comment: None,
        answers: FormAnswers::default(),
        settled_at: Some(settled),
        settled_by: None,
        settlement: Some(Settlement::Close),
        settlement_reason: None,
    }
}
