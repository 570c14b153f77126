//! Quantity beside quality of what was handed in, year by year (数量与质量).

use crate::access;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::cohorts;
use crate::use_cases::statistics;
use domain::figures::growth;
use domain::figures::quality::QualityCounts;
use domain::ids::RegionId;
use domain::policy::Action;
use domain::vocabulary::Institution;

/// The matters handed in for one handling year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cohort {
    /// The handling year.
    pub handling_year: i32,
    /// What was counted of all of them.
    pub all: QualityCounts,
    /// What was counted of those about which was asked at the consultation desk before; for who may read what is asked
    /// there.
    pub consulted: Option<QualityCounts>,
    /// The change of their number against the year before; none without a year before.
    pub growth: Option<f64>,
}

/// The cohorts of these years, in their order.
///
/// # Errors
/// `FORBIDDEN` for whoever may not read them, `NOT_FOUND` for another region, `BAD_INPUT` for years out of range, too
/// many, none or twice.
pub async fn cohorts(
    cx: &Cx,
    region: RegionId,
    years: &[i32],
    institution: Option<Institution>,
) -> AppResult<Vec<Cohort>> {
    let _permit = access::authorize_at_large(&cx.actor, Action::ReadQuality)?;
    if !statistics::are_years(years) {
        return Err(AppError::BadInput(vec!["handlingYears".into()]));
    }
    if region != cx.actor.region_id {
        return Err(AppError::NotFound);
    }
    let asked = cohorts::Cohorts {
        readable: access::list(&cx.actor),
        handling_years: years.iter().flat_map(|year| [*year, year - 1]).collect(),
        institution,
    };
    let counted = cohorts::count(cx.db().reader(), &asked).await?;
    let reads_questions = access::require_possible(&cx.actor, Action::ReadConsultation).is_ok();
    let of = |year: i32, consulted: bool| counted.get(&(year, consulted)).copied().unwrap_or_default();
    let cohort = |year: i32| {
        let all = of(year, true).and(of(year, false));
        let consulted = reads_questions.then(|| of(year, true));
        let before = of(year - 1, true).and(of(year - 1, false));
        Cohort { handling_year: year, all, consulted, growth: growth(all.handed_in, before.handed_in) }
    };
    Ok(years.iter().map(|year| cohort(*year)).collect())
}
