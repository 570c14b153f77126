//! Appraisals on the stage: what their readers see of them is walked with everything else.

use super::stage::did;
use crate::support::TestApp;
use serde_json::json;

/// Two agencies appraised, one of which objected and was answered, and a draft for the other institution.
pub async fn appraised(app: &TestApp) {
    let gov = app.sign_in("gov1").await;
    let region = app.directory().await.region("990101");
    let rules = json!({ "regionId": region, "effectiveYear": 2026, "reason": "常务会议决定" });
    did(&gov, "changeScoringRules", rules).await;
    let case = json!({ "code": "EXEMPLARY_CASE", "times": 1, "reason": "案例" });
    for (institution, agency) in [("CONGRESS", "mzj"), ("CONGRESS", "jtj"), ("CPPCC", "jtj")] {
        let agency = app.agency(agency).await;
        let findings =
            json!({ "institution": institution, "handlingYear": 2026, "agencyId": agency, "findings": [case] });
        did(&gov, "recordFindings", findings).await;
    }
    did(&gov, "announceAppraisal", json!({ "institution": "CONGRESS", "handlingYear": 2026, "asOf": "2026-02-09" }))
        .await;
    let query = "{ appraisals(institution: CONGRESS, handlingYear: 2026) { appraisal { id version } } }";
    for agency in ["mzj", "jtj"] {
        let liaison = app.sign_in(&format!("{agency}-liaison")).await;
        let seen = liaison.ask(query).await;
        let own = seen.list("appraisals").iter().find(|one| !one["appraisal"].is_null()).expect("its own");
        let mut input = own["appraisal"].clone();
        input["reason"] = json!("与实际不符");
        did(&liaison, "objectToAppraisal", input.clone()).await;
        if agency == "mzj" {
            (input["version"], input["findings"]) = (json!(3), json!([case]));
            did(&gov, "answerObjection", input).await;
        }
    }
}
