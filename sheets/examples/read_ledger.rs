//! Reads a ledger against a roster and prints its faults, or how many lines it has and how long that took.
//!
//! `cargo run --release -p jianyan-sheets --example read_ledger -- api/data/roster.json api/data/ledger/2019.csv`

use domain::ledger::{Agencies, Context, Reading, read};
use domain::roster;
use domain::vocabulary::OrganizationKind;
use sheets::Limits;
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let roster_path = arguments.next().ok_or("name a roster, then the files")?;
    let roster = roster::parse(&std::fs::read_to_string(roster_path)?)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let mut agencies = Agencies::new();
    for organization in roster.organizations.iter().filter(|found| found.kind == OrganizationKind::Agency) {
        agencies.add(&organization.name, []);
    }
    for region in &roster.regions {
        agencies.add_short_forms(&region.name);
    }
    let context = Context { region_code: "", agencies: &agencies, rules: None };
    for path in arguments {
        let bytes = std::fs::read(&path)?;
        let started = Instant::now();
        let reading =
            sheets::read(&bytes, &Limits::default()).map_or_else(Reading::from, |tables| read(&tables, &context));
        let took = started.elapsed();
        for fault in &reading.faults {
            println!("{fault}");
        }
        println!("{path}: {} lines, {} faults, {took:.1?}", reading.lines.len(), reading.faults.len());
    }
    Ok(())
}
