//! The duties of a roster: words that are new begin, and words that left the file end.
//!
//! What a person wrote into the catalogue stays as it is, whatever the file says, and what a person ended stays ended.

use crate::access::Permit;
use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::save;
use chrono::{DateTime, Utc};
use domain::ids::{OrganizationId, RegionId};
use domain::rules::legal_day::legal_day;
use entity::duty_clause;
use sea_orm::DatabaseTransaction;

/// One loading.
pub struct Duties<'a> {
    /// What is wired.
    pub deps: &'a Deps,
    /// The transaction.
    pub tx: &'a DatabaseTransaction,
    /// The permit of the command.
    pub permit: &'a Permit,
    /// When.
    pub now: DateTime<Utc>,
}

impl Duties<'_> {
    /// Brings the catalogue of an agency to what the file says; gives whether anything changed.
    pub async fn put(
        &self,
        (region_id, agency_id): (RegionId, OrganizationId),
        there: &[duty_clause::Model],
        words: &[String],
    ) -> AppResult<bool> {
        let today = legal_day(self.now);
        let mut changed = false;
        for row in there.iter().filter(|row| row.recorded_by.is_none() && !words.contains(&row.text)) {
            let Ok(ended) = row.term().ended_before(today) else { continue };
            let mut row = row.clone();
            row.valid_until = ended.until;
            row.ended_at = Some(self.now);
            save::update(self.tx, self.permit, &mut row).await?;
            changed = true;
        }
        let open = |row: &duty_clause::Model| row.ended_at.is_none() || row.ended_by.is_some();
        let mut last = there.iter().map(|row| row.ordinal).max();
        for (place, text) in words.iter().enumerate() {
            let earlier = words[..place].contains(text);
            if earlier || there.iter().any(|row| row.text == *text && open(row)) {
                continue;
            }
            let ordinal = last.map_or(0, |last| last + 1);
            last = Some(ordinal);
            let row = duty_clause::Model {
                id: self.deps.ids.make(self.now),
                version: 1,
                region_id,
                agency_id,
                ordinal,
                text: text.clone(),
                legal_basis: None,
                // Of the words with which a catalogue begins nobody says since when they hold.
                valid_from: (!there.is_empty()).then_some(today),
                valid_until: None,
                replaces_id: None,
                recorded_at: self.now,
                recorded_by: None,
                recorded_as: None,
                ended_at: None,
                ended_by: None,
                ended_as: None,
            };
            save::insert(self.tx, self.permit, row).await?;
            changed = true;
        }
        Ok(changed)
    }
}
