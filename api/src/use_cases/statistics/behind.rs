//! The list behind a number of the figures: what was counted, one by one.
//!
//! It stands under the same conditions as the number, and tells more than it: see `domain::figures::numbers`.

use super::{Asker, StatisticsScope, admit, question};
use crate::access;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest};
use crate::repo::statistics::{self as counts, behind};
use chrono::NaiveDate;
use domain::figures::is_rushed;
use domain::figures::numbers::{NONE, Number};
use domain::ids::CategoryId;
use domain::policy::Action;
use domain::vocabulary::{FigureDimension, MetricName};
use std::collections::BTreeMap;

pub use crate::repo::statistics::behind::Item;

/// Which number of the figures.
#[derive(Clone, Debug)]
pub struct FigureNumber {
    /// The dimension.
    pub dimension: FigureDimension,
    /// The key within it.
    pub key: Option<String>,
    /// Of an outcome: replies to matters of this category alone.
    pub category: Option<String>,
}

/// A page of the list behind the number, and its length when that is wanted.
///
/// # Errors
/// As for the figures; `BAD_INPUT` for a key that does not fit, `FORBIDDEN` for what the list would tell too much.
pub async fn behind(
    cx: &Cx,
    scope: StatisticsScope,
    number: FigureNumber,
    request: &PageRequest,
    count: bool,
) -> AppResult<(Page<Item>, u64)> {
    let asker = Asker { actor: &cx.actor, now: cx.now(), language: cx.language() };
    let scope = admit(&asker, scope)?;
    let bad = |field: &str| AppError::BadInput(vec!["number".to_owned(), field.to_owned()]);
    let wanted = Number::read(number.dimension, number.key.as_deref()).ok_or_else(|| bad("key"))?;
    let category = match number.category.as_deref() {
        None => None,
        Some(_) if !matches!(wanted, Number::Outcome(_)) => return Err(bad("category")),
        Some(NONE) => Some(None),
        Some(id) => Some(Some(id.parse::<CategoryId>().map_err(|_| bad("category"))?)),
    };
    let _permit = access::authorize_at_large(&cx.actor, Action::ReadBehind(wanted.behind()))?;
    let (question, _) = question(cx.db(), &asker, &scope).await?;
    let rushed_from = match wanted {
        Number::Numerator(MetricName::RushIndex) => rushed_from(cx, &question).await?,
        _ => Vec::new(),
    };
    let asked = behind::Asked { number: wanted, category, rushed_from };
    let page = behind::page(cx.db(), &question, &asked, request).await?;
    let total = if count { behind::total(cx.db(), &question, &asked).await? } else { 0 };
    Ok((page, total))
}

/// For each due day on which something was rushed, the first day of issue that was.
async fn rushed_from(cx: &Cx, question: &counts::Question) -> AppResult<Vec<(NaiveDate, NaiveDate)>> {
    let calendar = cx.deps().rules.calendar(cx.db().reader(), cx.actor.region_id).await?;
    let mut first: BTreeMap<NaiveDate, NaiveDate> = BTreeMap::new();
    for row in counts::issued_days(cx.db(), question).await? {
        if is_rushed(&calendar, row.issued_on, row.due_on) {
            let day = first.entry(row.due_on).or_insert(row.issued_on);
            *day = row.issued_on.min(*day);
        }
    }
    Ok(first.into_iter().collect())
}
