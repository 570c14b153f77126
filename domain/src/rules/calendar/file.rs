//! The files in `data/calendar`: one published year each.

use super::{CalendarDay, DayKind, is_week_day};
use crate::rules::document::{DocumentFault, Faults, FromJson, check_format, parse_json, read_by_code, record};
use crate::text::TextRule;
use chrono::{Datelike, NaiveDate};

/// The years that come with the program, as JSON texts for [`CalendarYear::parse`], oldest first.
pub const SHIPPED: &[&str] = &[
    include_str!("../../../data/calendar/2017.json"),
    include_str!("../../../data/calendar/2018.json"),
    include_str!("../../../data/calendar/2019.json"),
    include_str!("../../../data/calendar/2020.json"),
    include_str!("../../../data/calendar/2021.json"),
    include_str!("../../../data/calendar/2022.json"),
    include_str!("../../../data/calendar/2023.json"),
    include_str!("../../../data/calendar/2024.json"),
    include_str!("../../../data/calendar/2025.json"),
    include_str!("../../../data/calendar/2026.json"),
];

/// The format of the file.
const FORMAT: &str = "calendar/1";
/// The most characters of a holiday's name.
const NAME_MAX_CHARS: usize = 40;
/// The most characters of the title and number of a notice.
const NOTICE_MAX_CHARS: usize = 200;

/// One published year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarYear {
    /// The year of the notice.
    pub year: i32,
    /// Title and number of the notice.
    pub notice: String,
    /// The days that differ from their week; a notice may reach back into the December before.
    pub days: Vec<CalendarDay>,
}

read_by_code!(DayKind);

record! {
    read_only
    /// A row of the file.
    pub struct Row {
        /// The day.
        pub date "date": NaiveDate,
        /// The name of the holiday.
        pub name "name": String,
        /// How the day differs.
        pub kind "kind": DayKind,
    }
}

record! {
    read_only
    /// The whole file.
    pub struct File {
        /// The format.
        pub format "format": String,
        /// The year.
        pub year "year": u16,
        /// The notice.
        pub notice "notice": String,
        /// The rows.
        pub days "days": Vec<Row>,
    }
}

impl CalendarYear {
    /// Parses a file of format `calendar/1`.
    ///
    /// # Errors
    /// All faults with their JSON paths; the file is refused as a whole.
    pub fn parse(json: &str) -> Result<Self, Vec<DocumentFault>> {
        let mut faults = Faults::default();
        let file = parse_json(json, &mut faults).and_then(|value| File::from_json(&value, "$", &mut faults));
        if let Some(file) = &file {
            check(file, &mut faults);
        }
        let days = |rows: Vec<Row>| {
            rows.into_iter().map(|Row { date, name, kind }| CalendarDay { date, kind, name }).collect()
        };
        faults.into_result(file.map(|file| Self { year: file.year.into(), notice: file.notice, days: days(file.days) }))
    }
}

fn check(file: &File, faults: &mut Faults) {
    check_format(&file.format, FORMAT, faults);
    let year = i32::from(file.year);
    if !(1949..=2200).contains(&year) {
        faults.add("$.year", "年份应在1949至2200之间", "must be from 1949 to 2200");
    }
    faults.check_text("$.notice", &file.notice, TextRule::line(NOTICE_MAX_CHARS));
    for (index, row) in file.days.iter().enumerate() {
        let of_december_before = row.date.year() == year - 1 && row.date.month() == 12;
        if row.date.year() != year && !of_december_before {
            faults.add(format!("$.days[{index}].date"), "日期不属于该年度", "does not belong to the year");
        }
        if row.kind == DayKind::MakeUp && is_week_day(row.date) {
            faults.add(
                format!("$.days[{index}].kind"),
                "调休上班日应为周六或周日",
                "a make-up day must be a Saturday or Sunday",
            );
        }
        faults.check_text(&format!("$.days[{index}].name"), &row.name, TextRule::line(NAME_MAX_CHARS));
    }
    let dates = file.days.iter().enumerate().map(|(index, row)| (format!("$.days[{index}].date"), row.date));
    faults.add_duplicates(dates, ToString::to_string);
}
