//! Writing lines as rows, so that what is written can be read again.

use super::agencies;
use super::columns::Column;
use super::line::LedgerLine;
use super::words::{CONTACTS, DISCLOSURES, KINDS, LEVELS, MODES, PHASES, RATINGS, ROLES};
use crate::table::{Cell, Row};
use chrono::{NaiveDate, NaiveTime};

/// The header row.
pub fn header_row() -> Row {
    Row { line: 1, cells: Column::ALL.iter().map(|column| Cell::from(column.header())).collect() }
}

/// The row of a line, in the order of [`Column::ALL`]; `number` is its row number, from 2 below the header.
///
/// Reading it gives an equal line, as long as the outcome is what its label and promise mean: a ledger shows
/// the region's word alone.
pub fn row_of(line: &LedgerLine, number: u32) -> Row {
    Row { line: number, cells: Column::ALL.iter().map(|column| cell(line, *column)).collect() }
}

fn cell(line: &LedgerLine, column: Column) -> Cell {
    match column {
        Column::Year => number(line.year),
        Column::Level => Cell::from(LEVELS.written(line.level)),
        Column::Session => Cell::from(line.session.as_str()),
        Column::CaseNo => number(line.case_no),
        Column::Kind => Cell::from(KINDS.written(line.kind)),
        Column::Category => text(line.category.as_deref()),
        Column::Title => Cell::from(line.title.as_str()),
        Column::LeadProposer => Cell::from(line.lead_proposer.as_str()),
        Column::CosignerCount => line.cosigner_count.map_or(Cell::Empty, number),
        Column::ProposerPhone => text(line.proposer_phone.as_deref()),
        Column::Phase => text(line.phase.map(|phase| PHASES.written(phase))),
        Column::SubmittedOn => day(line.submitted_on),
        Column::AssignedOn => day(line.assigned_on),
        Column::AssignmentDocumentNo => text(line.assignment_document_no.as_deref()),
        Column::Mode => text(line.mode.map(|mode| MODES.written(mode))),
        Column::OwnRole => text(line.own_role.map(|role| ROLES.written(role))),
        Column::Leads => Cell::from(agencies::written(&line.leads).as_str()),
        Column::CoAgencies => Cell::from(agencies::written(&line.co_agencies).as_str()),
        Column::ResponsibleLeader => text(line.responsible_leader.as_deref()),
        Column::Section => text(line.section.as_deref()),
        Column::Handler => text(line.handler.as_deref()),
        Column::HandlerPhone => text(line.handler_phone.as_deref()),
        Column::SignedOn => day(line.signed_on),
        Column::FirstContactOn => day(line.first_contact_on),
        Column::ContactModes => {
            let words: Vec<&str> = line.contact_modes.iter().map(|mode| CONTACTS.written(*mode)).collect();
            Cell::from(words.join("、").as_str())
        }
        Column::FaceToFaceCount => line.face_to_face_count.map_or(Cell::Empty, number),
        Column::CoOpinions => text(line.co_opinions.as_deref()),
        Column::DueOn => day(line.due_on),
        Column::ExtendedTo => day(line.extended_to),
        Column::RepliedOn => day(line.replied_on),
        Column::DocumentNo => text(line.document_no.as_deref()),
        Column::Outcome => text(line.outcome.as_ref().map(|outcome| outcome.label.as_str())),
        Column::Disclosure => text(line.disclosure.map(|disclosure| DISCLOSURES.written(disclosure))),
        Column::PublicationUrl => text(line.publication_url.as_deref()),
        Column::AttitudeRating => text(line.attitude_rating.map(|rating| RATINGS.written(rating))),
        Column::ResultRating => text(line.result_rating.map(|rating| RATINGS.written(rating))),
        Column::Comment => text(line.comment.as_deref()),
        Column::Rehandled => text(line.rehandled.map(|again| if again { "是" } else { "否" })),
        Column::Promise => text(line.promise.as_deref()),
        Column::PromiseDueOn => day(line.promise_due_on),
        Column::Fulfilment => text(line.fulfilment.as_deref()),
        Column::Warning => text(line.warning.as_deref()),
        Column::Remarks => text(line.remarks.as_deref()),
    }
}

fn text(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, Cell::from)
}

fn number(number: impl ToString) -> Cell {
    Cell::Text(number.to_string())
}

fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Empty, |day| Cell::Date(day.and_time(NaiveTime::MIN)))
}
