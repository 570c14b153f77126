//! Which agency a matter fits, learned from what was assigned, what came back, and what agencies are there for.
//!
//! Nothing is a black box: each suggestion counts the matters, clauses and refusals behind it.

use crate::similar::{Corpus, Found};
use std::collections::BTreeMap;

/// Past matters that are asked.
const NEIGHBOURS: usize = 40;
/// Below this a past matter says nothing.
const FAR: f64 = 0.12;
/// What stands against every sum, so that faint evidence stays faint.
const DOUBT: f64 = 0.15;
/// Weight of a co-handling agency beside the leading one.
const CO_WEIGHT: f64 = 0.25;
/// Weight of the best clause of the duties beside one past matter.
const DUTY_WEIGHT: f64 = 2.0;
/// Weight of a refusal beside one past matter.
const REFUSAL_WEIGHT: f64 = 1.5;

/// What an agency was to a past matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Led or handled it alone (主办、独办、分办).
    Lead,
    /// Took part (会办).
    Co,
}

/// What is known of one agency and one matter or duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// It was assigned.
    Assigned {
        /// Its part.
        part: Part,
        /// Handling year.
        year: i32,
    },
    /// It handed the matter back (退办).
    Refused {
        /// Its reason.
        reason: String,
    },
    /// A clause of its duties (职责).
    Duty {
        /// On what the clause rests, when that is known (依据).
        basis: Option<String>,
    },
}

/// An agency that may fit, with reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion<A> {
    /// Which.
    pub agency: A,
    /// 0 to 1: its share of all that was found, less what speaks against it.
    pub score: f64,
    /// Why, in Chinese.
    pub reasons: Vec<String>,
}

/// Learns row by row and suggests.
#[derive(Clone, Debug)]
pub struct Router<A> {
    rows: BTreeMap<u64, (A, Evidence, String)>,
    next: u64,
    past: Corpus<u64>,
    duties: Corpus<u64>,
}

impl<A> Default for Router<A> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), next: 0, past: Corpus::default(), duties: Corpus::default() }
    }
}

impl<A: Ord + Clone> Router<A> {
    /// Learns one row: the title of a matter, or the clause of a duty. The number serves to forget it.
    pub fn learn(&mut self, agency: A, evidence: Evidence, text: &str) -> u64 {
        let row = self.next;
        self.next += 1;
        let corpus = if matches!(evidence, Evidence::Duty { .. }) { &mut self.duties } else { &mut self.past };
        corpus.add(row, text, "");
        self.rows.insert(row, (agency, evidence, text.to_owned()));
        row
    }

    /// Forgets a row.
    pub fn forget(&mut self, row: u64) {
        self.past.remove(&row);
        self.duties.remove(&row);
        self.rows.remove(&row);
    }

    /// The agencies that may fit, best first.
    pub fn suggest(&self, title: &str, body: &str, first: usize) -> Vec<Suggestion<A>> {
        let mut cases: BTreeMap<A, Case> = BTreeMap::new();
        for found in self.past.similar(title, body, NEIGHBOURS).into_iter().filter(|found| found.score >= FAR) {
            let (agency, evidence, _) = &self.rows[&found.key];
            cases.entry(agency.clone()).or_default().hear(evidence, &found);
        }
        for found in self.duties.similar(title, body, NEIGHBOURS).into_iter().filter(|found| found.score >= FAR) {
            let (agency, evidence, clause) = &self.rows[&found.key];
            if let Evidence::Duty { basis } = evidence {
                cases.entry(agency.clone()).or_default().duty(clause, basis.as_deref(), &found);
            }
        }
        let all: f64 = cases.values().map(|case| case.weight.max(0.0)).sum();
        let mut suggestions: Vec<_> = cases
            .into_iter()
            .filter(|(_, case)| case.weight > 0.0)
            .map(|(agency, case)| Suggestion { agency, score: case.weight / (all + DOUBT), reasons: case.reasons() })
            .collect();
        suggestions.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.agency.cmp(&b.agency)));
        suggestions.truncate(first);
        suggestions
    }
}

/// What speaks for and against one agency.
#[derive(Debug, Default)]
struct Case {
    weight: f64,
    led: usize,
    joined: usize,
    latest: Option<i32>,
    shared: Vec<String>,
    clause: Option<(f64, String, Vec<String>)>,
    refused: Vec<String>,
}

impl Case {
    fn hear(&mut self, evidence: &Evidence, found: &Found<u64>) {
        let near = found.score * found.score;
        match evidence {
            Evidence::Assigned { part, year } => {
                match part {
                    Part::Lead => {
                        self.led += 1;
                        self.weight += near;
                    }
                    Part::Co => {
                        self.joined += 1;
                        self.weight += CO_WEIGHT * near;
                    }
                }
                self.latest = self.latest.max(Some(*year));
                if self.shared.is_empty() {
                    self.shared.clone_from(&found.shared);
                }
            }
            Evidence::Refused { reason } => {
                self.weight -= REFUSAL_WEIGHT * near;
                self.refused.push(reason.clone());
            }
            Evidence::Duty { .. } => {}
        }
    }

    fn duty(&mut self, clause: &str, basis: Option<&str>, found: &Found<u64>) {
        if self.clause.is_none() {
            self.weight += DUTY_WEIGHT * found.score * found.score;
            let named = match basis {
                Some(basis) => format!("“{clause}”（依据：{basis}）"),
                None => format!("“{clause}”"),
            };
            self.clause = Some((found.score, named, found.shared.clone()));
        }
    }

    fn reasons(self) -> Vec<String> {
        let mut reasons = Vec::new();
        let words = |shared: &[String]| match shared {
            [] => String::new(),
            some => format!("，共同用语：{}", some.join("、")),
        };
        let latest = self.latest.map(|year| format!("，最近为{year}年")).unwrap_or_default();
        match (self.led, self.joined) {
            (0, 0) => {}
            (led, 0) => reasons.push(format!("相近的件中有{led}件由该单位主办{latest}{}", words(&self.shared))),
            (0, joined) => reasons.push(format!("相近的件中有{joined}件由该单位会办{latest}{}", words(&self.shared))),
            (led, joined) => {
                reasons.push(format!("相近的件中有{led}件由该单位主办、{joined}件会办{latest}{}", words(&self.shared)))
            }
        }
        if let Some((_, clause, shared)) = &self.clause {
            reasons.push(format!("职责{clause}与本件相关{}", words(shared)));
        }
        if let Some(reason) = self.refused.first() {
            reasons.push(format!("注意：该单位曾退回{}件相近的件，理由：{reason}", self.refused.len()));
        }
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assigned(part: Part) -> Evidence {
        Evidence::Assigned { part, year: 2025 }
    }

    #[test]
    fn suggests_who_handled_the_like_and_says_so() {
        let mut router = Router::default();
        router.learn("民政局", assigned(Part::Lead), "关于加强社区居家养老服务的建议");
        router.learn("卫健委", assigned(Part::Co), "关于加强社区居家养老服务的建议");
        router.learn("城管局", assigned(Part::Lead), "关于增设公共停车泊位的建议");
        let found = router.suggest("关于完善居家养老服务的建议", "", 5);
        let order: Vec<_> = found.iter().map(|suggestion| suggestion.agency).collect();
        assert_eq!(order, ["民政局", "卫健委"]);
        assert_eq!(found[0].reasons, ["相近的件中有1件由该单位主办，最近为2025年，共同用语：居家养老服务"]);
        assert!(found.iter().map(|suggestion| suggestion.score).sum::<f64>() < 1.0);
    }

    #[test]
    fn a_refusal_speaks_against_and_can_be_forgotten() {
        let mut router = Router::default();
        router.learn("城管局", assigned(Part::Lead), "关于餐饮油烟扰民治理的建议");
        router.learn("环保局", assigned(Part::Lead), "关于餐饮油烟治理的建议");
        let refusal = Evidence::Refused { reason: "油烟执法已划转".into() };
        let row = router.learn("城管局", refusal, "关于餐饮油烟扰民治理的建议");
        let first = |router: &Router<&'static str>| router.suggest("餐饮油烟扰民", "", 1)[0].agency;
        assert_eq!(first(&router), "环保局");
        router.forget(row);
        assert_eq!(first(&router), "城管局");
    }

    #[test]
    fn a_duty_serves_where_there_is_no_history() {
        let mut router = Router::default();
        let basis = Some("清机编〔2024〕3号".to_owned());
        router.learn("水利局", Evidence::Duty { basis }, "负责水库、河道的安全运行与除险加固");
        router.learn("教育局", Evidence::Duty { basis: None }, "负责中小学校布局和学位供给");
        let found = router.suggest("关于石桥镇水库除险加固的建议", "", 5);
        assert_eq!(found[0].agency, "水利局");
        let reason = "职责“负责水库、河道的安全运行与除险加固”（依据：清机编〔2024〕3号）与本件相关";
        assert!(found[0].reasons[0].starts_with(reason), "{found:?}");
        assert!(router.suggest("养犬管理", "", 5).is_empty());
    }
}
