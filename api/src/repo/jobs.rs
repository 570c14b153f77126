//! Daily work: who does it, and whether it is done.
//!
//! A worker claims a piece of work for a day with a lease. One that dies in the middle loses the lease by
//! itself, and another does the work again from the start; what each piece writes has unique keys of its own.

use crate::access::Permit;
use chrono::{DateTime, NaiveDate, Utc};
use entity::{digest, job_run};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

/// Takes the work of a day until `until`, unless it is done or somebody else has it now.
pub async fn claim(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    job: &str,
    day: NaiveDate,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    use job_run::Column as J;
    let row =
        job_run::ActiveModel { job: Set(job.to_owned()), day: Set(day), claimed_until: Set(until), done_at: Set(None) };
    let free =
        Expr::col((job_run::Entity, J::DoneAt)).is_null().and(Expr::col((job_run::Entity, J::ClaimedUntil)).lt(now));
    let taken = OnConflict::columns([J::Job, J::Day]).update_column(J::ClaimedUntil).action_and_where(free).to_owned();
    Ok(job_run::Entity::insert(row).on_conflict(taken).exec_without_returning(conn).await? == 1)
}

/// Keeps the work for longer.
pub async fn renew(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    job: &str,
    day: NaiveDate,
    until: DateTime<Utc>,
) -> Result<(), DbErr> {
    one(job, day).col_expr(job_run::Column::ClaimedUntil, Expr::value(until)).exec(conn).await.map(drop)
}

/// The work of the day is done.
pub async fn finish(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    job: &str,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    one(job, day).col_expr(job_run::Column::DoneAt, Expr::value(now)).exec(conn).await.map(drop)
}

fn one(job: &str, day: NaiveDate) -> sea_orm::UpdateMany<job_run::Entity> {
    job_run::Entity::update_many().filter(job_run::Column::Job.eq(job)).filter(job_run::Column::Day.eq(day))
}

/// The last day whose work was done.
pub async fn last_done(conn: &impl ConnectionTrait, job: &str) -> Result<Option<NaiveDate>, DbErr> {
    let found = job_run::Entity::find()
        .filter(job_run::Column::Job.eq(job))
        .filter(job_run::Column::DoneAt.is_not_null())
        .order_by_desc(job_run::Column::Day)
        .one(conn)
        .await?;
    Ok(found.map(|row| row.day))
}

/// Notes that a position gets its list of a day, unless it was noted before; says whether it did.
pub async fn put_digest(conn: &impl ConnectionTrait, _permit: &Permit, row: digest::Model) -> Result<bool, DbErr> {
    use digest::Column as D;
    let once = OnConflict::columns([D::PositionId, D::Day]).do_nothing().to_owned();
    let written = digest::Entity::insert(row.into_active_model()).on_conflict(once).exec_without_returning(conn).await;
    Ok(written? == 1)
}
