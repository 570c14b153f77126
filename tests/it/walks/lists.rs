//! The list behind each number of the figures is as long as the number says.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

const FIGURES: &str = "query($scope: StatisticsScope!) { statistics(scope: $scope) {
    years { total byKind { key count } byOriginLevel { key count } byCategory { key count } byStatus { key count }
      byDelegation { key count } byProposer { key count } byOutcome { key count } byRole { key count } byRating { key count }
      byFirstRating { key count } byFinalRating { key count } outcomesByCategory { key outcomes { key count } }
      metrics { name numerator denominator } }
    agencies { agency { id } lead co separate returned replied overdue } } }";
const ITEMS: &str = "query($scope: StatisticsScope!, $number: FigureNumber!) {
    statisticsItems(scope: $scope, number: $number, first: 2) { totalCount nodes { submission { id } assignment { id } }
      pageInfo { hasNextPage } } }";
const TABLES: &[(&str, &str)] = &[
    ("byKind", "KIND"),
    ("byOriginLevel", "ORIGIN_LEVEL"),
    ("byCategory", "CATEGORY"),
    ("byStatus", "STATUS"),
    ("byDelegation", "DELEGATION"),
    ("byProposer", "PROPOSER"),
    ("byOutcome", "OUTCOME"),
    ("byRole", "ROLE"),
    ("byRating", "RATING"),
    ("byFirstRating", "FIRST_RATING"),
    ("byFinalRating", "FINAL_RATING"),
];

struct Reader {
    client: Client,
    scope: Value,
    told: String,
    counted: usize,
}

/// Compares every number that this person is told with the length of its list; how many numbers were not zero.
///
/// A list that is not his to read is refused, whatever the number.
pub async fn compare(app: &TestApp, username: &str, as_of: Option<&str>, told: &str) -> usize {
    let region = app.directory().await.region("990101");
    let scope = json!({ "regionId": region, "handlingYears": [2026], "asOf": as_of });
    let told = format!("{told}, {username}, {as_of:?}");
    let mut reader = Reader { client: app.sign_in(username).await, scope, told, counted: 0 };
    let figures = reader.client.gql(FIGURES, json!({ "scope": reader.scope })).await.data("statistics").clone();
    let year = &figures["years"][0];
    reader.one(json!({ "dimension": "TOTAL" }), &year["total"], json!({})).await;
    for (table, dimension) in TABLES {
        for count in year[table].as_array().into_iter().flatten() {
            let number = json!({ "dimension": dimension, "key": count["key"] });
            reader.one(number, &count["count"], json!({})).await;
        }
    }
    for row in year["outcomesByCategory"].as_array().into_iter().flatten() {
        for count in row["outcomes"].as_array().into_iter().flatten() {
            let number = json!({ "dimension": "OUTCOME", "key": count["key"], "category": row["key"] });
            reader.one(number, &count["count"], json!({})).await;
        }
    }
    for metric in year["metrics"].as_array().into_iter().flatten() {
        for (dimension, side) in [("NUMERATOR", "numerator"), ("DENOMINATOR", "denominator")] {
            reader.one(json!({ "dimension": dimension, "key": metric["name"] }), &metric[side], json!({})).await;
        }
    }
    for agency in figures["agencies"].as_array().into_iter().flatten() {
        let of = json!({ "agencyId": agency["agency"]["id"] });
        for (key, column) in [("LEAD", "lead"), ("CO", "co"), ("SEPARATE", "separate")] {
            reader.one(json!({ "dimension": "ROLE", "key": key }), &agency[column], of.clone()).await;
        }
        for (dimension, column) in [("RETURNED", "returned"), ("REPLIED", "replied"), ("OVERDUE", "overdue")] {
            reader.one(json!({ "dimension": dimension }), &agency[column], of.clone()).await;
        }
    }
    reader.counted
}

impl Reader {
    async fn one(&mut self, number: Value, expected: &Value, narrowed: Value) {
        let mut scope = self.scope.clone();
        for (name, value) in narrowed.as_object().into_iter().flatten() {
            scope[name] = value.clone();
        }
        let answer = self.client.gql(ITEMS, json!({ "scope": scope, "number": number })).await;
        if answer.body["errors"].is_array() {
            assert_eq!(answer.error_code(), "FORBIDDEN", "{}: {number}", self.told);
            return;
        }
        let found = answer.data("statisticsItems");
        assert_eq!(found["totalCount"], *expected, "{}: {number}", self.told);
        let shown = found["nodes"].as_array().map_or(0, Vec::len);
        let length = usize::try_from(expected.as_i64().expect("a number")).expect("small");
        assert_eq!(shown, length.min(2), "{}: {number}: a page shows what was counted", self.told);
        assert_eq!(found["pageInfo"]["hasNextPage"], json!(length > 2), "{}: {number}", self.told);
        self.counted += usize::from(length > 0);
    }
}
