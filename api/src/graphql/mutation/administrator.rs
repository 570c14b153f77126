//! What administrators do: rules and calendar.

use crate::graphql::context::{cx, lanes, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::administrator::{ChangeRulesInput, ImportCalendarInput};
use crate::graphql::payloads::{ImportCalendarPayload, RuleSetPayload};
use crate::graphql::types::calendar::CalendarYear;
use crate::use_cases::{changing_rules, importing_calendar};
use async_graphql::{Context, Object};

/// What administrators do.
#[derive(Clone, Copy, Debug, Default)]
pub struct AdministratorMutation;

#[Object]
impl AdministratorMutation {
    /// Puts a new version of the region's rules in force; matters that began keep theirs (变更办理规则).
    async fn change_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ChangeRulesInput,
    ) -> GqlResult<RuleSetPayload> {
        let command = top(ctx, input.read())?;
        RuleSetPayload::of(ctx, changing_rules::change(cx(ctx)?, command).await).await
    }

    /// Brings in the holidays of a year, moves the due days that rest on them and tells those concerned
    /// (导入节假日安排).
    async fn import_calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ImportCalendarInput,
    ) -> GqlResult<ImportCalendarPayload> {
        let cx = cx(ctx)?;
        let command = top(ctx, input.read())?;
        let imported = match lanes(ctx, importing_calendar::import(cx, command).await)? {
            Ok(imported) => imported,
            Err(errors) => return Ok(ImportCalendarPayload { errors, ..ImportCalendarPayload::default() }),
        };
        let number = |count: usize| Some(i32::try_from(count).unwrap_or(i32::MAX));
        Ok(ImportCalendarPayload {
            calendar: top(ctx, CalendarYear::read(cx, imported.year).await)?,
            created: number(imported.changes.created),
            updated: number(imported.changes.updated),
            removed: number(imported.changes.removed),
            moved_due_days: number(imported.moved),
            errors: Vec::new(),
        })
    }
}
