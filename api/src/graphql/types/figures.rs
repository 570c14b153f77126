//! Figures with their definitions, and what later versions will answer.

use super::assignment::Assignment;
use super::directory::Organization;
use super::organization;
use super::pairs::NotDuplicate;
use super::submission::Submission;
use crate::error::AppResult;
use crate::graphql::connection::connection;
use crate::graphql::context::{parse, parse_some};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use crate::use_cases::documents::Ordered;
use crate::use_cases::statistics as use_case;
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::vocabulary::{AssignmentRole, FigureDimension, Institution, MetricName, RegionLevel, SubmissionKind};

fn whole(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Of which matters figures are asked for (统计口径).
#[derive(Clone, Debug, InputObject)]
pub struct StatisticsScope {
    /// Region; one's own (行政区).
    pub region_id: ID,
    /// Handling years, in the order of the answer (办理年度).
    pub handling_years: Vec<i32>,
    /// These kinds alone (种类).
    pub kinds: Option<Vec<SubmissionKind>>,
    /// These levels of origin alone (来源层级).
    pub origin_levels: Option<Vec<RegionLevel>>,
    /// Matters with agencies in these parts alone (承办角色).
    pub roles: Option<Vec<AssignmentRole>>,
    /// Matters of this agency alone (承办单位).
    pub agency_id: Option<ID>,
    /// Matters of this institution alone (人大或政协).
    pub institution: Option<Institution>,
    /// As the figures stood at the end of this day, today at the latest; now when left out (截至日).
    pub as_of: Option<Date>,
}

impl StatisticsScope {
    /// The scope with typed ids.
    ///
    /// # Errors
    /// `BAD_INPUT` for ids of another type.
    pub fn read(self) -> AppResult<use_case::StatisticsScope> {
        Ok(use_case::StatisticsScope {
            region_id: parse(&self.region_id, "scope.regionId")?,
            handling_years: self.handling_years,
            kinds: self.kinds,
            origin_levels: self.origin_levels,
            roles: self.roles,
            agency_id: parse_some(self.agency_id.as_ref(), "scope.agencyId")?,
            institution: self.institution,
            as_of: self.as_of.map(|day| day.0),
        })
    }
}

/// A figure with its definition: numerator, denominator, scope, day (指标).
#[derive(Clone, Debug, SimpleObject)]
pub struct Metric {
    /// Name (指标名).
    name: MetricName,
    /// Word for the figure (指标名称).
    label: String,
    /// What is divided by what, in which scope, as of which day (口径说明).
    definition: String,
    /// Numerator (分子).
    numerator: i32,
    /// Denominator (分母).
    denominator: i32,
    /// Numerator by denominator; null when the denominator is zero or few ratings are protected (比率).
    rate: Option<f64>,
}

impl From<use_case::Metric> for Metric {
    fn from(metric: use_case::Metric) -> Self {
        Self {
            name: metric.name,
            label: metric.label,
            definition: metric.definition,
            numerator: whole(metric.numerator),
            denominator: whole(metric.denominator),
            rate: metric.rate,
        }
    }
}

/// How many under one key (计数).
#[derive(Clone, Debug, SimpleObject)]
pub struct Count {
    /// Key (键).
    key: String,
    /// Word for the key (名称).
    label: String,
    /// How many (数量).
    count: i32,
}

impl Count {
    /// So many under this key.
    pub fn of(key: String, label: String, count: i64) -> Self {
        Self { key, label, count: whole(count) }
    }
}

fn counts(counts: Vec<use_case::Count>) -> Vec<Count> {
    counts.into_iter().map(|c| Count { key: c.key, label: c.label, count: whole(c.count) }).collect()
}

/// The latest replies to the matters of one category, by outcome (分类办理结果).
#[derive(Clone, Debug, SimpleObject)]
pub struct CategoryOutcomes {
    /// Id of the category, or NONE (分类键).
    key: String,
    /// Name of the category (分类).
    label: String,
    /// By outcome (按办理结果).
    outcomes: Vec<Count>,
}

/// The figures of one handling year (年度统计).
#[derive(Clone, Debug, SimpleObject)]
pub struct YearStatistics {
    /// Handling year (办理年度).
    handling_year: i32,
    /// Accepted matters (受理总数).
    total: i32,
    /// By kind (按种类).
    by_kind: Vec<Count>,
    /// By level of origin (按来源层级).
    by_origin_level: Vec<Count>,
    /// By category (按分类).
    by_category: Vec<Count>,
    /// By outcome (按办理结果).
    by_outcome: Vec<Count>,
    /// By part of the agencies (按承办角色).
    by_role: Vec<Count>,
    /// By overall rating of settled forms (按评价).
    by_rating: Vec<Count>,
    /// By state (按状态).
    by_status: Vec<Count>,
    /// By outcome within each category that has replies (办理结果与分类对照).
    outcomes_by_category: Vec<CategoryOutcomes>,
    /// By delegation or sector of the lead proposer; empty for agencies, from whom proposers may be masked (按代表团、界别).
    by_delegation: Vec<Count>,
    /// By who proposes: persons, or parties, people's organizations, sectors, committees, groups of members; empty for agencies (按提出主体：个人、集体).
    by_proposer: Vec<Count>,
    /// Settled forms of the first round by overall rating; empty when few ratings are protected (首次评价).
    by_first_rating: Vec<Count>,
    /// Settled forms on the latest replies by overall rating; empty when few ratings are protected (最终评价).
    by_final_rating: Vec<Count>,
    /// Figures with their definitions (指标).
    metrics: Vec<Metric>,
    /// Change of total against the year before under the same scope, as a ratio (0.163 = +16.3 %); null without a year before (同比).
    growth: Option<f64>,
}

impl From<use_case::YearStatistics> for YearStatistics {
    fn from(year: use_case::YearStatistics) -> Self {
        Self {
            handling_year: year.handling_year,
            total: whole(year.total),
            by_kind: counts(year.by_kind),
            by_origin_level: counts(year.by_origin_level),
            by_category: counts(year.by_category),
            by_outcome: counts(year.by_outcome),
            by_role: counts(year.by_role),
            by_rating: counts(year.by_rating),
            by_status: counts(year.by_status),
            outcomes_by_category: year
                .outcomes_by_category
                .into_iter()
                .map(|row| CategoryOutcomes { key: row.key, label: row.label, outcomes: counts(row.outcomes) })
                .collect(),
            by_delegation: counts(year.by_delegation),
            by_proposer: counts(year.by_proposer),
            by_first_rating: counts(year.by_first_rating),
            by_final_rating: counts(year.by_final_rating),
            metrics: year.metrics.into_iter().map(Metric::from).collect(),
            growth: year.growth,
        }
    }
}

/// The figures of one agency (单位统计).
#[derive(Clone, Debug)]
pub struct AgencyStatistics(use_case::AgencyStatistics);

/// The figures of one agency (单位统计).
#[Object]
impl AgencyStatistics {
    /// The agency (承办单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.0.agency_id).await
    }
    /// Assignments as lead (主办件数).
    async fn lead(&self) -> i32 {
        whole(self.0.lead)
    }
    /// Assignments as co-handling agency (会办件数).
    async fn co(&self) -> i32 {
        whole(self.0.co)
    }
    /// Assignments answered separately (分办件数).
    async fn separate(&self) -> i32 {
        whole(self.0.separate)
    }
    /// Assignments handed back (退办件数).
    async fn returned(&self) -> i32 {
        whole(self.0.returned)
    }
    /// Assignments replied to (已答复件数).
    async fn replied(&self) -> i32 {
        whole(self.0.replied)
    }
    /// Assignments overdue (逾期件数).
    async fn overdue(&self) -> i32 {
        whole(self.0.overdue)
    }
    /// Figures with their definitions (指标).
    async fn metrics(&self) -> Vec<Metric> {
        self.0.metrics.iter().cloned().map(Metric::from).collect()
    }
}

/// Figures of a region, year by year and by agency (统计).
#[derive(Clone, Debug, SimpleObject)]
pub struct Statistics {
    /// The instant of the figures (统计时点).
    as_of: DateTime<Utc>,
    /// Year by year (分年度).
    years: Vec<YearStatistics>,
    /// By agency, over all years asked for (分单位).
    agencies: Vec<AgencyStatistics>,
}

impl From<use_case::Statistics> for Statistics {
    fn from(statistics: use_case::Statistics) -> Self {
        Self {
            as_of: statistics.as_of,
            years: statistics.years.into_iter().map(YearStatistics::from).collect(),
            agencies: statistics.agencies.into_iter().map(AgencyStatistics).collect(),
        }
    }
}

/// Which number of the figures is meant (统计数字).
#[derive(Clone, Debug, InputObject)]
pub struct FigureNumber {
    /// The table or side of a figure in which it stands (维度).
    pub dimension: FigureDimension,
    /// The key in that table, as the figures give it, or the name of the figure; none for totals (键).
    pub key: Option<String>,
    /// For an outcome within a category: the key of the category (分类键).
    pub category: Option<String>,
}

impl FigureNumber {
    /// The number for the use case, which reads the key.
    pub fn read(self) -> use_case::behind::FigureNumber {
        use_case::behind::FigureNumber { dimension: self.dimension, key: self.key, category: self.category }
    }
}

/// One thing that a number counts (清单条目).
#[derive(Clone, Debug, SimpleObject)]
pub struct FigureItem {
    /// The matter (件).
    pub submission: Submission,
    /// The assignment, where assignments, replies, forms or promises are counted (承办).
    pub assignment: Option<Assignment>,
}

connection!(
    /// A page of the list behind a number (统计清单分页).
    FigureItemConnection, FigureItemEdge, FigureItem
);

/// A similar matter with its score (相似件).
#[derive(Clone, Debug, SimpleObject)]
pub struct SimilarSubmission {
    /// The matter (件).
    pub submission: Submission,
    /// Score from 0 to 1 (相似度).
    pub score: f64,
    /// Words that stand in both, most telling first, at most six (共同用语).
    pub shared: Vec<String>,
    /// The decision that the two are no duplicates, for the offices that review and assign and for the auditor; null
    /// where there is none (不重复认定).
    pub not_duplicate: Option<NotDuplicate>,
}

/// An agency that may fit, with reasons (建议承办单位).
#[derive(Clone, Debug, SimpleObject)]
pub struct AgencySuggestion {
    /// The agency (承办单位).
    pub agency: Organization,
    /// Score from 0 to 1 (匹配度).
    pub score: f64,
    /// Why, in Chinese: matters, duties and refusals behind it (理由).
    pub reasons: Vec<String>,
}

/// A file to download by a short-lived link (下载).
#[derive(Clone, Debug, SimpleObject)]
pub struct Download {
    /// Link (链接).
    url: String,
    /// File name (文件名).
    file_name: String,
    /// Media type (媒体类型).
    media_type: String,
    /// Until when the link works (有效期至).
    expires_at: DateTime<Utc>,
}

impl From<Ordered> for Download {
    fn from(ordered: Ordered) -> Self {
        Self {
            url: ordered.link.url,
            file_name: ordered.file_name,
            media_type: ordered.media_type.to_owned(),
            expires_at: ordered.link.expires_at,
        }
    }
}

/// A ground on which matters are refused (不予受理依据).
#[derive(Clone, Debug, SimpleObject)]
pub struct RefusalGround {
    /// Code for refuseSubmission (代码).
    pub code: String,
    /// The ground in words (说明).
    pub label: String,
}
