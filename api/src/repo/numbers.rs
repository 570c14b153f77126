//! Gap-free numbers from a locked counter.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use sea_orm::{ConnectionTrait, Statement};

/// The next number of a series, from 1.
///
/// The counter's row stays locked until the transaction ends: two that number at once wait for each
/// other, and a transaction that fails gives its number back. So there are no gaps and no doubles.
pub async fn next(tx: &impl ConnectionTrait, _permit: &Permit, series: &str) -> AppResult<i32> {
    let backend = tx.get_database_backend();
    let parameter = if backend == sea_orm::DbBackend::Sqlite { "?" } else { "$1" };
    let sql = format!(
        "INSERT INTO number_series (key, value) VALUES ({parameter}, 1) \
         ON CONFLICT (key) DO UPDATE SET value = number_series.value + 1 RETURNING value"
    );
    let row = tx
        .query_one_raw(Statement::from_sql_and_values(backend, sql, [series.into()]))
        .await?
        .ok_or_else(|| AppError::Internal(format!("series {series} gave no number")))?;
    Ok(row.try_get("", "value")?)
}

/// Lets a series go on after a number that was given elsewhere; never back.
pub async fn go_on_after(tx: &impl ConnectionTrait, _permit: &Permit, series: &str, number: i32) -> AppResult<()> {
    let backend = tx.get_database_backend();
    let [key, value] = if backend == sea_orm::DbBackend::Sqlite { ["?", "?"] } else { ["$1", "$2"] };
    let sql = format!(
        "INSERT INTO number_series (key, value) VALUES ({key}, {value}) ON CONFLICT (key) DO UPDATE \
         SET value = CASE WHEN excluded.value > number_series.value THEN excluded.value ELSE number_series.value END"
    );
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, [series.into(), number.into()])).await?;
    Ok(())
}
