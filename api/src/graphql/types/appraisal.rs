//! Appraisals of agencies, their ranking, and counting before.

use super::directory::{IntoId, Organization, User};
use super::scoring::{ScoringRule, shown};
use super::{organization, some_person};
use crate::graphql::context::cx;
use crate::graphql::error::{GqlResult, UserError};
use crate::graphql::scalars::Date;
use crate::use_cases::appraising::{Appraised, Previewed, Ranked};
use crate::use_cases::scoring::StoredRule;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::appraisal::{Credit, Line, Points, Score};
use domain::figures::{ScopeWords, definition, rests_on_ratings, withheld_note};
use domain::ids::OrganizationId;
use domain::language::Language;
use domain::vocabulary::{AppraisalStatus, Institution, MetricName};
use std::sync::Arc;

fn whole(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The scope of the figures, as `statisticsItems` takes it: each number of a line has its list there (统计口径).
#[derive(Clone, Debug, SimpleObject)]
pub struct AppraisalScope {
    /// Region (行政区).
    region_id: ID,
    /// Handling years: one (办理年度).
    handling_years: Vec<i32>,
    /// The agency (承办单位).
    agency_id: ID,
    /// The institution (人大或政协).
    institution: Institution,
    /// The figures are as of the end of this day (截至日).
    as_of: Date,
}

/// What one figure gives in an appraisal (考评指标得分).
#[derive(Clone, Debug, SimpleObject)]
pub struct AppraisalLine {
    /// The figure; with the scope it names the list behind its numbers (指标名).
    metric: MetricName,
    /// Word for the figure (指标名称).
    label: String,
    /// What is divided by what, in which scope, as of which day (口径说明).
    definition: String,
    /// Numerator (分子).
    numerator: i32,
    /// Denominator (分母).
    denominator: i32,
    /// Numerator by denominator; null when there is nothing to count (比率).
    rate: Option<f64>,
    /// The most that it gives (分值).
    points: f64,
    /// What it gives; null without a basis, then its points are spread over the others (得分).
    reached: Option<f64>,
    /// Why there is no basis, when few ratings are protected; null otherwise (说明).
    note: Option<String>,
}

/// What a finding gives or takes (加减分).
#[derive(Clone, Debug, SimpleObject)]
pub struct AppraisalCredit {
    /// Code of the bonus or deduction (代码).
    code: String,
    /// Its words (名称).
    label: String,
    /// How often it happened (次数).
    times: i32,
    /// Why (事由).
    reason: String,
    /// What it gives, below zero when it takes; before the cap of the sum (分值).
    points: f64,
}

/// A score with all from which it follows (考评得分).
#[derive(Clone, Debug, SimpleObject)]
pub struct AppraisalScore {
    /// Figure by figure, in the order of the rules (指标得分).
    lines: Vec<AppraisalLine>,
    /// Bonuses and deductions (加减分).
    credits: Vec<AppraisalCredit>,
    /// What the figures give, scaled to the full marks; null when none has a basis (基础分).
    basic: Option<f64>,
    /// What bonuses give together, capped (加分).
    bonus: f64,
    /// What deductions take together, capped (减分).
    deduction: f64,
    /// The sum, at least zero; null without basic points (总分).
    total: Option<f64>,
}

/// Whose figures a score rests on.
struct Whose {
    agency: String,
    institution: Institution,
    handling_year: i32,
    as_of: NaiveDate,
    past: bool,
}

impl AppraisalScore {
    fn of(score: &Score, whose: Whose, language: Language) -> Self {
        let scope = ScopeWords {
            handling_years: vec![whose.handling_year],
            kinds: None,
            origin_levels: None,
            roles: None,
            agency: Some(whose.agency),
            institution: Some(whose.institution),
            as_of: whose.as_of,
            past: whose.past,
        };
        let scope = scope.sentence(language);
        let line = |line: &Line| AppraisalLine {
            metric: line.metric,
            label: line.metric.label(language).to_owned(),
            definition: format!("{}{}{scope}", definition(line.metric, language), language.pick("", " ")),
            numerator: whole(line.ratio.numerator),
            denominator: whole(line.ratio.denominator),
            rate: line.ratio.rate(),
            points: shown(line.most),
            reached: line.reached.map(shown),
            note: (line.reached.is_none() && rests_on_ratings(line.metric)).then(|| withheld_note(language)),
        };
        let credit = |credit: &Credit| AppraisalCredit {
            code: credit.finding.code.clone(),
            label: credit.label.clone(),
            times: i32::try_from(credit.finding.times).unwrap_or(i32::MAX),
            reason: credit.finding.reason.clone(),
            points: shown(credit.points),
        };
        Self {
            lines: score.lines.iter().map(line).collect(),
            credits: score.credits.iter().map(credit).collect(),
            basic: score.basic.map(shown),
            bonus: shown(score.bonus),
            deduction: shown(score.deduction),
            total: score.total.map(shown),
        }
    }
}

/// What counting the frozen inputs again by the stored rules gives (复算结果).
#[derive(Clone, Debug, SimpleObject)]
pub struct AppraisalRecount {
    /// The total that follows now (复算总分).
    total: Option<f64>,
    /// Whether every stored total follows again (是否一致).
    agrees: bool,
}

/// The appraisal of an agency for a year (绩效考评).
#[derive(Clone, Debug)]
pub struct Appraisal(pub Arc<Appraised>);

/// The appraisal of an agency for a year (绩效考评).
#[Object]
impl Appraisal {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.row.id.into_id()
    }
    /// Counts every change (版本号).
    async fn version(&self) -> i32 {
        self.0.row.version
    }
    /// State (状态).
    async fn status(&self) -> AppraisalStatus {
        self.0.row.status
    }
    /// About the matters of which institution (人大或政协).
    async fn institution(&self) -> Institution {
        self.0.row.institution
    }
    /// Handling year (办理年度).
    async fn handling_year(&self) -> i32 {
        self.0.row.handling_year
    }
    /// The agency (承办单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.0.row.agency_id).await
    }
    /// How many assignments the agency had (承办件数).
    async fn load(&self) -> i32 {
        whole(self.0.row.inputs.0.load)
    }
    /// The rules by which it was counted; null before it is announced (评分细则).
    async fn rule(&self) -> Option<ScoringRule> {
        self.0.rule.clone().map(ScoringRule)
    }
    /// The day as of whose end its figures are frozen; null before it is announced (截至日).
    async fn as_of(&self) -> Option<Date> {
        self.0.row.as_of.map(Date)
    }
    /// The scope of its figures; null before it is announced (统计口径).
    async fn scope(&self) -> Option<AppraisalScope> {
        let row = &self.0.row;
        row.as_of.map(|day| AppraisalScope {
            region_id: row.region_id.into_id(),
            handling_years: vec![row.handling_year],
            agency_id: row.agency_id.into_id(),
            institution: row.institution,
            as_of: Date(day),
        })
    }
    /// The score that is valid now; null before it is announced (得分).
    async fn score(&self, ctx: &Context<'_>) -> GqlResult<Option<AppraisalScore>> {
        let row = &self.0.row;
        let (Some(score), Some(as_of)) = (&self.0.score, row.as_of) else { return Ok(None) };
        let whose = whose(ctx, row.agency_id, row.institution, row.handling_year, as_of).await?;
        Ok(Some(AppraisalScore::of(score, whose, cx(ctx)?.language())))
    }
    /// What is recorded beside the figures and is valid now (加减分事由).
    async fn findings(&self) -> Vec<AppraisalFinding> {
        let row = &self.0.row;
        findings(row.corrected.as_ref().map_or(&row.inputs.0.findings, |corrected| &corrected.0))
    }
    /// The total that is valid now; null when nothing could be scored, and before it is announced (总分).
    async fn total(&self) -> Option<f64> {
        self.0.total().map(shown)
    }
    /// The total that was announced; a correction does not change it (公布时总分).
    async fn announced_total(&self) -> Option<f64> {
        self.0.row.total.map(|total| shown(Points::from(total)))
    }
    /// The findings that were announced; a correction does not change them (公布时的加减分事由).
    async fn announced_findings(&self) -> Vec<AppraisalFinding> {
        findings(&self.0.row.inputs.0.findings)
    }
    /// What counting again from the frozen inputs gives; null before it is announced (复算).
    async fn recount(&self) -> Option<AppraisalRecount> {
        let score = self.0.score.as_ref()?;
        Some(AppraisalRecount { total: score.total.map(shown), agrees: self.0.counts_again() })
    }
    /// When it was announced (公布时间).
    async fn announced_at(&self) -> Option<DateTime<Utc>> {
        self.0.row.announced_at
    }
    /// Who announced it (公布人).
    async fn announced_by(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.0.row.announced_by).await
    }
    /// What the agency objects (异议).
    async fn objection(&self) -> Option<&str> {
        self.0.row.objection.as_deref()
    }
    /// When it objected (异议时间).
    async fn objected_at(&self) -> Option<DateTime<Utc>> {
        self.0.row.objected_at
    }
    /// Who objected for it (异议人).
    async fn objected_by(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.0.row.objected_by).await
    }
    /// The answer to the objection (答复意见).
    async fn answer(&self) -> Option<&str> {
        self.0.row.answer.as_deref()
    }
    /// When it was answered (答复时间).
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.0.row.answered_at
    }
    /// Who answered (答复人).
    async fn answered_by(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.0.row.answered_by).await
    }
}

/// Something that happened beside the figures (加减分事由).
#[derive(Clone, Debug, SimpleObject)]
pub struct AppraisalFinding {
    /// Code of the bonus or deduction (代码).
    code: String,
    /// How often (次数).
    times: i32,
    /// Why (事由).
    reason: String,
}

fn findings(list: &[domain::appraisal::Finding]) -> Vec<AppraisalFinding> {
    let one = |one: &domain::appraisal::Finding| AppraisalFinding {
        code: one.code.clone(),
        times: i32::try_from(one.times).unwrap_or(i32::MAX),
        reason: one.reason.clone(),
    };
    list.iter().map(one).collect()
}

async fn whose(
    ctx: &Context<'_>,
    agency: OrganizationId,
    institution: Institution,
    handling_year: i32,
    as_of: NaiveDate,
) -> GqlResult<Whose> {
    let agency = organization(ctx, agency).await?.0.name;
    let past = as_of < cx(ctx)?.today();
    Ok(Whose { agency, institution, handling_year, as_of, past })
}

/// One agency in the ranking of a year (考评排名).
#[derive(Clone, Debug)]
pub struct RankedAppraisal(pub Ranked);

/// One agency in the ranking of a year (考评排名).
#[Object]
impl RankedAppraisal {
    /// The place from 1, shared by equal totals; null when it is not ranked (名次).
    async fn place(&self) -> Option<i32> {
        self.0.place.map(|place| i32::try_from(place).unwrap_or(i32::MAX))
    }
    /// The total that is valid now; null when nothing could be scored (总分).
    async fn total(&self) -> Option<f64> {
        self.0.total.map(shown)
    }
    /// The agency (承办单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.0.agency_id).await
    }
    /// The appraisal itself; null for another agency than the reader's own (考评).
    async fn appraisal(&self) -> Option<Appraisal> {
        self.0.appraisal.clone().map(Appraisal)
    }
}

/// What an announcement would give; nothing is stored (考评试算).
#[derive(Clone, Debug)]
pub struct AppraisalPreview {
    /// The rules.
    pub rule: Option<Arc<StoredRule>>,
    /// The agencies.
    pub agencies: Vec<PreviewedAppraisal>,
    /// Why nothing was counted.
    pub errors: Vec<UserError>,
}

/// What an announcement would give; nothing is stored (考评试算).
#[Object]
impl AppraisalPreview {
    /// The rules by which it was counted; null when nothing was (评分细则).
    async fn rule(&self) -> Option<ScoringRule> {
        self.rule.clone().map(ScoringRule)
    }
    /// Each agency that has to do with matters of the year, in the order of places (承办单位).
    async fn agencies(&self) -> &[PreviewedAppraisal] {
        &self.agencies
    }
    /// What the person can mend; then nothing was counted (可改正的错误).
    async fn errors(&self) -> &[UserError] {
        &self.errors
    }
}

/// One agency as it would be ranked (考评试算结果).
#[derive(Clone, Debug)]
pub struct PreviewedAppraisal {
    /// What was counted.
    pub found: Arc<Previewed>,
    /// About which institution.
    pub institution: Institution,
    /// Of which year.
    pub handling_year: i32,
    /// As of which day.
    pub as_of: NaiveDate,
}

/// One agency as it would be ranked (考评试算结果).
#[Object]
impl PreviewedAppraisal {
    /// The place from 1, shared by equal totals; null when it is not ranked (名次).
    async fn place(&self) -> Option<i32> {
        self.found.place.map(|place| i32::try_from(place).unwrap_or(i32::MAX))
    }
    /// The agency (承办单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.found.agency_id).await
    }
    /// How many assignments it has (承办件数).
    async fn load(&self) -> i32 {
        whole(self.found.load)
    }
    /// Its score (得分).
    async fn score(&self, ctx: &Context<'_>) -> GqlResult<AppraisalScore> {
        let whose = whose(ctx, self.found.agency_id, self.institution, self.handling_year, self.as_of).await?;
        Ok(AppraisalScore::of(&self.found.score, whose, cx(ctx)?.language()))
    }
    /// Version of what is recorded about it, for the next recording; null when nothing is (版本号).
    async fn version(&self) -> Option<i32> {
        self.found.appraisal.as_ref().map(|row| row.version)
    }
}
