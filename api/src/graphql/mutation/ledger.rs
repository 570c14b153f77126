//! Bringing a ledger in.

use crate::graphql::context::{cx, lanes, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::ledger::ImportLedgerInput;
use crate::graphql::types::ledger::ImportLedgerPayload;
use crate::use_cases::importing_ledger;
use async_graphql::{Context, Object};

/// Bringing a ledger in.
#[derive(Clone, Copy, Debug, Default)]
pub struct LedgerMutation;

#[Object]
impl LedgerMutation {
    /// Brings in the matters of a ledger of the region; with a fault in it nothing is stored, unless the good lines are
    /// asked for. The same file again adds nothing (导入台账).
    async fn import_ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ImportLedgerInput,
    ) -> GqlResult<ImportLedgerPayload> {
        let cx = cx(ctx)?;
        let command = top(ctx, input.read())?;
        Ok(match lanes(ctx, importing_ledger::import(cx, command).await)? {
            Ok(imported) => ImportLedgerPayload::of(imported, cx.language()),
            Err(errors) => ImportLedgerPayload { errors, ..ImportLedgerPayload::default() },
        })
    }
}
