//! Root fields of queries about rules, the calendar, and the trail of administrators.

use crate::access;
use crate::error::AppError;
use crate::graphql::context::{caller, cx, lanes, parse_some, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::administrator::TryRulesInput;
use crate::graphql::types::calendar::CalendarYear;
use crate::graphql::types::office::{OfficeEvent, OfficeEventConnection};
use crate::graphql::types::rules::{RulePreset, RuleSet, TriedRules};
use crate::repo::page::PageRequest;
use crate::repo::{office_trail, rules};
use crate::use_cases::changing_rules;
use async_graphql::{Context, ID, Object};
use domain::ids::RegionId;
use domain::policy::Action;
use domain::rules::rule_set::PRESETS;
use domain::vocabulary::Institution;

/// Queries about rules, the calendar, and the trail of administrators.
#[derive(Clone, Copy, Debug, Default)]
pub struct RulesQuery;

#[Object]
impl RulesQuery {
    /// The rules that come with the program, from which a region's own are made (规则预设列表).
    async fn rule_presets(&self, ctx: &Context<'_>) -> GqlResult<Vec<RulePreset>> {
        top(ctx, access::authorize_at_large(&cx(ctx)?.actor, Action::ReadRules))?;
        Ok(PRESETS.iter().filter_map(RulePreset::of).collect())
    }

    /// The versions of the rules of the reader's region, latest first (规则版本列表).
    async fn rule_sets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The region; the reader's own, and no other (地区).")] region_id: Option<ID>,
        #[graphql(desc = "Those under which matters of this institution can begin (人大或政协).")] institution: Option<
            Institution,
        >,
    ) -> GqlResult<Vec<RuleSet>> {
        let cx = cx(ctx)?;
        top(ctx, access::authorize_at_large(&cx.actor, Action::ReadRules))?;
        let region: Option<RegionId> = top(ctx, parse_some(region_id.as_ref(), "regionId"))?;
        if region.is_some_and(|region| region != cx.actor.region_id) {
            return top(ctx, Err(AppError::NotFound));
        }
        let rows = rules::of_region(cx.db().reader(), cx.actor.region_id).await;
        let rows = top(ctx, rows.map_err(AppError::from))?;
        let in_force = rules::in_force_among(&rows, cx.today());
        let fits = |one: Option<Institution>| institution.is_none() || one.is_none() || one == institution;
        let rows = rows.into_iter().filter(|row| fits(row.institution));
        Ok(rows.map(|row| RuleSet { in_force: in_force.contains(&row.id), row }).collect())
    }

    /// What rules would give for something that begins on a day; nothing is stored (规则试算).
    async fn try_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rules and which day (输入).")] input: TryRulesInput,
    ) -> GqlResult<TriedRules> {
        let cx = cx(ctx)?;
        let command = top(ctx, input.read())?;
        Ok(match lanes(ctx, changing_rules::try_rules(cx, command).await)? {
            Ok(tried) => TriedRules::of(tried, caller(ctx).language),
            Err(errors) => TriedRules::faulty(errors),
        })
    }

    /// A year of the working-day calendar in the reader's region; null for a year that nobody means (工作日历).
    async fn calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Year, e.g. 2026 (年份).")] year: i32,
    ) -> GqlResult<Option<CalendarYear>> {
        let cx = cx(ctx)?;
        top(ctx, access::authorize_at_large(&cx.actor, Action::ReadRules))?;
        top(ctx, CalendarYear::read(cx, year).await)
    }

    /// What administrators and offices of the reader's region changed outside matters, newest first; for
    /// administrators and auditors (管理轨迹).
    async fn office_trail(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<OfficeEventConnection> {
        let cx = cx(ctx)?;
        let permit = top(ctx, access::authorize_at_large(&cx.actor, Action::ReadOfficeTrail))?;
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let (conn, region) = (cx.db().reader(), cx.actor.region_id);
        let page = top(ctx, office_trail::page(conn, &permit, region, &request).await)?;
        let total = match ctx.look_ahead().field("totalCount").exists() {
            true => top(ctx, office_trail::count(conn, &permit, region).await.map_err(AppError::from))?,
            false => 0,
        };
        Ok(OfficeEventConnection::of(page.map(OfficeEvent), total))
    }
}
