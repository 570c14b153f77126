//! The papers of one matter: its form, the notice to an agency, the letter of reply, the feedback form.

use super::facts::Facts;
use crate::access::Seen;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::{attachments, children, contacts, directory, feedbacks, parties, replies};
use crate::use_cases::{attaching, sight};
use domain::ids::{AssignmentId, ContactId, FeedbackId, OrganizationId, PositionId, ReplyId, SubmissionId, UserId};
use domain::language::Language;
use domain::policy::Action;
use domain::rules::legal_day::legal_day;
use domain::vocabulary::{
    AssignmentStatus, AttachmentState, Disclosure, Institution, OrganizationKind, Rating, Role, Verdict,
};
use entity::reply;
use papers::Paper;
use papers::data;
use std::collections::BTreeSet;

/// 建议纸、提案表.
pub async fn submission_form(cx: &Cx, id: SubmissionId) -> AppResult<Paper> {
    let facts = Facts::read(cx, id).await?;
    let row = &facts.seen.matter.row;
    let category = match row.category_id {
        Some(id) => directory::categories(cx.db().reader(), &[id]).await?.remove(&id).map(|row| row.name),
        None => None,
    };
    let proposer = |id: UserId, position: PositionId| data::Proposer {
        name: facts.person(id),
        group: facts.group(position),
        ..data::Proposer::default()
    };
    let named = facts.shows_proposer();
    let files = attachments::of_submissions(cx.db().reader(), &[id]).await?.remove(&id).unwrap_or_default();
    let files = files.into_iter().filter(|file| file.state == AttachmentState::Stored);
    let files = files.filter(|file| attaching::visible(cx, &facts.seen, file)).map(|file| file.file_name);
    let cosigners = facts.seen.matter.cosigners().filter(|_| named);
    let cosigners = cosigners.map(|one| proposer(one.person_id, one.position_id));
    let suggested = row.suggested_agency_ids.0.iter().map(|id| facts.body(*id)).collect();
    Ok(data::SubmissionForm {
        matter: facts.matter(),
        received_on: row.submitted_at.map(legal_day),
        category,
        lead: (named && row.collective_name.is_none()).then(|| proposer(row.lead_proposer_id, row.lead_position_id)),
        cosigners: cosigners.collect(),
        collective: row.collective_name.clone().filter(|_| named).map(|name| data::Collective {
            name,
            contact: data::Contact { name: facts.person(row.lead_proposer_id), phone: String::new() },
        }),
        background: row.background.clone(),
        analysis: row.analysis.clone(),
        recommendations: row.recommendations.clone(),
        demands: row.demands.0.clone(),
        attachments: files.collect(),
        suggested_lead: suggested,
        suggested_co: Vec::new(),
        may_be_disclosed: Some(row.disclosure == Disclosure::Proactive),
        disclosure_reason: None,
        wants_meeting: None,
        raised_before: None,
        from_research: None,
        review_opinion: None,
        assignment_opinion: None,
        lead_agencies: facts.agencies(true),
        co_agencies: facts.agencies(false),
    }
    .into())
}

/// 交办通知, to the agency of one assignment.
pub async fn assignment_notice(cx: &Cx, id: AssignmentId) -> AppResult<Paper> {
    let conn = cx.db().reader();
    let submission = crate::repo::assignments::submission_of(conn, id).await?.ok_or(AppError::NotFound)?;
    let facts = Facts::read(cx, submission).await?;
    let part = facts.seen.matter.assignments.iter().find(|part| part.id == id).ok_or(AppError::NotFound)?;
    // A plan is no notice yet, and no secret is told by saying so: plans are not found by those who may not read them.
    if part.status == AssignmentStatus::Planned {
        return Err(AppError::NotFound);
    }
    let row = &facts.seen.matter.row;
    let office = match row.transfer_office_id {
        Some(id) => facts.body(id),
        None => body_of_kind(cx, row.region_id, OrganizationKind::TransferOffice).await?,
    };
    let what = if part.role.answers() { "答复截止" } else { "会办意见截止" };
    let deadlines = part.due_on.map(|date| data::Deadline { label: what.into(), date }).into_iter().collect();
    let year = row.handling_year.map(|year| format!("{year}年")).unwrap_or_default();
    Ok(data::AssignmentNotice {
        document_no: None,
        signer: None,
        subject: format!("{year}{}《{}》", row.kind.label(Language::Zh), row.title),
        addressees: vec![facts.body(part.agency_id)],
        total: 1,
        counts: vec![data::Count { label: row.kind.label(Language::Zh).to_owned(), number: 1 }],
        passed_on: 0,
        deadlines,
        requirements: Vec::new(),
        annexes: vec!["交办安排表".into()],
        date: part.assigned_at.map(legal_day),
        contact: data::Contact { name: office.clone(), phone: String::new() },
        office,
        copies: Vec::new(),
    }
    .into())
}

/// 答复函.
pub async fn reply_letter(cx: &Cx, id: ReplyId) -> AppResult<Paper> {
    let conn = cx.db().reader();
    let reply = replies::get(conn, id).await?.ok_or(AppError::NotFound)?;
    let facts = Facts::read(cx, reply.submission_id).await?;
    if !sight::reply(cx, &facts.seen, &reply) {
        return Err(AppError::NotFound);
    }
    let row = &facts.seen.matter.row;
    let mut points: Vec<data::Point> = vec![data::Point { heading: None, text: reply.body.clone() }]
        .into_iter()
        .filter(|p| !p.text.is_empty())
        .collect();
    points.extend(reply.demand_answers.0.iter().map(|one| {
        let demand = usize::try_from(one.demand).ok().and_then(|at| row.demands.0.get(at));
        data::Point { heading: demand.cloned(), text: one.answer.clone() }
    }));
    let signer = signed_by(cx, &facts.seen, &reply).await?;
    let liaison = liaison(cx, reply.agency_id).await?;
    let mut copies = vec![
        body_of_kind(cx, row.region_id, office(row.institution)).await?,
        body_of_kind(cx, row.region_id, OrganizationKind::TransferOffice).await?,
    ];
    let co_agencies = facts.agencies(false);
    copies.extend(co_agencies.iter().cloned());
    Ok(data::ReplyLetter {
        kind: data::ReplyKind::Reply,
        agency: agency_name(cx, reply.agency_id).await?,
        document_no: reply.document_no.clone(),
        signer,
        outcome_mark: Some(reply.outcome_label.clone()).filter(|label| !label.is_empty()),
        disclosure: (reply.disclosure == Disclosure::Proactive).then(|| "公开".into()),
        matter: facts.matter(),
        addressees: facts.addressees(),
        opening: None,
        points,
        co_agencies,
        closing: None,
        annexes: vec!["反馈意见表".into()],
        date: reply.issued_at.map(legal_day),
        contact: liaison,
        copies: copies.into_iter().filter(|name| !name.is_empty()).collect(),
        printed_by: None,
    }
    .into())
}

/// 征询意见表、反馈意见表, with what was answered.
pub async fn feedback_form(cx: &Cx, id: FeedbackId) -> AppResult<Paper> {
    let conn = cx.db().reader();
    let sheet = feedbacks::get(conn, id).await?.ok_or(AppError::NotFound)?;
    let facts = Facts::read(cx, sheet.handled_id).await?;
    if !sight::feedback(cx, &facts.seen, &sheet) {
        return Err(AppError::NotFound);
    }
    let reply = replies::get(conn, sheet.reply_id).await?.ok_or(AppError::NotFound)?;
    let word = |rating: Option<Rating>| rating.map(|rating| rating.label(Language::Zh).to_owned());
    let respondent = directory::people(conn, &[sheet.respondent_id]).await?.remove(&sheet.respondent_id);
    let name = respondent.filter(|_| facts.shows_proposer()).map(|row| row.name);
    let row = &facts.seen.matter.row;
    Ok(data::FeedbackForm {
        matter: facts.matter(),
        agency: agency_name(cx, reply.agency_id).await?,
        document_no: reply.document_no.clone(),
        replied_on: reply.issued_at.map(legal_day),
        outcome: Some(reply.outcome_label.clone()).filter(|label| !label.is_empty()),
        proposers: name.iter().map(|name| data::Proposer { name: name.clone(), ..data::Proposer::default() }).collect(),
        ratings: Rating::ALL.iter().map(|rating| rating.label(Language::Zh).to_owned()).collect(),
        answers: data::FeedbackAnswers {
            attitude: word(sheet.attitude_rating),
            result: word(sheet.result_rating),
            comment: sheet.comment.clone(),
            signed_by: name.filter(|_| sheet.submitted_at.is_some()),
            signed_on: sheet.submitted_at.map(legal_day),
            ..data::FeedbackAnswers::default()
        },
        return_to: vec![body_of_kind(cx, row.region_id, office(row.institution)).await?],
        return_by: Some(sheet.due_on),
    }
    .into())
}

/// 面商记录、沟通记录, for both sides to sign.
pub async fn contact_record(cx: &Cx, id: ContactId) -> AppResult<Paper> {
    let conn = cx.db().reader();
    let row = contacts::get(conn, id).await?.ok_or(AppError::NotFound)?;
    let facts = Facts::read(cx, row.submission_id).await?;
    if !facts.seen.may(Action::ReadHandling) {
        return Err(AppError::NotFound);
    }
    let part = facts.seen.matter.assignments.iter().find(|part| part.id == row.assignment_id);
    let agency = part.ok_or(AppError::NotFound)?.agency_id;
    // Who took part tells who proposed it.
    let named = facts.shows_proposer();
    let all: BTreeSet<String> = facts.addressees().into_iter().map(|one| one.name).collect();
    let took_part = row.participants.0.into_iter().filter(|_| named);
    let (proposers, officials) = took_part.partition(|name| all.contains(name.as_str()));
    let recorder = directory::people(conn, &[row.recorded_by]).await?.remove(&row.recorded_by);
    Ok(data::ContactRecord {
        name: if row.face_to_face { "面商记录" } else { "沟通记录" }.into(),
        matter: facts.matter(),
        agency: facts.body(agency),
        mode: row.mode.label(Language::Zh).to_owned(),
        held_on: Some(legal_day(row.held_at)),
        place: row.place,
        proposers,
        officials,
        leader_attended: None,
        content: Some(row.summary),
        proposers_view: row.confirmation_comment,
        agreed: None,
        recorded_by: recorder.map(|person| person.name),
    }
    .into())
}

/// The kind of office to which proposers of this institution answer.
fn office(institution: Institution) -> OrganizationKind {
    match institution {
        Institution::Congress => OrganizationKind::CongressOffice,
        Institution::Cppcc => OrganizationKind::CppccOffice,
    }
}

async fn agency_name(cx: &Cx, id: OrganizationId) -> AppResult<String> {
    let found = directory::organizations(cx.db().reader(), &[id]).await?.remove(&id);
    found.map(|row| row.name).ok_or_else(|| AppError::Internal(format!("{id} is missing")))
}

/// The name of the region's office of this kind; empty when it has none.
pub(super) async fn body_of_kind(cx: &Cx, region: domain::ids::RegionId, kind: OrganizationKind) -> AppResult<String> {
    let found = parties::organizations(cx.db().reader(), region, kind).await?;
    Ok(found.into_iter().next().map(|row| row.name).unwrap_or_default())
}

/// Who signed the letter off last, for those who may read the sign-off (签发人).
async fn signed_by(cx: &Cx, seen: &Seen, reply: &reply::Model) -> AppResult<Option<String>> {
    if !sight::inside(cx, seen, reply) {
        return Ok(None);
    }
    let conn = cx.db().reader();
    let reviews = children::reviews(conn, &[reply.id]).await?.remove(&reply.id).unwrap_or_default();
    let last = reviews.iter().rev().find(|one| {
        one.verdict == Verdict::Approve
            && one.voided_at.is_none()
            && matches!(one.step, Role::AgencyHead | Role::AgencyDeputyHead)
    });
    let Some(by) = last.map(|one| one.by_id) else { return Ok(None) };
    Ok(directory::people(conn, &[by]).await?.remove(&by).map(|row| row.name))
}

/// Whom one may ask in the agency; telephone numbers stay out of papers that may be published.
async fn liaison(cx: &Cx, agency: OrganizationId) -> AppResult<data::Contact> {
    let conn = cx.db().reader();
    let found = parties::in_organization(conn, agency, &[Role::Liaison], cx.today()).await?;
    let name = match found.first() {
        Some(place) => directory::people(conn, &[place.person_id]).await?.remove(&place.person_id).map(|row| row.name),
        None => None,
    };
    Ok(data::Contact { name: name.unwrap_or_default(), phone: String::new() })
}
