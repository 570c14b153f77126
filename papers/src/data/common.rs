//! Parts that several papers share.

use chrono::NaiveDate;
use serde::Serialize;

/// Which body a matter was handed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Institution {
    /// The people's congress.
    Congress,
    /// The political consultative conference.
    Cppcc,
}

/// A plenary meeting (会议).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Meeting {
    /// Whose meeting.
    pub institution: Institution,
    /// In full: 清河区第十八届人民代表大会第六次会议.
    pub title: String,
    /// As letters name it: 区十八届人大六次会议, 区政协十六届六次会议.
    pub short_title: String,
}

/// The matter a paper is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matter {
    /// The meeting it belongs to.
    pub meeting: Meeting,
    /// Whether it was handed in between meetings (闭会期间).
    pub off_session: bool,
    /// 建议, 提案 or 议案.
    pub kind: String,
    /// 案号, as printed between 第 and 号.
    pub case_no: String,
    /// 案由.
    pub title: String,
}

/// Somebody, or a body, with the form of address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name.
    pub name: String,
    /// 代表, 委员, or nothing for a body.
    pub honorific: String,
}

/// A proposer with all that offices ask for. What is not known stays empty and is printed as a blank.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Proposer {
    /// 姓名.
    pub name: String,
    /// 代表团 or 界别.
    pub group: Option<String>,
    /// 代表证号 or 委员证号.
    pub credential_no: Option<String>,
    /// 工作单位及职务.
    pub workplace: Option<String>,
    /// 通讯地址.
    pub address: Option<String>,
    /// 邮编.
    pub postcode: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
}

/// 联系人 and 联系电话.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The number.
    pub phone: String,
}

/// A numbered point: heading (一、…) and text, a paragraph a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The heading without its number; none if the text begins at once.
    pub heading: Option<String>,
    /// The text.
    pub text: String,
}

/// A section of a report; the template numbers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// The heading without its number.
    pub heading: String,
    /// The text, a paragraph a line.
    pub text: String,
    /// Tables that belong to it.
    pub sheets: Vec<Sheet>,
}

/// A table of figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// The caption; the template numbers it.
    pub caption: String,
    /// Heads of the columns. The first column is text, the others are centred.
    pub columns: Vec<String>,
    /// The rows; each as long as `columns`.
    pub rows: Vec<Vec<String>>,
    /// How the figures are counted.
    pub note: Option<String>,
}

impl Meeting {
    /// Names a meeting by its numbers: region ("清河区"), its short form in letters ("区"), term and session.
    pub fn numbered(institution: Institution, region: &str, short: &str, term: u32, session: u32) -> Self {
        let (term, session) = (crate::numeral(term), crate::numeral(session));
        let (title, short_title) = match institution {
            Institution::Congress => (
                format!("{region}第{term}届人民代表大会第{session}次会议"),
                format!("{short}{term}届人大{session}次会议"),
            ),
            Institution::Cppcc => (
                format!("政协{region}第{term}届委员会第{session}次会议"),
                format!("{short}政协{term}届{session}次会议"),
            ),
        };
        Self { institution, title, short_title }
    }
}

/// A day that is filled in by hand when it is not known.
pub(crate) type Day = Option<NaiveDate>;
