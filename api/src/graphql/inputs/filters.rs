//! Filters of lists.

use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::graphql::context::parse_some;
use crate::repo::submissions;
use crate::use_cases::{board, fields};
use async_graphql::{ID, InputObject};
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, BoardFigure, HandlingStage, Institution, Outcome, SubmissionKind,
    SubmissionStatus, WarningLevel,
};

/// Which submissions are asked for (件的筛选).
#[derive(Clone, Debug, InputObject)]
pub struct SubmissionFilter {
    /// Kinds (种类).
    pub kinds: Option<Vec<SubmissionKind>>,
    /// States (状态).
    pub statuses: Option<Vec<SubmissionStatus>>,
    /// Session (会议).
    pub session_id: Option<ID>,
    /// Handling year (办理年度).
    pub handling_year: Option<i32>,
    /// Category (分类).
    pub category_id: Option<ID>,
    /// An agency that takes part (承办单位).
    pub agency_id: Option<ID>,
    /// Its part (承办角色).
    pub agency_role: Option<AssignmentRole>,
    /// Institution (人大或政协).
    pub institution: Option<Institution>,
    /// Under supervision, or not (是否督办).
    pub supervised: Option<bool>,
    /// Overdue, or not (是否逾期).
    pub overdue: Option<bool>,
    /// Proposed or co-signed by the viewer, or not (是否本人提出).
    pub mine: Option<bool>,
    /// Outcomes of which a latest issued reply has one, as far as the reader may read replies; a matter whose agencies
    /// answer separately may have several (办理结果).
    pub outcome: Option<Vec<Outcome>>,
    /// Words that must all be found in the title, text or demands of a matter, or in its issued replies, as far as the
    /// reader may read them; “in quotation marks” as one phrase. One Chinese character is enough, traditional ones
    /// too. At most 100 characters; blank ones ask for nothing (全文检索).
    pub search: Option<String>,
}

impl SubmissionFilter {
    /// The filter with typed ids.
    ///
    /// # Errors
    /// `BAD_INPUT` for ids of another type and for words to look for that no text may hold.
    pub fn read(self) -> AppResult<submissions::SubmissionFilter> {
        Ok(submissions::SubmissionFilter {
            kinds: self.kinds,
            statuses: self.statuses,
            session_id: parse_some(self.session_id.as_ref(), "filter.sessionId")?,
            handling_year: self.handling_year,
            category_id: parse_some(self.category_id.as_ref(), "filter.categoryId")?,
            agency_id: parse_some(self.agency_id.as_ref(), "filter.agencyId")?,
            agency_role: self.agency_role,
            institution: self.institution,
            supervised: self.supervised,
            overdue: self.overdue,
            mine: self.mine,
            outcome: self.outcome,
            search: read_words("filter.search", self.search.as_deref())?,
        })
    }
}

/// Words to look for; none when they are blank.
///
/// # Errors
/// `BAD_INPUT` for more than 100 characters and for characters that no text may hold.
pub fn read_words(field: &str, words: Option<&str>) -> AppResult<Option<String>> {
    fields::optional(field, words, 100).map_err(|_| AppError::BadInput(vec![field.into()]))
}

/// Which assignments are asked for (承办的筛选).
#[derive(Clone, Debug, InputObject)]
pub struct AssignmentFilter {
    /// States (承办状态).
    pub statuses: Option<Vec<AssignmentStatus>>,
    /// Parts (承办角色).
    pub roles: Option<Vec<AssignmentRole>>,
    /// Warning lamps (红黄灯).
    pub warning: Option<Vec<WarningLevel>>,
    /// Last reported stage (办理环节).
    pub stage: Option<HandlingStage>,
    /// Handling year (办理年度).
    pub handling_year: Option<i32>,
    /// Agency (承办单位).
    pub agency_id: Option<ID>,
    /// In matters under supervision by this leader, or of an agency for which he answers; for those with a board
    /// (督办领导或分管领导).
    pub leader_id: Option<ID>,
    /// What this figure of the board counts; for those with a board (看板指标).
    pub board_figure: Option<BoardFigure>,
}

impl AssignmentFilter {
    /// The filter with the lamps turned into bounds of due days.
    ///
    /// # Errors
    /// Errors of reading the region's rules and calendar; `FORBIDDEN` for parts of the board without one.
    pub async fn read(self, cx: &Cx) -> AppResult<submissions::AssignmentFilter> {
        if self.leader_id.is_some() || self.board_figure.is_some() {
            board::admit(cx)?;
        }
        let lamps = match self.warning {
            Some(levels) => Some((levels, crate::deadlines::lamp_bounds(cx).await?)),
            None => None,
        };
        Ok(submissions::AssignmentFilter {
            statuses: self.statuses,
            roles: self.roles,
            lamps,
            stage: self.stage,
            handling_year: self.handling_year,
            agency_id: parse_some(self.agency_id.as_ref(), "filter.agencyId")?,
            leader: parse_some(self.leader_id.as_ref(), "filter.leaderId")?.map(|leader| (leader, cx.today())),
            figure: self.board_figure,
        })
    }
}
