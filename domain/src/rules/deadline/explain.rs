//! One sentence that tells how a due day came about.

use super::{Due, Part};
use crate::language::Language;
use crate::rules::calendar::{CalendarDay, DayKind};
use crate::rules::rule_set::{Period, PeriodUnit};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Which rules were applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleReference<'a> {
    /// The name of the rule set.
    pub name: &'a str,
    /// Its version in the region.
    pub version: u32,
}

/// Tells in one sentence: start, rule and its version, end of month, holidays and make-up days that
/// counted, roll, extension, and whether the day may still move.
pub fn explain(due: &Due, rule: RuleReference<'_>, language: Language) -> String {
    let clauses: Vec<_> = due.parts.iter().map(|part| clause(due, part, rule, language)).collect();
    match language {
        Language::Zh => format!("{}。", clauses.join(";")),
        Language::En => format!("{}.", clauses.join("; ")),
    }
}

fn clause(due: &Due, part: &Part, rule: RuleReference<'_>, language: Language) -> String {
    let RuleReference { name, version } = rule;
    let what = due.basis.label(language);
    match (part, language) {
        (Part::Counted { start, period, until, clamped, exceptions }, Language::Zh) => {
            let mut text = format!(
                "自{}起算(当日不计),依《{name}》第{version}版,{what}期限为{}",
                long(*start, language),
                length(period, language)
            );
            if let Some(days) = exceptions_text(exceptions, language) {
                text += &format!(",其间{days}");
            }
            if *clamped {
                text += &format!(",{}月无{}日,以当月最后一日为准", until.month(), start.day());
            }
            format!("{text},至{}届满", long(*until, language))
        }
        (Part::Counted { start, period, until, clamped, exceptions }, Language::En) => {
            let mut text = format!(
                "From {} (not counted), by \"{name}\" version {version}, the {what} has {}",
                long(*start, language),
                length(period, language)
            );
            if let Some(days) = exceptions_text(exceptions, language) {
                text += &format!(", with {days}");
            }
            if *clamped {
                text += &format!(", ending on the last day of the month, which has no day {}", start.day());
            }
            format!("{text}, and ends on {}", long(*until, language))
        }
        (Part::Rolled { from, to, exceptions }, Language::Zh) => {
            let because = exceptions_text(exceptions, language)
                .map_or("为休息日".to_owned(), |days| format!("非工作日({days})"));
            format!("{}{because},顺延至{}", short(*from, language), long(*to, language))
        }
        (Part::Rolled { from, to, exceptions }, Language::En) => {
            let because = exceptions_text(exceptions, language).map_or(String::new(), |days| format!(" ({days})"));
            format!("{} is a day off{because}, so it moves to {}", short(*from, language), long(*to, language))
        }
        (Part::Extended { until }, Language::Zh) => {
            format!("经批准延期至{}", long(*until, language))
        }
        (Part::Extended { until }, Language::En) => {
            format!("more time was granted until {}", long(*until, language))
        }
        (Part::Unpublished { years }, Language::Zh) => {
            format!("{}年节假日安排尚未公布,此日期为暂定", join(years, "、"))
        }
        (Part::Unpublished { years }, Language::En) => {
            format!("the holidays of {} are not yet published, so this day is provisional", join(years, ", "))
        }
    }
}

/// The holidays as runs of days by name, then the make-up days; `None` when there are neither.
fn exceptions_text(days: &[CalendarDay], language: Language) -> Option<String> {
    let of = |kind| runs(days.iter().filter(move |day| day.kind == kind), language);
    let (holidays, make_ups) = (of(DayKind::Holiday), of(DayKind::MakeUp));
    let holidays = (!holidays.is_empty()).then(|| match language {
        Language::Zh => format!("{}放假", holidays.join("、")),
        Language::En => format!("days off {}", holidays.join(", ")),
    });
    let make_ups = (!make_ups.is_empty()).then(|| match language {
        Language::Zh => format!("{}调休上班", make_ups.join("、")),
        Language::En => format!("make-up days {}", make_ups.join(", ")),
    });
    let parts: Vec<_> = holidays.into_iter().chain(make_ups).collect();
    (!parts.is_empty()).then(|| parts.join(language.pick(",", " and ")))
}

/// The days in runs of the same name, e.g. 春节2月15日至2月23日.
fn runs<'a>(days: impl Iterator<Item = &'a CalendarDay>, language: Language) -> Vec<String> {
    let mut runs: BTreeMap<NaiveDate, (&str, NaiveDate)> = BTreeMap::new();
    for day in days {
        match runs.last_entry() {
            Some(mut run) if run.get().0 == day.name && run.get().1.succ_opt() == Some(day.date) => {
                run.get_mut().1 = day.date
            }
            _ => {
                runs.insert(day.date, (&day.name, day.date));
            }
        }
    }
    let text = |(first, (name, last)): (NaiveDate, (&str, NaiveDate))| match (language, first == last) {
        (Language::Zh, true) => format!("{name}{}", short(first, language)),
        (Language::Zh, false) => format!("{name}{}至{}", short(first, language), short(last, language)),
        (Language::En, true) => format!("{} ({name})", short(first, language)),
        (Language::En, false) => format!("{} to {} ({name})", short(first, language), short(last, language)),
    };
    runs.into_iter().map(text).collect()
}

fn length(period: &Period, language: Language) -> String {
    let amount = period.amount;
    match (language, period.unit, amount) {
        (Language::Zh, unit, _) => format!("{amount}{}", unit.label(language)),
        (Language::En, PeriodUnit::CalendarDays, 1) => "1 calendar day".to_owned(),
        (Language::En, PeriodUnit::WorkingDays, 1) => "1 working day".to_owned(),
        (Language::En, PeriodUnit::Months, 1) => "1 month".to_owned(),
        (Language::En, unit, _) => format!("{amount} {}", unit.label(language)),
    }
}

fn long(day: NaiveDate, language: Language) -> String {
    match language {
        Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Language::En => day.format("%-d %B %Y").to_string(),
    }
}

fn short(day: NaiveDate, language: Language) -> String {
    match language {
        Language::Zh => format!("{}月{}日", day.month(), day.day()),
        Language::En => day.format("%-d %B").to_string(),
    }
}

fn join(years: &[i32], separator: &str) -> String {
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator)
}
