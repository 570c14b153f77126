//! The roster of the consultation desk (咨政室值班表): which agency sits there when, and who, as the office keeps it.

use super::consulting::agency;
use super::{fields, perform};
use crate::access::authorize_at_large;
use crate::clock::whole_microseconds;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::consultations::{self, MOST_SHIFTS, ShiftFilter};
use crate::repo::directory;
use crate::repo::save::expect_version;
use chrono::{DateTime, Utc};
use domain::ids::{DeskShiftId, OrganizationId, SessionId};
use domain::policy::Action;
use domain::refusal::{Refusal, Thing};
use domain::rules::legal_day::{legal_day, plausible};
use domain::vocabulary::DeskAction;
use entity::desk_shift;
use entity::json::Strings;

/// The most people of one shift, and the most characters of each.
const STAFF: (u16, u16) = (50, 50);

/// Add a shift.
#[derive(Clone, Debug)]
pub struct AddShift {
    /// At which session.
    pub session_id: SessionId,
    /// Of which agency.
    pub agency_id: OrganizationId,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// The positions that are present.
    pub staff: Vec<String>,
}

/// Cancel a shift.
#[derive(Clone, Debug)]
pub struct CancelShift {
    /// Which.
    pub id: DeskShiftId,
    /// The version seen.
    pub version: i32,
}

/// Adds a shift to the roster of a session of the office's own institution.
///
/// # Errors
/// A refusal for another session or agency, and for times outside the session or in the wrong order.
pub async fn add(cx: &Cx, cmd: AddShift) -> AppResult<DeskShiftId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let actor = &work.cx.actor;
            let permit = authorize_at_large(actor, Action::Desk(DeskAction::KeepRoster))?;
            let session = directory::sessions(work.tx, &[cmd.session_id]).await?.remove(&cmd.session_id);
            let own = session.filter(|s| s.region_id == actor.region_id && Some(s.institution) == actor.institution);
            let session = own.ok_or_else(|| Refusal::NoSuch(Thing::Session).at("sessionId"))?;
            let agency = agency(work, cmd.agency_id).await?;
            for (field, at) in [("startsAt", cmd.starts_at), ("endsAt", cmd.ends_at)] {
                let day = plausible(legal_day(at)).map_err(|refusal| refusal.at(field))?;
                if day < session.opens_on || day > session.closes_on {
                    let (opens_on, closes_on) = (session.opens_on, session.closes_on);
                    return Err(Refusal::OutsideSession { opens_on, closes_on }.at(field).into());
                }
            }
            if cmd.ends_at <= cmd.starts_at {
                return Err(Refusal::ShiftEndsFirst.at("endsAt").into());
            }
            let staff = fields::lines("staff", &cmd.staff, STAFF.0, STAFF.1)?;
            let filter =
                ShiftFilter { region_id: actor.region_id, session_id: session.id, agency_id: None, between: None };
            if consultations::shifts_count(work.tx, &filter).await? >= MOST_SHIFTS {
                let max = usize::try_from(MOST_SHIFTS).unwrap_or(usize::MAX);
                return Err(Refusal::TooMany { max }.at("sessionId").into());
            }
            let row = desk_shift::Model {
                id: work.cx.id(),
                version: 1,
                region_id: actor.region_id,
                institution: session.institution,
                session_id: session.id,
                agency_id: agency.id,
                starts_at: whole_microseconds(cmd.starts_at),
                ends_at: whole_microseconds(cmd.ends_at),
                staff: Strings(staff),
                recorded_by: actor.user_id,
                recorded_at: work.now(),
                cancelled_at: None,
                cancelled_by: None,
            };
            let id = row.id;
            work.insert(&permit, row).await?;
            Ok(id)
        })
    })
    .await
}

/// Takes a shift off the roster; its row stays, with who cancelled it.
///
/// # Errors
/// `NOT_FOUND` for a shift that does not stand, or of another institution or region; `CONFLICT`.
pub async fn cancel(cx: &Cx, cmd: CancelShift) -> AppResult<DeskShiftId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let actor = &work.cx.actor;
            let permit = authorize_at_large(actor, Action::Desk(DeskAction::KeepRoster))?;
            let found = consultations::shift(work.tx, actor.region_id, cmd.id).await?;
            let own = found.filter(|row| Some(row.institution) == actor.institution);
            let mut row = own.ok_or(AppError::NotFound)?;
            expect_version(cmd.version, row.version)?;
            row.cancelled_at = Some(work.now());
            row.cancelled_by = Some(actor.user_id);
            work.update(&permit, &mut row).await?;
            Ok(row.id)
        })
    })
    .await
}
