//! Appraisal of agencies (绩效考评): from figures as of a day, by the rules of a region, to points and a ranking.
//!
//! A score follows from its inputs and its rule alone, so that whoever counts again finds the same. All of it is whole
//! numbers: points are [`Points`], hundredths of a point, rates are hundredths of a percentage point.
//!
//! - **Items.** A figure at its target or better gives all of its points; each percentage point below takes some away,
//!   down to none (政协提案考核评分表: 面商率每低一个百分点扣1分). For a figure that is better when it is low, above counts.
//! - **No basis.** A figure of nothing (no promise was due) is no merit and no fault: its points leave the full marks,
//!   and what was reached of the others is scaled to the full marks.
//! - **Bonuses and deductions** each have a reason, a number of times and a most; caps hold for their sums.
//! - **Ranking**: equal totals share a place, and the next place is skipped. Who has too little to do is not ranked.
//!
//! Deliberately absent: where figures come from, who may appraise, what is stored.

mod rank;
mod rule;

pub use rank::{Placed, rank};
pub use rule::{Extra, Hundredths, Item, ScoringRule};

use crate::figures::Ratio;
use crate::vocabulary::MetricName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Hundredths of a point.
pub type Points = i64;

/// A percentage point in hundredths.
const PERCENT: i64 = 100;

/// What happened beside the figures, as the office found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Finding {
    /// The code of a bonus or deduction of the rule.
    pub code: String,
    /// How often, at least once.
    pub times: u32,
    /// Why, for the agency to read.
    pub reason: String,
}

/// All from which the score of one agency follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Inputs {
    /// The figures as numerator and denominator; a missing one has no basis.
    pub figures: BTreeMap<MetricName, (i64, i64)>,
    /// How many assignments the agency had.
    pub load: i64,
    /// What happened beside them.
    pub findings: Vec<Finding>,
}

/// One line of a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The figure.
    pub metric: MetricName,
    /// Its ratio.
    pub ratio: Ratio,
    /// The most that it gives.
    pub most: Points,
    /// What it gives; none when there is no basis.
    pub reached: Option<Points>,
}

/// What a finding gives or takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The finding.
    pub finding: Finding,
    /// Its words.
    pub label: String,
    /// What it gives, below zero when it takes; before the cap of the sum.
    pub points: Points,
}

/// The score of one agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Figure by figure, in the order of the rule.
    pub lines: Vec<Line>,
    /// Bonuses and deductions, in the order of the findings.
    pub credits: Vec<Credit>,
    /// What the figures give, scaled to the full marks; none when no figure has a basis.
    pub basic: Option<Points>,
    /// What bonuses give, capped.
    pub bonus: Points,
    /// What deductions take, capped; zero or more.
    pub deduction: Points,
    /// The sum, at least zero; none without basic points.
    pub total: Option<Points>,
}

/// Why inputs cannot be scored by a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputFault {
    /// The finding at this place has a code that the rule does not know.
    UnknownFinding(usize),
    /// The finding at this place says that it happened not once.
    NotOnce(usize),
    /// The code of the finding at this place stands there before.
    Twice(usize),
}

/// The score that follows from these inputs.
///
/// # Errors
/// [`InputFault`] for findings that the rule does not know, that happened not once or that are named twice.
pub fn score(rule: &ScoringRule, inputs: &Inputs) -> Result<Score, InputFault> {
    let lines: Vec<Line> = rule.items.iter().map(|item| line(item, inputs)).collect();
    let full: Points = lines.iter().map(|line| line.most).sum();
    let based: Points = lines.iter().filter(|line| line.reached.is_some()).map(|line| line.most).sum();
    let reached: Points = lines.iter().filter_map(|line| line.reached).sum();
    let basic = (based > 0).then(|| rounded(reached * full, based));
    let mut credits = Vec::with_capacity(inputs.findings.len());
    let (mut bonus, mut deduction) = (0, 0);
    for (place, finding) in inputs.findings.iter().enumerate() {
        if inputs.findings[..place].iter().any(|other| other.code == finding.code) {
            return Err(InputFault::Twice(place));
        }
        if finding.times == 0 {
            return Err(InputFault::NotOnce(place));
        }
        let of = |list: &[Extra]| list.iter().find(|extra| extra.code == finding.code).cloned();
        let (extra, sign) = match (of(&rule.bonuses), of(&rule.deductions)) {
            (Some(extra), _) => (extra, 1),
            (None, Some(extra)) => (extra, -1),
            (None, None) => return Err(InputFault::UnknownFinding(place)),
        };
        let points = i64::from(finding.times.min(extra.most)) * extra.points();
        if sign > 0 {
            bonus += points
        } else {
            deduction += points
        }
        credits.push(Credit { finding: finding.clone(), label: extra.label, points: sign * points });
    }
    bonus = bonus.min(rule.bonus_cap.0);
    deduction = deduction.min(rule.deduction_cap.0);
    let total = basic.map(|basic| (basic + bonus - deduction).max(0));
    Ok(Score { lines, credits, basic, bonus, deduction, total })
}

fn line(item: &Item, inputs: &Inputs) -> Line {
    let (numerator, denominator) = inputs.figures.get(&item.metric).copied().unwrap_or_default();
    let reached = (denominator > 0).then(|| {
        let rate = rounded(numerator * 100 * PERCENT, denominator);
        let target = item.target.0;
        let short = if item.lower_is_better == Some(true) { rate - target } else { target - rate };
        let lost = rounded(short.max(0) * item.per_point.0, PERCENT);
        (item.points.0 - lost).max(0)
    });
    Line { metric: item.metric, ratio: Ratio { numerator, denominator }, most: item.points.0, reached }
}

/// The quotient, halves away from zero; the divisor is positive.
fn rounded(dividend: i64, divisor: i64) -> i64 {
    let half = divisor / 2;
    if dividend >= 0 { (dividend + half) / divisor } else { (dividend - half) / divisor }
}

#[cfg(test)]
mod tests;
