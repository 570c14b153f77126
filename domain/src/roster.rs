//! The roster: who exists, as one JSON file of format `roster/1`, for setting a region up.
//!
//! Regions, organisations, people with their positions, sessions, categories, and the rules in force. A
//! faulty file is refused as a whole, with every fault named by its JSON path; half a roster helps nobody.
//!
//! Two passes look at the file, each without regard to the other, so that a wrong date does not hide a
//! dangling reference beside it: the first reads shapes and types, the second checks what belongs together.
//!
//! Deliberately absent: storing it, the strength of passwords, and files that change an existing roster.

mod checks;
mod references;

use crate::rules::document::{DocumentFault, Faults, FromJson, add_wrong_type, parse_json, record};
use crate::vocabulary::{Institution, OrganizationKind, RegionLevel, Role};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

/// The format of the file.
pub const FORMAT: &str = "roster/1";

record! {
    read_only
    /// The whole file.
    pub struct Roster {
        /// The format, always [`FORMAT`].
        pub format "format": String,
        /// The regions; a parent may stand after its child.
        pub regions "regions": Vec<Region>,
        /// The organisations.
        pub organizations "organizations": Vec<Organization>,
        /// The people.
        pub users "users": Vec<User>,
        /// The plenary sessions.
        pub sessions "sessions": Vec<Session>,
        /// The categories.
        pub categories "categories": Vec<Category>,
        /// The rules in force.
        pub rules "rules": Vec<RulesInForce>,
    }
}

record! {
    read_only
    /// A region (行政区).
    pub struct Region {
        /// The code of the administrative division, 6 to 12 digits (GB/T 2260, GB/T 10114).
        pub code "code": String,
        /// The name.
        pub name "name": String,
        /// The level.
        pub level "level": RegionLevel,
        /// The code of the superior region.
        pub parent "parent": Option<String>,
    }
}

record! {
    read_only
    /// An organisation (机构).
    pub struct Organization {
        /// The key by which this file names it.
        pub key "key": String,
        /// The full name, as printed in letters.
        pub name "name": String,
        /// The kind.
        pub kind "kind": OrganizationKind,
        /// The institution to which it belongs, for those of congress or CPPCC.
        pub institution "institution": Option<Institution>,
        /// The code of its region.
        pub region "region": String,
        /// The key of the organisation of which it is a part.
        pub parent "parent": Option<String>,
        /// What it answers for, in its own words (职责清单).
        pub duties "duties": Option<Vec<String>>,
    }
}

record! {
    read_only
    /// A person with an account (用户).
    pub struct User {
        /// The name for signing in; capital letters do not make another one.
        pub username "username": String,
        /// The person's name.
        pub name "name": String,
        /// Where to send mail, if anywhere; shown to nobody.
        pub email "email": Option<String>,
        /// Where a gateway sends short messages, if anywhere; shown to nobody.
        pub mobile "mobile": Option<String>,
        /// The first password.
        pub password "password": InitialPassword,
        /// The positions, at least one.
        pub positions "positions": Vec<Position>,
    }
}

record! {
    read_only
    /// One hat of a person (身份).
    pub struct Position {
        /// The role.
        pub role "role": Role,
        /// The key of the organisation.
        pub organization "organization": String,
        /// The first day of the term.
        pub starts_on "startsOn": Option<NaiveDate>,
        /// The last day of the term.
        pub ends_on "endsOn": Option<NaiveDate>,
        /// The keys of the agencies for which a leader of the region answers (分管单位).
        pub portfolio "portfolio": Option<Vec<String>>,
    }
}

record! {
    read_only
    /// A plenary session (会议).
    pub struct Session {
        /// The key by which this file names it.
        pub key "key": String,
        /// The code of its region.
        pub region "region": String,
        /// The institution that meets.
        pub institution "institution": Institution,
        /// The number of the term (届).
        pub term_no "termNo": u16,
        /// The number of the session inside the term (次).
        pub session_no "sessionNo": u16,
        /// The title, as printed in letters.
        pub title "title": String,
        /// The first day.
        pub opens_on "opensOn": NaiveDate,
        /// The last day.
        pub closes_on "closesOn": NaiveDate,
        /// The instant until which a matter counts as handed in during the session.
        pub submission_cutoff "submissionCutoff": DateTime<Utc>,
        /// The year to whose handling its matters are counted.
        pub handling_year "handlingYear": i32,
    }
}

record! {
    read_only
    /// A category (分类).
    pub struct Category {
        /// The code of its region.
        pub region "region": String,
        /// The name, unique in its region.
        pub name "name": String,
        /// The name of the wider category in the same region.
        pub parent "parent": Option<String>,
    }
}

record! {
    read_only
    /// From when a region follows a preset of rules.
    pub struct RulesInForce {
        /// The code of the region.
        pub region "region": String,
        /// The name of the preset, see [`crate::rules::rule_set::RuleSet::preset`].
        pub preset "preset": String,
        /// The first day on which it holds.
        pub from "from": NaiveDate,
    }
}

/// A password as written in the file; it does not show itself in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct InitialPassword(String);

impl InitialPassword {
    /// The password itself, for hashing.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for InitialPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InitialPassword(…)")
    }
}

impl FromJson for InitialPassword {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        /// The most bytes; hashing longer ones would only cost time.
        const MAX_BYTES: usize = 1024;
        let Some(text) = value.as_str() else {
            add_wrong_type(path, "文字", "a text", faults);
            return None;
        };
        if text.is_empty() {
            faults.add(path, "密码不能为空", "must not be empty");
        } else if text.len() > MAX_BYTES {
            faults.add(path, format!("密码最多{MAX_BYTES}个字节"), format!("at most {MAX_BYTES} bytes"));
        } else if text.chars().any(char::is_control) {
            faults.add(path, "密码不能含控制字符", "must not hold control characters");
        } else {
            return Some(Self(text.to_owned()));
        }
        None
    }
}

/// Parses a file of format `roster/1`.
///
/// # Errors
/// Every fault with its JSON path: first those of shape, then those of what belongs together.
pub fn parse(json: &str) -> Result<Roster, Vec<DocumentFault>> {
    let mut faults = Faults::default();
    let value = parse_json(json, &mut faults);
    let roster = value.as_ref().and_then(|value| Roster::from_json(value, "$", &mut faults));
    if let Some(value) = &value {
        checks::check(value, &mut faults);
        references::check(value, &mut faults);
    }
    faults.into_result(roster)
}

#[cfg(test)]
mod tests;
