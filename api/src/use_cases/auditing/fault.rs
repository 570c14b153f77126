//! What can be wrong with a chain, in words.

use domain::language::Language;
use std::fmt;
use uuid::Uuid;

/// The first thing that is wrong with the chain of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// At which place of the chain, if it has one.
    pub position: Option<i64>,
    /// Which entry, if it has one.
    pub entry: Option<Uuid>,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A place of the chain is not there.
    Gap,
    /// The entry that was sealed is not there.
    Removed,
    /// Entry and hash do not belong together: one of them, the order or the place was changed.
    Changed,
    /// The entry says that it happened long before the instant up to which was sealed in front of it.
    Late,
    /// The entry is neither sealed nor does it wait.
    Inserted,
    /// The entry that waited to be sealed is not there.
    Vanished,
    /// A signed state has another hash than the chain.
    OtherState,
    /// A signed state has a signature that does not belong to it.
    BadSignature,
    /// A state is signed with a key that is not trusted.
    ForeignKey,
    /// The chain ends before a state that was signed or is known.
    CutOff,
    /// The chain has another hash than the one that the caller knows.
    OtherThanKnown,
}

impl Wrong {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Gap => ("链条在此处缺失一环", "the chain has no link here"),
            Self::Removed => ("已封存的轨迹被删除", "the sealed entry was removed"),
            Self::Changed => ("轨迹内容、顺序或哈希被改动", "the entry, its order or its hash was changed"),
            Self::Late => (
                "轨迹所载时间早于前一环封存时间一小时以上，可能是事后插入",
                "the entry is dated more than an hour before the link in front of it was sealed; it may have been \
                 inserted afterwards",
            ),
            Self::Inserted => (
                "轨迹既未封存也不在待封存之列，系绕过系统写入",
                "the entry is neither sealed nor waiting; it was inserted",
            ),
            Self::Vanished => ("待封存的轨迹在封存前被删除", "the entry was removed before it was sealed"),
            Self::OtherState => ("链条与已签名的检查点不符", "the chain is not the one that was signed"),
            Self::BadSignature => ("检查点的签名无效", "the signature of the checkpoint is not valid"),
            Self::ForeignKey => {
                ("检查点由不受信任的密钥签名", "the checkpoint is signed with a key that is not trusted")
            }
            Self::CutOff => ("链条的末尾被截去", "the end of the chain was cut off"),
            Self::OtherThanKnown => ("链条与所给的已知哈希不符", "the chain has another hash than the known one"),
        };
        language.pick(zh, en)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.position.map(|position| position.to_string()).unwrap_or_else(|| "-".to_owned());
        let entry = self.entry.map(|id| id.to_string()).unwrap_or_else(|| "-".to_owned());
        writeln!(f, "  第 {place} 环，轨迹 {entry}：{}。", self.wrong.text(Language::Zh))?;
        write!(f, "  link {place}, entry {entry}: {}.", self.wrong.text(Language::En))
    }
}
