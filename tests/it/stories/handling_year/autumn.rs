//! A matter over the end of the year, a promise that is not kept in time, and a calendar that arrives late.

use super::diary::Year;
use super::{Matters, answer, step};
use serde_json::json;

/// Handed in between sessions; its due day rests on holidays that are not published yet.
pub async fn over_the_new_year(year: &mut Year, of: &Matters) {
    year.until("2026-10-12").await;
    assert_eq!(year.news().await, json!({}), "nothing is open but a promise, and that is far away");
    let mut b = year.app.accepted("rep02").await;
    b.plan(&["mzj"], "SOLE").await;
    assert_eq!(year.news().await, json!({ "SUBMITTED": "congress1", "ACCEPTED": "gov1 rep02" }));
    year.until("2026-11-13").await;
    // The promise is due in fifteen working days; B should have been released by 21 October.
    let waiting = json!({ "REMINDED COMMITMENT": "mzj-liaison", "REMINDED OFF_SESSION": "congress1 gov1×3" });
    assert_eq!(year.news().await, waiting);
    b.release().await;
    b.sign_for(0).await;
    b.start_handling(0).await;
    year.watch(&b.parts[0].id);
    assert_eq!(
        year.news().await,
        json!({ "ASSIGNED": "congress1 mzj-liaison rep02", "HANDLING_STARTED": "mzj-handler rep02" })
    );
    let counted = "自2026年11月13日起算(当日不计),依《清河区办理规则》第2版,书面答复期限为3个月,至2027年2月13日届满";
    let guessed = format!("{counted};2月13日为休息日,顺延至2027年2月15日;2027年节假日安排尚未公布,此日期为暂定。");
    assert_eq!(year.due("rep02", &b.id).await, ("2027-02-15".to_owned(), true, guessed));

    // Due on 30 November, the letters of 1 December, and five working days late on 7 December.
    year.until("2026-12-08").await;
    let promised = json!({
        "REMINDED COMMITMENT": "congress1 gov1 mzj-deputy×2 mzj-head mzj-liaison×2",
        "REMINDED YEAR_END": "mzj-head mzj-liaison",
    });
    assert_eq!(year.news().await, promised);
    let promise = the_promise(of).await;
    let liaison = of.a.person(0, "liaison").await;
    let changed = json!({ "fulfilled": false, "report": "用地手续未完成", "changedTo": "2027-03-31" });
    of.a.write(&liaison, "reportCommitment", &promise, changed).await.payload("reportCommitment");
    let confirmed = json!({ "confirmed": true, "rating": "BASICALLY_SATISFIED" });
    of.a.write(&of.a.lead().await, "answerCommitment", &promise, confirmed).await.payload("answerCommitment");
    let carried = json!({ "COMMITMENT_CHANGED": "congress1 gov1 rep01", "COMMITMENT_CONFIRMED": "mzj-liaison" });
    assert_eq!(year.news().await, carried);

    // The notice for 2027 moves the due day of B; those concerned are told once.
    year.until("2026-12-15").await;
    assert_eq!(year.news().await, json!({}));
    let admin = year.app.sign_in("admin").await;
    let answered = admin.call("importCalendar", json!({ "json": of_2027() }), "movedDueDays").await;
    assert_eq!(answered.payload("importCalendar")["movedDueDays"], json!(1));
    assert_eq!(year.news().await, json!({ "DUE_DAY_MOVED": "congress1 gov1 mzj-handler mzj-liaison rep02" }));
    let known = format!("{counted};2月13日非工作日(春节2月13日至2月15日放假),顺延至2027年2月16日。");
    assert_eq!(year.due("rep02", &b.id).await, ("2027-02-16".to_owned(), false, known));

    year.until("2027-01-20").await;
    let reminded = json!({
        "REMINDED BEFORE_DUE": "mzj-handler×2 mzj-liaison",
        "REMINDED NO_CONTACT": "gov1 mzj-handler×2 mzj-head mzj-liaison×2",
    });
    assert_eq!(year.news().await, reminded);
    step(&b, "RESEARCH").await;
    b.record_contact(0).await;
    answer(&mut b, "SOLVED", json!([])).await;
    b.rate("SATISFIED").await;
    b.settle("CLOSE").await;
    let done = json!({
        "CONTACT_RECORDED": "rep02",
        "REPLY_SUBMITTED": "mzj-liaison",
        "REPLY_APPROVED": "mzj-deputy mzj-head×2",
        "REPLY_SIGNED_OFF": "gov1 mzj-liaison",
        "REPLY_ISSUED": "congress1 gov1 rep02",
        "RATED": "congress1",
        "FEEDBACK_CLOSED": "mzj-liaison rep02",
        "CLOSED": "gov1 rep02",
    });
    assert_eq!(year.news().await, done);
    assert_eq!(year.moves(&b.parts[0].id), json!([["2026-11-14", "2027-02-15"], ["2026-12-16", "2027-02-16"]]));
}

/// The promise goes on with its new day: a confirmed change is not the end of it.
pub async fn next_year(year: &mut Year, of: &Matters) {
    year.until("2027-03-31").await;
    // Fifteen working days before the new day, and on it; the reply to B is not published.
    let reminded = json!({ "REMINDED COMMITMENT": "mzj-deputy mzj-liaison×2", "REMINDED PUBLICATION": "congress1×3" });
    assert_eq!(year.news().await, reminded);
    let liaison = of.a.person(0, "liaison").await;
    let kept = json!({ "fulfilled": true, "report": "两处助餐点已开放" });
    of.a.write(&liaison, "reportCommitment", &the_promise(of).await, kept).await.payload("reportCommitment");
    assert_eq!(year.news().await, json!({ "COMMITMENT_FULFILLED": "congress1 gov1 rep01" }));
}

async fn the_promise(of: &Matters) -> String {
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let seen = of.a.lead().await.gql(query, json!({ "id": of.a.id })).await;
    seen.text("submission.commitments.0.id").to_owned()
}

/// Holidays as a notice might give them: Spring Festival from 5 to 15 February, with one make-up Saturday before.
fn of_2027() -> String {
    let mut days = vec![json!({ "date": "2027-01-01", "name": "元旦", "kind": "HOLIDAY" })];
    days.push(json!({ "date": "2027-01-30", "name": "春节", "kind": "MAKE_UP" }));
    days.extend((5..=15).map(|on| json!({ "date": format!("2027-02-{on:02}"), "name": "春节", "kind": "HOLIDAY" })));
    json!({ "format": "calendar/1", "year": 2027, "notice": "关于2027年部分节假日安排的通知", "days": days })
        .to_string()
}
