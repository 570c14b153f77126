//! What a reminder says, in one sentence.

use super::{Clock, ReminderPoint, Standing};
use crate::language::Language;
use crate::rules::calendar::Calendar;
use crate::rules::rule_set::ReminderKind;
use chrono::{Datelike, NaiveDate};

impl ReminderPoint {
    /// The sentence of this reminder, with the day that it is about.
    pub fn sentence(&self, clock: &Clock, standing: &Standing, calendar: &Calendar, language: Language) -> String {
        let due_on = clock.due.due_on;
        let what = clock.due.basis.label(language);
        let days = self.days;
        let day = |day: NaiveDate| match language {
            Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Language::En => day.format("%-d %B %Y").to_string(),
        };
        match (self.kind, language) {
            (ReminderKind::Unsigned, Language::Zh) => format!("交办后{days}个工作日仍未签收"),
            (ReminderKind::Unsigned, Language::En) => format!("not signed for {days} working days after assignment"),
            (ReminderKind::NoContact, Language::Zh) => match standing.contact_due {
                Some(due) => format!("尚未与提出者沟通,应于{}前完成", day(due)),
                None => "尚未与提出者沟通".to_owned(),
            },
            (ReminderKind::NoContact, Language::En) => match standing.contact_due {
                Some(due) => format!("the proposer was not contacted, which was due by {}", day(due)),
                None => "the proposer was not contacted".to_owned(),
            },
            (ReminderKind::BeforeDue, Language::Zh) => {
                format!("距{what}期限({})还有{days}个工作日", day(due_on))
            }
            (ReminderKind::BeforeDue, Language::En) => {
                format!("{days} working days left for the {what}, due on {}", day(due_on))
            }
            (ReminderKind::Due, Language::Zh) => format!("{what}今日到期({})", day(due_on)),
            (ReminderKind::Due, Language::En) => format!("the {what} is due today, {}", day(due_on)),
            (ReminderKind::Overdue, Language::Zh) => {
                let passed = calendar.working_days_between(due_on, self.on);
                format!("{what}已逾期{passed}个工作日(期限{})", day(due_on))
            }
            (ReminderKind::Overdue, Language::En) => {
                let passed = calendar.working_days_between(due_on, self.on);
                format!("the {what} is {passed} working days overdue, it was due on {}", day(due_on))
            }
        }
    }
}
