//! Handed in while the houses sit, released in March, not signed for, handed back, and slow.

use super::Matters;
use super::diary::Year;
use crate::support::Matter;
use serde_json::json;

/// Handed in on 9 January, accepted, and planned after Spring Festival.
pub async fn session(year: &mut Year) -> Matters {
    year.until("2026-01-09").await;
    let mut a = year.app.submitted("rep01").await;
    let mut c = year.app.submitted("mem01").await;
    assert_eq!(year.news().await, json!({ "SUBMITTED": "congress1 cppcc1" }));
    year.until("2026-01-14").await;
    a.accept().await;
    c.accept().await;
    assert_eq!(year.news().await, json!({ "ACCEPTED": "gov1×2 mem01 rep01" }));
    year.until("2026-02-25").await;
    // People work on Saturday 14 February, and have the nine days after it off.
    let around_the_festival = ["2026-02-12", "2026-02-13", "2026-02-14", "2026-02-24", "2026-02-25"];
    assert_eq!(year.list_days("gov1", "2026-02-12", "2026-02-25"), around_the_festival);
    a.plan(&["zjj"], "SOLE").await;
    c.plan(&["jtj"], "SOLE").await;
    assert_eq!(year.news().await, json!({}), "nobody is reminded of what has no clock, and a plan is told nobody");
    Matters { a, c }
}

/// Released on 2 March; one agency does not sign and wants to hand back, the next one is slow.
pub async fn released(year: &mut Year, of: &mut Matters) {
    year.until("2026-03-02").await;
    assert!(year.list_days("gov1", "2026-02-26", "2026-03-02").contains(&"2026-02-28".to_owned()), "a make-up day");
    of.a.release().await;
    of.c.release().await;
    year.watch(&of.a.parts[0].id);
    year.watch(&of.c.parts[0].id);
    assert_eq!(year.news().await, json!({ "ASSIGNED": "congress1 cppcc1 jtj-liaison mem01 rep01 zjj-liaison" }));
    let counted = "自2026年3月2日起算(当日不计),依《清河区办理规则》第2版,书面答复期限为3个月,至2026年6月2日届满";
    assert_eq!(year.due("rep01", &of.a.id).await, ("2026-06-02".to_owned(), false, format!("{counted}。")));
    of.c.sign_for(0).await;
    of.c.start_handling(0).await;

    // The second rung comes two working days after the first: the deputy head and the transfer office hear of it.
    year.until("2026-03-09").await;
    let unsigned =
        json!({ "HANDLING_STARTED": "jtj-handler mem01", "REMINDED UNSIGNED": "gov1 zjj-deputy zjj-liaison×2" });
    assert_eq!(year.news().await, unsigned);
    assert_eq!(year.board("gov1").await, json!({ "open": 2, "green": 2, "unsigned": 1 }));
    of.a.sign_for(0).await;
    let request = of.a.ask_back(0, "mzj").await;
    assert_eq!(year.news().await, json!({ "RETURN_REQUESTED": "gov1" }));

    // While the request is open the clock stands: each day moves the due day by one, over the weekend of 6 June.
    year.until("2026-03-16").await;
    let to_decide = json!({ "REMINDED REASSIGN": "gov1×2" });
    assert_eq!(year.news().await, to_decide, "a clock that stands reminds nobody but whoever must decide");
    assert_eq!(year.board("gov1").await, json!({ "open": 2, "green": 2, "paused": 1, "returnPending": 1 }));
    let (due_on, provisional, told) = year.due("rep01", &of.a.id).await;
    assert_eq!((due_on.as_str(), provisional), ("2026-06-10", true));
    let stands = "因申请退办自2026年3月9日起暂停计时,尚未恢复,停计8日,暂按顺延至2026年6月10日";
    assert_eq!(told, format!("{counted};{stands}。"));
    let of_zjj = json!([
        ["2026-03-03", "2026-06-02"],
        ["2026-03-10", "2026-06-04"],
        ["2026-03-11", "2026-06-05"],
        ["2026-03-12", "2026-06-08"],
        ["2026-03-15", "2026-06-09"],
        ["2026-03-16", "2026-06-10"],
    ]);
    assert_eq!(year.moves(&of.a.parts[0].id), of_zjj);

    hand_over(&mut of.a, &request).await;
    year.watch(&of.a.parts[0].id);
    assert_eq!(year.news().await, json!({ "REASSIGNED": "congress1 mzj-liaison rep01" }));
    let stood = "因申请退办自2026年3月9日起暂停计时,2026年3月16日恢复,停计7日,顺延至2026年6月9日";
    let told = format!("{counted};{stood};2026年3月16日改由其他单位承办,不重新起算。");
    assert_eq!(year.due("rep01", &of.a.id).await, ("2026-06-09".to_owned(), false, told));

    year.until("2026-03-17").await;
    of.a.sign_for(0).await;
    of.a.start_handling(0).await;
    year.until("2026-03-25").await;
    of.c.record_contact(0).await;
    let begun = json!({ "CONTACT_RECORDED": "mem01", "HANDLING_STARTED": "mzj-handler rep01" });
    assert_eq!(year.news().await, begun);

    // Nobody went to see the proposer of A, and neither agency did its research.
    year.until("2026-04-28").await;
    let slow = json!({
        "REMINDED BEFORE_DUE": "jtj-handler mzj-handler",
        "REMINDED NO_CONTACT": "gov1 mzj-handler×2 mzj-head mzj-liaison×2",
    });
    assert_eq!(year.news().await, slow);
    assert_eq!(year.board("gov1").await, json!({ "open": 2, "green": 2, "lagging": 2 }));
    assert_eq!(year.board("mzj-head").await, json!({ "open": 1, "green": 1, "lagging": 1 }));
    of.a.urge(0).await.payload("urge");
    let text = json!({ "submissionId": of.a.id, "text": "请民政局五月内与代表面商。" });
    year.app.sign_in("mayor1").await.call("instruct", text, "").await.payload("instruct");
    let pressed = json!({
        "INSTRUCTED": "gov1 mzj-deputy mzj-head mzj-liaison",
        "URGED": "mzj-deputy mzj-handler mzj-head mzj-liaison",
    });
    assert_eq!(year.news().await, pressed);
}

/// The transfer office grants the return; the agency that takes over has a part of its own.
async fn hand_over(matter: &mut Matter, request: &str) {
    let government = matter.government().await;
    let grant = json!({ "approve": true, "reason": "同意改办" });
    matter.write(&government, "decideReturn", request, grant).await.payload("decideReturn");
    let query = "query($id: ID!) { submission(id: $id) { assignments { id status } } }";
    let seen = government.gql(query, json!({ "id": matter.id })).await;
    let next = seen.list("submission.assignments").iter().find(|part| part["status"] == "PENDING_SIGN").unwrap();
    next["id"].as_str().unwrap().clone_into(&mut matter.parts[0].id);
    "mzj".clone_into(&mut matter.parts[0].agency);
}
