//! The rules of scoring as data: which figure gives how much, and what is credited beside.

use super::Points;
use crate::rules::document::{
    DocumentFault, Faults, FromJson, add_wrong_type, check_format, parse_json, read_by_code, record,
};
use crate::text::TextRule;
use crate::vocabulary::MetricName;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The rules that come with the program.
const DEFAULT: &str = include_str!("../../data/scoring/default.json");
/// The only format so far.
const FORMAT: &str = "scoring/1";
/// The most that one number of a rule can be, in hundredths: a slip of the pen is found, and no sum runs over.
const MOST: i64 = 100_000;
/// How often a bonus or deduction can count at most.
const MOST_TIMES: u32 = 1_000;
/// The most bonuses, and the most deductions.
const MOST_EXTRAS: usize = 50;
/// The most characters of a code.
const CODE_MAX_CHARS: usize = 40;
/// The most characters of a name or label.
const LABEL_MAX_CHARS: usize = 200;

/// A number of a rule in hundredths, written with at most two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(pub i64);

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 % 100 {
            0 => serializer.serialize_i64(self.0 / 100),
            _ => serializer.serialize_f64(self.0 as f64 / 100.0),
        }
    }
}

impl FromJson for Hundredths {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        let number = value.as_f64().map(|number| number * 100.0);
        // Two decimals of a float are not exact; what is meant lies next to a whole number.
        let found =
            number.filter(|number| (number - number.round()).abs() < 1e-6 && (0.0..=MOST as f64).contains(number));
        if found.is_none() {
            let (zh, en) = ("0至1000的数,最多两位小数", "a number from 0 to 1000 with at most two decimals");
            add_wrong_type(path, zh, en, faults);
        }
        found.map(|number| Self(number.round() as i64))
    }
}

read_by_code!(MetricName);

record! {
    /// How a region scores its agencies (评分细则).
    pub struct ScoringRule {
        /// The format.
        pub format "format": String,
        /// What it is called.
        pub name "name": String,
        /// On what it rests.
        pub source "source": String,
        /// The figures.
        pub items "items": Vec<Item>,
        /// What is added, each with a reason.
        pub bonuses "bonuses": Vec<Extra>,
        /// What is taken away, each with a reason.
        pub deductions "deductions": Vec<Extra>,
        /// The most that all bonuses together add, in points.
        pub bonus_cap "bonusCap": Hundredths,
        /// The most that all deductions together take, in points.
        pub deduction_cap "deductionCap": Hundredths,
        /// With fewer assignments than these an agency is not ranked.
        pub ranked_from "rankedFrom": u16,
    }
}

record! {
    /// What one figure gives.
    pub struct Item {
        /// The figure.
        pub metric "metric": MetricName,
        /// What it gives at its target, in points.
        pub points "points": Hundredths,
        /// The target, in percent.
        pub target "target": Hundredths,
        /// What each percentage point on the wrong side of the target takes, in points.
        pub per_point "perPoint": Hundredths,
        /// The figure is better when it is lower, as the return rate is; left out: when it is higher.
        pub lower_is_better "lowerIsBetter": Option<bool>,
    }
}

record! {
    /// A bonus or deduction.
    pub struct Extra {
        /// Its code in findings.
        pub code "code": String,
        /// Its words.
        pub label "label": String,
        /// What it gives or takes each time, in points.
        pub points "points": Hundredths,
        /// How often it counts at most.
        pub most "most": u32,
    }
}

impl Extra {
    /// What it gives or takes each time.
    pub fn points(&self) -> Points {
        self.points.0
    }
}

impl ScoringRule {
    /// The text of the rules that come with the program.
    pub const PRESET: &str = DEFAULT;

    /// Reads rules of format `scoring/1` and finds every fault.
    ///
    /// # Errors
    /// The faults with their JSON paths; the rules are refused as a whole.
    pub fn parse(json: &str) -> Result<Self, Vec<DocumentFault>> {
        let mut faults = Faults::default();
        let rule = parse_json(json, &mut faults).and_then(|value| Self::from_json(&value, "$", &mut faults));
        if let Some(rule) = &rule {
            rule.check(&mut faults);
        }
        faults.into_result(rule)
    }

    /// The full marks, bonuses apart.
    pub fn full(&self) -> Points {
        self.items.iter().map(|item| item.points.0).sum()
    }

    /// The codes of bonuses and deductions.
    pub fn codes(&self) -> Vec<&str> {
        self.bonuses.iter().chain(&self.deductions).map(|extra| extra.code.as_str()).collect()
    }

    fn check(&self, faults: &mut Faults) {
        check_format(&self.format, FORMAT, faults);
        faults.check_text("$.name", &self.name, TextRule::line(LABEL_MAX_CHARS));
        faults.check_text("$.source", &self.source, TextRule::line(LABEL_MAX_CHARS));
        if self.items.is_empty() {
            faults.add("$.items", "至少要有一项指标", "must name at least one figure");
        }
        let positive = |path: String, number: Hundredths, faults: &mut Faults| {
            if number.0 == 0 {
                faults.add(path, "应大于0", "must be more than 0");
            }
        };
        for (i, item) in self.items.iter().enumerate() {
            positive(format!("$.items[{i}].points"), item.points, faults);
            if item.target.0 > 10_000 {
                faults.add(format!("$.items[{i}].target"), "最高为100", "must be at most 100");
            }
            if !crate::figures::OF_AN_AGENCY.contains(&item.metric) {
                faults.add(
                    format!("$.items[{i}].metric"),
                    "该指标不按承办单位统计",
                    "this figure is not counted for an agency",
                );
            }
        }
        let metrics = self.items.iter().enumerate().map(|(i, item)| (format!("$.items[{i}].metric"), item.metric));
        faults.add_duplicates(metrics, |metric| metric.code().to_owned());
        let mut codes = Vec::new();
        for (name, list) in [("bonuses", &self.bonuses), ("deductions", &self.deductions)] {
            if list.len() > MOST_EXTRAS {
                faults.add(
                    format!("$.{name}"),
                    format!("最多{MOST_EXTRAS}项"),
                    format!("at most {MOST_EXTRAS} entries"),
                );
            }
            for (i, extra) in list.iter().enumerate() {
                let at = |field: &str| format!("$.{name}[{i}].{field}");
                faults.check_text(&at("code"), &extra.code, TextRule::line(CODE_MAX_CHARS));
                faults.check_text(&at("label"), &extra.label, TextRule::line(LABEL_MAX_CHARS));
                positive(at("points"), extra.points, faults);
                if !(1..=MOST_TIMES).contains(&extra.most) {
                    let (zh, en) = (format!("应为1至{MOST_TIMES}"), format!("must be from 1 to {MOST_TIMES}"));
                    faults.add(at("most"), zh, en);
                }
                codes.push((at("code"), extra.code.as_str()));
            }
        }
        faults.add_duplicates(codes, |code| (*code).to_owned());
    }
}
