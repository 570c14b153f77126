//! Everything that is stored, so that a test can say: nothing was stored.

use super::app::TestApp;
use sea_orm::{DatabaseConnection, EntityTrait};
use std::fmt::Debug;

/// Tables that are left out: signing in writes them, also when what follows is refused, and a failed
/// sign-in must be counted.
pub const LEFT_OUT: &[&str] = &["refresh_token", "sign_in", "throttle"];

/// Every row of every table but those of [`LEFT_OUT`], as text, in an order that does not depend on the database.
#[derive(Clone, PartialEq, Eq)]
pub struct Ledger(Vec<(&'static str, Vec<String>)>);

async fn rows<E>(conn: &DatabaseConnection) -> Vec<String>
where
    E: EntityTrait,
    E::Model: Debug,
{
    let found = E::find().all(conn).await.expect("the table can be read");
    let mut rows: Vec<String> = found.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

macro_rules! tables {
    ($($table:ident)+) => {
        /// The tables of a ledger.
        pub const TABLES: &[&str] = &[$(stringify!($table)),+];

        impl TestApp {
            /// What is stored now.
            pub async fn ledger(&self) -> Ledger {
                let conn = self.deps.db.reader();
                Ledger(vec![$((stringify!($table), rows::<entity::$table::Entity>(conn).await)),+])
            }
        }
    };
}

tables! {
    appraisal assignment assignment_figure attachment audit_checkpoint audit_link audit_pending calendar_day calendar_year category channel_preference
    co_opinion commitment consultation consultation_answer contact cosignature delivery desk_shift digest distinct_pair due_day duty_clause
    event extension_request feedback feedback_form idempotency instruction job_run ledger_line meeting meeting_matter
    notification number_series office_event office_record office_record_matter organization person portfolio position
    progress_report region region_calendar_day reminder reply return_request review rule_set scoring_rule search_text
    session snapshot stage_pace submission supervision text_check
    urging
}

impl Ledger {
    /// Fails with the rows that came, went or changed.
    #[track_caller]
    pub fn assert_same(&self, after: &Self, what: &str) {
        let mut changes = Vec::new();
        for ((table, before), (_, after)) in self.0.iter().zip(&after.0) {
            changes.extend(before.iter().filter(|row| !after.contains(row)).map(|row| format!("- {table}: {row}")));
            changes.extend(after.iter().filter(|row| !before.contains(row)).map(|row| format!("+ {table}: {row}")));
            if before.len() != after.len() {
                changes.push(format!("{table}: {} rows became {}", before.len(), after.len()));
            }
        }
        assert!(changes.is_empty(), "{what} was refused, and yet changed something:\n{}", changes.join("\n"));
    }
}
