//! The terms of the counts as conditions on one matter, assignment, reply or promise.
//!
//! Each holds now, or as it held at the end of a past day: then from the instants of the facts, from the trail and
//! from the noted due days, never from a state that later facts wrote over.

use super::past;
use chrono::{DateTime, NaiveDate, Utc};
use domain::rules::legal_day::OFFSET_HOURS;
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, CommitmentStatus, Confidentiality, ContactConfirmation, Disclosure, HandlingMode,
    ReplyStatus,
};
use entity::{assignment, commitment, contact, due_day, feedback, reply, submission};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, Func, IntoCondition, Order, Query, SelectStatement,
};

/// What the terms depend on.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Whether the database is SQLite.
    pub sqlite: bool,
    /// The day as of which something is due.
    pub as_of: NaiveDate,
    /// The instant before which everything counts, for a past day; none for the present state.
    pub until: Option<DateTime<Utc>>,
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

/// Whether any row is found.
fn found(select: &SelectStatement) -> Condition {
    Condition::all().add(Expr::exists(select.clone()))
}

/// Whether no row is found.
fn none(select: &SelectStatement) -> Condition {
    Condition::all().add(Expr::exists(select.clone()).not())
}

/// Assignments whose agency answers the proposer.
pub fn answers() -> Condition {
    let roles = AssignmentRole::ALL.iter().copied().filter(|role| role.answers());
    Condition::all().add(assignment::Column::Role.is_in(roles))
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

    /// The instant was set, by then.
    pub fn happened(&self, instant: Expr) -> Expr {
        match self.until {
            Some(until) => instant.lt(until),
            None => instant.is_not_null(),
        }
    }

    /// A state stands, and what made it so happened by then; where no instant is kept, it was brought in with the row.
    fn settled_by(&self, state: Expr, instant: Expr) -> Condition {
        let at = self.until.map(|until| Condition::any().add(instant.clone().is_null()).add(instant.lt(until)));
        Condition::all().add(state).add_option(at)
    }

    /// Assignments handed to an agency and not taken back.
    pub fn standing(&self) -> Condition {
        use assignment::Column as A;
        match self.until {
            None => Condition::all().add(A::Live.eq(true)).add(A::Status.ne(AssignmentStatus::Planned)),
            Some(until) => Condition::all()
                .add(A::AssignedAt.lt(until))
                .add(self.handed_back().not())
                .add(past::cancelled(until).not()),
        }
    }

    /// The agency handed it back.
    pub fn handed_back(&self) -> Condition {
        let now = Condition::all().add(assignment::Column::Status.eq(AssignmentStatus::Returned));
        now.add_option(self.until.map(past::let_go))
    }

    /// The due day of an assignment, granted extensions included.
    pub fn due_day(&self) -> Expr {
        use due_day::Column as D;
        let present = Expr::col(assignment::Column::DueOn.as_column_ref());
        if self.until.is_none() {
            return present;
        }
        let noted = Query::select()
            .column(D::DueOn.as_column_ref())
            .from(due_day::Entity)
            .and_where(Expr::col(D::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()))
            .and_where(D::NotedOn.lte(self.as_of))
            .order_by(D::NotedOn.as_column_ref(), Order::Desc)
            .limit(1)
            .to_owned();
        Func::coalesce([Expr::SubQuery(None, Box::new(noted.into())), present]).into()
    }

    /// A reply was issued, in whatever round.
    pub fn answered(&self) -> Condition {
        found(&self.issued())
    }

    /// The reply of the present round was issued.
    pub fn answered_now(&self) -> Condition {
        found(&self.issued_now())
    }

    /// The reply of the present round was issued by the due day.
    pub fn on_time(&self) -> Condition {
        let issued_on = self.legal_day(Expr::col((answer(), reply::Column::IssuedAt)));
        found(self.issued_now().and_where(issued_on.lte(self.due_day())))
    }

    /// The first day of law on which a reply of the present round was issued that answers for the assignment.
    pub fn answered_on(&self) -> Expr {
        self.first_day_of(self.issued_now())
    }

    /// The same of its own reply alone.
    pub fn issued_on(&self) -> Expr {
        let own = Expr::col((answer(), reply::Column::AssignmentId)).equals(assignment::Column::Id.as_column_ref());
        self.first_day_of(self.issued_now().and_where(own).to_owned())
    }

    fn first_day_of(&self, replies: SelectStatement) -> Expr {
        let day = self.legal_day(Expr::col((answer(), reply::Column::IssuedAt)));
        let first = replies.to_owned().clear_selects().expr(Func::min(day)).to_owned();
        Expr::SubQuery(None, Box::new(first.into()))
    }

    /// The due day has passed without the reply of the present round.
    pub fn late(&self) -> Condition {
        Condition::all().add(self.past_due()).add(none(&self.issued_now()))
    }

    /// The due day has passed and the agency still owes its reply or opinion.
    pub fn owed_past_due(&self) -> Condition {
        use assignment::Column as A;
        let owed = match self.until {
            None => {
                let open = AssignmentStatus::ALL.iter().copied().filter(|status| status.is_open());
                Condition::all().add(A::Status.is_in(open))
            }
            Some(until) => {
                let unsent = Condition::any().add(A::FinishedAt.is_null()).add(A::FinishedAt.gte(until));
                Condition::any()
                    .add(answers().add(none(&self.issued_now())))
                    .add(Condition::all().add(answers().not()).add(unsent))
            }
        };
        Condition::all().add(self.past_due()).add(owed)
    }

    /// Replied to, and every form of the round is settled.
    pub fn done(&self) -> Condition {
        match self.until {
            None => Condition::all().add(assignment::Column::Status.eq(AssignmentStatus::Done)),
            Some(until) => found(self.issued_now().cond_where(past::settled(&answer(), until))),
        }
    }

    /// The agency met the proposer, as he confirmed, before its first reply.
    pub fn met(&self) -> Condition {
        use contact::Column as C;
        let before = self
            .issued()
            .and_where(Expr::col((answer(), reply::Column::IssuedAt)).lte(Expr::col(C::HeldAt.as_column_ref())))
            .to_owned();
        let answered = Expr::col(C::AnsweredAt.as_column_ref());
        found(
            Query::select()
                .expr(Expr::value(1))
                .from(contact::Entity)
                .and_where(Expr::col(C::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()))
                .and_where(C::FaceToFace.eq(true))
                .cond_where(self.settled_by(C::Confirmation.eq(ContactConfirmation::Confirmed), answered))
                .and_where(self.happened(Expr::col(C::HeldAt.as_column_ref())))
                .cond_where(none(&before)),
        )
    }

    /// The promise is kept: reported as fulfilled, and confirmed.
    pub fn kept(&self) -> Condition {
        self.confirmed(true)
    }

    /// The proposer confirmed that the promise was fulfilled, or that it was changed.
    fn confirmed(&self, fulfilled: bool) -> Condition {
        use commitment::Column as C;
        let state = C::Status.eq(CommitmentStatus::Confirmed);
        self.settled_by(state, Expr::col(C::AnsweredAt.as_column_ref())).add(C::Fulfilled.eq(fulfilled))
    }

    /// The promise is due; a new date counts once the proposer confirmed it.
    pub fn promise_due(&self) -> Condition {
        use commitment::Column as C;
        let due: Expr = CaseStatement::new()
            .case(self.confirmed(false), Expr::col(C::ChangedTo.as_column_ref()))
            .finally(Expr::col(C::DueOn.as_column_ref()))
            .into();
        Condition::all().add(due.lte(self.as_of))
    }

    /// The promise stands in a reply that was issued.
    pub fn promised(&self) -> Option<Expr> {
        let until = self.until?;
        Some(Expr::exists(
            Query::select()
                .expr(Expr::value(1))
                .from_as(reply::Entity, answer())
                .and_where(Expr::col((answer(), reply::Column::Id)).equals(commitment::Column::ReplyId.as_column_ref()))
                .and_where(Expr::col((answer(), reply::Column::IssuedAt)).lt(until))
                .to_owned(),
        ))
    }

    /// The form is settled.
    pub fn settled(&self) -> Condition {
        use domain::vocabulary::FeedbackStatus;
        let state = feedback::Column::Status.eq(FeedbackStatus::Settled);
        self.settled_by(state, Expr::col(feedback::Column::SettledAt.as_column_ref()))
    }

    /// The reply is published.
    pub fn published(&self) -> Expr {
        match self.until {
            Some(until) => past::published(self.sqlite, until),
            None => reply::Column::PublishedAt.is_not_null(),
        }
    }

    /// The reply may be published, or is.
    pub fn publishable(&self) -> Condition {
        let may = Condition::all()
            .add(submission::Column::Confidentiality.eq(Confidentiality::Public))
            .add(submission::Column::Disclosure.eq(Disclosure::Proactive))
            .add(reply::Column::Disclosure.eq(Disclosure::Proactive));
        Condition::any().add(may).add(self.published())
    }

    /// The reply is issued.
    pub fn reply_issued(&self) -> Condition {
        use reply::Column as R;
        Condition::all()
            .add(R::Status.eq(ReplyStatus::Issued))
            .add_option(self.until.map(|until| R::IssuedAt.lt(until)))
    }

    /// The issued reply is that of the assignment's present round.
    pub fn of_this_round(&self) -> Condition {
        self.round_stands(&Alias::new("reply"))
    }

    fn round_stands(&self, replies: &Alias) -> Condition {
        let column = |column: reply::Column| Expr::col((replies.clone(), column));
        match self.until {
            None => {
                Condition::all().add(column(reply::Column::Round).equals(assignment::Column::Round.as_column_ref()))
            }
            Some(until) => Condition::all().add(
                past::sent_back(column(reply::Column::AssignmentId), column(reply::Column::IssuedAt), until).not(),
            ),
        }
    }

    /// The reply is the latest issued one of its assignment, or of all joint leads together.
    pub fn no_later_reply(&self) -> Condition {
        use reply::Column as R;
        let later = Alias::new("later_reply");
        let column = |column: R| Expr::col((later.clone(), column));
        let own = column(R::AssignmentId).equals(R::AssignmentId.as_column_ref());
        let joint = submission::Column::Mode.eq(HandlingMode::CoLead);
        none(
            Query::select()
                .expr(Expr::value(1))
                .from_as(reply::Entity, later.clone())
                .and_where(column(R::SubmissionId).equals(R::SubmissionId.as_column_ref()))
                .cond_where(Condition::any().add(own).add(joint))
                .and_where(column(R::Status).eq(ReplyStatus::Issued))
                .and_where(self.happened(column(R::IssuedAt)))
                .and_where(column(R::Round).gt(Expr::col(R::Round.as_column_ref()))),
        )
    }

    fn past_due(&self) -> Expr {
        self.due_day().lt(self.as_of)
    }

    /// Issued replies that answer for the assignment: its own, or the common one of joint leads.
    fn issued(&self) -> SelectStatement {
        use reply::Column as R;
        let own = Expr::col((answer(), R::AssignmentId)).equals(assignment::Column::Id.as_column_ref());
        let joint = submission::Column::Mode.eq(HandlingMode::CoLead);
        Query::select()
            .expr(Expr::value(1))
            .from_as(reply::Entity, answer())
            .and_where(Expr::col((answer(), R::SubmissionId)).equals(submission::Column::Id.as_column_ref()))
            .and_where(Expr::col((answer(), R::Status)).eq(ReplyStatus::Issued))
            .and_where(self.happened(Expr::col((answer(), R::IssuedAt))))
            .cond_where(Condition::any().add(own).add(joint))
            .to_owned()
    }

    /// The same, in the assignment's present round.
    fn issued_now(&self) -> SelectStatement {
        self.issued().cond_where(self.round_stands(&answer())).to_owned()
    }
}

fn answer() -> Alias {
    Alias::new("answer")
}
