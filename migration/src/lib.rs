//! The history of the database schema, run on SQLite and on PostgreSQL.
//!
//! A released migration is never edited. Each runs in a transaction, so that a failing one leaves
//! nothing half done.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::MigrationTrait;

mod append_only;
mod columns;
mod m20261123_000001_first;
mod m20261128_000002_clocks;
mod m20261128_000003_files;
mod m20261128_000004_ledgers;
mod m20261128_000005_portfolios;
mod m20261128_000006_stage_pace;
mod m20261129_000001_due_days;
mod m20261129_000011_disclosure;
mod m20261129_000021_search;
mod m20261129_000031_office_records;
mod m20261129_000032_collectives;
mod m20261129_000041_figures;
mod m20261130_000001_scoring_rules;
mod m20261130_000002_appraisals;
mod m20261130_000011_distinct_pairs;
mod m20261130_000021_duty_catalogue;
mod m20261130_000022_consultation_desk;
mod m20261201_000001_assignment_figures;
mod m20261202_000001_text_checks;
mod m20261202_000011_appraisal_notices;
mod m20261202_000021_audit_chain;

/// Runs the migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_first::Migration),
            Box::new(m20261128_000002_clocks::Migration),
            Box::new(m20261128_000003_files::Migration),
            Box::new(m20261128_000004_ledgers::Migration),
            Box::new(m20261128_000005_portfolios::Migration),
            Box::new(m20261128_000006_stage_pace::Migration),
            Box::new(m20261129_000001_due_days::Migration),
            Box::new(m20261129_000011_disclosure::Migration),
            Box::new(m20261129_000021_search::Migration),
            Box::new(m20261129_000031_office_records::Migration),
            Box::new(m20261129_000032_collectives::Migration),
            Box::new(m20261129_000041_figures::Migration),
            Box::new(m20261130_000001_scoring_rules::Migration),
            Box::new(m20261130_000002_appraisals::Migration),
            Box::new(m20261130_000011_distinct_pairs::Migration),
            Box::new(m20261130_000021_duty_catalogue::Migration),
            Box::new(m20261130_000022_consultation_desk::Migration),
            Box::new(m20261201_000001_assignment_figures::Migration),
            Box::new(m20261202_000001_text_checks::Migration),
            Box::new(m20261202_000011_appraisal_notices::Migration),
            Box::new(m20261202_000021_audit_chain::Migration),
        ]
    }
}
