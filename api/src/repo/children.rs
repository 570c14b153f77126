//! What hangs on submissions, assignments and replies, in batches.

use domain::ids::{AssignmentId, ReplyId, SubmissionId};
use entity::{
    co_opinion, commitment, contact, extension_request, feedback, instruction, progress_report, reply, return_request,
    review, supervision, urging,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Rows by the parent to which they belong, in the order in which they were read.
pub type ByParent<K, V> = HashMap<K, Vec<V>>;

pub(super) fn group<K: Eq + Hash, V>(rows: Vec<V>, parent: impl Fn(&V) -> K) -> ByParent<K, V> {
    let mut grouped: ByParent<K, V> = HashMap::new();
    for row in rows {
        grouped.entry(parent(&row)).or_default().push(row);
    }
    grouped
}

macro_rules! children {
    ($($(#[$meta:meta])* $name:ident $table:ident $parent:ident $key:ty, $field:ident;)+) => {
        $(
            $(#[$meta])*
            pub async fn $name(
                conn: &impl ConnectionTrait,
                parents: &[$key],
            ) -> Result<ByParent<$key, $table::Model>, DbErr> {
                let rows = $table::Entity::find()
                    .filter($table::Column::$parent.is_in(parents.iter().copied()))
                    .order_by_asc($table::Column::Id)
                    .all(conn)
                    .await?;
                Ok(group(rows, |row| row.$field))
            }
        )+
    };
}

children! {
    /// Replies of submissions, oldest first.
    replies reply SubmissionId SubmissionId, submission_id;
    /// Contacts of submissions, oldest first.
    contacts contact SubmissionId SubmissionId, submission_id;
    /// Promises of submissions, oldest first.
    commitments commitment SubmissionId SubmissionId, submission_id;
    /// Promises of replies, in order.
    commitments_of_replies commitment ReplyId ReplyId, reply_id;
    /// Supervision labels of submissions, oldest first.
    supervisions supervision SubmissionId SubmissionId, submission_id;
    /// Leaders' instructions on submissions, oldest first.
    instructions instruction SubmissionId SubmissionId, submission_id;
    /// Reports of progress of assignments, oldest first.
    progress progress_report AssignmentId AssignmentId, assignment_id;
    /// Urgings of assignments, oldest first.
    urgings urging AssignmentId AssignmentId, assignment_id;
    /// Requests to hand back of assignments, oldest first.
    returns return_request AssignmentId AssignmentId, assignment_id;
    /// Requests for more time of assignments, oldest first.
    extensions extension_request AssignmentId AssignmentId, assignment_id;
    /// Opinions of assignments, oldest first.
    opinions co_opinion AssignmentId AssignmentId, assignment_id;
    /// Reviews of replies, oldest first.
    reviews review ReplyId ReplyId, reply_id;
}

/// Feedback forms that belong to submissions: their proposers' own, and those about their handling.
pub async fn feedbacks(
    conn: &impl ConnectionTrait,
    submissions: &[SubmissionId],
) -> Result<ByParent<SubmissionId, feedback::Model>, DbErr> {
    let rows = feedback::Entity::find()
        .filter(
            Condition::any()
                .add(feedback::Column::SubmissionId.is_in(submissions.iter().copied()))
                .add(feedback::Column::HandledId.is_in(submissions.iter().copied())),
        )
        .order_by_asc(feedback::Column::Id)
        .all(conn)
        .await?;
    // A form hangs on two submissions. Only those asked for are answered: of another one these rows are
    // not all, and whoever keeps the answer would take them for all.
    let asked: HashSet<SubmissionId> = submissions.iter().copied().collect();
    let mut grouped: ByParent<SubmissionId, feedback::Model> = HashMap::new();
    for row in rows {
        if row.handled_id != row.submission_id && asked.contains(&row.handled_id) {
            grouped.entry(row.handled_id).or_default().push(row.clone());
        }
        if asked.contains(&row.submission_id) {
            grouped.entry(row.submission_id).or_default().push(row);
        }
    }
    Ok(grouped)
}
