//! 台账: the matters of a list in the columns of `domain::ledger`, so that what is exported can be imported.
//!
//! Each cell is what its reader may read; telephone numbers stay out. What a ledger brought in and has no field here
//! comes from the line that was kept, for those who follow the handling.

use super::listed::Listed;
use crate::access::Seen;
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::submissions::SubmissionFilter;
use crate::repo::{children, ledger};
use crate::use_cases::sight;
use domain::ids::SubmissionId;
use domain::ledger::{Column, LedgerLine, LedgerOutcome, row_of};
use domain::policy::Action;
use domain::rules::legal_day::legal_day;
use domain::vocabulary::{AssignmentStatus, CommitmentStatus, ContactConfirmation, ContactMode, HandlingMode};
use entity::json::Strings;
use entity::{commitment, contact, feedback, reply};
use sheets::{Sheet, SheetColumn};
use std::collections::HashMap;

/// How many matters are asked for at a time.
const AT_ONCE: usize = 500;

/// What hangs on some matters.
struct Hanging {
    replies: HashMap<SubmissionId, Vec<reply::Model>>,
    contacts: HashMap<SubmissionId, Vec<contact::Model>>,
    feedbacks: HashMap<SubmissionId, Vec<feedback::Model>>,
    commitments: HashMap<SubmissionId, Vec<commitment::Model>>,
    cells: HashMap<SubmissionId, Strings>,
}

/// The ledger of a list; its name, and its one sheet.
pub async fn make(cx: &Cx, filter: SubmissionFilter) -> AppResult<(String, Sheet)> {
    let listed = Listed::read(cx, &filter).await?;
    let conn = cx.db().reader();
    let mut rows = Vec::with_capacity(listed.seen.len());
    for some in listed.seen.chunks(AT_ONCE) {
        let ids: Vec<SubmissionId> = some.iter().map(|one| one.matter.row.id).collect();
        let hanging = Hanging {
            replies: children::replies(conn, &ids).await?,
            contacts: children::contacts(conn, &ids).await?,
            feedbacks: children::feedbacks(conn, &ids).await?,
            commitments: children::commitments(conn, &ids).await?,
            cells: ledger::cells(conn, &ids).await?,
        };
        for one in some {
            let number = u32::try_from(rows.len() + 2).unwrap_or(u32::MAX);
            rows.push(row_of(&line(cx, &listed, one, &hanging), number).cells);
        }
    }
    let columns = Column::ALL.iter().map(|column| SheetColumn {
        header: column.header().to_owned(),
        width: column.width(),
        is_number: column.is_number(),
    });
    let years = filter.handling_year.map(|year| format!("{year}年")).unwrap_or_default();
    let name = format!("{}{years}建议提案台账", listed.region.name);
    Ok((name, Sheet { name: "台账".into(), columns: columns.collect(), rows }))
}

fn line(cx: &Cx, listed: &Listed, one: &Seen, hanging: &Hanging) -> LedgerLine {
    let row = &one.matter.row;
    let follows = one.may(Action::ReadHandling);
    let kept = |column: Column| {
        let cells = hanging.cells.get(&row.id).filter(|_| follows)?;
        let at = Column::ALL.iter().position(|other| *other == column)?;
        cells.0.get(at).filter(|text| !text.is_empty()).cloned()
    };
    let plans = one.may(Action::ReadPlanned);
    let parts: Vec<_> = one.matter.live().filter(|part| plans || part.status != AssignmentStatus::Planned).collect();
    let names = |answering: bool| {
        let some = parts.iter().filter(|part| part.role.answers() == answering);
        some.map(|part| listed.body(part.agency_id)).collect::<Vec<_>>()
    };
    let first = parts.iter().find(|part| part.role.answers());
    let replies = hanging.replies.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let answer = replies.iter().rev().find(|reply| reply.issued_at.is_some() && sight::reply(cx, one, reply));
    let contacts = hanging.contacts.get(&row.id).filter(|_| follows).map(Vec::as_slice).unwrap_or_default();
    let met = contacts.iter().filter(|c| c.face_to_face && c.confirmation == ContactConfirmation::Confirmed).count();
    let forms = hanging.feedbacks.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let form = forms.iter().rev().find(|form| form.submitted_at.is_some() && sight::feedback(cx, one, form));
    let promises = hanging.commitments.get(&row.id).filter(|_| follows).map(Vec::as_slice).unwrap_or_default();
    let promise = promises.first();
    let session = row.session_id.and_then(|id| listed.sessions.get(&id));
    // A ledger that counts a meeting without saying how is not made to say it.
    let told = |contact: &&contact::Model| row.imported_at.is_none() || contact.mode != ContactMode::Other;
    let mut modes: Vec<_> = contacts.iter().filter(told).map(|contact| contact.mode).collect();
    modes.dedup();
    LedgerLine {
        year: row.handling_year.unwrap_or_default(),
        level: row.origin_level.unwrap_or(listed.region.level),
        session: kept(Column::Session)
            .or_else(|| session.map(|session| session.title.clone()))
            .unwrap_or_else(|| row.institution.label(domain::language::Language::Zh).to_owned()),
        case_no: row.case_no.and_then(|number| u32::try_from(number).ok()).unwrap_or_default(),
        kind: row.kind,
        category: row.category_id.and_then(|id| listed.categories.get(&id)).cloned().or_else(|| kept(Column::Category)),
        title: row.title.clone(),
        lead_proposer: listed.proposer(one).unwrap_or_else(|| "(不公开)".into()),
        cosigner_count: match kept(Column::CosignerCount) {
            Some(count) => count.parse().ok(),
            None => u32::try_from(one.matter.cosigners().count()).ok(),
        },
        proposer_phone: None,
        phase: row.phase,
        submitted_on: row.submitted_at.map(legal_day),
        assigned_on: row.assigned_at.map(legal_day),
        assignment_document_no: kept(Column::AssignmentDocumentNo),
        mode: row.mode.filter(|mode| match mode {
            HandlingMode::Sole => names(false).is_empty(),
            _ => true,
        }),
        own_role: None,
        leads: names(true),
        co_agencies: names(false),
        responsible_leader: kept(Column::ResponsibleLeader),
        section: kept(Column::Section),
        handler: kept(Column::Handler),
        handler_phone: None,
        signed_on: first.and_then(|part| part.signed_at).map(legal_day),
        first_contact_on: contacts.iter().map(|contact| legal_day(contact.held_at)).min(),
        contact_modes: modes,
        face_to_face_count: match kept(Column::FaceToFaceCount) {
            Some(count) => count.parse().ok(),
            None => u32::try_from(met).ok().filter(|_| follows),
        },
        co_opinions: kept(Column::CoOpinions),
        due_on: first.and_then(|part| part.due_on),
        extended_to: first.and_then(|part| part.extended_to),
        replied_on: answer.and_then(|reply| reply.issued_at).map(legal_day),
        document_no: kept(Column::DocumentNo).or_else(|| answer.and_then(|reply| reply.document_no.clone())),
        outcome: answer
            .filter(|reply| !reply.outcome_label.is_empty())
            .map(|reply| LedgerOutcome { label: reply.outcome_label.clone(), outcome: reply.outcome }),
        disclosure: answer.map(|reply| reply.disclosure),
        publication_url: kept(Column::PublicationUrl),
        attitude_rating: form.and_then(|form| form.attitude_rating),
        result_rating: form.and_then(|form| form.result_rating.or(form.overall_rating)),
        comment: form.and_then(|form| form.comment.clone()),
        rehandled: Some(row.round > 1).filter(|again| *again),
        promise: promise.map(|one| one.text.clone()),
        promise_due_on: promise.map(|one| one.due_on),
        fulfilment: promise.and_then(|one| match one.status {
            CommitmentStatus::Open => one.report.clone(),
            _ => one.report.clone().or_else(|| Some(one.status.label(domain::language::Language::Zh).to_owned())),
        }),
        warning: None,
        remarks: kept(Column::Remarks),
    }
}
