//! One sentence that tells how a due day came about.

use super::{Due, Part};
use crate::language::Language;
use crate::rules::calendar::{CalendarDay, DayKind};
use crate::rules::rule_set::{Amount, CountUnit, Length, Period};
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

/// Tells in one sentence: round and reassignment, start, rule and its version, end of month, holidays and make-up
/// days that counted, roll, pauses, extensions asked, granted and refused, and whether the day may still move.
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
                "自{}起算({}),依《{name}》第{version}版,{what}期限为{}",
                long(*start, language),
                if period.start_counts { "当日计入" } else { "当日不计" },
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
                "From {} ({}), by \"{name}\" version {version}, the {what} has {}",
                long(*start, language),
                if period.start_counts { "counted" } else { "not counted" },
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
        (Part::Reassigned { on, restarted }, Language::Zh) => {
            format!("{}改由其他单位承办,{}", long(*on, language), if *restarted { "重新起算" } else { "不重新起算" })
        }
        (Part::Reassigned { on, restarted }, Language::En) => {
            let effect = if *restarted { "which starts the count anew" } else { "which does not restart the count" };
            format!("on {} another agency took over, {effect}", long(*on, language))
        }
        (Part::Round { number, on }, Language::Zh) => format!("第{number}轮办理自{}开始", long(*on, language)),
        (Part::Round { number, on }, Language::En) => {
            format!("Round {number} began on {}", long(*on, language))
        }
        (Part::Paused { .. }, _) => paused(part, language),
        (Part::ExtensionAsked { on, until }, Language::Zh) => {
            format!("{}申请延期至{}", long(*on, language), long(*until, language))
        }
        (Part::ExtensionAsked { on, until }, Language::En) => {
            format!("on {} more time was asked for until {}", long(*on, language), long(*until, language))
        }
        (Part::ExtensionRefused { on }, Language::Zh) => format!("{}未予批准延期", long(*on, language)),
        (Part::ExtensionRefused { on }, Language::En) => {
            format!("on {} more time was refused", long(*on, language))
        }
        (Part::Unpublished { years }, Language::Zh) => {
            format!("{}年节假日安排尚未公布,此日期为暂定", join(years, "、"))
        }
        (Part::Unpublished { years }, Language::En) => {
            format!("the holidays of {} are not yet published, so this day is provisional", join(years, ", "))
        }
    }
}

fn paused(part: &Part, language: Language) -> String {
    let Part::Paused { from, resumed, reasons, amount, working_days, until, exceptions } = part else {
        return String::new();
    };
    let why: Vec<_> = reasons.iter().map(|reason| reason.label(language)).collect();
    let with_days = exceptions_text(exceptions, language);
    match language {
        Language::Zh => {
            let unit = if *working_days { "个工作日" } else { "日" };
            let until_when = resumed
                .map_or("暂停计时,尚未恢复".to_owned(), |on| format!("暂停计时,{}恢复", long(on, language)));
            let effect = match until {
                Some(until) => {
                    let days = with_days.map_or(String::new(), |days| format!("(其间{days})"));
                    let to = if resumed.is_none() { "暂按顺延至" } else { "顺延至" };
                    format!("停计{amount}{unit}{days},{to}{}", long(*until, language))
                }
                None => format!("停计{amount}{unit},期限不变"),
            };
            format!("因{}自{}起{until_when},{effect}", why.join("、"), long(*from, language))
        }
        Language::En => {
            let unit = match (*working_days, *amount) {
                (true, 1) => "working day",
                (true, _) => "working days",
                (false, 1) => "calendar day",
                (false, _) => "calendar days",
            };
            let until_when = resumed
                .map_or("and still stands".to_owned(), |on| format!("and ran again from {}", long(on, language)));
            let effect = match until {
                Some(until) => {
                    let days = with_days.map_or(String::new(), |days| format!(" ({days})"));
                    let to = if resumed.is_none() { "for now to" } else { "to" };
                    format!("{amount} {unit} were not used up{days}, so it moves {to} {}", long(*until, language))
                }
                None => format!("{amount} {unit} were not used up, and the last day stays"),
            };
            format!(
                "for a {} the clock stood from {} {until_when}: {effect}",
                why.join(" and a "),
                long(*from, language)
            )
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
    let (date, at_most) = match &period.length {
        Length::Counted(counted) => return amount(counted, language),
        Length::FixedDate { date, at_most } => (date, at_most),
    };
    let at_most = at_most.as_ref().map(|at_most| amount(at_most, language));
    match language {
        Language::Zh => {
            let bound = at_most.map_or(String::new(), |at_most| format!("(最长{at_most})"));
            format!("{}月{}日前{bound}", date.month(), date.day())
        }
        Language::En => {
            let bound = at_most.map_or(String::new(), |at_most| format!(" (at most {at_most})"));
            // A day that every year has; the year itself is not shown.
            let day = date.in_year(2023).map_or(date.to_string(), |day| short(day, language));
            format!("until {day}{bound}")
        }
    }
}

fn amount(amount: &Amount, language: Language) -> String {
    let Amount { unit, amount } = *amount;
    match (language, unit, amount) {
        (Language::Zh, unit, _) => format!("{amount}{}", unit.label(language)),
        (Language::En, CountUnit::CalendarDays, 1) => "1 calendar day".to_owned(),
        (Language::En, CountUnit::WorkingDays, 1) => "1 working day".to_owned(),
        (Language::En, CountUnit::Months, 1) => "1 month".to_owned(),
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
