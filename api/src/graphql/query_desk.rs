//! Root fields of queries about the consultation desk.

use crate::access;
use crate::error::{AppError, AppResult};
use crate::graphql::context::{cx, parse, parse_some, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use crate::graphql::types::consultation::{Consultation, ConsultationConnection, ConsultationFigures, DeskShift};
use crate::repo::consultations::{self, ConsultationFilter, ShiftFilter};
use crate::repo::page::{Page, PageRequest};
use async_graphql::{Context, ID, Object};
use domain::policy::Action;
use domain::rules::legal_day::day_begins;
use domain::vocabulary::ConsultationStatus;

/// Queries about the consultation desk.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeskQuery;

fn filter(session_id: Option<&ID>, agency_id: Option<&ID>) -> AppResult<ConsultationFilter> {
    let session_id = parse_some(session_id, "sessionId")?;
    Ok(ConsultationFilter { session_id, agency_id: parse_some(agency_id, "agencyId")?, statuses: None })
}

#[Object]
impl DeskQuery {
    /// Questions at the consultation desk that the reader may see, newest first (现场咨询列表).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn consultations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this session alone (会议).")] session_id: Option<ID>,
        #[graphql(desc = "To this agency alone (被咨询单位).")] agency_id: Option<ID>,
        #[graphql(desc = "In these states alone (状态).")] statuses: Option<Vec<ConsultationStatus>>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<ConsultationConnection> {
        let cx = cx(ctx)?;
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let filter = top(ctx, filter(session_id.as_ref(), agency_id.as_ref()))?;
        let filter = ConsultationFilter { statuses, ..filter };
        let scope = access::list_for(&cx.actor, Action::ReadConsultation);
        let conn = cx.db().reader();
        let page = top(ctx, consultations::page(conn, &scope, &filter, &request).await)?;
        let total = match ctx.look_ahead().field("totalCount").exists() {
            true => top(ctx, consultations::count(conn, &scope, &filter).await.map_err(AppError::from))?,
            false => 0,
        };
        let mut entries = Vec::with_capacity(page.entries.len());
        for (cursor, row) in page.entries {
            entries.push((cursor, Consultation(top(ctx, access::see_consultation(&cx.actor, row))?)));
        }
        let page = Page { entries, has_next: page.has_next, has_previous: page.has_previous };
        Ok(ConsultationConnection::of(page, total))
    }

    /// What became of the questions that the reader may see (咨询统计).
    async fn consultation_figures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this session alone (会议).")] session_id: Option<ID>,
        #[graphql(desc = "To this agency alone (被咨询单位).")] agency_id: Option<ID>,
    ) -> GqlResult<ConsultationFigures> {
        let cx = cx(ctx)?;
        let filter = top(ctx, filter(session_id.as_ref(), agency_id.as_ref()))?;
        let scope = access::list_for(&cx.actor, Action::ReadConsultation);
        let conn = cx.db().reader();
        let found = top(ctx, consultations::by_status(conn, &scope, &filter).await.map_err(AppError::from))?;
        let became = consultations::became_submissions(conn, &scope, &filter).await.map_err(AppError::from);
        let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        let of = |statuses: &[ConsultationStatus]| {
            number(statuses.iter().map(|status| found.get(status).copied().unwrap_or_default()).sum())
        };
        use ConsultationStatus as S;
        Ok(ConsultationFigures {
            asked: of(S::ALL),
            answered: of(&[S::Answered, S::Settled, S::Unsettled]),
            settled_on_the_spot: of(&[S::Settled]),
            unsettled: of(&[S::Unsettled]),
            withdrawn: of(&[S::Withdrawn]),
            became_submission: i32::try_from(top(ctx, became)?).unwrap_or(i32::MAX),
        })
    }

    /// The roster of the consultation desk at a session of the reader's region, in the order of time (咨政室值班表).
    async fn desk_shifts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session (会议).")] session_id: ID,
        #[graphql(desc = "Of this agency alone (值班单位).")] agency_id: Option<ID>,
        #[graphql(desc = "On this day alone (日期).")] day: Option<Date>,
    ) -> GqlResult<Vec<DeskShift>> {
        let cx = cx(ctx)?;
        top(ctx, access::authorize_at_large(&cx.actor, Action::ReadDeskRoster))?;
        let filter = ShiftFilter {
            region_id: cx.actor.region_id,
            session_id: top(ctx, parse(&session_id, "sessionId"))?,
            agency_id: top(ctx, parse_some(agency_id.as_ref(), "agencyId"))?,
            between: day.and_then(|day| Some((day_begins(day.0), day_begins(day.0.succ_opt()?)))),
        };
        let rows = consultations::shifts(cx.db().reader(), &filter).await;
        Ok(top(ctx, rows.map_err(AppError::from))?.into_iter().map(DeskShift).collect())
    }
}
