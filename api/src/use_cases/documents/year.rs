//! What the papers on a handling year share: its figures, and how its matters are called.

use super::facts::meeting;
use super::listed::Listed;
use super::matter_papers::body_of_kind;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::directory;
use crate::repo::submissions::SubmissionFilter;
use crate::use_cases::statistics::{self, Statistics, StatisticsScope, YearStatistics};
use domain::ids::OrganizationId;
use domain::vocabulary::{Institution, OrganizationKind};
use entity::{organization, region};
use std::collections::HashMap;

/// A handling year of a region, as one of its offices looks back on it.
pub struct Year {
    /// The year.
    pub year: i32,
    /// Of this institution alone.
    pub institution: Option<Institution>,
    /// The region.
    pub region: region::Model,
    /// Its figures.
    pub figures: Statistics,
    /// The names of the agencies with figures.
    pub agencies: HashMap<OrganizationId, organization::Model>,
    /// The office that makes such papers.
    pub office: String,
    scope: StatisticsScope,
}

impl Year {
    /// Reads them.
    ///
    /// # Errors
    /// `BAD_INPUT` for a scope of several years; `FORBIDDEN` for an agency, whose figures are not those of the region;
    /// otherwise as for the query of statistics.
    pub async fn read(cx: &Cx, scope: StatisticsScope) -> AppResult<Self> {
        let [year] = scope.handling_years[..] else {
            return Err(AppError::BadInput(vec!["scope".into(), "handlingYears".into()]));
        };
        if cx.actor.role.in_agency() {
            return Err(AppError::Forbidden);
        }
        let figures = statistics::compute(cx, scope.clone()).await?;
        let conn = cx.db().reader();
        let region = directory::regions(conn, &[scope.region_id]).await?.remove(&scope.region_id);
        let ids: Vec<OrganizationId> = figures.agencies.iter().map(|one| one.agency_id).collect();
        Ok(Self {
            year,
            institution: scope.institution,
            region: region.ok_or_else(|| AppError::Internal("a region is missing".into()))?,
            agencies: directory::organizations(conn, &ids).await?,
            office: body_of_kind(cx, scope.region_id, OrganizationKind::TransferOffice).await?,
            figures,
            scope,
        })
    }

    /// The figures that are not those of agencies.
    pub fn own(&self) -> AppResult<&YearStatistics> {
        self.figures.years.first().ok_or_else(|| AppError::Internal(format!("no figures of {}", self.year)))
    }

    /// The figures of the year before, under the same scope.
    pub async fn before(&self, cx: &Cx) -> AppResult<Statistics> {
        statistics::compute(cx, StatisticsScope { handling_years: vec![self.year - 1], ..self.scope.clone() }).await
    }

    /// The matters of the year that fit `more` and that the reader may list.
    pub async fn matters(&self, cx: &Cx, more: SubmissionFilter) -> AppResult<Listed> {
        self.matters_of(cx, self.year, more).await
    }

    /// The same of the year before.
    pub async fn matters_before(&self, cx: &Cx) -> AppResult<Listed> {
        self.matters_of(cx, self.year - 1, SubmissionFilter::default()).await
    }

    async fn matters_of(&self, cx: &Cx, year: i32, more: SubmissionFilter) -> AppResult<Listed> {
        let filter = SubmissionFilter {
            handling_year: Some(year),
            kinds: self.scope.kinds.clone(),
            institution: self.institution,
            agency_id: self.scope.agency_id,
            ..more
        };
        Listed::read(cx, &filter).await
    }

    /// How its matters are called: 代表建议, 提案, or both.
    pub fn called(&self) -> &'static str {
        match self.institution {
            Some(Institution::Congress) => "代表建议",
            Some(Institution::Cppcc) => "提案",
            None => "建议提案",
        }
    }

    /// The session at which the year began, as papers name it, of this institution.
    pub async fn session(&self, cx: &Cx, institution: Institution) -> AppResult<String> {
        let sessions = directory::sessions_of_region(cx.db().reader(), self.region.id, Some(institution)).await?;
        // Several sessions of one year: the plenary one came first.
        let first = sessions.iter().filter(|one| one.handling_year == self.year).min_by_key(|one| one.opens_on);
        Ok(meeting(&self.region, first, institution).short_title)
    }
}

/// By how much a number grew: 增长16.3%, 下降5.0%, 持平.
pub fn changed(growth: f64) -> String {
    let percent = (growth * 1000.0).round() / 10.0;
    if percent == 0.0 {
        "持平".into()
    } else if percent > 0.0 {
        format!("增长{percent:.1}%")
    } else {
        format!("下降{:.1}%", -percent)
    }
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn a_change_is_told_as_people_say_it() {
        assert_eq!(changed(0.162_92), "增长16.3%");
        assert_eq!(changed(-0.05), "下降5.0%");
        assert_eq!(changed(0.000_4), "持平");
    }
}
