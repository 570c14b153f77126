//! An entry as it is sealed: a list of texts in a fixed order, written as JSON, and hashed with the link before.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::ids::RegionId;
use entity::{event, office_event};
use sha2::{Digest as _, Sha256};
use std::fmt::Display;
use uuid::Uuid;

/// Name of the format, the first text of each sealed entry.
const FORMAT: &str = "jianyan-trail/1";

/// The hash before the first link.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// In which trail an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The trail of a matter.
    Event,
    /// The trail of what administrators and offices change.
    OfficeEvent,
}

impl Kind {
    /// The name of its table, as stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::OfficeEvent => "office_event",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Event, Self::OfficeEvent].into_iter().find(|kind| kind.code() == code)
    }
}

/// The texts of an entry that are sealed; an empty column is `null`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The trail.
    pub kind: Kind,
    /// The entry.
    pub id: Uuid,
    /// Its region.
    pub region: RegionId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The rest of its columns, in the order of the table.
    rest: Vec<Option<String>>,
}

fn text(value: impl Display) -> Option<String> {
    Some(value.to_string())
}

/// An instant as it is written everywhere: UTC, in microseconds.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

impl From<&event::Model> for Sealed {
    fn from(row: &event::Model) -> Self {
        // Every column by name, so that a new one cannot be forgotten.
        let event::Model {
            id,
            submission_id,
            assignment_id,
            agency_id,
            region_id,
            at,
            happening,
            audience,
            actor_id,
            position_id,
            subject,
            from_status,
            to_status,
            detail,
            rule_set_id,
            rehearsal,
            request_id,
        } = row;
        let rest = vec![
            text(submission_id),
            assignment_id.and_then(text),
            agency_id.and_then(text),
            text(happening),
            text(audience.code()),
            actor_id.and_then(text),
            position_id.and_then(text),
            text(subject),
            from_status.clone(),
            to_status.clone(),
            detail.clone(),
            rule_set_id.and_then(text),
            text(rehearsal),
            text(request_id),
        ];
        Self { kind: Kind::Event, id: id.0, region: *region_id, at: *at, rest }
    }
}

impl From<&office_event::Model> for Sealed {
    fn from(row: &office_event::Model) -> Self {
        let office_event::Model {
            id,
            region_id,
            at,
            happening,
            actor_id,
            position_id,
            subject,
            detail,
            rehearsal,
            request_id,
        } = row;
        let rest = vec![
            text(happening),
            actor_id.and_then(text),
            position_id.and_then(text),
            text(subject),
            detail.clone(),
            text(rehearsal),
            text(request_id),
        ];
        Self { kind: Kind::OfficeEvent, id: id.0, region: *region_id, at: *at, rest }
    }
}

impl Sealed {
    /// The texts of the entry at this place of the chain, in the order in which they are sealed.
    #[must_use]
    pub fn texts(&self, position: i64, sealed_to: DateTime<Utc>) -> Vec<Option<String>> {
        let mut texts = vec![
            text(FORMAT),
            text(self.region),
            text(position),
            text(instant(sealed_to)),
            text(self.kind.code()),
            text(self.id),
            text(instant(self.at)),
        ];
        texts.extend(self.rest.iter().cloned());
        texts
    }
}

/// The hash of a link: SHA-256 over the hash before, a line feed, and the texts as JSON without spaces.
#[must_use]
pub fn link(before: &str, texts: &[Option<String>]) -> String {
    // A list of texts always serialises.
    let json = serde_json::to_string(texts).unwrap_or_default();
    let digest = Sha256::new().chain_update(before).chain_update("\n").chain_update(json).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> office_event::Model {
        office_event::Model {
            id: Uuid::from_u128(7).into(),
            region_id: Uuid::from_u128(1).into(),
            at: DateTime::from_timestamp(1_800_000_000, 120_000).unwrap(),
            happening: "RULES_CHANGED".to_owned(),
            actor_id: None,
            position_id: None,
            subject: "规则\u{1}\"".to_owned(),
            detail: Some("第一行\n第二行".to_owned()),
            rehearsal: false,
            request_id: "r".to_owned(),
        }
    }

    #[test]
    fn the_sealed_form_and_its_hash_never_change() {
        let texts = Sealed::from(&entry()).texts(3, DateTime::from_timestamp(1_800_000_060, 0).unwrap());
        let json = serde_json::to_string(&texts).unwrap();
        assert_eq!(
            json,
            "[\"jianyan-trail/1\",\"region_00000000000000000000000000000001\",\"3\",\"2027-01-15T08:01:00.000000Z\",\
             \"office_event\",\"00000000-0000-0000-0000-000000000007\",\"2027-01-15T08:00:00.000120Z\",\
             \"RULES_CHANGED\",null,null,\"规则\\u0001\\\"\",\"第一行\\n第二行\",\"false\",\"r\"]"
        );
        let whole = format!("{START}\n{json}");
        let digest: String = Sha256::digest(whole).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(link(START, &texts), digest);
    }

    #[test]
    fn every_column_and_the_place_count() {
        let then = DateTime::from_timestamp(1_800_000_060, 0).unwrap();
        let hash = |row: &office_event::Model| link(START, &Sealed::from(row).texts(3, then));
        let row = entry();
        let changes: [fn(&mut office_event::Model); 10] = [
            |row| row.id = Uuid::from_u128(8).into(),
            |row| row.region_id = Uuid::from_u128(2).into(),
            |row| row.at += chrono::TimeDelta::microseconds(1),
            |row| row.happening.push('X'),
            |row| row.actor_id = Some(Uuid::from_u128(1).into()),
            |row| row.position_id = Some(Uuid::from_u128(1).into()),
            |row| row.subject.push(' '),
            |row| row.detail = None,
            |row| row.rehearsal = true,
            |row| row.request_id.clear(),
        ];
        for change in changes {
            let mut other = row.clone();
            change(&mut other);
            assert_ne!(hash(&row), hash(&other), "{other:?}");
        }
        assert_ne!(hash(&row), link(START, &Sealed::from(&row).texts(4, then)));
        assert_ne!(hash(&row), link(&hash(&row), &Sealed::from(&row).texts(3, then)));
    }
}
