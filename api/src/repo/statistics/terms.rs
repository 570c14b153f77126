//! The terms of the counts as conditions on one assignment, reply or promise.

use chrono::NaiveDate;
use domain::rules::legal_day::OFFSET_HOURS;
use domain::vocabulary::{
    AssignmentStatus, CommitmentStatus, Confidentiality, ContactConfirmation, Disclosure, HandlingMode, ReplyStatus,
};
use entity::{assignment, commitment, contact, reply, submission};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, Func, IntoCondition, Query, SelectStatement,
};

/// What the terms depend on.
pub struct Terms {
    /// Whether the database is SQLite.
    pub sqlite: bool,
    /// The day as of which something is due.
    pub as_of: NaiveDate,
}

/// How many rows fulfil the condition.
pub fn count_if(condition: impl IntoCondition) -> Expr {
    Func::count(Expr::expr(CaseStatement::new().case(condition, 1))).into()
}

/// 1 when every row of the group fulfils the condition, else 0.
pub fn every(condition: Condition) -> Expr {
    Func::min(Expr::expr(CaseStatement::new().case(condition, 1).finally(0))).into()
}

/// 1 when any row of the group fulfils the condition, else 0.
pub fn some(condition: Condition) -> Expr {
    Func::max(Expr::expr(CaseStatement::new().case(condition, 1).finally(0))).into()
}

/// The due day of an assignment, granted extensions included.
pub fn due_day() -> Expr {
    Expr::col(assignment::Column::DueOn.as_column_ref())
}

/// The promise is kept: reported as fulfilled, and confirmed.
pub fn kept() -> Condition {
    confirmed(true)
}

/// The proposer confirmed that the promise was fulfilled, or that it was changed.
fn confirmed(fulfilled: bool) -> Condition {
    Condition::all()
        .add(commitment::Column::Status.eq(CommitmentStatus::Confirmed))
        .add(commitment::Column::Fulfilled.eq(fulfilled))
}

/// The reply may be published, or is.
pub fn publishable() -> Condition {
    let may = Condition::all()
        .add(submission::Column::Confidentiality.eq(Confidentiality::Public))
        .add(submission::Column::Disclosure.eq(Disclosure::Proactive))
        .add(reply::Column::Disclosure.eq(Disclosure::Proactive));
    Condition::any().add(may).add(reply::Column::PublishedAt.is_not_null())
}

/// The reply is the latest issued one of its assignment, or of all joint leads together.
pub fn no_later_reply() -> Expr {
    use reply::Column as R;
    let later = Alias::new("later_reply");
    let column = |column: R| Expr::col((later.clone(), column));
    let own = column(R::AssignmentId).equals(R::AssignmentId.as_column_ref());
    let joint = submission::Column::Mode.eq(HandlingMode::CoLead);
    Expr::exists(
        Query::select()
            .expr(Expr::value(1))
            .from_as(reply::Entity, later.clone())
            .and_where(column(R::SubmissionId).equals(R::SubmissionId.as_column_ref()))
            .cond_where(Condition::any().add(own).add(joint))
            .and_where(column(R::Status).eq(ReplyStatus::Issued))
            .and_where(column(R::Round).gt(Expr::col(R::Round.as_column_ref())))
            .to_owned(),
    )
    .not()
}

impl Terms {
    /// The day of law of an instant; the one place where the two databases differ.
    pub fn legal_day(&self, instant: Expr) -> Expr {
        if self.sqlite {
            Expr::cust_with_exprs(format!("date(?, '+{OFFSET_HOURS} hours')"), [instant])
        } else {
            Expr::cust_with_exprs(
                format!("CAST($1 AT TIME ZONE 'UTC' + INTERVAL '{OFFSET_HOURS} hours' AS date)"),
                [instant],
            )
        }
    }

    /// A reply was issued, in whatever round.
    pub fn answered(&self) -> Condition {
        Condition::all().add(Expr::exists(issued()))
    }

    /// The reply of the present round was issued.
    pub fn answered_now(&self) -> Condition {
        Condition::all().add(Expr::exists(issued_now()))
    }

    /// The reply of the present round was issued by the due day.
    pub fn on_time(&self) -> Condition {
        let issued_on = self.legal_day(Expr::col((answer(), reply::Column::IssuedAt)));
        Condition::all().add(Expr::exists(issued_now().and_where(issued_on.lte(due_day())).to_owned()))
    }

    /// The due day has passed without the reply of the present round.
    pub fn late(&self) -> Condition {
        Condition::all().add(self.past_due()).add(Expr::exists(issued_now()).not())
    }

    /// The due day has passed and the agency still owes its reply or opinion.
    pub fn owed_past_due(&self) -> Condition {
        let open = AssignmentStatus::ALL.iter().copied().filter(|status| status.is_open());
        Condition::all().add(self.past_due()).add(assignment::Column::Status.is_in(open))
    }

    /// Replied to, and every form of the round is settled.
    pub fn done(&self) -> Condition {
        Condition::all().add(assignment::Column::Status.eq(AssignmentStatus::Done))
    }

    /// The agency met the proposer, as he confirmed, before its first reply.
    pub fn met(&self) -> Condition {
        use contact::Column as C;
        let before = issued()
            .and_where(Expr::col((answer(), reply::Column::IssuedAt)).lte(Expr::col(C::HeldAt.as_column_ref())))
            .to_owned();
        Condition::all().add(Expr::exists(
            Query::select()
                .expr(Expr::value(1))
                .from(contact::Entity)
                .and_where(Expr::col(C::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()))
                .and_where(C::FaceToFace.eq(true))
                .and_where(C::Confirmation.eq(ContactConfirmation::Confirmed))
                .and_where(Expr::exists(before).not())
                .to_owned(),
        ))
    }

    /// The promise is due; a new date counts once the proposer confirmed it.
    pub fn promise_due(&self) -> Condition {
        use commitment::Column as C;
        let due: Expr = CaseStatement::new()
            .case(confirmed(false), Expr::col(C::ChangedTo.as_column_ref()))
            .finally(Expr::col(C::DueOn.as_column_ref()))
            .into();
        Condition::all().add(due.lte(self.as_of))
    }

    fn past_due(&self) -> Expr {
        due_day().lt(self.as_of)
    }
}

fn answer() -> Alias {
    Alias::new("answer")
}

/// Issued replies that answer for the assignment: its own, or the common one of joint leads.
fn issued() -> SelectStatement {
    use reply::Column as R;
    let own = Expr::col((answer(), R::AssignmentId)).equals(assignment::Column::Id.as_column_ref());
    let joint = submission::Column::Mode.eq(HandlingMode::CoLead);
    Query::select()
        .expr(Expr::value(1))
        .from_as(reply::Entity, answer())
        .and_where(Expr::col((answer(), R::SubmissionId)).equals(submission::Column::Id.as_column_ref()))
        .and_where(Expr::col((answer(), R::Status)).eq(ReplyStatus::Issued))
        .cond_where(Condition::any().add(own).add(joint))
        .to_owned()
}

/// The same, in the assignment's present round.
fn issued_now() -> SelectStatement {
    issued()
        .and_where(Expr::col((answer(), reply::Column::Round)).equals(assignment::Column::Round.as_column_ref()))
        .to_owned()
}
