//! The definition sentences, in Chinese and English.

use super::{RUSH_WORKING_DAYS, SMALLEST_GROUP};
use crate::language::Language;
use crate::vocabulary::{AssignmentRole, Institution, MetricName, RegionLevel, SubmissionKind};
use chrono::{Datelike, NaiveDate};

/// What the figure divides by what.
pub fn definition(name: MetricName, language: Language) -> String {
    language.pick(zh(name), en(name))
}

fn zh(name: MetricName) -> String {
    match name {
        MetricName::ReplyRate => "办复率=已印发书面答复的件÷已交主办或分办单位的件;一件由几个单位答复的,全部答复才计入分子。".into(),
        MetricName::OnTimeReplyRate => {
            "按期办复率=在期限(含准予延期)当日及以前印发答复的件÷已答复的和逾期未答复的件;按当前办理轮次计。".into()
        }
        MetricName::ClosureRate => "办结率=已答复且反馈已审结的件÷已交主办或分办单位的件;办结不等于解决。".into(),
        MetricName::FaceToFaceRate => {
            "面商率=首次答复前主办或分办单位与领衔人面商且经其本人确认的件÷已交主办或分办单位的件。".into()
        }
        MetricName::SatisfactionRate => {
            "满意率=总体评价为满意、基本满意的反馈÷已审结且有评价的反馈;每份反馈各计一份,各轮均计,未反馈的不计。".into()
        }
        MetricName::FullSatisfactionRate => {
            "完全满意率=总体评价为满意的反馈÷已审结且有评价的反馈;每份反馈各计一份,各轮均计,未反馈的不计。".into()
        }
        MetricName::FirstRoundSatisfactionRate => {
            "一次满意率=首轮总体评价为满意、基本满意的反馈÷首轮已审结且有评价的反馈。".into()
        }
        MetricName::ResolutionRate => "解决率=办理结果为已解决的答复÷已印发的答复;每个答复单位计其最近一次答复。".into(),
        MetricName::AdoptionRate => {
            "采纳率=办理结果为已解决、部分解决、已采纳、部分采纳的答复÷已印发的答复;每个答复单位计其最近一次答复。".into()
        }
        MetricName::ImplementationRate => {
            "落实率=已落实并经提出者确认的承诺÷到期的和提前落实并经确认的承诺;变更时限经提出者确认的,按新时限计。".into()
        }
        MetricName::ReturnRate => "退办率=退办申请÷交办的承办任务(含已退办的)。".into(),
        MetricName::AssignmentAccuracy => "交办准确率=未被退办的承办任务÷交办的承办任务(含已退办的)。".into(),
        MetricName::FilingRate => "立案率=已受理(立案)的件÷已提交的件;此项不以受理为前提。".into(),
        MetricName::PublicationRate => {
            "公开率=已公开的答复÷可以公开的答复;可以公开指件为公开件,件和答复均为主动公开;每个答复单位计其最近一次答复。".into()
        }
        MetricName::RushIndex => format!(
            "突击指数=期限届满前{RUSH_WORKING_DAYS}个工作日内(含期限当日)印发的答复÷已印发的答复;按当前办理轮次计,逾期答复只计入分母。"
        ),
    }
}

fn en(name: MetricName) -> String {
    match name {
        MetricName::ReplyRate => {
            "Reply rate = matters with an issued written reply ÷ matters assigned to a lead or separate agency; \
            where several agencies answer, all must have replied."
                .into()
        }
        MetricName::OnTimeReplyRate => {
            "On-time reply rate = matters replied to on or before the due day (with granted extensions) ÷ \
            matters replied to or overdue; by the present round."
                .into()
        }
        MetricName::ClosureRate => {
            "Closure rate = matters replied to whose feedback is settled ÷ matters assigned to a lead or \
            separate agency; closed does not mean solved."
                .into()
        }
        MetricName::FaceToFaceRate => {
            "Face-to-face rate = matters where an answering agency met the lead proposer before its first \
            reply, as he himself confirmed ÷ matters assigned to a lead or separate agency."
                .into()
        }
        MetricName::SatisfactionRate => {
            "Satisfaction rate = forms rated satisfied or basically satisfied overall ÷ settled forms with a \
            rating; each form of each round counts, unanswered ones do not."
                .into()
        }
        MetricName::FullSatisfactionRate => {
            "Full satisfaction rate = forms rated satisfied overall ÷ settled forms with a rating; each \
            form of each round counts, unanswered ones do not."
                .into()
        }
        MetricName::FirstRoundSatisfactionRate => {
            "First-round satisfaction rate = forms of round one rated satisfied or basically \
            satisfied overall ÷ settled forms of round one with a rating."
                .into()
        }
        MetricName::ResolutionRate => {
            "Resolution rate = replies whose outcome is solved ÷ issued replies; the latest of each answering agency."
                .into()
        }
        MetricName::AdoptionRate => {
            "Adoption rate = replies whose outcome is solved, partly solved, adopted or partly adopted ÷ issued \
            replies; the latest of each answering agency."
                .into()
        }
        MetricName::ImplementationRate => {
            "Implementation rate = promises fulfilled and confirmed by the proposer ÷ promises due, or \
            fulfilled early and confirmed; a new date counts once the proposer confirmed it."
                .into()
        }
        MetricName::ReturnRate => {
            "Return rate = requests to hand back ÷ assignments released (handed-back ones included).".into()
        }
        MetricName::AssignmentAccuracy => {
            "Assignment accuracy = assignments not handed back ÷ assignments released (handed-back ones included)."
                .into()
        }
        MetricName::FilingRate => {
            "Filing rate = matters accepted ÷ matters handed in; here also those not accepted.".into()
        }
        MetricName::PublicationRate => {
            "Publication rate = published replies ÷ replies that may be published: the matter is public, and \
            matter and reply are for publication; the latest of each answering agency."
                .into()
        }
        MetricName::RushIndex => format!(
            "Rush index = replies issued within the last {RUSH_WORKING_DAYS} working days up to the due day ÷ issued replies; by the \
            present round, late replies count below the line alone."
        ),
    }
}

/// The sentence that stands in place of ratings too few to show.
pub fn withheld_note(language: Language) -> String {
    language.pick(
        format!("已审结评价不足{SMALLEST_GROUP}份(或可由合计反推),为保护评价人不予显示。"),
        format!(
            "Withheld to protect the raters: fewer than {SMALLEST_GROUP} settled forms, or to be inferred from a sum."
        ),
    )
}

/// What a past day's state is put together from, and what of it nobody can know any more.
const PAST_ZH: &str = "按当日终了时的状态计:状态、答复、反馈、承诺、退办和期限据办理轨迹及各事项自身日期还原,导入的件按其自身日期计;\
    分类、来源层级、公开属性和查看权限按现状,同一承诺多次报告的按最近一次";
const PAST_EN: &str = "as it stood at the end of that day: states, replies, feedback, promises, returns and due days are put \
    together from the trail and from the days of the facts themselves, for imported matters too; category, level of \
    origin, disclosure and the right to read are those of now, and of a promise reported more than once the last report \
    counts";

/// Which matters a figure counts and as of which day, to be put into words.
#[derive(Clone, Debug)]
pub struct ScopeWords {
    /// The handling years.
    pub handling_years: Vec<i32>,
    /// The kinds, when narrowed.
    pub kinds: Option<Vec<SubmissionKind>>,
    /// The levels of origin, when narrowed.
    pub origin_levels: Option<Vec<RegionLevel>>,
    /// The parts of agencies, when narrowed.
    pub roles: Option<Vec<AssignmentRole>>,
    /// The name of the agency, when narrowed.
    pub agency: Option<String>,
    /// The institution, when narrowed.
    pub institution: Option<Institution>,
    /// The day as of which was counted.
    pub as_of: NaiveDate,
    /// Whether that day is over, so that its state was put together from the trail.
    pub past: bool,
}

impl ScopeWords {
    /// The sentence on scope and day.
    pub fn sentence(&self, language: Language) -> String {
        let (comma, colon) = language.pick(("、", ":"), (", ", ": "));
        let years: Vec<String> = self.handling_years.iter().map(ToString::to_string).collect();
        let mut parts = vec![
            language.pick(format!("{}办理年度", years.join(comma)), format!("handling year {}", years.join(comma))),
        ];
        let mut narrowed = |zh: &str, en: &str, labels: Option<Vec<&str>>| {
            if let Some(labels) = labels {
                parts.push(format!("{}{colon}{}", language.pick(zh, en), labels.join(comma)));
            }
        };
        narrowed("机构", "institution", self.institution.map(|value| vec![value.label(language)]));
        narrowed("种类", "kind", labels(&self.kinds, |value| value.label(language)));
        narrowed("来源层级", "level of origin", labels(&self.origin_levels, |value| value.label(language)));
        narrowed("承办角色", "part", labels(&self.roles, |value| value.label(language)));
        narrowed("承办单位", "agency", self.agency.as_deref().map(|name| vec![name]));
        parts.push(
            language
                .pick(
                    "只计已受理(立案)且查询者有权查看的件,受理后并案、撤回的件也各计一件",
                    "only accepted matters that the reader may list count; those merged or withdrawn after acceptance count too",
                )
                .to_owned(),
        );
        if self.past {
            parts.push(language.pick(PAST_ZH, PAST_EN).to_owned());
        }
        let day = self.as_of;
        language.pick(
            format!("口径:{};截至{}年{}月{}日。", parts.join(";"), day.year(), day.month(), day.day()),
            format!("Scope: {}; as of {day}.", parts.join("; ")),
        )
    }
}

fn labels<T: Copy>(values: &Option<Vec<T>>, label: impl Fn(T) -> &'static str) -> Option<Vec<&'static str>> {
    values.as_ref().map(|values| values.iter().map(|value| label(*value)).collect())
}
