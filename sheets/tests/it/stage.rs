//! The sample region: its agencies, its rules, its ledgers.

use domain::ledger::{Agencies, Context, LedgerLine, ReadLine, Reading, read};
use domain::roster;
use domain::rules::rule_set::RuleSet;
use domain::table::{Cell, Table};
use domain::vocabulary::OrganizationKind;
use sheets::{Limits, Sheet, SheetColumn};
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(crate) const REGION: &str = "990101";

/// The ledgers of 2017 to 2020.
pub(crate) const LEDGERS: [(i32, &[u8]); 4] = [
    (2017, include_bytes!("../../../api/data/ledger/2017.csv")),
    (2018, include_bytes!("../../../api/data/ledger/2018.csv")),
    (2019, include_bytes!("../../../api/data/ledger/2019.csv")),
    (2020, include_bytes!("../../../api/data/ledger/2020.csv")),
];

pub(crate) const FAULTY: &[u8] = include_bytes!("../../../api/data/ledger/faulty.csv");

static AGENCIES: LazyLock<Agencies> = LazyLock::new(|| {
    let roster = roster::parse(include_str!("../../../api/data/roster.json")).expect("the sample roster is whole");
    let mut agencies = Agencies::new();
    for organization in roster.organizations.iter().filter(|found| found.kind == OrganizationKind::Agency) {
        agencies.add(&organization.name, []);
    }
    agencies.add_short_forms("清河区");
    agencies
});

static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let text = RuleSet::preset("shanghai").expect("a preset");
    RuleSet::parse(text).expect("the presets are whole")
});

pub(crate) fn understood(tables: &[Table]) -> Reading {
    read(tables, &Context { region_code: REGION, agencies: &AGENCIES, rules: Some(&RULES) })
}

/// What a file says, whatever it is.
pub(crate) fn read_file(bytes: &[u8]) -> Reading {
    sheets::read(bytes, &Limits::default()).map_or_else(Reading::from, |tables| understood(&tables))
}

/// Each ledger of the sample, read once.
static READINGS: LazyLock<Vec<(i32, Reading)>> =
    LazyLock::new(|| LEDGERS.iter().map(|(year, bytes)| (*year, read_file(bytes))).collect());

pub(crate) fn ledger(year: i32) -> Reading {
    let found = READINGS.iter().find(|(of, _)| *of == year);
    found.expect("a year of the sample").1.clone()
}

pub(crate) fn contents(reading: &Reading) -> Vec<&LedgerLine> {
    reading.lines.iter().map(|line| &line.content).collect()
}

pub(crate) fn fingerprints(lines: &[ReadLine]) -> BTreeSet<String> {
    lines.iter().map(|line| line.fingerprint.to_string()).collect()
}

/// A table as a sheet; what reads as a day becomes a date cell when `with_dates` is set.
pub(crate) fn sheet_of(table: &Table, name: &str, with_dates: bool) -> Sheet {
    let (header, rows) = table.rows.split_first().expect("a header");
    let dated = |cell: &Cell| match cell {
        Cell::Text(text) if with_dates => text
            .parse()
            .map_or(cell.clone(), |day: chrono::NaiveDate| Cell::Date(day.and_hms_opt(0, 0, 0).expect("midnight"))),
        other => other.clone(),
    };
    Sheet {
        name: name.to_owned(),
        columns: header.cells.iter().map(|cell| SheetColumn::number(cell.shown(), 12.0)).collect(),
        rows: rows.iter().map(|row| row.cells.iter().map(dated).collect()).collect(),
    }
}
