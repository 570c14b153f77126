//! The board of supervision (督办看板): what is late, by agency and by leader, with the list behind each number.

use crate::access::{authorize_at_large, list};
use crate::clocks;
use crate::cx::Cx;
use crate::deadlines::{LampBounds, lamp_bounds};
use crate::error::{AppError, AppResult};
use crate::repo::board::{self, MatterLine, Scanned};
use crate::repo::page::{Page, PageRequest};
use crate::repo::portfolios;
use crate::repo::submissions::{self, AssignmentFilter};
use crate::stage_lags::{self, Done};
use domain::figures::board::{OpenItem, Tally};
use domain::ids::{AssignmentId, OrganizationId, RegionId, SubmissionId, UserId};
use domain::policy::Action;
use domain::rules::clock::ClockState;
use domain::vocabulary::{BoardFigure, HandlingMode, Institution};
use entity::assignment;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The numbers of one reader.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Of all that he may list.
    pub totals: Tally,
    /// By agency.
    pub by_agency: Vec<(OrganizationId, Tally)>,
    /// By leader who supervises the matter or answers for the agency.
    pub by_leader: Vec<(UserId, Tally)>,
}

/// One open assignment, as the figures see it.
#[derive(Clone, Debug)]
struct Line {
    id: AssignmentId,
    agency: OrganizationId,
    institution: Option<Institution>,
    leaders: BTreeSet<UserId>,
    item: OpenItem,
}

/// The board of the reader's region.
///
/// # Errors
/// `FORBIDDEN` for those without a board, `NOT_FOUND` for another region.
pub async fn board(cx: &Cx, region: RegionId) -> AppResult<Board> {
    admit(cx)?;
    if region != cx.actor.region_id {
        return Err(AppError::NotFound);
    }
    let mut totals = Tally::default();
    let (mut agencies, mut leaders) = (BTreeMap::<_, Tally>::new(), BTreeMap::<_, Tally>::new());
    for line in lines(cx, &AssignmentFilter::default()).await? {
        totals.add(&line.item);
        agencies.entry(line.agency).or_default().add(&line.item);
        for leader in line.leaders {
            leaders.entry(leader).or_default().add(&line.item);
        }
    }
    Ok(Board { totals, by_agency: agencies.into_iter().collect(), by_leader: leaders.into_iter().collect() })
}

/// The numbers of each agency, of one handling year and institution.
///
/// # Errors
/// `FORBIDDEN` for those without a board.
pub async fn by_agency(
    cx: &Cx,
    year: i32,
    institution: Option<Institution>,
) -> AppResult<BTreeMap<OrganizationId, Tally>> {
    admit(cx)?;
    let mut agencies = BTreeMap::<_, Tally>::new();
    let filter = AssignmentFilter { handling_year: Some(year), ..AssignmentFilter::default() };
    for line in lines(cx, &filter).await? {
        if institution.is_none() || line.institution == institution {
            agencies.entry(line.agency).or_default().add(&line.item);
        }
    }
    Ok(agencies)
}

/// The list behind a number: a page, and how many there are.
///
/// # Errors
/// `FORBIDDEN` for those without a board.
pub async fn behind(
    cx: &Cx,
    figure: BoardFigure,
    filter: &AssignmentFilter,
    request: &PageRequest,
) -> AppResult<(Page<assignment::Model>, u64)> {
    admit(cx)?;
    let counted = lines(cx, filter).await?.into_iter().filter(|line| line.item.counts_as(figure));
    let ids: Vec<AssignmentId> = counted.map(|line| line.id).collect();
    let page = submissions::assignments_among(cx.db().reader(), &ids, request).await?;
    Ok((page, u64::try_from(ids.len()).unwrap_or(u64::MAX)))
}

/// Lets through who has a board; somebody of an agency has one with an agency of his own.
pub fn admit(cx: &Cx) -> AppResult<()> {
    let _permit = authorize_at_large(&cx.actor, Action::ReadBoard)?;
    if cx.actor.role.in_agency() && cx.actor.agency_id.is_none() {
        return Err(AppError::Forbidden);
    }
    Ok(())
}

async fn lines(cx: &Cx, filter: &AssignmentFilter) -> AppResult<Vec<Line>> {
    let bounds = lamp_bounds(cx).await?;
    let scanned = board::scan(cx.db(), &list(&cx.actor), filter).await?;
    let mut found = Found::of(&scanned);
    for (agency, _, leader) in portfolios::of_region(cx.db().reader(), cx.actor.region_id, cx.today()).await? {
        found.portfolios.entry(agency).or_default().insert(leader);
    }
    let mut lines = Vec::with_capacity(scanned.assignments.len());
    for row in &scanned.assignments {
        lines.push(found.line(cx, row, &bounds).await?);
    }
    Ok(lines)
}

/// What was scanned, by the assignment or matter to which it belongs.
struct Found<'a> {
    matters: HashMap<SubmissionId, &'a MatterLine>,
    done: HashMap<AssignmentId, Done>,
    joint: HashMap<SubmissionId, Vec<stage_lags::ReplyStep>>,
    extensions: HashSet<AssignmentId>,
    leaders: HashMap<SubmissionId, BTreeSet<UserId>>,
    portfolios: HashMap<OrganizationId, BTreeSet<UserId>>,
    returns: HashMap<SubmissionId, i64>,
    own: HashSet<SubmissionId>,
}

impl<'a> Found<'a> {
    fn of(scanned: &'a Scanned) -> Self {
        let mut done: HashMap<AssignmentId, Done> = HashMap::new();
        for (id, stage, at) in &scanned.progress {
            done.entry(*id).or_default().progress.push((*stage, *at));
        }
        for (id, held_at) in &scanned.contacts {
            done.entry(*id).or_default().contacts.push(*held_at);
        }
        let mut joint: HashMap<SubmissionId, Vec<_>> = HashMap::new();
        for reply in &scanned.replies {
            done.entry(reply.assignment_id).or_default().replies.push(reply.step());
            joint.entry(reply.submission_id).or_default().push(reply.step());
        }
        let mut leaders: HashMap<SubmissionId, BTreeSet<UserId>> = HashMap::new();
        for (id, leader) in &scanned.supervisions {
            leaders.entry(*id).or_default().extend(*leader);
        }
        Self {
            matters: scanned.matters.iter().map(|matter| (matter.id, matter)).collect(),
            done,
            joint,
            extensions: scanned.extensions.iter().copied().collect(),
            leaders,
            portfolios: HashMap::new(),
            returns: scanned.returns.iter().copied().collect(),
            own: scanned.own.iter().copied().collect(),
        }
    }

    async fn line(&self, cx: &Cx, row: &assignment::Model, bounds: &LampBounds) -> AppResult<Line> {
        let matter = self.matters.get(&row.submission_id);
        let mut done = self.done.get(&row.id).cloned().unwrap_or_default();
        if matter.is_some_and(|matter| matter.mode == Some(HandlingMode::CoLead)) {
            done.replies = self.joint.get(&row.submission_id).cloned().unwrap_or_default();
        }
        let (mut paused, mut lagging) = (false, false);
        if let Some(rule_set) = matter.and_then(|matter| matter.rule_set_id) {
            let (book, conn, today) = (&cx.deps().rules, cx.db().reader(), cx.today());
            let (rules, habits) = (book.get(conn, rule_set).await?, book.habits(conn, cx.actor.region_id).await?);
            let calendar = &habits.calendar;
            if let Some(clock) = clocks::clock(row, today, &rules, calendar)? {
                paused = matches!(clock.state, ClockState::Paused { .. });
                let lags = stage_lags::of_clock(row, &clock, &done, today, &rules, (calendar, &habits.pace));
                lagging = !lags.is_empty();
            }
        }
        let leaders = self.leaders.get(&row.submission_id);
        let answering = self.portfolios.get(&row.agency_id).into_iter().flatten();
        Ok(Line {
            id: row.id,
            agency: row.agency_id,
            institution: matter.map(|matter| matter.institution),
            leaders: leaders.into_iter().flatten().chain(answering).copied().collect(),
            item: OpenItem {
                status: row.status,
                answers: row.role.answers(),
                lamp: bounds.lamp(row.due_on),
                overdue: row.due_on.is_some_and(|due_on| due_on < cx.today()),
                contacted: !done.contacts.is_empty(),
                // How far the reply of his own matter has come, nobody learns in another hat.
                lagging: lagging && !self.own.contains(&row.submission_id),
                paused,
                extension_pending: self.extensions.contains(&row.id),
                key: leaders.is_some(),
                times_returned: self
                    .returns
                    .get(&row.submission_id)
                    .map_or(0, |times| usize::try_from(*times).unwrap_or(0)),
            },
        })
    }
}
