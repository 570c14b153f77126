//! One paper of each kind, from the sample region 清河区.

mod forms;
mod letters;
mod reports;

pub use forms::*;
pub use letters::*;
pub use reports::*;

use chrono::NaiveDate;
use papers::data::*;

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn s(text: &str) -> String {
    text.to_owned()
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| s(item)).collect()
}

pub fn congress() -> Meeting {
    Meeting::numbered(Institution::Congress, "清河区", "区", 18, 6)
}

pub fn cppcc() -> Meeting {
    Meeting::numbered(Institution::Cppcc, "清河区", "区", 16, 6)
}

pub fn suggestion() -> Matter {
    Matter {
        meeting: congress(),
        off_session: false,
        kind: s("建议"),
        case_no: s("12"),
        title: s("关于加强城北片区增设公共停车泊位的建议"),
    }
}

pub fn proposal() -> Matter {
    Matter {
        meeting: cppcc(),
        off_session: false,
        kind: s("提案"),
        case_no: s("2"),
        title: s("关于加快清河镇农村饮用水安全的提案"),
    }
}

pub const DEPUTIES: [(&str, &str); 12] = [
    ("徐文国", "清河区人大第一代表团"),
    ("江源燕", "清河区人大第二代表团"),
    ("林东志", "清河区人大第三代表团"),
    ("吴玲东", "清河区人大第四代表团"),
    ("廖思华", "清河区人大第一代表团"),
    ("张雅刚", "清河区人大第二代表团"),
    ("萧静永", "清河区人大第三代表团"),
    ("黄国平", "清河区人大第四代表团"),
    ("张素启", "清河区人大第一代表团"),
    ("邱海思", "清河区人大第二代表团"),
    ("潘明华", "清河区人大第三代表团"),
    ("周美明", "清河区人大第四代表团"),
];

pub fn deputies(count: usize) -> Vec<Person> {
    DEPUTIES[..count].iter().map(|(name, _)| Person { name: s(name), honorific: s("代表") }).collect()
}

pub fn proposer(number: usize) -> Proposer {
    let (name, group) = DEPUTIES[number];
    Proposer {
        name: s(name),
        group: Some(s(group).replace("清河区人大", "")),
        credential_no: Some(format!("18{:04}", number + 1)),
        address: Some(s("清河区城北片区和平社区")),
        postcode: Some(s("990101")),
        phone: Some(format!("0990-88{:05}", number + 1)),
        ..Proposer::default()
    }
}

/// All of them, each with a name.
pub fn all() -> Vec<(&'static str, Paper)> {
    vec![
        ("reply-letter", reply_letter().into()),
        ("co-opinion", co_opinion().into()),
        ("submission-form", submission_form().into()),
        ("submission-form-collective", collective_proposal().into()),
        ("assignment-notice", assignment_notice().into()),
        ("assignment-schedule", assignment_schedule(30).into()),
        ("feedback-form-congress", feedback_congress().into()),
        ("feedback-form-cppcc", feedback_cppcc().into()),
        ("contact-record", contact_record().into()),
        ("statistics-report", statistics_report().into()),
        ("bulletin", bulletin().into()),
        ("pre-handling-analysis", pre_handling_analysis().into()),
        ("yearly-report", yearly_report().into()),
    ]
}
