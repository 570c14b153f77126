//! More time, answers by the end of June, one proposer dissatisfied, and a second round.

use super::diary::Year;
use super::{Matters, answer, publish, step};
use serde_json::json;

/// What an agency and those above hear while a reply goes through the sign-off chain and out.
fn signed_off(agency: &str, proposer: &str, office: &str) -> serde_json::Value {
    json!({
        "REPLY_SUBMITTED": format!("{agency}-liaison"),
        "REPLY_APPROVED": format!("{agency}-deputy {agency}-head×2"),
        "REPLY_SIGNED_OFF": format!("gov1 {agency}-liaison"),
        "REPLY_ISSUED": format!("{office} gov1 {proposer}"),
    })
}

/// A gets more time and answers on 30 June; C answers six working days too late.
pub async fn answered(year: &mut Year, of: &mut Matters) {
    year.until("2026-05-12").await;
    assert_eq!(
        year.news().await,
        json!({ "REMINDED BEFORE_DUE": "jtj-handler jtj-liaison" }),
        "fifteen days left for C"
    );
    step(&of.a, "RESEARCH").await;
    of.a.record_contact(0).await;
    year.until("2026-05-18").await;
    let request = of.a.ask_for_time(0, "2026-07-15").await;
    assert_eq!(year.news().await, json!({ "CONTACT_RECORDED": "rep01", "EXTENSION_REQUESTED": "gov1 rep01" }));
    year.until("2026-05-20").await;
    let asked = json!({ "open": 2, "green": 1, "yellow": 1, "lagging": 1, "extensionPending": 1 });
    assert_eq!(year.board("gov1").await, asked);
    let grant = json!({ "approve": true, "reason": "同意延期" });
    of.a.write(&of.a.government().await, "decideExtension", &request, grant).await.payload("decideExtension");
    let granted = json!({
        "EXTENSION_GRANTED": "congress1 mzj-handler mzj-liaison rep01",
        "REMINDED BEFORE_DUE": "mzj-handler mzj-liaison",
    });
    assert_eq!(year.news().await, granted);
    let (due_on, provisional, told) = year.due("rep01", &of.a.id).await;
    assert_eq!((due_on.as_str(), provisional), ("2026-07-15", false));
    let since = "2026年5月18日申请延期至2026年7月15日;经批准延期至2026年7月15日。";
    assert!(told.contains("停计7日,顺延至2026年6月9日;") && told.ends_with(since), "{told}");

    // C was due on 2 June; from its fifth working day of being late on, the leader of the region hears of it too.
    year.until("2026-06-10").await;
    let late = json!({
        "REMINDED BEFORE_DUE": "gov1 jtj-deputy×3 jtj-handler×3 jtj-head×2 jtj-liaison×3 mzj-handler",
        "REMINDED DUE": "gov1 jtj-deputy jtj-handler jtj-head jtj-liaison",
        "REMINDED OVERDUE": "gov1×6 jtj-deputy×6 jtj-handler×6 jtj-head×6 jtj-liaison×6 mayor1×2",
    });
    assert_eq!(year.news().await, late);
    assert_eq!(year.board("gov1").await, json!({ "open": 2, "green": 1, "red": 1, "overdue": 1, "lagging": 1 }));
    assert_eq!(year.board("congress1").await, json!({ "open": 1, "green": 1 }), "C is of the other house");
    answer(&mut of.c, "SOLVED", json!([])).await;
    assert_eq!(year.news().await, signed_off("jtj", "mem01", "cppcc1"));
    year.until("2026-06-15").await;
    of.c.rate("SATISFIED").await;
    of.c.settle("CLOSE").await;
    let closed = json!({ "RATED": "cppcc1", "FEEDBACK_CLOSED": "jtj-liaison mem01", "CLOSED": "gov1 mem01" });
    assert_eq!(year.news().await, closed);
    assert_eq!(year.moves(&of.c.parts[0].id), json!([["2026-03-03", "2026-06-02"]]), "late, and never moved");

    year.until("2026-06-30").await;
    assert_eq!(year.news().await, json!({ "REMINDED BEFORE_DUE": "mzj-handler mzj-liaison" }), "of the day granted");
    answer(&mut of.a, "SOLVED", json!([])).await;
    assert_eq!(year.news().await, signed_off("mzj", "rep01", "congress1"));
}

/// The proposer is dissatisfied: one month for another answer, with a promise.
pub async fn once_more(year: &mut Year, of: &mut Matters) {
    year.until("2026-07-22").await;
    // Five working days before 28 July for the form and the publication of A; the reply to C was due on 9 July.
    let to_do = json!({ "REMINDED FEEDBACK": "rep01", "REMINDED PUBLICATION": "congress1 cppcc1×3" });
    assert_eq!(year.news().await, to_do);
    publish(&of.c).await;
    assert_eq!(year.news().await, json!({ "PUBLISHED": "jtj-liaison mem01" }));
    of.a.rate("DISSATISFIED").await;
    assert_eq!(year.news().await, json!({ "RATED": "congress1" }), "sealed from all others");
    year.until("2026-07-24").await;
    of.a.settle("REHANDLE").await;
    let again = json!({ "REHANDLING_ORDERED": "gov1 mzj-deputy mzj-handler mzj-head mzj-liaison rep01" });
    assert_eq!(year.news().await, again);
    let told = "第2轮办理自2026年7月24日开始;自2026年7月24日起算(当日不计),依《清河区办理规则》第2版,\
        重新办理答复期限为1个月,至2026年8月24日届满。";
    assert_eq!(year.due("rep01", &of.a.id).await, ("2026-08-24".to_owned(), false, told.to_owned()));

    // The ladder is climbed anew: fifteen, seven and three working days left, and again nobody sees the proposer.
    year.until("2026-08-20").await;
    let round = json!({
        "REMINDED BEFORE_DUE": "mzj-deputy×2 mzj-handler×3 mzj-head mzj-liaison×3",
        "REMINDED NO_CONTACT": "gov1 mzj-handler×2 mzj-head mzj-liaison×2",
    });
    assert_eq!(year.news().await, round);
    assert_eq!(year.board("gov1").await, json!({ "open": 1, "red": 1, "lagging": 1 }));
    let promise = json!([{ "text": "年内建成两处助餐点", "dueOn": "2026-11-30" }]);
    answer(&mut of.a, "PLANNED", promise).await;
    assert_eq!(year.news().await, signed_off("mzj", "rep01", "congress1"));
    year.until("2026-08-31").await;
    of.a.rate("SATISFIED").await;
    of.a.settle("CLOSE").await;
    publish(&of.a).await;
    let closed = json!({
        "RATED": "congress1",
        "FEEDBACK_CLOSED": "mzj-liaison rep01",
        "CLOSED": "gov1 rep01",
        "PUBLISHED": "mzj-liaison rep01",
    });
    assert_eq!(year.news().await, closed);
    let of_mzj = json!([["2026-03-17", "2026-06-09"], ["2026-05-21", "2026-07-15"], ["2026-07-25", "2026-08-24"]]);
    assert_eq!(year.moves(&of.a.parts[0].id), of_mzj, "each move has its reason, and there is no other");
}
