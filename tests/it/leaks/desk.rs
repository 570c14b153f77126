//! The consultation desk and the duty catalogue on the stage.

use super::stage::{did, uuid};
use crate::support::TestApp;
use domain::vocabulary::Institution;
use entity::{duty_clause, organization, region};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

/// Questions at the consultation desk: of a deputy about a matter of his, of a member, of an office for a deputy; a shift;
/// and a clause of the duty catalogue in the region above.
pub async fn at_the_desk(app: &TestApp) {
    app.open_desk().await;
    let lead = app.sign_in("rep01").await;
    let own = lead.ask("{ submissions(filter: { mine: true }, first: 40) { nodes { id } } }").await;
    for matter in own.list("submissions.nodes").iter().step_by(4) {
        let id = app.asked("rep01", "mzj").await;
        did(&lead, "linkConsultation", json!({ "id": id, "version": 1, "submissionId": matter["id"] })).await;
        app.answered_at_desk("mzj", &id).await;
    }
    app.asked("mem01", "jtj").await;
    let office = app.sign_in("congress1").await;
    let ask = json!({ "agencyId": app.agency("scj").await, "question": "问", "onBehalfOfId": app.user("rep02").await });
    did(&office, "askConsultation", ask).await;
    let shift = json!({ "sessionId": app.session_2026(Institution::Congress).await, "staff": ["局长"],
        "agencyId": app.agency("mzj").await,
        "startsAt": "2026-01-09T09:00:00+08:00", "endsAt": "2026-01-09T11:00:00+08:00" });
    did(&office, "addDeskShift", shift).await;
    let conn = app.deps.db.writer();
    let clause = duty_clause::Entity::find().one(conn).await.unwrap().expect("the roster brings duties");
    let city = region::Entity::find().filter(region::Column::ParentId.is_null()).one(conn).await.unwrap();
    let city = city.expect("the city exists").id;
    let body = organization::Entity::find().filter(organization::Column::RegionId.eq(city)).one(conn).await.unwrap();
    let agency_id = body.expect("the city has bodies").id;
    let above = duty_clause::Model { id: uuid(0x5000).into(), region_id: city, agency_id, ..clause };
    duty_clause::Entity::insert(duty_clause::ActiveModel::from(above)).exec_without_returning(conn).await.unwrap();
}
