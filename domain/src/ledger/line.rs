//! One line of a ledger: what a region kept of one matter.

use super::fold::fold;
use super::session::SessionName;
use crate::vocabulary::{
    AssignmentRole, ContactMode, Disclosure, HandlingMode, Institution, Outcome, Rating, RegionLevel, SessionPhase,
    SubmissionKind,
};
use chrono::NaiveDate;
use std::fmt;

/// One matter as a ledger (台账) tells it; what is blank there is `None` here.
///
/// People and agencies are names: a deputy of an earlier term has no account, and stays a name for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLine {
    /// The handling year (年度).
    pub year: i32,
    /// The level at which the matter was raised (层级).
    pub level: RegionLevel,
    /// The session as written (届次); see [`Self::session_name`].
    pub session: String,
    /// The case number (案号), from 1.
    pub case_no: u32,
    /// The kind (类别).
    pub kind: SubmissionKind,
    /// The category of its content (分类).
    pub category: Option<String>,
    /// The title (标题).
    pub title: String,
    /// The lead proposer: a person or a collective (领衔人).
    pub lead_proposer: String,
    /// How many co-signers there are (联名人数).
    pub cosigner_count: Option<u32>,
    /// The proposer's telephone number.
    pub proposer_phone: Option<String>,
    /// Whether it was handed in during the meeting (会议/闭会).
    pub phase: Option<SessionPhase>,
    /// The day on which it was handed in (提出日期).
    pub submitted_on: Option<NaiveDate>,
    /// The day on which it was handed to the agency (交办日期).
    pub assigned_on: Option<NaiveDate>,
    /// The number of the notice of assignment (交办文号).
    pub assignment_document_no: Option<String>,
    /// How several agencies share it (办理方式).
    pub mode: Option<HandlingMode>,
    /// The part of the agency that keeps the ledger (本单位角色).
    pub own_role: Option<AssignmentRole>,
    /// The full names of the agencies that answer (主办单位), at least one.
    pub leads: Vec<String>,
    /// The full names of the co-handling agencies (会办单位).
    pub co_agencies: Vec<String>,
    /// The leader in charge (责任领导).
    pub responsible_leader: Option<String>,
    /// The section in charge (责任科室).
    pub section: Option<String>,
    /// The person who handled it (承办人).
    pub handler: Option<String>,
    /// That person's telephone number.
    pub handler_phone: Option<String>,
    /// The day on which the agency signed for it (签收时间).
    pub signed_on: Option<NaiveDate>,
    /// The day of the first contact (首次沟通日期).
    pub first_contact_on: Option<NaiveDate>,
    /// How contact was made (沟通方式).
    pub contact_modes: Vec<ContactMode>,
    /// How often they met face to face (面商次数).
    pub face_to_face_count: Option<u32>,
    /// When, or whether, the co-handling opinions came in (会办意见收到).
    pub co_opinions: Option<String>,
    /// The last day for the reply (答复截止).
    pub due_on: Option<NaiveDate>,
    /// The last day after an extension (延期至).
    pub extended_to: Option<NaiveDate>,
    /// The day of the reply (答复日期).
    pub replied_on: Option<NaiveDate>,
    /// The document number of the reply (文号).
    pub document_no: Option<String>,
    /// The outcome (办理结果).
    pub outcome: Option<LedgerOutcome>,
    /// Whether the reply may be published (公开属性).
    pub disclosure: Option<Disclosure>,
    /// Where the reply is published (公开网址).
    pub publication_url: Option<String>,
    /// The rating of attitude (态度评价).
    pub attitude_rating: Option<Rating>,
    /// The rating of the result (结果评价).
    pub result_rating: Option<Rating>,
    /// What the proposer remarked (意见).
    pub comment: Option<String>,
    /// Whether it was handled again (是否重办).
    pub rehandled: Option<bool>,
    /// What was promised (承诺事项).
    pub promise: Option<String>,
    /// Until when it was promised (承诺时限).
    pub promise_due_on: Option<NaiveDate>,
    /// What became of the promise (落实情况).
    pub fulfilment: Option<String>,
    /// The warning lamp, as written (预警).
    pub warning: Option<String>,
    /// Remarks (备注).
    pub remarks: Option<String>,
}

/// An outcome as the region wrote it, with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerOutcome {
    /// The letter or word of the ledger.
    pub label: String,
    /// The canonical outcome.
    pub outcome: Outcome,
}

impl LedgerLine {
    /// What the name of the session tells.
    pub fn session_name(&self) -> SessionName {
        SessionName::read(&self.session)
    }

    /// The institution: that of the kind, and for a hotline ticket that of the session.
    pub fn institution(&self) -> Option<Institution> {
        self.kind.institution().or_else(|| self.session_name().institution)
    }

    /// The handling mode, when blank the one that follows from the agencies; none for several leads.
    pub fn mode_or_derived(&self) -> Option<HandlingMode> {
        self.mode.or(match (self.leads.len(), self.co_agencies.len()) {
            (1, 0) => Some(HandlingMode::Sole),
            (1, _) => Some(HandlingMode::LeadWithCo),
            _ => None,
        })
    }

    /// What makes this line the same matter in every file of the region.
    pub fn fingerprint(&self, region_code: &str) -> Fingerprint {
        let name = self.session_name();
        let session = match (self.institution(), name.term_no, name.session_no) {
            (Some(institution), Some(term), Some(number)) => format!("{institution}-{term}-{number}"),
            _ => fold(&self.session),
        };
        let Self { level, kind, year, case_no, .. } = self;
        Fingerprint(format!("{region_code}/{level}/{session}/{kind}/{year}/{case_no}"))
    }
}

/// The identity of a line: region, level, session, kind, year and case number.
///
/// It does not depend on the other columns, so a line whose reply came in later keeps it; nor on how the name
/// of the session is spelt, as long as term and number can be read from it. The text is short and readable:
/// `990101/COUNTY/CONGRESS-17-5/SUGGESTION/2019/12`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The text, for storing.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A fingerprint stored before.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
