//! Quantity beside quality of what was handed in, year by year.

use crate::use_cases::cohorts;
use async_graphql::SimpleObject;
use domain::figures::quality::{QualityCounts, definition};
use domain::language::Language;
use domain::vocabulary::QualityName;

/// One indicator with its definition: numerator, denominator and rate (质量指标值).
#[derive(Clone, Debug, SimpleObject)]
pub struct QualityIndicator {
    /// Which (指标).
    name: QualityName,
    /// Its name in the language of the request (名称).
    label: &'static str,
    /// What is divided by what (口径).
    definition: &'static str,
    /// How many are so (分子).
    numerator: i64,
    /// Of how many (分母).
    denominator: i64,
    /// The ratio; null of nothing (比率).
    rate: Option<f64>,
}

/// The matters handed in for one handling year: how many, and how good (年度质量).
#[derive(Clone, Debug, SimpleObject)]
pub struct Cohort {
    /// The handling year (办理年度).
    handling_year: i32,
    /// Matters handed in, accepted or not (提交数).
    handed_in: i64,
    /// Change of their number against the year before, as a ratio (0.163 = +16.3 %); null without a year before (增长率).
    growth: Option<f64>,
    /// The indicators of all of them (全部件的指标).
    indicators: Vec<QualityIndicator>,
    /// Matters about which a question was answered at the consultation desk before they were handed in; null for who may
    /// not read questions (会前咨询件数).
    consulted: Option<i64>,
    /// The indicators of those alone, to compare with all; null for who may not read questions (会前咨询件的指标).
    consulted_indicators: Option<Vec<QualityIndicator>>,
}

impl Cohort {
    /// The cohort in words.
    pub fn of(cohort: &cohorts::Cohort, language: Language) -> Self {
        Self {
            handling_year: cohort.handling_year,
            handed_in: cohort.all.handed_in,
            growth: cohort.growth,
            indicators: indicators(cohort.all, language),
            consulted: cohort.consulted.map(|counts| counts.handed_in),
            consulted_indicators: cohort.consulted.map(|counts| indicators(counts, language)),
        }
    }
}

fn indicators(counts: QualityCounts, language: Language) -> Vec<QualityIndicator> {
    let indicator = |name: &QualityName| {
        let ratio = counts.ratio(*name);
        QualityIndicator {
            name: *name,
            label: name.label(language),
            definition: definition(*name, language),
            numerator: ratio.numerator,
            denominator: ratio.denominator,
            rate: ratio.rate(),
        }
    };
    QualityName::ALL.iter().map(indicator).collect()
}
