//! Figures of days gone by: asked for later, they are those that stood when the day ended.

use crate::support::TestApp;
use domain::rules::legal_day::legal_day;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Everything that the definition promises to put together again.
const FIGURES: &str = "query($scope: StatisticsScope!) { statistics(scope: $scope) {
    years { total growth byKind { key count } byOutcome { key count } byRole { key count } byRating { key count }
      byStatus { key count } metrics { name numerator denominator } }
    agencies { agency { id } lead co separate returned replied overdue metrics { name numerator denominator } } } }";

/// What was told on each day, when it was about to end.
#[derive(Debug, Default)]
pub struct Diary(BTreeMap<String, Value>);

impl Diary {
    /// Writes down what stands now; the last entry of a day counts.
    pub async fn write(&mut self, app: &TestApp) {
        let told = ask(app, None).await;
        self.0.insert(legal_day(app.now()).to_string(), told);
    }

    /// The days that were written down.
    pub fn days(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Asks for each day once more, now that matters have moved on; how many days were told differently from today.
    pub async fn compare(&self, app: &TestApp, told: &str) -> usize {
        let today = legal_day(app.now()).to_string();
        let now = ask(app, None).await;
        for (day, then) in self.0.iter().filter(|(day, _)| **day < today) {
            let again = ask(app, Some(day)).await;
            assert_eq!(*then, again, "{told}: {day} is told otherwise later");
        }
        self.0.values().filter(|then| **then != now).count()
    }
}

async fn ask(app: &TestApp, as_of: Option<&str>) -> Value {
    let region = app.directory().await.region("990101");
    let scope = json!({ "regionId": region, "handlingYears": [2026, 2025], "asOf": as_of });
    let answer = app.sign_in("auditor").await.gql(FIGURES, json!({ "scope": scope })).await;
    let mut told = answer.data("statistics").clone();
    // Of a promise that is reported again, the definition says, the last report alone is known; agencies with equally
    // many assignments have no order.
    if let Some(lines) = told["agencies"].as_array_mut() {
        lines.sort_by_key(|line| line["agency"]["id"].to_string());
    }
    for name in ["years", "agencies"] {
        for line in told[name].as_array_mut().into_iter().flatten() {
            let metrics = line["metrics"].as_array_mut().expect("figures");
            metrics.retain(|metric| metric["name"] != "IMPLEMENTATION_RATE");
        }
    }
    told
}
