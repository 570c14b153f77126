//! Rules of scoring.

use super::directory::{IntoId, Region, User};
use super::person;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use crate::use_cases::scoring::StoredRule;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::appraisal::{Extra, Item, Points};
use domain::vocabulary::{Institution, MetricName};
use std::sync::Arc;

/// Points as people read them: with at most two decimals.
pub fn shown(points: Points) -> f64 {
    points as f64 / 100.0
}

/// One version of the rules by which a region scores its agencies; it never changes (评分细则).
#[derive(Clone, Debug)]
pub struct ScoringRule(pub Arc<StoredRule>);

/// What one figure gives (评分指标).
#[derive(Clone, Debug, SimpleObject)]
pub struct ScoringItem {
    /// The figure (指标名).
    metric: MetricName,
    /// What it gives at its target (分值).
    points: f64,
    /// The target in percent (目标值).
    target: f64,
    /// What each percentage point on the wrong side of the target takes (每百分点扣分).
    per_point: f64,
    /// Whether the figure is better when it is lower (是否越低越好).
    lower_is_better: bool,
}

/// A bonus or deduction (加减分项).
#[derive(Clone, Debug, SimpleObject)]
pub struct ScoringExtra {
    /// Its code in findings (代码).
    code: String,
    /// Its words (名称).
    label: String,
    /// What it gives or takes each time (每次分值).
    points: f64,
    /// How often it counts at most (最多计次).
    most: i32,
}

fn item(item: &Item) -> ScoringItem {
    ScoringItem {
        metric: item.metric,
        points: shown(item.points.0),
        target: shown(item.target.0),
        per_point: shown(item.per_point.0),
        lower_is_better: item.lower_is_better == Some(true),
    }
}

fn extra(extra: &Extra) -> ScoringExtra {
    let (code, label) = (extra.code.clone(), extra.label.clone());
    ScoringExtra { code, label, points: shown(extra.points()), most: i32::try_from(extra.most).unwrap_or(i32::MAX) }
}

/// One version of the rules by which a region scores its agencies; it never changes (评分细则).
#[Object]
impl ScoringRule {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.row.id.into_id()
    }
    /// Counted from 1 within the region (版本号).
    async fn version(&self) -> i32 {
        self.0.row.version
    }
    /// The region (地区).
    async fn region(&self, ctx: &Context<'_>) -> GqlResult<Option<Region>> {
        Ok(top(ctx, loaders(ctx)?.region(self.0.row.region_id).await)?.map(Region))
    }
    /// For which institution; null for both (人大或政协).
    async fn institution(&self) -> Option<Institution> {
        self.0.row.institution
    }
    /// The first handling year that is scored by it (起始办理年度).
    async fn effective_year(&self) -> i32 {
        self.0.row.effective_year
    }
    /// What it is called (名称).
    async fn name(&self) -> &str {
        &self.0.rule.name
    }
    /// On what it rests (依据).
    async fn source(&self) -> &str {
        &self.0.rule.source
    }
    /// The full marks, bonuses apart (满分).
    async fn full_marks(&self) -> f64 {
        shown(self.0.rule.full())
    }
    /// What each figure gives (评分指标).
    async fn items(&self) -> Vec<ScoringItem> {
        self.0.rule.items.iter().map(item).collect()
    }
    /// What is added, each with a reason (加分项).
    async fn bonuses(&self) -> Vec<ScoringExtra> {
        self.0.rule.bonuses.iter().map(extra).collect()
    }
    /// What is taken away, each with a reason (减分项).
    async fn deductions(&self) -> Vec<ScoringExtra> {
        self.0.rule.deductions.iter().map(extra).collect()
    }
    /// The most that all bonuses together add (加分上限).
    async fn bonus_cap(&self) -> f64 {
        shown(self.0.rule.bonus_cap.0)
    }
    /// The most that all deductions together take (减分上限).
    async fn deduction_cap(&self) -> f64 {
        shown(self.0.rule.deduction_cap.0)
    }
    /// With fewer assignments than these an agency is not ranked (参与排名的最少件数).
    async fn ranked_from(&self) -> i32 {
        i32::from(self.0.rule.ranked_from)
    }
    /// The whole text of format scoring/1, as JSON (全文).
    async fn body(&self) -> &str {
        &self.0.row.body
    }
    /// Why it was made (变更理由).
    async fn reason(&self) -> &str {
        &self.0.row.reason
    }
    /// When it was made (制定时间).
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.row.created_at
    }
    /// Who made it (制定人).
    async fn created_by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.row.created_by).await
    }
    /// Whether this year's matters of its institution, or of either, are scored by it (是否现行有效).
    async fn in_force(&self) -> bool {
        self.0.in_force
    }
}
