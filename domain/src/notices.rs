//! Notices that leave the house by mail or message: who may turn them off, what they may say, when they
//! are tried again.
//!
//! A mailbox and a telephone are read by others too, so a notice says what happened and where to look,
//! and never more of a matter than everybody may know.

use crate::event::Happening;
use crate::vocabulary::{Channel, Confidentiality, SubmissionKind, Topic};
use chrono::TimeDelta;

/// How often a delivery is tried at most before a person must look.
pub const MOST_ATTEMPTS: u32 = 10;

/// The pauses after the first, second, … attempt, in minutes; together somewhat over three days.
const PAUSES: [i64; MOST_ATTEMPTS as usize - 1] = [1, 5, 30, 120, 360, 360, 720, 1440, 1440];

/// How long to wait after so many failed attempts; nothing when the delivery is given up.
pub fn pause_after(attempts: u32) -> Option<TimeDelta> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    PAUSES.get(index).map(|minutes| TimeDelta::minutes(*minutes))
}

/// Whether a person has no choice: what stands in the inbox stays there, and legal notices always go out.
pub fn is_fixed(channel: Channel, topic: Topic) -> bool {
    channel == Channel::Inbox || topic == Topic::Legal
}

/// Whether a notice goes out when the person has said nothing: everything by mail, by short message only
/// what has legal effect, since each one costs money and interrupts.
pub fn wanted_by_default(channel: Channel, topic: Topic) -> bool {
    channel != Channel::Webhook || topic == Topic::Legal
}

/// What the person's own choice makes of it; none when he has said nothing.
pub fn is_wanted(channel: Channel, topic: Topic, choice: Option<bool>) -> bool {
    is_fixed(channel, topic) || choice.unwrap_or_else(|| wanted_by_default(channel, topic))
}

/// What a notice must know of its matter.
#[derive(Clone, Copy, Debug)]
pub struct MatterName<'a> {
    /// Title.
    pub title: &'a str,
    /// How confidential it is.
    pub confidentiality: Confidentiality,
    /// Kind.
    pub kind: SubmissionKind,
    /// Handling year and case number, once it is numbered.
    pub number: Option<(i32, i32)>,
}

impl MatterName<'_> {
    /// The name in Chinese and English: the title of a public matter, of any other at most its number.
    pub fn outside(&self) -> (String, String) {
        if self.confidentiality == Confidentiality::Public {
            let title = one_line(self.title);
            return (format!("《{title}》"), format!("\u{201c}{title}\u{201d}"));
        }
        use crate::language::Language::{En, Zh};
        match self.number {
            Some((year, number)) => {
                let kind = (self.kind.label(Zh), self.kind.label(En));
                (format!("{year}年第{number}号{}", kind.0), format!("{} No. {number} of {year}", kind.1))
            }
            None => ("一件事项".into(), "a matter".into()),
        }
    }
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The subject of a mail: one line.
    pub subject: String,
    /// The text: Chinese first, then English.
    pub text: String,
}

/// Writes the notice of a happening in a matter, or of the morning list when it is about none.
///
/// The detail of the notification is left out on purpose: it may hold an agency's reasons.
pub fn notice(happening: Option<Happening>, matter: Option<MatterName<'_>>, url: Option<&str>) -> Notice {
    use crate::language::Language::{En, Zh};
    let what = happening.map(|happening| (happening.label(Zh), happening.label(En)));
    let (zh, en) = match (what, matter.map(|matter| matter.outside())) {
        (Some(what), Some(name)) => (format!("{}:{}", what.0, name.0), format!("{}: {}", what.1, name.1)),
        (Some(what), None) => (what.0.to_owned(), what.1.to_owned()),
        (None, Some(name)) => (format!("新的通知:{}", name.0), format!("A new notice: {}", name.1)),
        (None, None) => ("每日晨报已生成".to_owned(), "The morning list is ready".to_owned()),
    };
    let (look_zh, look_en) = match url {
        Some(url) => (format!("详情请登录查看:{url}"), format!("Sign in to read more: {url}")),
        None => ("详情请登录建言查看。".to_owned(), "Sign in to Jianyan to read more.".to_owned()),
    };
    Notice { subject: format!("【建言】{zh}"), text: format!("{zh}\n{look_zh}\n\n{en}\n{look_en}\n") }
}

/// The text without anything that begins a new line or cannot be printed: a title never adds a header.
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(confidentiality: Confidentiality, number: Option<(i32, i32)>) -> MatterName<'static> {
        MatterName { title: "关于助餐点的建议", confidentiality, kind: SubmissionKind::Suggestion, number }
    }

    #[test]
    fn a_delivery_is_given_up_after_the_tenth_attempt() {
        let pauses: Vec<TimeDelta> = (1..MOST_ATTEMPTS).map(|n| pause_after(n).unwrap()).collect();
        assert!(pauses.is_sorted(), "it waits longer and longer");
        assert_eq!(pauses[..4], [1, 5, 30, 120].map(TimeDelta::minutes));
        assert!(pauses.iter().sum::<TimeDelta>() > TimeDelta::days(3), "a weekend without a mail server is survived");
        assert_eq!((pause_after(MOST_ATTEMPTS), pause_after(u32::MAX), pause_after(0)), (None, None, None));
    }

    #[test]
    fn legal_notices_go_out_whatever_was_chosen_and_the_inbox_keeps_everything() {
        for channel in Channel::ALL {
            for choice in [None, Some(true), Some(false)] {
                assert!(is_wanted(*channel, Topic::Legal, choice), "{channel}");
                for topic in Topic::ALL {
                    assert!(is_wanted(Channel::Inbox, *topic, choice), "{topic}");
                }
            }
        }
        assert!(
            is_wanted(Channel::Email, Topic::Progress, None) && !is_wanted(Channel::Webhook, Topic::Progress, None)
        );
        assert!(!is_wanted(Channel::Email, Topic::Digest, Some(false)));
        assert!(is_wanted(Channel::Webhook, Topic::Progress, Some(true)));
    }

    #[test]
    fn only_a_public_matter_is_named_by_its_title() {
        let open = notice(Some(Happening::Assigned), Some(name(Confidentiality::Public, Some((2026, 12)))), None);
        assert_eq!(open.subject, "【建言】交办:《关于助餐点的建议》");
        assert!(open.text.contains("Assigned: \u{201c}关于助餐点的建议\u{201d}"), "{}", open.text);
        for confidentiality in [Confidentiality::Internal, Confidentiality::Restricted] {
            for number in [None, Some((2026, 12))] {
                let closed = notice(Some(Happening::Assigned), Some(name(confidentiality, number)), None);
                assert!(!format!("{closed:?}").contains("助餐点"), "{closed:?}");
                assert_eq!(closed.text.contains("2026年第12号建议"), number.is_some(), "{closed:?}");
            }
        }
    }

    #[test]
    fn a_title_adds_no_line() {
        let mut matter = name(Confidentiality::Public, None);
        matter.title = "题\r\nBcc: all@example.cn\u{2028}x";
        let written = notice(Some(Happening::Assigned), Some(matter), Some("https://jianyan.example.cn/"));
        assert!(!written.subject.contains(['\r', '\n', '\u{2028}']));
        assert_eq!(written.text.lines().count(), 5);
    }
}
