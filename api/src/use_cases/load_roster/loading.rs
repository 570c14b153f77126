//! The steps of loading, each after those on which it rests.

use super::duties;
use super::report::{Kind, LoadReport};
use crate::access::{Permit, command_line};
use crate::cx::Deps;
use crate::error::{AppError, AppResult};
use crate::repo::portfolios;
use crate::repo::roster::{Change, Directories, put};
use chrono::{DateTime, Utc};
use domain::ids::{OrganizationId, RegionId};
use domain::roster::{Roster, User};
use domain::rules::calendar::{self, CalendarYear};
use domain::rules::document::DocumentFault;
use domain::rules::feedback_form::{self, FeedbackForm};
use domain::rules::rule_set::RuleSet;
use entity::{
    calendar_day, calendar_year, category, feedback_form as form, organization, person, position, region, rule_set,
    session,
};
use sea_orm::DatabaseTransaction;
use std::collections::HashMap;
use uuid::Uuid;

/// One loading, inside its transaction.
pub struct Loading<'a> {
    deps: &'a Deps,
    tx: &'a DatabaseTransaction,
    permit: Permit,
    now: DateTime<Utc>,
    there: Directories,
    report: LoadReport,
    regions: HashMap<String, RegionId>,
    organizations: HashMap<String, OrganizationId>,
}

impl<'a> Loading<'a> {
    /// Begins with what is there.
    pub fn new(deps: &'a Deps, tx: &'a DatabaseTransaction, there: Directories) -> Self {
        Self {
            deps,
            tx,
            permit: command_line(),
            now: deps.clock.now(),
            regions: there.regions.iter().map(|(code, row)| (code.clone(), row.id)).collect(),
            organizations: there.organizations.iter().map(|(key, row)| (key.clone(), row.id)).collect(),
            there,
            report: LoadReport::default(),
        }
    }

    /// Does all steps; `hashes` are the password hashes of new people.
    pub async fn run(mut self, roster: &Roster, hashes: &HashMap<String, String>) -> AppResult<LoadReport> {
        self.regions(roster).await?;
        self.organizations(roster).await?;
        self.people(roster, hashes).await?;
        self.sessions(roster).await?;
        self.categories(roster).await?;
        self.rule_sets(roster).await?;
        self.calendar().await?;
        self.forms().await?;
        Ok(self.report)
    }

    fn id<T: From<Uuid>>(&self) -> T {
        self.deps.ids.make(self.now)
    }

    fn region(&self, code: &str) -> AppResult<RegionId> {
        self.regions.get(code).copied().ok_or_else(|| unchecked("region", code))
    }

    fn organization(&self, key: &str) -> AppResult<OrganizationId> {
        self.organizations.get(key).copied().ok_or_else(|| unchecked("organization", key))
    }

    async fn regions(&mut self, roster: &Roster) -> AppResult<()> {
        let order = parents_first(&roster.regions, |r| r.code.clone(), |r| r.parent.clone());
        for wanted in order {
            let found = self.there.regions.get(&wanted.code);
            let row = region::Model {
                id: found.map_or_else(|| self.id(), |row| row.id),
                code: wanted.code.clone(),
                name: wanted.name.clone(),
                level: wanted.level,
                parent_id: wanted.parent.as_deref().map(|code| self.region(code)).transpose()?,
            };
            self.regions.insert(row.code.clone(), row.id);
            let change = put(self.tx, &self.permit, found, row).await?;
            self.report.note(Kind::Regions, change);
        }
        Ok(())
    }

    async fn organizations(&mut self, roster: &Roster) -> AppResult<()> {
        let order = parents_first(&roster.organizations, |o| o.key.clone(), |o| o.parent.clone());
        for wanted in order {
            let found = self.there.organizations.get(&wanted.key);
            let row = organization::Model {
                id: found.map_or_else(|| self.id(), |row| row.id),
                region_id: self.region(&wanted.region)?,
                key: wanted.key.clone(),
                name: wanted.name.clone(),
                kind: wanted.kind,
                institution: wanted.institution,
                parent_id: wanted.parent.as_deref().map(|key| self.organization(key)).transpose()?,
            };
            let (id, region) = (row.id, row.region_id);
            self.organizations.insert(row.key.clone(), id);
            let mut change = put(self.tx, &self.permit, found, row).await?;
            // Duties that the file leaves out stay as they are.
            if let Some(words) = &wanted.duties {
                let there = self.there.duties.get(&id).map(Vec::as_slice).unwrap_or_default();
                let loading = duties::Duties { deps: self.deps, tx: self.tx, permit: &self.permit, now: self.now };
                let changed = loading.put((region, id), there, words).await?;
                change = if changed && change == Change::Unchanged { Change::Updated } else { change };
            }
            self.report.note(Kind::Organizations, change);
        }
        Ok(())
    }

    async fn people(&mut self, roster: &Roster, hashes: &HashMap<String, String>) -> AppResult<()> {
        for user in &roster.users {
            let username = user.username.to_lowercase();
            let found = self.there.people.get(&username);
            let row = match found {
                // An address that the file leaves out stays as it is.
                Some(found) => person::Model {
                    name: user.name.clone(),
                    email: user.email.clone().or_else(|| found.email.clone()),
                    mobile: user.mobile.clone().or_else(|| found.mobile.clone()),
                    ..found.clone()
                },
                None => person::Model {
                    id: self.id(),
                    name: user.name.clone(),
                    email: user.email.clone(),
                    mobile: user.mobile.clone(),
                    password_hash: hashes.get(&username).cloned().ok_or_else(|| unchecked("person", &username))?,
                    password_changed_at: self.now,
                    disabled_at: None,
                    username,
                },
            };
            let person = row.id;
            let change = put(self.tx, &self.permit, found, row).await?;
            self.report.note(Kind::People, change);
            self.positions(user, person).await?;
        }
        Ok(())
    }

    async fn positions(&mut self, user: &User, person_id: domain::ids::UserId) -> AppResult<()> {
        for wanted in &user.positions {
            let organization_id = self.organization(&wanted.organization)?;
            let found = self.there.positions.get(&(person_id, wanted.role, organization_id));
            let row = position::Model {
                id: found.map_or_else(|| self.id(), |row| row.id),
                person_id,
                role: wanted.role,
                organization_id,
                starts_on: wanted.starts_on,
                ends_on: wanted.ends_on,
                // What was revoked by hand stays revoked.
                revoked_at: found.and_then(|row| row.revoked_at),
            };
            let id = row.id;
            let mut change = put(self.tx, &self.permit, found, row).await?;
            // A portfolio that the file leaves out stays as it is.
            if let Some(keys) = &wanted.portfolio {
                let agencies = keys.iter().map(|key| self.organization(key)).collect::<AppResult<Vec<_>>>()?;
                let changed = portfolios::put(self.tx, &self.permit, id, &agencies).await?;
                change = if changed && change == Change::Unchanged { Change::Updated } else { change };
            }
            self.report.note(Kind::Positions, change);
        }
        Ok(())
    }

    async fn sessions(&mut self, roster: &Roster) -> AppResult<()> {
        for wanted in &roster.sessions {
            let region_id = self.region(&wanted.region)?;
            let (term_no, session_no) = (i32::from(wanted.term_no), i32::from(wanted.session_no));
            let found = self.there.sessions.get(&(region_id, wanted.institution, term_no, session_no));
            let row = session::Model {
                id: found.map_or_else(|| self.id(), |row| row.id),
                region_id,
                institution: wanted.institution,
                term_no,
                session_no,
                title: wanted.title.clone(),
                opens_on: wanted.opens_on,
                closes_on: wanted.closes_on,
                submission_cutoff: wanted.submission_cutoff,
                handling_year: wanted.handling_year,
            };
            let change = put(self.tx, &self.permit, found, row).await?;
            self.report.note(Kind::Sessions, change);
        }
        Ok(())
    }

    async fn categories(&mut self, roster: &Roster) -> AppResult<()> {
        let mut ids: HashMap<(String, String), domain::ids::CategoryId> = HashMap::new();
        let numbered: Vec<_> = (1_i32..).zip(&roster.categories).collect();
        let key = |region: &str, name: &str| (region.to_owned(), name.to_owned());
        let order = parents_first(
            &numbered,
            |(_, c)| key(&c.region, &c.name),
            |(_, c)| c.parent.as_deref().map(|parent| key(&c.region, parent)),
        );
        for (ordinal, wanted) in order {
            let region_id = self.region(&wanted.region)?;
            let found = self.there.categories.get(&(region_id, wanted.name.clone()));
            let parent = wanted.parent.as_deref().map(|parent| {
                ids.get(&key(&wanted.region, parent)).copied().ok_or_else(|| unchecked("category", parent))
            });
            let row = category::Model {
                id: found.map_or_else(|| self.id(), |row| row.id),
                region_id,
                name: wanted.name.clone(),
                parent_id: parent.transpose()?,
                ordinal: *ordinal,
            };
            ids.insert(key(&wanted.region, &wanted.name), row.id);
            let change = put(self.tx, &self.permit, found, row).await?;
            self.report.note(Kind::Categories, change);
        }
        Ok(())
    }

    /// A stored version is never changed; matters go on with the version with which they began.
    async fn rule_sets(&mut self, roster: &Roster) -> AppResult<()> {
        for wanted in &roster.rules {
            let region_id = self.region(&wanted.region)?;
            let own = || self.there.rule_sets.iter().filter(|row| row.region_id == region_id);
            let version = own().map(|row| row.version).max().unwrap_or(0) + 1;
            if own().any(|row| row.effective_from == wanted.from && row.preset == wanted.preset) {
                self.report.note(Kind::RuleSets, Change::Unchanged);
                continue;
            }
            let body = RuleSet::preset(&wanted.preset).ok_or_else(|| unchecked("preset", &wanted.preset))?;
            let row = rule_set::Model {
                id: self.id(),
                region_id,
                version,
                effective_from: wanted.from,
                preset: wanted.preset.clone(),
                body: body.to_owned(),
                created_at: self.now,
                institution: None,
                overrides: None,
                reason: None,
                created_by: None,
            };
            self.there.rule_sets.push(row.clone());
            let change = put(self.tx, &self.permit, None, row).await?;
            self.report.note(Kind::RuleSets, change);
        }
        Ok(())
    }

    /// A year that is there stays as it is: it may have been corrected since by a notice of its own.
    async fn calendar(&mut self) -> AppResult<()> {
        for text in calendar::SHIPPED {
            let year = CalendarYear::parse(text).map_err(|faults| own_fault("calendar", &faults))?;
            if self.there.years.contains_key(&year.year) {
                self.report.note(Kind::CalendarYears, Change::Unchanged);
                continue;
            }
            let of_year = Some(year.year);
            let row = calendar_year::Model { year: year.year, notice: year.notice };
            let change = put(self.tx, &self.permit, self.there.years.get(&year.year), row).await?;
            self.report.note(Kind::CalendarYears, change);
            for day in year.days {
                let kind = day.kind.code().to_owned();
                let row = calendar_day::Model { day: day.date, kind, name: day.name, year: of_year };
                let change = put(self.tx, &self.permit, self.there.days.get(&day.date), row).await?;
                self.report.note(Kind::CalendarDays, change);
            }
        }
        Ok(())
    }

    /// A stored template is never changed; forms that were sent show what was asked.
    async fn forms(&mut self) -> AppResult<()> {
        for text in feedback_form::SHIPPED {
            let wanted = FeedbackForm::parse(text).map_err(|faults| own_fault("feedback form", &faults))?;
            let version = i32::try_from(wanted.version).unwrap_or(i32::MAX);
            let change = if self.there.forms.contains_key(&(wanted.institution, version)) {
                Change::Unchanged
            } else {
                let row = form::Model {
                    id: self.id(),
                    institution: wanted.institution,
                    version,
                    title: wanted.title,
                    body: (*text).to_owned(),
                };
                put(self.tx, &self.permit, None, row).await?
            };
            self.report.note(Kind::FeedbackForms, change);
        }
        Ok(())
    }
}

/// The entries in an order in which each parent stands before its children.
fn parents_first<T, K: Eq + std::hash::Hash>(
    entries: &[T],
    key: impl Fn(&T) -> K,
    parent: impl Fn(&T) -> Option<K>,
) -> Vec<&T> {
    let mut waiting: HashMap<K, Vec<&T>> = HashMap::new();
    let named: std::collections::HashSet<K> = entries.iter().map(&key).collect();
    let mut order = Vec::with_capacity(entries.len());
    for entry in entries {
        match parent(entry).filter(|parent| named.contains(parent)) {
            Some(parent) => waiting.entry(parent).or_default().push(entry),
            None => order.push(entry),
        }
    }
    let mut next = 0;
    while let Some(entry) = order.get(next) {
        order.extend(waiting.remove(&key(entry)).unwrap_or_default());
        next += 1;
    }
    order
}

/// Something that the checks of the file should have found.
fn unchecked(what: &str, name: &str) -> AppError {
    AppError::Internal(format!("the roster names the {what} {name}, which is not there"))
}

/// A file that comes with the program is faulty.
fn own_fault(what: &str, faults: &[DocumentFault]) -> AppError {
    AppError::Internal(format!("a {what} that comes with the program is faulty: {faults:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_come_first_whatever_the_order_of_the_file() {
        let entries = [("c", Some("b")), ("b", Some("a")), ("d", None), ("a", None), ("e", Some("elsewhere"))];
        let order = parents_first(&entries, |e| e.0, |e| e.1);
        let names: Vec<_> = order.iter().map(|e| e.0).collect();
        assert_eq!(names, ["d", "a", "e", "b", "c"]);
    }
}
