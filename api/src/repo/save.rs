//! Insert and compare-and-set, one generic function each.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use domain::refusal::Refusal;
use sea_orm::sea_query::Value;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable,
    ModelTrait, QueryFilter,
};

/// How many values one statement brings; SQLite takes at most 32,766.
const VALUES_AT_ONCE: usize = 30_000;

/// A row that counts its changes.
pub trait Versioned: ModelTrait {
    /// The column of the id.
    fn id_column() -> <Self::Entity as EntityTrait>::Column;
    /// The column of the version.
    fn version_column() -> <Self::Entity as EntityTrait>::Column;
    /// The id.
    fn id_value(&self) -> Value;
    /// The version.
    fn version_mut(&mut self) -> &mut i32;
}

macro_rules! versioned {
    ($($table:ident),+) => {
        $(impl Versioned for entity::$table::Model {
            fn id_column() -> entity::$table::Column { entity::$table::Column::Id }
            fn version_column() -> entity::$table::Column { entity::$table::Column::Version }
            fn id_value(&self) -> Value { self.id.into() }
            fn version_mut(&mut self) -> &mut i32 { &mut self.version }
        })+
    };
}
versioned!(
    submission,
    assignment,
    return_request,
    extension_request,
    contact,
    reply,
    feedback,
    commitment,
    attachment,
    office_record,
    appraisal,
    duty_clause,
    consultation,
    desk_shift
);

/// Stores a new row.
pub async fn insert<M, C>(tx: &C, _permit: &Permit, model: M) -> AppResult<()>
where
    C: ConnectionTrait,
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    let row = model.into_active_model().reset_all();
    <M::Entity as EntityTrait>::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Stores new rows, as many in one statement as both databases take values.
pub async fn insert_all<M, C>(tx: &C, _permit: &Permit, models: Vec<M>) -> AppResult<()>
where
    C: ConnectionTrait,
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    let columns = <M::Entity as EntityTrait>::Column::iter().count();
    let mut rest = models.into_iter().map(|model| model.into_active_model().reset_all()).peekable();
    while rest.peek().is_some() {
        let some: Vec<_> = rest.by_ref().take(VALUES_AT_ONCE / columns.max(1)).collect();
        <M::Entity as EntityTrait>::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Stores a changed row, unless somebody else was faster; counts the change.
pub async fn update<M, C>(tx: &C, _permit: &Permit, model: &mut M) -> AppResult<()>
where
    C: ConnectionTrait,
    M: Versioned + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Clone,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    let seen = *model.version_mut();
    *model.version_mut() = seen + 1;
    let mut row = model.clone().into_active_model().reset_all();
    // A key that is set, even to itself, makes SQLite look for rows that point to it, in every table.
    row.not_set(M::id_column());
    let done = <M::Entity as EntityTrait>::update_many()
        .set(row)
        .filter(M::id_column().eq(model.id_value()))
        .filter(M::version_column().eq(seen))
        .exec(tx)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(AppError::from(Refusal::Stale)) }
}

/// Refuses when the version that the person saw is not the present one.
pub fn expect_version(seen: i32, present: i32) -> AppResult<()> {
    if seen == present { Ok(()) } else { Err(Refusal::Stale.at("version").into()) }
}
