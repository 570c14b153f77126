//! Every row that a verb may touch, read behind the application's back.

use entity::{
    assignment, co_opinion, commitment, contact, cosignature, event, extension_request, feedback, instruction, meeting,
    notification, number_series, progress_report, reply, return_request, review, snapshot, submission, supervision,
    urging,
};
use sea_orm::{ConnectionTrait, EntityTrait, ModelTrait, PrimaryKeyToColumn, QueryOrder};

macro_rules! rows {
    ($($field:ident: $table:ident,)+) => {
        /// The rows of each table, by their key.
        #[derive(Debug, PartialEq)]
        pub struct Rows { $(pub $field: Vec<$table::Model>,)+ }

        impl Rows {
            /// Reads them all.
            pub async fn read(db: &impl ConnectionTrait) -> Self {
                Self { $($field: all::<$table::Entity>(db).await,)+ }
            }
        }
    };
}

rows! {
    submissions: submission,
    cosignatures: cosignature,
    snapshots: snapshot,
    assignments: assignment,
    progress_reports: progress_report,
    return_requests: return_request,
    extension_requests: extension_request,
    co_opinions: co_opinion,
    contacts: contact,
    replies: reply,
    reviews: review,
    feedbacks: feedback,
    commitments: commitment,
    supervisions: supervision,
    instructions: instruction,
    meetings: meeting,
    urgings: urging,
    events: event,
    notifications: notification,
    numbers: number_series,
}

async fn all<E: EntityTrait>(db: &impl ConnectionTrait) -> Vec<E::Model>
where
    E::Model: ModelTrait,
{
    use sea_orm::Iterable;
    let keys = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    keys.fold(E::find(), |query, key| query.order_by_asc(key)).all(db).await.expect("the rows can be read")
}
