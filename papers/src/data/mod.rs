//! What each paper holds: plain values, as they are to be printed.
//!
//! The structs know nothing of where the values come from. Times are days; words such as "满意" or "主动公开" come as
//! they are printed, since regions differ in them.

mod analysis;
mod assignment;
mod common;
mod contact_record;
mod feedback_form;
mod reply_letter;
mod report;
mod submission_form;

pub use analysis::{Dispute, HotTopic, KeyItem, PreHandlingAnalysis};
pub use assignment::{AssignmentNotice, AssignmentSchedule, Count, Deadline, ScheduleRow};
pub use common::{Contact, Institution, Matter, Meeting, Person, Point, Proposer, Section, Sheet};
pub use contact_record::ContactRecord;
pub use feedback_form::{FeedbackAnswers, FeedbackForm};
pub use reply_letter::{PrintedBy, ReplyKind, ReplyLetter};
pub use report::{Bulletin, Figure, StatisticsReport, YearlyReport};
pub use submission_form::{Collective, SubmissionForm};

use serde::Serialize;

macro_rules! papers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// A paper of one of the known kinds.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Paper {
            $($(#[$doc])* $name(Box<$name>)),+
        }

        $(impl From<$name> for Paper {
            fn from(paper: $name) -> Self {
                Self::$name(Box::new(paper))
            }
        })+
    };
}

papers! {
    /// 建议纸 / 提案表.
    SubmissionForm,
    /// 交办通知.
    AssignmentNotice,
    /// 交办安排表.
    AssignmentSchedule,
    /// 答复函 / 会办意见.
    ReplyLetter,
    /// 征询意见表 (congress) / 反馈意见表 (CPPCC).
    FeedbackForm,
    /// 面商记录 / 沟通记录.
    ContactRecord,
    /// 统计报告.
    StatisticsReport,
    /// 办理工作动态.
    Bulletin,
    /// 办前分析报告.
    PreHandlingAnalysis,
    /// 年度办理情况报告.
    YearlyReport,
}

impl Paper {
    /// The name of the template that lays it out.
    pub fn template(&self) -> &'static str {
        match self {
            Self::SubmissionForm(_) => "submission-form.xml",
            Self::AssignmentNotice(_) => "assignment-notice.xml",
            Self::AssignmentSchedule(_) => "assignment-schedule.xml",
            Self::ReplyLetter(_) => "reply-letter.xml",
            Self::FeedbackForm(form) => match form.matter.meeting.institution {
                Institution::Congress => "feedback-form-congress.xml",
                Institution::Cppcc => "feedback-form-cppcc.xml",
            },
            Self::ContactRecord(_) => "contact-record.xml",
            Self::StatisticsReport(_) => "statistics-report.xml",
            Self::Bulletin(_) => "bulletin.xml",
            Self::PreHandlingAnalysis(_) => "pre-handling-analysis.xml",
            Self::YearlyReport(_) => "yearly-report.xml",
        }
    }

    /// The values as the template sees them.
    pub(crate) fn data(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(self)
    }
}
