//! The matters of the bench, as plain rows.

use crate::access::{Permit, command_line};
use crate::clocks;
use crate::cx::{Caller, Cx, Deps};
use crate::error::{AppError, AppResult};
use crate::repo::roster::{Directories, directories};
use crate::repo::statistics::facts;
use crate::repo::{save, search};
use crate::rule_book::Rules;
use crate::use_cases::account::{self, SignIn};
use crate::use_cases::changing_rules::{ChangeRules, change};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::ids::{OrganizationId, PositionId, RegionId, SubmissionId, UserId};
use domain::language::Language;
use domain::rules::calendar::Calendar;
use domain::rules::clock::ClockEvent;
use domain::rules::legal_day::day_begins;
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, Confidentiality, Disclosure, HandlingMode, Institution, OrganizationKind, Role,
    SessionPhase, SubmissionKind, SubmissionStatus,
};
use entity::json::{OrganizationIds, Strings};
use entity::{assignment, submission};
use secrecy::SecretString;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// What the measurements need.
pub struct Stock {
    /// Matters that are planned and not yet released.
    pub planned: Vec<String>,
    /// Somebody of the transfer office.
    pub transfer_office: Cx,
}

/// The first day on which a matter was released, and over how many days the releases are spread.
const RELEASES: (&str, u64) = ("2026-09-01", 80);
/// How many matters one transaction stores.
const AT_ONCE: usize = 1_000;
/// A reply within so many working days that every due day lies in the year to come.
const WORKING_DAYS: &str = r#"{ "name": "测速规则", "deadlines": {
    "reply": { "unit": "WORKING_DAYS", "amount": 90 }, "replyExtended": { "unit": "WORKING_DAYS", "amount": 180 } } }"#;

/// What every row shares.
pub(super) struct Making {
    region: RegionId,
    now: DateTime<Utc>,
    rules: Arc<Rules>,
    calendar: Arc<Calendar>,
    proposers: Vec<(UserId, PositionId)>,
    agencies: Vec<(OrganizationId, UserId)>,
    first: NaiveDate,
}

/// Rules in force, and the people and bodies of the sample roster.
pub(super) async fn making(deps: &Arc<Deps>) -> AppResult<Making> {
    let admin = act(deps, "admin").await?;
    let first: NaiveDate = RELEASES.0.parse().map_err(|_| missing("day"))?;
    let rules = change(&admin, rules(&admin)).await?;
    let there = directories(deps.db.reader()).await?;
    let region = admin.actor.region_id;
    Ok(Making {
        region,
        now: deps.clock.now(),
        rules: deps.rules.get(deps.db.reader(), rules).await?,
        calendar: deps.rules.calendar(deps.db.reader(), region).await?,
        proposers: proposers(&there, region),
        agencies: agencies(&there, region),
        first,
    })
}

/// Fills a database that holds the sample roster.
pub async fn fill(deps: &Arc<Deps>, open: usize, planned: usize) -> AppResult<Stock> {
    let making = making(deps).await?;
    let mut left = open;
    while left > 0 {
        let some = left.min(AT_ONCE);
        let rows = (0..some).map(|number| making.released(deps, left - number)).collect::<AppResult<Vec<_>>>()?;
        store(deps, rows).await?;
        left -= some;
    }
    let rows = (0..planned).map(|number| making.planned(deps, number)).collect::<AppResult<Vec<_>>>()?;
    let planned = rows.iter().map(|(matter, _)| matter.id.to_string()).collect();
    store(deps, rows).await?;
    Ok(Stock { planned, transfer_office: act(deps, "gov1").await? })
}

async fn store(deps: &Deps, rows: Vec<(submission::Model, assignment::Model)>) -> AppResult<()> {
    let (matters, parts): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let given: (Permit, Vec<submission::Model>, Vec<assignment::Model>) = (command_line(), matters, parts);
    let body = deps.db.run(&given, |tx, (permit, matters, parts)| {
        Box::pin(async move {
            save::insert_all(tx, permit, matters.clone()).await?;
            search::add_matters(tx, permit, matters).await?;
            save::insert_all(tx, permit, parts.clone()).await?;
            let ids: Vec<_> = matters.iter().map(|row| row.id).collect();
            Ok(facts::renew(tx, permit, &ids).await?)
        })
    });
    body.await
}

/// Rules by working days, for everything that begins from today on.
fn rules(admin: &Cx) -> ChangeRules {
    ChangeRules {
        region_id: admin.actor.region_id,
        institution: None,
        preset: "shanghai".into(),
        overrides: Some(WORKING_DAYS.into()),
        effective_from: admin.today(),
        reason: "bench".into(),
        idempotency_key: None,
    }
}

/// A person of the sample roster, signed in.
pub(super) async fn act(deps: &Arc<Deps>, username: &str) -> AppResult<Cx> {
    let caller = Caller {
        deps: deps.clone(),
        now: deps.clock.now(),
        language: Language::Zh,
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        request_id: "bench".into(),
    };
    let password = SecretString::from(super::super::demo::PASSWORD);
    let input = SignIn { username: username.into(), password, position_id: None };
    Ok(account::sign_in(&caller, input).await?.cx)
}

fn proposers(there: &Directories, region: RegionId) -> Vec<(UserId, PositionId)> {
    let here = |id| there.organizations.values().any(|body| body.id == id && body.region_id == region);
    let deputies = there.positions.values().filter(|row| row.role == Role::Representative);
    let mut found: Vec<_> =
        deputies.filter(|row| here(row.organization_id)).map(|row| (row.person_id, row.id)).collect();
    found.sort();
    found
}

/// The agencies that have a handler, with him.
fn agencies(there: &Directories, region: RegionId) -> Vec<(OrganizationId, UserId)> {
    let bodies = there.organizations.values().filter(|body| body.region_id == region);
    let agencies = bodies.filter(|body| body.kind == OrganizationKind::Agency).map(|body| body.id);
    let within = |agency, id| {
        id == agency || there.organizations.values().any(|body| body.id == id && body.parent_id == Some(agency))
    };
    let with_handler = agencies.filter_map(|agency| {
        let handlers = there.positions.values().filter(|row| row.role == Role::Handler);
        let handler = handlers.filter(|row| within(agency, row.organization_id)).map(|row| row.person_id).min();
        Some((agency, handler?))
    });
    let mut found: Vec<_> = with_handler.collect();
    found.sort();
    found
}

impl Making {
    /// An agency, by a number.
    pub(super) fn agency(&self, number: usize) -> AppResult<OrganizationId> {
        pick(&self.agencies, number).map(|(agency, _)| *agency).ok_or_else(|| missing("agency"))
    }

    /// A matter in the hands of an agency.
    fn released(&self, deps: &Deps, number: usize) -> AppResult<(submission::Model, assignment::Model)> {
        let (mut matter, mut part) = self.planned(deps, number)?;
        let on = self.first + Days::new(u64::try_from(number).unwrap_or(0) % RELEASES.1);
        let at = day_begins(on);
        (part.status, part.assigned_at, part.signed_at) = (AssignmentStatus::Handling, Some(at), Some(at));
        clocks::note(&mut part, ClockEvent::Started { on }, &self.rules, &self.calendar)?;
        (matter.status, matter.assigned_at, matter.due_on) = (SubmissionStatus::Handling, Some(at), part.due_on);
        Ok((matter, part))
    }

    /// A matter for which one agency is planned.
    pub(super) fn planned(&self, deps: &Deps, number: usize) -> AppResult<(submission::Model, assignment::Model)> {
        let (lead, position) = *pick(&self.proposers, number).ok_or_else(|| missing("deputy"))?;
        let (agency, handler) = *pick(&self.agencies, number).ok_or_else(|| missing("agency"))?;
        let id: SubmissionId = deps.ids.make(self.now);
        let matter = submission::Model {
            id,
            version: 1,
            kind: SubmissionKind::Suggestion,
            institution: Institution::Congress,
            status: SubmissionStatus::Accepted,
            region_id: self.region,
            session_id: None,
            handling_year: Some(2026),
            phase: Some(SessionPhase::OffSession),
            origin_level: None,
            category_id: None,
            case_no: Some(i32::try_from(number).unwrap_or(i32::MAX)),
            title: format!("关于完善第{number}号道路照明设施的建议"),
            background: "该路段夜间照明不足,居民出行不便。".repeat(5),
            analysis: "现有灯具老化,间距偏大,维护责任不清。".repeat(5),
            recommendations: "建议更换灯具、加密布点,并明确维护单位。".repeat(5),
            demands: Strings(vec!["更换灯具".into()]),
            suggested_agency_ids: OrganizationIds(Vec::new()),
            confidentiality: Confidentiality::Public,
            disclosure: Disclosure::Proactive,
            lead_proposer_id: lead,
            lead_position_id: position,
            collective_kind: None,
            collective_name: None,
            office_id: None,
            transfer_office_id: None,
            rule_set_id: Some(self.rules.id),
            created_at: self.now,
            submitted_at: Some(self.now),
            accepted_at: Some(self.now),
            assigned_at: None,
            closed_at: None,
            round: 1,
            mode: Some(HandlingMode::Sole),
            due_on: None,
            merged_into_id: None,
            converted_to_id: None,
            refusal_ground: None,
            refusal_reason: None,
            withdrawal_asked_at: None,
            withdrawal_reason: None,
            imported_at: None,
            names_withheld_at: None,
            public_changed_at: None,
        };
        let part = assignment::Model {
            id: deps.ids.make(self.now),
            version: 1,
            submission_id: id,
            agency_id: agency,
            role: AssignmentRole::Lead,
            status: AssignmentStatus::Planned,
            live: true,
            sole_lead: true,
            ordinal: 0,
            scope: None,
            round: 1,
            assigned_at: None,
            signed_at: None,
            due_on: None,
            clock_from: None,
            extended_to: None,
            finished_at: None,
            clock: None,
            arbitrated_at: None,
            leader_id: None,
            handler_id: Some(handler),
            section_id: None,
            plan: None,
            stage: None,
        };
        Ok((matter, part))
    }
}

fn pick<T>(from: &[T], number: usize) -> Option<&T> {
    from.get(number.checked_rem(from.len())?)
}

pub(super) fn missing(what: &str) -> AppError {
    AppError::Internal(format!("the sample roster has no {what}"))
}
