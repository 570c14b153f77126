//! From the cells of a row to a line of the ledger.

use super::agencies::Agencies;
use super::cells::Cells;
use super::checks;
use super::columns::Column;
use super::dates;
use super::fault::FaultKind;
use super::line::{LedgerLine, LedgerOutcome};
use super::outcomes::OutcomeWords;
use super::session::SessionName;
use super::words::{CONTACTS, DISCLOSURES, KINDS, LEVELS, MODES, PHASES, RATINGS, ROLES, yes_or_no};
use crate::vocabulary::{Institution, RegionLevel, SubmissionKind};

/// The most characters of a title.
pub(super) const TITLE: usize = 300;
/// The most characters of a name or number.
pub(super) const NAME: usize = 200;
/// The most characters of a text of several lines.
pub(super) const BODY: usize = 5_000;

/// What is needed to understand the words of a row.
pub(super) struct Meaning<'a> {
    pub(super) agencies: &'a Agencies,
    pub(super) outcomes: OutcomeWords<'a>,
}

/// What was made of a row.
pub(super) struct Built {
    /// The line; where a cell has a fault, something stands in for its value.
    pub(super) line: LedgerLine,
    /// Whether every cell is right, so that the line may be used.
    pub(super) is_whole: bool,
    /// Whether what makes it the same matter in every file is known, whatever else is wrong.
    pub(super) has_identity: bool,
}

/// Makes a line of a row; every fault is noted in the cells.
pub(super) fn line(cells: &mut Cells<'_>, meaning: &Meaning<'_>) -> Built {
    for column in Column::REQUIRED {
        cells.require(*column);
    }
    let kind = cells.word(Column::Kind, &KINDS);
    let session = cells.line(Column::Session, NAME);
    let leads = agencies(cells, Column::Leads, meaning.agencies);
    let co_agencies = agencies(cells, Column::CoAgencies, meaning.agencies);
    let promise = cells.body(Column::Promise, BODY);
    let of_session = session.as_deref().and_then(|session| SessionName::read(session).institution);
    let of_kind = kind.and_then(SubmissionKind::institution);
    let institution = of_kind.or(of_session).unwrap_or(Institution::Congress);

    if of_kind.zip(of_session).is_some_and(|(kind, session)| kind != session) {
        cells.add(Column::Kind, FaultKind::KindOfOtherBody);
    }
    let year = cells.parsed(Column::Year, dates::year);
    let level = cells.word(Column::Level, &LEVELS);
    let case_no = cells.parsed(Column::CaseNo, dates::case_no);
    let has_identity = year.is_some() && level.is_some() && session.is_some() && kind.is_some() && case_no.is_some();
    let are_agencies_known = leads.is_some() && co_agencies.is_some();
    // A row with a fault gives no line to use, so nobody sees what stands in here for a value that is missing.
    let line = LedgerLine {
        year: year.unwrap_or_default(),
        level: level.unwrap_or(RegionLevel::County),
        session: session.unwrap_or_default(),
        case_no: case_no.unwrap_or_default(),
        kind: kind.unwrap_or(SubmissionKind::Suggestion),
        category: cells.line(Column::Category, NAME),
        title: cells.line(Column::Title, TITLE).unwrap_or_default(),
        lead_proposer: cells.line(Column::LeadProposer, NAME).unwrap_or_default(),
        cosigner_count: cells.parsed(Column::CosignerCount, dates::count),
        proposer_phone: cells.line(Column::ProposerPhone, NAME),
        phase: cells.word(Column::Phase, &PHASES),
        submitted_on: cells.day(Column::SubmittedOn),
        assigned_on: cells.day(Column::AssignedOn),
        assignment_document_no: cells.line(Column::AssignmentDocumentNo, NAME),
        mode: cells.word(Column::Mode, &MODES),
        own_role: cells.word(Column::OwnRole, &ROLES),
        leads: leads.unwrap_or_default(),
        co_agencies: co_agencies.unwrap_or_default(),
        responsible_leader: cells.line(Column::ResponsibleLeader, NAME),
        section: cells.line(Column::Section, NAME),
        handler: cells.line(Column::Handler, NAME),
        handler_phone: cells.line(Column::HandlerPhone, NAME),
        signed_on: cells.day(Column::SignedOn),
        first_contact_on: cells.day(Column::FirstContactOn),
        contact_modes: cells.words(Column::ContactModes, &CONTACTS),
        face_to_face_count: cells.parsed(Column::FaceToFaceCount, dates::count),
        co_opinions: cells.body(Column::CoOpinions, BODY),
        due_on: cells.day(Column::DueOn),
        extended_to: cells.day(Column::ExtendedTo),
        replied_on: cells.day(Column::RepliedOn),
        document_no: cells.line(Column::DocumentNo, NAME),
        outcome: outcome(cells, meaning.outcomes, institution, promise.as_deref()),
        disclosure: cells.word(Column::Disclosure, &DISCLOSURES),
        publication_url: cells.line(Column::PublicationUrl, BODY),
        attitude_rating: cells.word(Column::AttitudeRating, &RATINGS),
        result_rating: cells.word(Column::ResultRating, &RATINGS),
        comment: cells.body(Column::Comment, BODY),
        rehandled: cells.parsed(Column::Rehandled, yes_or_no),
        promise,
        promise_due_on: cells.day(Column::PromiseDueOn),
        fulfilment: cells.body(Column::Fulfilment, BODY),
        warning: cells.line(Column::Warning, NAME),
        remarks: cells.body(Column::Remarks, BODY),
    };
    if are_agencies_known {
        checks::agencies(&line, cells);
    }
    checks::order_of_days(&line, cells);
    checks::completeness(&line, cells);
    let is_whole = cells.faults.is_empty() && cells.header.missing().is_empty();
    Built { line, is_whole, has_identity }
}

/// The agencies of a cell; none when at least one name has a fault.
fn agencies(cells: &mut Cells<'_>, column: Column, known: &Agencies) -> Option<Vec<String>> {
    let Some(cell) = cells.filled(column) else { return Some(Vec::new()) };
    match known.read(&cell.shown()) {
        Ok(names) if names.is_empty() && Column::REQUIRED.contains(&column) => {
            cells.add(column, FaultKind::Required);
            None
        }
        Ok(names) => Some(names),
        Err(faults) => {
            for fault in faults {
                cells.add(column, fault);
            }
            None
        }
    }
}

fn outcome(
    cells: &mut Cells<'_>,
    words: OutcomeWords<'_>,
    institution: Institution,
    promise: Option<&str>,
) -> Option<LedgerOutcome> {
    let label = cells.line(Column::Outcome, NAME)?;
    let found = words.find(institution, &label, promise);
    let outcome = found.ok_or_else(|| FaultKind::UnknownWord { allowed: words.allowed(institution) });
    cells.settle(Column::Outcome, outcome).map(|outcome| LedgerOutcome { label, outcome })
}
