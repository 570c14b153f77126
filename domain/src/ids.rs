//! Typed ids: a UUID that knows to what it belongs.
//!
//! The text form is `<type>_<uuid without hyphens>`. It is opaque to clients, global (an id names its
//! type) and safe in addresses. Deliberately absent: making new ids; they come from the caller.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The text is not an id of the expected type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId {
    /// The type that was expected.
    pub expected: &'static str,
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an id of type {}", self.expected)
    }
}

/// What every typed id can do.
pub trait TypedId: Copy + FromStr<Err = NotAnId> + fmt::Display + From<Uuid> + 'static {
    /// The type tag in the text form.
    const TAG: &'static str;
    /// The bare UUID.
    fn uuid(self) -> Uuid;
}

macro_rules! typed_ids {
    ($($(#[$meta:meta])* $name:ident $tag:literal,)+) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
            #[serde(transparent)]
            #[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
            pub struct $name(pub Uuid);

            impl TypedId for $name {
                const TAG: &'static str = $tag;
                fn uuid(self) -> Uuid { self.0 }
            }

            impl From<Uuid> for $name {
                fn from(value: Uuid) -> Self { Self(value) }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, "{}_{}", $tag, self.0.simple())
                }
            }

            impl FromStr for $name {
                type Err = NotAnId;
                fn from_str(text: &str) -> Result<Self, NotAnId> {
                    let fault = NotAnId { expected: $tag };
                    let (tag, rest) = text.rsplit_once('_').ok_or(fault)?;
                    // One spelling per id: 32 lower-case hexadecimal digits.
                    let canonical = rest.len() == 32 && rest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                    if tag != $tag || !canonical { return Err(fault); }
                    Uuid::try_parse(rest).map(Self).map_err(|_| fault)
                }
            }

            #[cfg(feature = "db")]
            impl sea_orm::TryFromU64 for $name {
                fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                    Err(sea_orm::DbErr::ConvertFromU64($tag))
                }
            }
        )+

        /// An id of any type, parsed from its text form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum AnyId {
            $($(#[$meta])* $name($name),)+
        }

        impl FromStr for AnyId {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                match text.rsplit_once('_').map(|(tag, _)| tag) {
                    $(Some($tag) => $name::from_str(text).map(Self::$name),)+
                    _ => Err(NotAnId { expected: "node" }),
                }
            }
        }
    };
}

typed_ids! {
    /// A region (行政区).
    RegionId "region",
    /// An organisation (机构).
    OrganizationId "organization",
    /// A person with an account (用户).
    UserId "user",
    /// A position: one hat of a person (身份).
    PositionId "position",
    /// A plenary session (会议).
    SessionId "session",
    /// A category (分类).
    CategoryId "category",
    /// A version of a region's rules (规则版本).
    RuleSetId "rule_set",
    /// A submission (件).
    SubmissionId "submission",
    /// A co-signature (联名).
    CosignatureId "cosignature",
    /// An agency's assignment (承办).
    AssignmentId "assignment",
    /// A report of progress (进度).
    ProgressReportId "progress",
    /// A request to hand back (退办申请).
    ReturnRequestId "return_request",
    /// A co-handling opinion (会办意见).
    CoOpinionId "co_opinion",
    /// A request for more time (延期申请).
    ExtensionRequestId "extension_request",
    /// A contact with the proposer (沟通记录).
    ContactId "contact",
    /// A reply (答复).
    ReplyId "reply",
    /// A review of a reply (审核记录).
    ReviewId "review",
    /// A feedback form sent to one proposer (反馈).
    FeedbackId "feedback",
    /// A template of feedback forms (反馈表模板).
    FeedbackFormId "feedback_form",
    /// A promise (承诺事项).
    CommitmentId "commitment",
    /// A supervision label on a matter (督办).
    SupervisionId "supervision",
    /// An attached file (附件).
    AttachmentId "attachment",
    /// An event of the trail (办理轨迹).
    EventId "event",
    /// A notification (通知).
    NotificationId "notification",
    /// A published matter (公开件).
    PublicSubmissionId "public_submission",
    /// A sign-in session (登录会话).
    SignInId "sign_in",
    /// A refresh token (刷新令牌).
    RefreshTokenId "refresh_token",
    /// A frozen text (定稿文本).
    SnapshotId "snapshot",
    /// A reminder that was sent (催办提醒).
    ReminderId "reminder",
    /// A notification on its way through a channel (通知投递).
    DeliveryId "delivery",
    /// A leader's instruction (批示).
    InstructionId "instruction",
    /// An urging of an agency (催办).
    UrgingId "urging",
    /// A meeting or inspection (会议、调研、考察).
    MeetingId "meeting",
    /// An event of the offices' own trail (管理轨迹).
    OfficeEventId "office_event",
    /// A record of an office (文稿、动态、政务公开、媒体宣传).
    OfficeRecordId "office_record",
    /// A version of a region's rules of scoring (评分细则).
    ScoringRuleId "scoring_rule",
    /// The appraisal of an agency for a year (绩效考评).
    AppraisalId "appraisal",
    /// A clause of the duty catalogue (职责条目).
    DutyClauseId "duty_clause",
    /// A question at the consultation desk (现场咨询).
    ConsultationId "consultation",
    /// An answer to a question at the consultation desk (咨询答复).
    ConsultationAnswerId "consultation_answer",
    /// A shift at the consultation desk (咨政室值班).
    DeskShiftId "desk_shift",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text_form_and_refuses_other_types_and_spellings() {
        let id = SubmissionId(Uuid::from_u128(7));
        let text = id.to_string();
        assert_eq!(text, "submission_00000000000000000000000000000007");
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(text.parse::<AnyId>(), Ok(AnyId::SubmissionId(id)));
        for wrong in [
            "",
            "submission_",
            "user_00000000000000000000000000000007",
            "SUBMISSION_00000000000000000000000000000007",
            "submission_0000000000000000000000000000000G",
            "submission_00000000-0000-0000-0000-000000000007",
            " submission_00000000000000000000000000000007",
            "return_request",
            "submission_{00000000000000000000000000000}",
            "submission_0000000000000000000000000000000A",
        ] {
            assert!(wrong.parse::<SubmissionId>().is_err(), "{wrong}");
        }
        assert!(format!("return_request_{}", id.0.simple()).parse::<ReturnRequestId>().is_ok());
    }
}
