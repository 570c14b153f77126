//! Every sentence for people, in Chinese and English: what is wrong, and what to do.

mod ledger;

use crate::language::Language;
use crate::refusal::{ErrorCode, MergeFault, PasswordWeakness, Refusal, Thing};

impl Thing {
    /// The word for the thing.
    pub fn label(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Session => ("会议", "session"),
            Self::Category => ("分类", "category"),
            Self::Agency => ("承办单位", "agency"),
            Self::Person => ("人员", "person"),
            Self::TransferOffice => ("交办机构", "transfer office"),
            Self::Position => ("身份", "position"),
            Self::Demand => ("诉求点", "demand"),
            Self::Attachment => ("附件", "attachment"),
            Self::Question => ("问题", "question"),
            Self::Gate => ("关口", "gate"),
            Self::Finding => ("加减分事由", "bonus or deduction"),
        };
        language.pick(zh, en)
    }
}

impl Refusal {
    /// The sentence for the person: what is wrong, what to do.
    pub fn message(&self, language: Language) -> String {
        language.pick(self.zh(), self.en())
    }

    fn zh(&self) -> String {
        let zh = Language::Zh;
        match self {
            Self::Required => "此项必填,请填写后再提交。".into(),
            Self::TooLong { max, actual } => format!("内容过长:最多{max}字,现有{actual}字,请精简。"),
            Self::TooMany { max } => format!("条目过多:最多{max}条,请删减。"),
            Self::ForbiddenCharacter { code_point, at } => {
                format!("第{}个字符(U+{code_point:04X})不可使用,请删除后重试。", at + 1)
            }
            Self::NotAmong { allowed } => format!("该值不在可选范围内,可选:{allowed}。"),
            Self::InDocument { path, zh, .. } => format!("{path}处{zh},请改正后重试。"),
            Self::InPast => "日期不能早于今天。".into(),
            Self::NoSuch(thing) => format!("找不到所指的{},请重新选择。", thing.label(zh)),
            Self::NamedTwice(thing) => format!("{}重复,请保留一个。", thing.label(zh)),
            Self::WrongState { state, verb } => {
                format!("当前状态为「{}」,不能{}。请刷新后查看可用操作。", state.0, verb.label(zh))
            }
            Self::AppraisalState { state, verb } => {
                format!("考评当前状态为「{}」,不能{}。请刷新后重试。", state.0, verb.label(zh))
            }
            Self::NoScoringRule => "本地区尚无适用于该年度的评分细则,请先制定。".into(),
            Self::NothingToAppraise => "该年度没有可考评的承办单位,请核对年度和截至日。".into(),
            Self::DayNotOver => "该日尚未结束,请选择今天以前的日期,以便数据不再变动。".into(),
            Self::WrongDeskState { state, verb } => {
                format!("该咨询当前为「{}」,不能{}。请刷新后查看。", state.0, verb.label(zh))
            }
            Self::DeskClosed => "咨政室只在会议期间开放,当前没有正在举行的会议。".into(),
            Self::NotOfAsker => "所选的件不是提问人领衔提出的,请重新选择。".into(),
            Self::ShiftEndsFirst => "值班结束时间必须晚于开始时间。".into(),
            Self::OutsideSession { opens_on, closes_on } => {
                format!("值班日期须在会议期间({opens_on}至{closes_on})内。")
            }
            Self::DutyEnded { last_day } => format!("该职责的终止日已定为{last_day},请另行新增职责。"),
            Self::DutyBeganLater { from } => format!("该职责自{from}起生效,日期不能更早。"),
            Self::Stale => "内容已被他人更新,请刷新后重试。".into(),
            Self::KeyReused => "该幂等键已用于另一请求,请更换幂等键。".into(),
            Self::KindWithoutRules => "本版本尚不支持办理此种类,请改用建议或提案。".into(),
            Self::KindOfOtherBody => "您当前身份不能提出此种类,请切换身份或改选种类。".into(),
            Self::NotCollective => "只有提案可以集体名义提出,请删去提出组织,以个人名义提出。".into(),
            Self::NoSession => "本地区尚无可归属的会议,请联系工作机构设置会议。".into(),
            Self::CannotConvert => "不能转化为该种类,请改选其他种类。".into(),
            Self::CannotCosign => "只能邀请同一届人大代表或政协委员中的其他在任人员联名。".into(),
            Self::AlreadyInvited => "此人已受邀联名,无需重复邀请。".into(),
            Self::DemandRequired => "请至少列出一个诉求点,以便逐条答复。".into(),
            Self::ModeMismatch => {
                "承办单位与办理方式不符:独办为1个主办;主办+会办为1个主办和至少1个会办;分别办理为至少2个分办;共同主办为至少2个主办。".into()
            }
            Self::AgencyTwice => "同一单位不能重复承办,主办单位不能同时会办。".into(),
            Self::NothingPlanned => "尚未拟定分办方案,请先拟定承办单位。".into(),
            Self::SameMatter => "不能与自身比对,请选择另一件。".into(),
            Self::KeptApart => "两件已认定为不重复,无需再次认定。".into(),
            Self::NotKeptApart => "两件尚未认定为不重复,没有可撤销的认定。".into(),
            Self::CannotMerge(fault) => match fault {
                MergeFault::Itself => "不能与自身并案。".into(),
                MergeFault::OtherKind => "只能与同一地区、同一机构、同一种类的件并案。".into(),
                MergeFault::OtherConfidentiality => "密级范围不同,不能并案,以免扩大知悉范围。".into(),
                MergeFault::HasMerged => "该件已并入其他件或已作为主件,不能再被并案。".into(),
            },
            Self::ReturnWindowOver { last_day } => format!("申请退办的期限已于{last_day}届满,请按交办要求办理。"),
            Self::DuePassed { due_on } => format!("期限已于{due_on}届满,不能再申请。"),
            Self::MustHandle => "退办申请已被驳回,请按交办要求办理。".into(),
            Self::ArbitrationAwaited => "此争议由政府领导裁定,请等待裁定结果。".into(),
            Self::UrgedEnough { again_on } => format!("今日催办次数已达上限,{again_on}起可再次催办。"),
            Self::AgencyHasIt => "该单位已承办此件,请另选单位。".into(),
            Self::NotOfAgency => "所选人员或科室不属于本单位,或身份不符,请重新选择。".into(),
            Self::ConflictOfInterest => "所选人员是此件的提出者,应当回避,请另选人员。".into(),
            Self::NotInFuture => "日期必须晚于今天。".into(),
            Self::InFuture => "时间不能晚于现在。".into(),
            Self::YearOutOfRange { first, last } => format!("年份须在{first}至{last}之间,请核对日期。"),
            Self::BeyondExtension { last_day } => format!("延期最长至{last_day},请重新选择日期。"),
            Self::NotLater => "新的日期必须晚于现有期限。".into(),
            Self::RequestOpen => "已有待审定的申请,请等待结果。".into(),
            Self::ReplyExists => "本轮答复已存在,请修改已有答复。".into(),
            Self::NotAnswering => "会办单位不直接答复,请提交会办意见。".into(),
            Self::NotCoHandling => "本单位直接答复,无需提交会办意见。".into(),
            Self::OpinionGiven => "本单位本轮的意见已提交,无需再次提交。".into(),
            Self::TextKeptBack { checks } => {
                let list: Vec<&str> = checks.iter().map(|check| check.label(zh)).collect();
                format!("文本检查未通过:{}。请按检查结果修改后再提交。", list.join("、"))
            }
            Self::DemandsUnanswered { missing } => {
                let list: Vec<String> = missing.iter().map(|n| format!("第{n}条")).collect();
                format!("诉求点{}尚未逐条回应,请补充。", list.join("、"))
            }
            Self::PromiseRequired => "办理结果为正在解决或列入计划的,须写明承诺事项和完成时限。".into(),
            Self::ContactsMissing { needed } => format!("答复前须至少登记{needed}次与提出者的沟通。"),
            Self::OpinionsMissing { agencies } => {
                format!("会办意见尚未齐备且未到期:{}。请催收后再签发。", agencies.join("、"))
            }
            Self::NotYourStep { awaited } => format!("当前应由{}审核,请等待该环节完成。", awaited.label(zh)),
            Self::GatesIncomplete { missing } => {
                let list: Vec<&str> = missing.iter().map(|gate| gate.label(zh)).collect();
                format!("请逐一填写把关结论:{}。", list.join("、"))
            }
            Self::GateFailed(gate) => format!("{}未通过,不能同意,请退回修改。", gate.label(zh)),
            Self::DocumentNoTaken => "该发文字号已被使用,请核对。".into(),
            Self::CommentRequired => "请写明意见。".into(),
            Self::FeedbackWindowOver => "反馈期限已过,请联系工作机构。".into(),
            Self::NotDissatisfied => "未评价为不满意,不能要求重新办理。".into(),
            Self::RoundOver => "该轮答复已不是当前轮次,只能办结。".into(),
            Self::NotDisclosable => "该答复或该件不属于主动公开范围,不能公开。".into(),
            Self::PublicationTooEarly { from } => format!("按规定{from}起方可公开,请届时再公开。"),
            Self::PersonalData { kind, at, excerpt } => {
                format!(
                    "第{}个字符起疑似{}({excerpt}),不得公开。请核对;确需公开该文的,可选择遮盖后公开。",
                    at + 1,
                    kind.label(zh)
                )
            }
            Self::AlreadyPublished => "已经公开,无需再次公开。".into(),
            Self::RecordWithdrawn => "该登记已撤销,不能再更改;如需恢复,请重新登记。".into(),
            Self::NotPublished => "尚未公开或已撤下,无需撤下。".into(),
            Self::ReplyNotPublished => "作出承诺的答复尚未公开,请先公开该答复。".into(),
            Self::NewDateRequired => "未能落实的,请填写变更后的完成时限。".into(),
            Self::NewDateForbidden => "已落实的承诺无需填写变更时限。".into(),
            Self::ConsentAwaited => "撤回申请已发出,正在等待联名人同意。".into(),
            Self::NoWithdrawalAsked => "提出者没有申请撤回。".into(),
            Self::FixedChoice => "期限与法定通知必须送达,站内消息始终保留,均不能更改;请选择其他主题或渠道。".into(),
            Self::NotGivenUp => "只有投递失败的通知才能重新投递,请刷新后查看状态。".into(),
            Self::FileSize { mebibytes } => {
                format!("文件不能为空,且此类文件最大{mebibytes} MiB,请更换文件。")
            },
            Self::BadFileName => "文件名无效或扩展名与文件类型不符,请改名后重试。".into(),
            Self::NotADigest => "校验值须为文件的SHA-256(64位十六进制数字)。".into(),
            Self::NothingToProve => "本单位在此件中没有承诺事项,无需上传佐证材料。".into(),
            Self::FileHandedIn => "该文件已随文本提交或已用于报告,不能删除。".into(),
            Self::WrongCredentials => "用户名或密码不正确,请核对后重试。".into(),
            Self::WrongPassword => "当前密码不正确。".into(),
            Self::WeakPassword(weakness) => match weakness {
                PasswordWeakness::TooShort(min) => format!("新密码至少{min}个字符。"),
                PasswordWeakness::TooLong(max) => format!("新密码最长{max}字节。"),
                PasswordWeakness::Control => "新密码含有不可使用的字符。".into(),
                PasswordWeakness::ContainsUsername => "新密码不能包含用户名。".into(),
                PasswordWeakness::Common => "新密码过于常见,容易被猜中,请更换。".into(),
                PasswordWeakness::Unchanged => "新密码不能与当前密码相同。".into(),
            },
        }
    }

    fn en(&self) -> String {
        let en = Language::En;
        match self {
            Self::Required => "This is required; fill it in and try again.".into(),
            Self::TooLong { max, actual } => {
                format!("Too long: at most {max} characters, found {actual}; shorten the text.")
            }
            Self::TooMany { max } => format!("Too many entries: at most {max}; remove some."),
            Self::ForbiddenCharacter { code_point, at } => {
                format!("Character {} (U+{code_point:04X}) may not be used; remove it.", at + 1)
            }
            Self::NotAmong { allowed } => format!("Not an allowed value; choose one of: {allowed}."),
            Self::InDocument { path, en, .. } => format!("At {path}: {en}; correct it and try again."),
            Self::InPast => "The day cannot lie before today.".into(),
            Self::NoSuch(thing) => format!("There is no such {}; choose again.", thing.label(en)),
            Self::NamedTwice(thing) => format!("The {} is named twice; keep one.", thing.label(en)),
            Self::WrongState { state, verb } => {
                format!("In state \"{}\" one cannot {}; reload and see the available actions.", state.1, verb.label(en))
            }
            Self::AppraisalState { state, verb } => {
                format!("The appraisal is in state \"{}\"; one cannot {} now. Reload it.", state.1, verb.label(en))
            }
            Self::NoScoringRule => "The region has no rules of scoring for this year; make them first.".into(),
            Self::NothingToAppraise => {
                "No agency has anything to be appraised in this year; check the year and the day.".into()
            }
            Self::DayNotOver => "That day is not over; choose one before today, so that its figures stay.".into(),
            Self::WrongDeskState { state, verb } => {
                format!("A question in state \"{}\" does not let one {}; reload it.", state.1, verb.label(en))
            }
            Self::DeskClosed => "The desk is open while a session is held, and none is held today.".into(),
            Self::NotOfAsker => "The asker is not the lead proposer of this submission; choose another.".into(),
            Self::ShiftEndsFirst => "A shift must end after it begins.".into(),
            Self::OutsideSession { opens_on, closes_on } => {
                format!("A shift lies within its session, from {opens_on} to {closes_on}.")
            }
            Self::DutyEnded { last_day } => {
                format!("The clause ends on {last_day} by an earlier change; add a clause instead.")
            }
            Self::DutyBeganLater { from } => format!("The clause holds from {from} on; the day cannot be earlier."),
            Self::Stale => "Somebody else changed this; reload and try again.".into(),
            Self::KeyReused => "The idempotency key was used for another request; choose a new one.".into(),
            Self::KindWithoutRules => {
                "This version does not handle this kind yet; write a suggestion or a proposal.".into()
            }
            Self::KindOfOtherBody => {
                "In your present position you cannot propose this kind; switch position or choose another kind.".into()
            }
            Self::NotCollective => {
                "Only proposals are made in the name of a body; leave the body out and propose in your own name.".into()
            }
            Self::NoSession => {
                "The region has no session to which it could belong; ask the office to set one up.".into()
            }
            Self::CannotConvert => "It cannot be converted to this kind; choose another.".into(),
            Self::CannotCosign => "Only other serving deputies or members of the same body can co-sign.".into(),
            Self::AlreadyInvited => "This person is invited already.".into(),
            Self::DemandRequired => "Name at least one demand, so that it can be answered point by point.".into(),
            Self::ModeMismatch => "The agencies do not fit the mode: sole needs one lead; lead with co needs one lead \
                and at least one co; separate needs at least two separate; joint lead needs at least two leads."
                .into(),
            Self::AgencyTwice => "An agency can stand only once, and the lead cannot also co-handle.".into(),
            Self::NothingPlanned => "No assignment is planned; plan the agencies first.".into(),
            Self::SameMatter => "A matter cannot be compared with itself; choose another one.".into(),
            Self::KeptApart => "It is decided already that the two are no duplicates.".into(),
            Self::NotKeptApart => {
                "It is not decided that the two are no duplicates; there is nothing to take back.".into()
            }
            Self::CannotMerge(fault) => match fault {
                MergeFault::Itself => "It cannot be merged into itself.".into(),
                MergeFault::OtherKind => "Only matters of the same region, body and kind can be merged.".into(),
                MergeFault::OtherConfidentiality => {
                    "They differ in confidentiality; merging would widen who may read.".into()
                }
                MergeFault::HasMerged => "It is merged already or has others merged into it.".into(),
            },
            Self::ReturnWindowOver { last_day } => {
                format!("The window for handing back ended on {last_day}; handle it as assigned.")
            }
            Self::DuePassed { due_on } => format!("The due day was {due_on}; it is too late to ask."),
            Self::MustHandle => "The request to hand back was refused; handle it as assigned.".into(),
            Self::ArbitrationAwaited => "A leader of the region settles this dispute; wait for the decision.".into(),
            Self::UrgedEnough { again_on } => {
                format!("The agency was urged often enough today; it may be urged again from {again_on} on.")
            }
            Self::AgencyHasIt => "This agency has the matter already; choose another.".into(),
            Self::NotOfAgency => {
                "The person or section is not of this agency or not in a fitting role; choose again.".into()
            }
            Self::ConflictOfInterest => "The person proposed this matter and must stand aside; choose another.".into(),
            Self::NotInFuture => "The day must lie after today.".into(),
            Self::InFuture => "The time cannot lie in the future.".into(),
            Self::YearOutOfRange { first, last } => {
                format!("The year must lie between {first} and {last}; check the date.")
            }
            Self::BeyondExtension { last_day } => {
                format!("The longest extension ends on {last_day}; choose another day.")
            }
            Self::NotLater => "The new day must be later than the present due day.".into(),
            Self::RequestOpen => "A request is awaiting its decision already.".into(),
            Self::ReplyExists => "This round has a reply already; change that one.".into(),
            Self::NotAnswering => "A co-handling agency does not answer itself; send its opinion.".into(),
            Self::NotCoHandling => "This agency answers itself and sends no opinion.".into(),
            Self::OpinionGiven => "This agency has sent its opinion for this round already.".into(),
            Self::TextKeptBack { checks } => {
                let list: Vec<&str> = checks.iter().map(|check| check.label(en)).collect();
                format!(
                    "The checks of the text found: {}. Mend what they point at and hand it in again.",
                    list.join(", ")
                )
            }
            Self::DemandsUnanswered { missing } => {
                let list: Vec<String> = missing.iter().map(ToString::to_string).collect();
                format!("Demands not answered yet: {}; answer each.", list.join(", "))
            }
            Self::PromiseRequired => "This outcome needs a promise with a date.".into(),
            Self::ContactsMissing { needed } => {
                format!("At least {needed} contact(s) with the proposer must be recorded before the reply.")
            }
            Self::OpinionsMissing { agencies } => {
                format!(
                    "Co-handling opinions are missing and not yet overdue: {}; ask for them first.",
                    agencies.join(", ")
                )
            }
            Self::NotYourStep { awaited } => format!("The step of the {} is awaited first.", awaited.label(en)),
            Self::GatesIncomplete { missing } => {
                let list: Vec<&str> = missing.iter().map(|gate| gate.label(en)).collect();
                format!("Give a verdict for each gate: {}.", list.join(", "))
            }
            Self::GateFailed(gate) => format!("The {} failed, so it cannot be approved; send it back.", gate.label(en)),
            Self::DocumentNoTaken => "The document number is taken; check it.".into(),
            Self::CommentRequired => "Write your comment.".into(),
            Self::FeedbackWindowOver => "The time for feedback is over; ask the office.".into(),
            Self::NotDissatisfied => "No rating is \"dissatisfied\", so another round cannot be ordered.".into(),
            Self::RoundOver => "This is not the present round any more; it can only be closed.".into(),
            Self::NotDisclosable => "The reply or the matter is not for publication.".into(),
            Self::PublicationTooEarly { from } => {
                format!("By the rules it may be published from {from} on; publish it then.")
            }
            Self::PersonalData { kind, at, excerpt } => format!(
                "What begins at character {} looks like a {} ({excerpt}) and may not be published; check it, or \
                 publish the text with such passages masked.",
                at + 1,
                kind.label(en)
            ),
            Self::AlreadyPublished => "It is published already.".into(),
            Self::RecordWithdrawn => "The record was withdrawn and cannot be changed; record it anew.".into(),
            Self::NotPublished => "It is not published, so there is nothing to withdraw.".into(),
            Self::ReplyNotPublished => "The reply that makes the promise is not published; publish it first.".into(),
            Self::NewDateRequired => "A promise that is not fulfilled needs a new date.".into(),
            Self::NewDateForbidden => "A fulfilled promise has no new date.".into(),
            Self::ConsentAwaited => "The withdrawal awaits the consent of the co-signers.".into(),
            Self::NoWithdrawalAsked => "No withdrawal is being asked for.".into(),
            Self::FixedChoice => {
                "Legal notices always go out and the inbox keeps everything; choose another topic or channel.".into()
            }
            Self::NotGivenUp => {
                "Only a delivery that was given up can be tried again; reload and see its state.".into()
            }
            Self::FileSize { mebibytes } => {
                format!("A file of this type has at least a byte and at most {mebibytes} MiB; choose another file.")
            }
            Self::BadFileName => "The name is none, or its ending fits another media type; rename the file.".into(),
            Self::NotADigest => "Give the SHA-256 of the file as 64 hexadecimal digits.".into(),
            Self::NothingToProve => "The agency made no promise in this matter, so there is nothing to prove.".into(),
            Self::FileHandedIn => "The file was handed in or a report names it; it cannot be deleted.".into(),
            Self::WrongCredentials => "The user name or the password is wrong; check and try again.".into(),
            Self::WrongPassword => "The present password is wrong.".into(),
            Self::WeakPassword(weakness) => match weakness {
                PasswordWeakness::TooShort(min) => format!("The new password needs at least {min} characters."),
                PasswordWeakness::TooLong(max) => format!("The new password may have at most {max} bytes."),
                PasswordWeakness::Control => "The new password holds characters that cannot be used.".into(),
                PasswordWeakness::ContainsUsername => "The new password may not contain the user name.".into(),
                PasswordWeakness::Common => "The new password is too well known; choose another.".into(),
                PasswordWeakness::Unchanged => "The new password must differ from the present one.".into(),
            },
        }
    }
}

/// The sentence for an error at top level, which says no more than its code.
pub fn error_text(code: ErrorCode, language: Language) -> &'static str {
    let (zh, en) = match code {
        ErrorCode::Unauthenticated => {
            ("请先登录,或登录已失效,请重新登录。", "Sign in first, or again: the session has ended.")
        }
        ErrorCode::Forbidden => ("您当前的身份无权进行此操作。", "Your present position does not allow this."),
        ErrorCode::NotFound => ("所请求的内容不存在。", "There is no such thing."),
        ErrorCode::BadInput => ("请求有误,请检查后重试。", "The request is wrong; check it and try again."),
        ErrorCode::RateLimited => ("尝试过于频繁,请稍后再试。", "Too many attempts; try again later."),
        ErrorCode::TooComplex => ("查询过于复杂,请拆分后重试。", "The operation costs too much; split it."),
        ErrorCode::Unavailable => ("此功能暂不可用。", "This is not available at present."),
        ErrorCode::Internal => (
            "服务器内部错误,请联系管理员并提供事件编号。",
            "An internal error; tell the administrator its incident number.",
        ),
        ErrorCode::Conflict => ("内容已被他人更新,请刷新后重试。", "Somebody else changed this; reload and try again."),
        ErrorCode::Duplicate => ("内容重复。", "It exists already."),
        ErrorCode::Required => ("缺少必填内容。", "Something required is missing."),
        ErrorCode::TooLong => ("内容过长。", "Something is too long."),
        ErrorCode::InvalidValue => ("值不正确。", "A value is not acceptable."),
        ErrorCode::InvalidTransition => ("当前状态不允许此操作。", "The present state does not allow this."),
        ErrorCode::GuardNotMet => ("条件未满足。", "A condition is not met."),
        ErrorCode::DeadlinePassed => ("已过期限。", "The deadline has passed."),
    };
    language.pick(zh, en)
}
