//! The rules of scoring as data: which figure gives how much, and what is credited beside.

use super::Points;
use crate::vocabulary::MetricName;
use serde::{Deserialize, Serialize};

/// The rules that come with the program.
const DEFAULT: &str = include_str!("../../data/scoring/default.json");
/// The only format so far.
const FORMAT: &str = "scoring/1";
/// The most that one number of a rule can be: a slip of the pen is found, and no sum runs over.
const MOST: f64 = 1_000.0;

/// How a region scores its agencies (评分细则).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScoringRule {
    /// The format.
    pub format: String,
    /// What it is called.
    pub name: String,
    /// On what it rests.
    pub source: String,
    /// The figures.
    pub items: Vec<Item>,
    /// What is added, each with a reason.
    pub bonuses: Vec<Extra>,
    /// What is taken away, each with a reason.
    pub deductions: Vec<Extra>,
    /// The most that all bonuses together add, in points.
    pub bonus_cap: f64,
    /// The most that all deductions together take, in points.
    pub deduction_cap: f64,
    /// With fewer assignments than these an agency is not ranked.
    pub ranked_from: i64,
}

/// What one figure gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// The figure.
    pub metric: MetricName,
    /// What it gives at its target, in points.
    pub points: f64,
    /// The target, in percent.
    pub target: f64,
    /// What each percentage point on the wrong side of the target takes, in points.
    pub per_point: f64,
    /// The figure is better when it is lower, as the rush index is.
    #[serde(default)]
    pub lower_is_better: bool,
}

/// A bonus or deduction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Extra {
    /// Its code in findings.
    pub code: String,
    /// Its words.
    pub label: String,
    /// What it gives or takes each time, in points.
    pub points: f64,
    /// How often it counts at most.
    pub most: u32,
}

/// What is wrong with a rule; the text names the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleFault {
    /// It is not of the format.
    Unreadable(String),
    /// This field is empty.
    Empty(String),
    /// This number is out of range.
    OutOfRange(String),
    /// This figure or code stands there twice.
    Twice(String),
    /// This figure is not counted for an agency.
    NotOfAnAgency(String),
}

fn hundredths(number: f64) -> i64 {
    (number * 100.0).round() as i64
}

impl Item {
    /// What it gives at its target.
    pub fn points(&self) -> Points {
        hundredths(self.points)
    }

    /// The target in hundredths of a percentage point.
    pub fn target(&self) -> i64 {
        hundredths(self.target)
    }

    /// What each percentage point takes.
    pub fn per_point(&self) -> Points {
        hundredths(self.per_point)
    }
}

impl Extra {
    /// What it gives or takes each time.
    pub fn points(&self) -> Points {
        hundredths(self.points)
    }
}

impl ScoringRule {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// None: a test reads them.
    pub fn preset() -> Result<Self, Vec<RuleFault>> {
        Self::parse(DEFAULT)
    }

    /// Reads rules and finds every fault.
    ///
    /// # Errors
    /// Each [`RuleFault`]; a text that is not of the format has no others.
    pub fn parse(text: &str) -> Result<Self, Vec<RuleFault>> {
        let rule: Self = serde_json::from_str(text).map_err(|fault| vec![RuleFault::Unreadable(fault.to_string())])?;
        let faults = rule.faults();
        if faults.is_empty() { Ok(rule) } else { Err(faults) }
    }

    /// The most that bonuses add.
    pub fn bonus_cap(&self) -> Points {
        hundredths(self.bonus_cap)
    }

    /// The most that deductions take.
    pub fn deduction_cap(&self) -> Points {
        hundredths(self.deduction_cap)
    }

    /// The full marks, bonuses apart.
    pub fn full(&self) -> Points {
        self.items.iter().map(Item::points).sum()
    }

    fn faults(&self) -> Vec<RuleFault> {
        let mut faults = Vec::new();
        if self.format != FORMAT {
            faults.push(RuleFault::Unreadable(format!("format {}", self.format)));
        }
        for (name, text) in [("name", &self.name), ("source", &self.source)] {
            if text.trim().is_empty() {
                faults.push(RuleFault::Empty(name.into()));
            }
        }
        if self.items.is_empty() {
            faults.push(RuleFault::Empty("items".into()));
        }
        let mut number = |place: String, value: f64, least: f64, most: f64| {
            if !(least..=most).contains(&value) {
                faults.push(RuleFault::OutOfRange(place));
            }
        };
        number("bonusCap".into(), self.bonus_cap, 0.0, MOST);
        number("deductionCap".into(), self.deduction_cap, 0.0, MOST);
        if self.ranked_from < 0 {
            number("rankedFrom".into(), -1.0, 0.0, MOST);
        }
        for (i, item) in self.items.iter().enumerate() {
            number(format!("items.{i}.points"), item.points, 0.01, MOST);
            number(format!("items.{i}.target"), item.target, 0.0, 100.0);
            number(format!("items.{i}.perPoint"), item.per_point, 0.0, MOST);
        }
        let lists = [("bonuses", &self.bonuses), ("deductions", &self.deductions)];
        let extras =
            || lists.iter().flat_map(|(name, list)| list.iter().enumerate().map(move |(i, one)| (*name, i, one)));
        for (name, i, extra) in extras() {
            number(format!("{name}.{i}.points"), extra.points, 0.01, MOST);
            number(format!("{name}.{i}.most"), f64::from(extra.most), 1.0, MOST);
        }
        let mut codes = Vec::new();
        for (name, i, extra) in extras() {
            if extra.code.trim().is_empty() || extra.label.trim().is_empty() {
                faults.push(RuleFault::Empty(format!("{name}.{i}")));
            }
            if codes.contains(&&extra.code) {
                faults.push(RuleFault::Twice(format!("{name}.{i}.code")));
            }
            codes.push(&extra.code);
        }
        for (i, item) in self.items.iter().enumerate() {
            if self.items[..i].iter().any(|other| other.metric == item.metric) {
                faults.push(RuleFault::Twice(format!("items.{i}.metric")));
            }
            if !crate::figures::OF_AN_AGENCY.contains(&item.metric) {
                faults.push(RuleFault::NotOfAnAgency(format!("items.{i}.metric")));
            }
        }
        faults
    }
}
