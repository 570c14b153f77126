//! The working-day calendar of the reader's region.

use crate::cx::Cx;
use crate::error::AppResult;
use crate::graphql::scalars::Date;
use async_graphql::SimpleObject;
use domain::rules::calendar::DayKind;

/// A year of the working-day calendar in the reader's region (工作日历年度).
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarYear {
    /// The year (年份).
    year: i32,
    /// Whether the national notice for it is published; due days in other years are provisional (是否已公布).
    published: bool,
    /// Title and number of that notice (通知).
    notice: Option<String>,
    /// The days that differ from their week, by date: national ones, and the region's own laid over them (特殊日期).
    days: Vec<CalendarDay>,
}

/// A day that differs from an ordinary day of its week (特殊日期).
#[derive(Clone, Debug, SimpleObject)]
pub struct CalendarDay {
    /// The day (日期).
    date: Date,
    /// How it differs (日期类别).
    kind: DayKind,
    /// The holiday to which it belongs (节日).
    name: String,
}

/// The first and the last year of which there can be a calendar.
const YEARS: std::ops::RangeInclusive<i32> = 1949..=2200;

impl CalendarYear {
    /// The year as the region of this person counts it; none for a year that nobody means.
    pub async fn read(cx: &Cx, year: i32) -> AppResult<Option<Self>> {
        if !YEARS.contains(&year) {
            return Ok(None);
        }
        let calendar = cx.deps().rules.calendar(cx.db().reader(), cx.actor.region_id).await?;
        let days = calendar.days_of(year).iter();
        Ok(Some(Self {
            year,
            published: calendar.is_published(year),
            notice: calendar.notice(year).map(str::to_owned),
            days: days
                .map(|day| CalendarDay { date: day.date.into(), kind: day.kind, name: day.name.clone() })
                .collect(),
        }))
    }
}
