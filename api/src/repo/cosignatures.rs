//! Answers of co-signers.

use crate::access::Permit;
use domain::ids::SubmissionId;
use domain::vocabulary::CosignStatus;
use entity::cosignature;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

/// Stores the answer to an open invitation; false when it was answered meanwhile.
pub async fn answer(tx: &impl ConnectionTrait, _permit: &Permit, answered: &cosignature::Model) -> Result<bool, DbErr> {
    let done = cosignature::Entity::update_many()
        .set(answered.clone().into_active_model().reset_all())
        .filter(cosignature::Column::Id.eq(answered.id))
        .filter(cosignature::Column::Status.eq(CosignStatus::Invited))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Lets every open invitation of the submission expire.
pub async fn expire(tx: &impl ConnectionTrait, _permit: &Permit, submission: SubmissionId) -> Result<(), DbErr> {
    cosignature::Entity::update_many()
        .col_expr(cosignature::Column::Status, sea_orm::sea_query::Expr::value(CosignStatus::Expired))
        .filter(cosignature::Column::SubmissionId.eq(submission))
        .filter(cosignature::Column::Status.eq(CosignStatus::Invited))
        .exec(tx)
        .await?;
    Ok(())
}

/// Stores a changed co-signature, such as the answer to a wish to withdraw.
pub async fn save(tx: &impl ConnectionTrait, _permit: &Permit, row: &cosignature::Model) -> Result<(), DbErr> {
    row.clone().into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// Forgets all answers to a wish to withdraw.
pub async fn forget_withdrawal(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    submission: SubmissionId,
) -> Result<(), DbErr> {
    cosignature::Entity::update_many()
        .col_expr(cosignature::Column::WithdrawalAgreed, sea_orm::sea_query::Expr::value(Option::<bool>::None))
        .filter(cosignature::Column::SubmissionId.eq(submission))
        .exec(tx)
        .await?;
    Ok(())
}
