//! Other rules and forms than those that come with the program, for what a region may choose.

use super::app::TestApp;
use domain::rules::feedback_form::FeedbackForm;
use domain::rules::legal_day::legal_day;
use domain::rules::rule_set::RuleSet;
use entity::{feedback_form, rule_set};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::Value;

impl TestApp {
    /// Puts a changed version of the region's rules in force from today; what was handed in before keeps its own.
    pub async fn change_rules(&self, change: impl FnOnce(&mut Value)) {
        let conn = self.deps.db.writer();
        let latest = rule_set::Entity::find().order_by_desc(rule_set::Column::Version).one(conn).await.unwrap();
        let latest = latest.expect("the sample directory has rules");
        let mut body: Value = serde_json::from_str(&latest.body).unwrap();
        change(&mut body);
        RuleSet::parse(&body.to_string()).unwrap_or_else(|faults| panic!("no such rules: {faults:?}"));
        let row = rule_set::Model {
            id: self.deps.ids.make(self.now()),
            version: latest.version + 1,
            effective_from: legal_day(self.now()),
            body: body.to_string(),
            created_at: self.now(),
            ..latest
        };
        rule_set::Entity::insert(row.into_active_model()).exec_without_returning(conn).await.unwrap();
    }

    /// Puts these choices of text checks in force from today, the others as they are by default.
    pub async fn change_text_checks(&self, choices: Value) {
        let mut checks = serde_json::json!({ "partMin": 20, "wholeMax": 1_500, "boilerplatePercent": 60, "vagueWords": [],
            "secretWords": [], "setPhrases": [], "blockSubmission": [], "blockSignOff": [] });
        let own = choices.as_object().expect("choices by their names");
        checks.as_object_mut().expect("an object").extend(own.clone());
        self.change_rules(|rules| rules["textChecks"] = checks).await;
    }

    /// Sends a changed version of the feedback form from now on; `institution` is CONGRESS or CPPCC.
    pub async fn change_form(&self, institution: &str, change: impl FnOnce(&mut Value)) {
        let conn = self.deps.db.writer();
        let latest = feedback_form::Entity::find()
            .filter(feedback_form::Column::Institution.eq(institution))
            .order_by_desc(feedback_form::Column::Version)
            .one(conn)
            .await
            .unwrap()
            .expect("the program brings a form");
        let mut body: Value = serde_json::from_str(&latest.body).unwrap();
        change(&mut body);
        FeedbackForm::parse(&body.to_string()).unwrap_or_else(|faults| panic!("no such form: {faults:?}"));
        let id = self.deps.ids.make(self.now());
        let row = feedback_form::Model { id, version: latest.version + 1, body: body.to_string(), ..latest };
        feedback_form::Entity::insert(row.into_active_model()).exec_without_returning(conn).await.unwrap();
    }
}
