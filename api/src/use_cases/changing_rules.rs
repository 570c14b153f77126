//! Changing the rules of a region (变更办理规则), and trying them out before.
//!
//! A change is a new version, made from a preset with the region's own choices laid over it; nothing that is stored is
//! ever changed. Matters that began keep the version with which they did.

use super::{fields, once, perform};
use crate::access::{Permit, authorize_at_large};
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::office_trail::{self, OfficeEntry};
use crate::repo::rules;
use crate::repo::trail::Author;
use chrono::NaiveDate;
use domain::ids::{RegionId, RuleSetId};
use domain::policy::Action;
use domain::refusal::{Fault, Refusal};
use domain::rules::document::DocumentFault;
use domain::rules::legal_day::plausible;
use domain::rules::rule_set::{PRESETS, RuleSet, overlay};
use domain::rules::trial::{Trial, try_out};
use domain::vocabulary::{Institution, OfficeHappening};
use entity::rule_set;
use serde::Serialize;

/// Put a new version of the rules in force.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRules {
    /// For which region.
    pub region_id: RegionId,
    /// For which institution; for both when left out.
    pub institution: Option<Institution>,
    /// The preset from which it is made.
    pub preset: String,
    /// The region's own choices, a JSON object; none follow the preset as it is.
    pub overrides: Option<String>,
    /// From which day new matters begin with it; today or later.
    pub effective_from: NaiveDate,
    /// Why.
    pub reason: String,
    /// The same key gives the first result again.
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

const CHANGE: &str = "changeRules";
/// Choices that change nothing.
const NO_CHOICES: &str = "{}";

/// Makes the next version of the rules.
///
/// # Errors
/// A refusal with every fault of the choices, `NOT_FOUND` for another region.
pub async fn change(cx: &Cx, cmd: ChangeRules) -> AppResult<RuleSetId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let permit = authorize_at_large(&cx.actor, Action::ChangeRules)?;
            if cmd.region_id != cx.actor.region_id {
                return Err(AppError::NotFound);
            }
            let key = cmd.idempotency_key.as_deref();
            if let Some(first) = once::first(work, &permit, CHANGE, key, cmd).await? {
                return Ok(first);
            }
            let (body, set) = laid_over(preset(&cmd.preset)?, cmd.overrides.as_deref())?;
            let mut faults = Faults::default();
            // The text is measured by the rules that it explains: a region's first ones have no others before them.
            let reason = faults.take(fields::body("reason", &cmd.reason, set.texts.other.reason));
            if let Err(refusal) = plausible(cmd.effective_from) {
                faults.push(refusal.at("effectiveFrom"));
            } else if cmd.effective_from < work.today() {
                faults.push(Refusal::InPast.at("effectiveFrom"));
            }
            faults.check()?;
            let version = rules::latest_version(work.tx, cmd.region_id).await? + 1;
            let row = rule_set::Model {
                id: cx.id(),
                region_id: cmd.region_id,
                version,
                effective_from: cmd.effective_from,
                preset: cmd.preset.clone(),
                body,
                created_at: work.now(),
                institution: cmd.institution,
                overrides: cmd.overrides.clone(),
                reason: Some(reason.clone()),
                created_by: Some(cx.actor.user_id),
            };
            let id = row.id;
            match work.insert(&permit, row).await {
                // Somebody else made this version meanwhile.
                Err(AppError::Database(error)) if crate::db::broken(&error).is_some() => {
                    return Err(Refusal::Stale.into());
                }
                other => other?,
            }
            record(work, &permit, cmd.region_id, id, reason).await?;
            once::remember(work, &permit, CHANGE, key, cmd, id).await?;
            Ok(id)
        })
    })
    .await
}

async fn record(
    work: &super::Work<'_>,
    permit: &Permit,
    region: RegionId,
    id: RuleSetId,
    reason: String,
) -> AppResult<()> {
    let entry = OfficeEntry { happening: OfficeHappening::RulesChanged, subject: id.to_string(), detail: Some(reason) };
    office_trail::write(work.tx, &Author::person(work.cx), permit, region, entry).await
}

/// On what rules are tried out.
#[derive(Clone, Debug)]
pub enum Base {
    /// A stored version of the reader's region.
    Stored(RuleSetId),
    /// A preset.
    Preset(String),
    /// What is in force on the day tried.
    InForce(Option<Institution>),
}

/// Try rules out.
#[derive(Clone, Debug)]
pub struct TryRules {
    /// The rules.
    pub base: Base,
    /// Choices laid over them, a JSON object.
    pub overrides: Option<String>,
    /// The day on which everything would begin.
    pub starts_on: NaiveDate,
}

/// What rules would give.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The name of the rules.
    pub name: String,
    /// Their version; what is not stored has the next one.
    pub version: u32,
    /// The days.
    pub trial: Trial,
}

/// Tries rules out; nothing is stored.
///
/// # Errors
/// A refusal with every fault of the choices; `NOT_FOUND` for rules of another region.
pub async fn try_rules(cx: &Cx, cmd: TryRules) -> AppResult<Tried> {
    authorize_at_large(&cx.actor, Action::ReadRules)?;
    let starts_on = plausible(cmd.starts_on).map_err(|refusal| refusal.at("startsOn"))?;
    let (deps, conn, here) = (cx.deps(), cx.db().reader(), cx.actor.region_id);
    let row = match &cmd.base {
        Base::Preset(_) => None,
        Base::Stored(id) => {
            let found = rules::get(conn, *id).await?.filter(|row| row.region_id == here);
            Some(found.ok_or(AppError::NotFound)?)
        }
        Base::InForce(institution) => {
            let found = rules::in_force(conn, here, *institution, starts_on).await?;
            Some(found.ok_or(AppError::Unavailable)?)
        }
    };
    let text = match (&cmd.base, &row) {
        (_, Some(row)) => row.body.as_str(),
        (Base::Preset(name), None) => preset(name)?,
        (_, None) => return Err(AppError::NotFound),
    };
    let (_, set) = laid_over(text, cmd.overrides.as_deref())?;
    let version = match row.filter(|_| cmd.overrides.is_none()) {
        Some(row) => row.version,
        None => rules::latest_version(conn, here).await? + 1,
    };
    let calendar = deps.rules.calendar(conn, here).await?;
    let trial = try_out(&set, starts_on, &calendar);
    Ok(Tried { name: set.name, version: u32::try_from(version).unwrap_or(0), trial })
}

/// The text of the preset with this name.
fn preset(name: &str) -> Result<&'static str, Fault> {
    let names = || PRESETS.iter().map(|preset| preset.name).collect::<Vec<_>>().join(", ");
    RuleSet::preset(name).ok_or_else(|| Refusal::NotAmong { allowed: names() }.at("preset"))
}

/// The whole text with the choices laid over it, and what it says.
fn laid_over(base: &str, overrides: Option<&str>) -> AppResult<(String, RuleSet)> {
    let refused = |faults: Vec<DocumentFault>| {
        AppError::Refused(faults.into_iter().map(|fault| Fault::in_document("overrides", fault)).collect())
    };
    let body = overlay(base, overrides.unwrap_or(NO_CHOICES)).map_err(refused)?;
    let set = RuleSet::parse(&body).map_err(refused)?;
    Ok((body, set))
}
