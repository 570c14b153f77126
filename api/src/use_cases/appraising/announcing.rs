//! Recording findings, and announcing a year: from then on its inputs are frozen.

use super::counting::figures;
use super::{Counted, SentFinding, Year, check_over, check_year, draft, facts_of, own, read_findings, scored, stored};
use crate::access::authorize_appraisal;
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::office_trail::{self, OfficeEntry};
use crate::repo::trail::Author;
use crate::repo::{appraisals, directory, save, statistics};
use crate::use_cases::{perform, scoring};
use chrono::NaiveDate;
use domain::event::Happening;
use domain::ids::{AppraisalId, OrganizationId};
use domain::lifecycle::appraisal::{AppraisalEvent, TABLE};
use domain::lifecycle::next;
use domain::policy::Action;
use domain::refusal::{Refusal, Thing};
use domain::vocabulary::{AppraisalAction, AppraisalStatus, Institution, OfficeHappening};

/// Record what happened beside the figures of an agency, in place of what was recorded before.
#[derive(Clone, Debug)]
pub struct RecordFindings {
    /// About the matters of which institution.
    pub institution: Institution,
    /// Handling year.
    pub handling_year: i32,
    /// The agency.
    pub agency_id: OrganizationId,
    /// The version seen; none when nothing was recorded before.
    pub version: Option<i32>,
    /// The findings.
    pub findings: Vec<SentFinding>,
}

/// Announce the appraisal of a year.
#[derive(Clone, Copy, Debug)]
pub struct Announce {
    /// About the matters of which institution.
    pub institution: Institution,
    /// Handling year.
    pub handling_year: i32,
    /// The figures are as of the end of this day, which is over.
    pub as_of: NaiveDate,
}

/// Records the findings of an agency.
///
/// # Errors
/// A refusal with every fault; once the year is announced it takes none.
pub async fn record_findings(cx: &Cx, cmd: RecordFindings) -> AppResult<AppraisalId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let year = own(cx, cmd.institution, cmd.handling_year);
            let action = Action::Appraise(AppraisalAction::RecordFindings);
            let permit = authorize_appraisal(&cx.actor, action, &facts_of(year, false))?;
            check_year(cx, cmd.handling_year)?;
            directory::lock_region(work.tx, &permit, year.region_id).await?;
            if statistics::agency_name(work.tx, year.region_id, cmd.agency_id).await?.is_none() {
                return Err(Refusal::NoSuch(Thing::Agency).at("agencyId").into());
            }
            let rows = appraisals::all(work.tx, &permit, year).await?;
            for row in &rows {
                next(TABLE, row.status, AppraisalEvent::RecordFindings)?;
            }
            let found = rows.into_iter().find(|row| row.agency_id == cmd.agency_id);
            if cmd.version != found.as_ref().map(|row| row.version) {
                return Err(Refusal::Stale.at("version").into());
            }
            let rule = scoring::of_year(work.tx, year.region_id, year.institution, year.handling_year).await?;
            let rule = scoring::read(rule, true)?;
            let texts = cx.deps().rules.current(work.tx, year.region_id, Some(year.institution), work.today()).await?;
            let findings = read_findings(&cmd.findings, &rule.rule, texts.set.texts.other.reason)?;
            let id = match found {
                Some(mut row) => {
                    row.inputs.0.findings = findings;
                    work.update(&permit, &mut row).await?;
                    row.id
                }
                None => {
                    let row = draft(cx, year, cmd.agency_id, findings);
                    let id = row.id;
                    work.insert(&permit, row).await?;
                    id
                }
            };
            let happening = OfficeHappening::FindingsRecorded;
            let entry = OfficeEntry { happening, subject: id.to_string(), detail: None };
            office_trail::write(work.tx, &Author::person(cx), &permit, year.region_id, entry).await?;
            Ok(id)
        })
    })
    .await
}

/// A year with what was counted for it.
struct Freeze {
    year: Year,
    as_of: NaiveDate,
    counted: Counted,
}

/// Freezes the inputs of a year and announces it: every agency that had to do with its matters.
///
/// The figures are counted before the transaction: they are of a day that is over, and so do not move.
///
/// # Errors
/// A refusal for a day that is not over, a year without rules or agencies, findings that the rules do not know any
/// more, and a year that was announced before.
pub async fn announce(cx: &Cx, cmd: Announce) -> AppResult<()> {
    let year = own(cx, cmd.institution, cmd.handling_year);
    let action = Action::Appraise(AppraisalAction::Announce);
    authorize_appraisal(&cx.actor, action, &facts_of(year, false))?;
    let mut faults = Faults::default();
    faults.take(check_year(cx, cmd.handling_year));
    faults.take(check_over(cx, cmd.as_of));
    faults.check()?;
    let freeze = Freeze { year, as_of: cmd.as_of, counted: figures(cx, year, Some(cmd.as_of)).await? };
    perform(cx, &freeze, |work, freeze| {
        Box::pin(async move {
            let (cx, year) = (work.cx, freeze.year);
            let action = Action::Appraise(AppraisalAction::Announce);
            let permit = authorize_appraisal(&cx.actor, action, &facts_of(year, false))?;
            directory::lock_region(work.tx, &permit, year.region_id).await?;
            let mut rows = appraisals::all(work.tx, &permit, year).await?;
            for row in &rows {
                next(TABLE, row.status, AppraisalEvent::Announce)?;
            }
            let rule = scoring::of_year(work.tx, year.region_id, year.institution, year.handling_year).await?;
            let rule = scoring::read(rule, true)?;
            let drafted = rows.len();
            let new = freeze.counted.keys().filter(|agency| rows.iter().all(|row| row.agency_id != **agency));
            let new: Vec<_> = new.map(|agency| draft(cx, year, *agency, Vec::new())).collect();
            rows.extend(new);
            if rows.is_empty() {
                return Err(Refusal::NothingToAppraise.into());
            }
            let mut faults = Faults::default();
            for row in &mut rows {
                if let Some(counted) = freeze.counted.get(&row.agency_id) {
                    row.inputs.0.figures.clone_from(&counted.figures);
                    row.inputs.0.load = counted.load;
                }
                match scored(&rule.rule, &row.inputs.0, &format!("findings.{}", row.agency_id)) {
                    Ok(score) => row.total = stored(score.total)?,
                    Err(fault) => faults.push(fault),
                }
                row.status = next(TABLE, AppraisalStatus::Draft, AppraisalEvent::Announce)?;
                row.rule_id = Some(rule.row.id);
                row.as_of = Some(freeze.as_of);
                row.announced_at = Some(work.now());
                row.announced_by = Some(cx.actor.user_id);
            }
            faults.check()?;
            let announced = rows.clone();
            let new = rows.split_off(drafted);
            for row in &mut rows {
                work.update(&permit, row).await?;
            }
            match save::insert_all(work.tx, &permit, new).await {
                // Another announcement of the year was faster.
                Err(AppError::Database(error)) if crate::db::broken(&error).is_some() => {
                    return Err(Refusal::Stale.into());
                }
                other => other?,
            }
            work.tell_of_appraisals(&permit, Happening::AppraisalAnnounced, &announced).await?;
            let happening = OfficeHappening::AppraisalAnnounced;
            let subject = format!("{} {}", year.institution, year.handling_year);
            let entry = OfficeEntry { happening, subject, detail: None };
            office_trail::write(work.tx, &Author::person(cx), &permit, year.region_id, entry).await
        })
    })
    .await
}
