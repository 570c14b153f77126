//! The consultation desk and the duty catalogue: short ways to a question, and ids that nothing else gives.

use super::app::TestApp;
use chrono::NaiveDate;
use domain::vocabulary::Institution;
use entity::session;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

impl TestApp {
    /// Lets the sessions of 2026 go on until the end of February, so that one is held while the clock stands still.
    pub async fn open_desk(&self) {
        let last = NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day");
        session::Entity::update_many()
            .col_expr(session::Column::ClosesOn, Expr::value(last))
            .filter(session::Column::HandlingYear.eq(2026))
            .exec(self.deps.db.writer())
            .await
            .expect("the sessions are stored");
    }

    /// The session of 2026.
    pub async fn session_2026(&self, institution: Institution) -> String {
        let found = session::Entity::find()
            .filter(session::Column::HandlingYear.eq(2026))
            .filter(session::Column::Institution.eq(institution));
        found
            .one(self.deps.db.reader())
            .await
            .expect("the rows can be read")
            .expect("the session is there")
            .id
            .to_string()
    }

    /// A question of this person to an agency, at an open desk.
    pub async fn asked(&self, username: &str, agency: &str) -> String {
        let input = json!({ "agencyId": self.agency(agency).await, "question": "助餐点的补贴标准是多少？" });
        let answer = self.sign_in(username).await.call("askConsultation", input, "consultation { id }").await;
        answer.payload("askConsultation")["consultation"]["id"].as_str().expect("an id").to_owned()
    }

    /// An answer of the agency's liaison.
    pub async fn answered_at_desk(&self, agency: &str, id: &str) {
        let liaison = self.sign_in(&format!("{agency}-liaison")).await;
        let input = json!({ "id": id, "text": "每餐补贴三元。" });
        liaison.call("answerConsultation", input, "").await.payload("answerConsultation");
    }

    /// The clauses of an agency in force on a day, or today: ids and words.
    pub async fn duties(&self, agency: &str, as_of: Option<&str>) -> Vec<(String, String)> {
        let query = "query($region: ID!, $agency: ID!, $day: Date) { \
                     dutyCatalogue(regionId: $region, agencyId: $agency, asOf: $day) { nodes { id text } } }";
        let region = self.directory().await.region("990101");
        let input = json!({ "region": region, "agency": self.agency(agency).await, "day": as_of });
        let answer = self.sign_in("rep01").await.gql(query, input).await;
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        answer.list("dutyCatalogue.nodes").iter().map(|one| (text(&one["id"]), text(&one["text"]))).collect()
    }
}
