//! What must hold between the cells of one line.

use super::cells::Cells;
use super::columns::Column;
use super::fault::FaultKind;
use super::line::LedgerLine;
use crate::vocabulary::HandlingMode;

/// Each agency stands once, and their number fits the mode.
pub(super) fn agencies(line: &LedgerLine, cells: &mut Cells<'_>) {
    let all = [(Column::Leads, &line.leads), (Column::CoAgencies, &line.co_agencies)];
    let mut seen: Vec<&str> = Vec::new();
    for (column, names) in all {
        for name in names {
            if seen.contains(&name.as_str()) {
                cells.add(column, FaultKind::AgencyTwice { name: name.clone() });
            } else {
                seen.push(name);
            }
        }
    }
    // A line without a lead has that fault already.
    let (leads, co_agencies) = (line.leads.len(), line.co_agencies.len());
    let fits = match line.mode {
        _ if leads == 0 => true,
        None => true,
        Some(HandlingMode::Sole) => (leads, co_agencies) == (1, 0),
        Some(HandlingMode::LeadWithCo) => leads == 1 && co_agencies > 0,
        // Where several answer separately, ledgers put the first in one column and the rest in the other.
        Some(HandlingMode::Separate) => leads + co_agencies > 1,
        Some(HandlingMode::CoLead) => leads > 1,
    };
    if !fits {
        cells.add(Column::Mode, FaultKind::ModeMismatch { leads, co_agencies });
    }
}

/// What comes later did not happen earlier.
///
/// A contact may come before the assignment: agencies call when a matter is announced to them.
pub(super) fn order_of_days(line: &LedgerLine, cells: &mut Cells<'_>) {
    use Column as C;
    let order = [
        (C::SubmittedOn, line.submitted_on, C::AssignedOn, line.assigned_on),
        (C::AssignedOn, line.assigned_on, C::SignedOn, line.signed_on),
        (C::AssignedOn, line.assigned_on, C::DueOn, line.due_on),
        (C::DueOn, line.due_on, C::ExtendedTo, line.extended_to),
        (C::AssignedOn, line.assigned_on, C::RepliedOn, line.replied_on),
        (C::AssignedOn, line.assigned_on, C::PromiseDueOn, line.promise_due_on),
    ];
    for (earlier, first, later, second) in order {
        if let Some((day, second)) = first.zip(second)
            && second < day
        {
            cells.add(later, FaultKind::Before { earlier, day });
        }
    }
}

/// What one cell says, another must complete.
pub(super) fn completeness(line: &LedgerLine, cells: &mut Cells<'_>) {
    let promise_day_is_blank = cells.filled(Column::PromiseDueOn).is_none();
    if line.promise.is_some() && promise_day_is_blank {
        cells.add(Column::PromiseDueOn, FaultKind::PromiseWithoutDueDay);
    }
    // A day that is there but wrong is named already.
    if cells.filled(Column::RepliedOn).is_none() {
        for (column, rating) in
            [(Column::AttitudeRating, line.attitude_rating), (Column::ResultRating, line.result_rating)]
        {
            if rating.is_some() {
                cells.add(column, FaultKind::RatingWithoutReply);
            }
        }
    }
}
