//! The morning list (晨报): what a person in one position has to do today.
//!
//! The same list is read by the query and sent by the daily work, through the rights of the reader.

use crate::access;
use crate::cx::Cx;
use crate::deadlines::lamp_bounds;
use crate::duties::DueSince;
use crate::error::{AppError, AppResult};
use crate::repo::morning::{self, Morning};
use crate::repo::rules;
use domain::ids::SubmissionId;
use domain::vocabulary::MorningItem;

/// How many matters of an item are named.
pub const NAMED: u64 = 20;

/// One item of the list that is not empty.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it is.
    pub item: MorningItem,
    /// How many matters.
    pub count: u64,
    /// The first of them, by due day.
    pub first: Vec<SubmissionId>,
}

/// The list of this person today, without empty items; `first` matters of each are named.
///
/// A region without rules has no lamps and no chain, and so no list.
pub async fn list(cx: &Cx, first: u64) -> AppResult<Vec<Section>> {
    let items = MorningItem::of(cx.actor.role);
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let conn = cx.db().reader();
    let current = match cx.deps().rules.current(conn, cx.actor.region_id, cx.actor.institution, cx.today()).await {
        Ok(rules) => rules,
        Err(AppError::Unavailable) => return Ok(Vec::new()),
        Err(other) => return Err(other),
    };
    let step = current.set.sign_off.iter().position(|step| step.role == cx.actor.role);
    let morning = Morning {
        today: cx.today(),
        lamps: lamp_bounds(cx).await?,
        step: step.and_then(|step| i32::try_from(step).ok()),
        due: due_since(cx, items).await?,
    };
    let scope = access::list(&cx.actor);
    let mut sections = Vec::new();
    for item in items {
        let (count, first) = morning::item(conn, &scope, *item, &morning, first).await?;
        if count > 0 {
            sections.push(Section { item: *item, count, first });
        }
    }
    Ok(sections)
}

/// The items for which a list must know since when something is due.
const WITH_PERIODS: &[MorningItem] =
    &[MorningItem::ReturnDue, MorningItem::OffSessionDue, MorningItem::PublicationDue, MorningItem::PromiseReportDue];

/// Since when what has a period of its own is due today: a matter keeps the rules with which it began, so that each
/// version of the region's rules has its own answer.
async fn due_since(cx: &Cx, items: &[MorningItem]) -> AppResult<Vec<DueSince>> {
    if !items.iter().any(|item| WITH_PERIODS.contains(item)) {
        return Ok(Vec::new());
    }
    let (conn, book) = (cx.db().reader(), &cx.deps().rules);
    let calendar = book.calendar(conn, cx.actor.region_id).await?;
    let mut due = Vec::new();
    for id in rules::ids_of_region(conn, cx.actor.region_id).await? {
        due.push(DueSince::of(&*book.get(conn, id).await?, &calendar, cx.today()));
    }
    Ok(due)
}

/// The list in one line, e.g. 已逾期2件;今日到期1件.
pub fn line(sections: &[Section]) -> String {
    let label = |item: MorningItem| item.label(domain::language::Language::Zh);
    sections.iter().map(|one| format!("{}{}件", label(one.item), one.count)).collect::<Vec<_>>().join(";")
}
