//! The board of supervision.

use super::directory::{Organization, Region, User};
use super::{organization, person};
use crate::error::AppError;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use crate::use_cases::board::Board;
use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::figures::board::Tally;
use domain::ids::{OrganizationId, RegionId, UserId};
use domain::vocabulary::BoardFigure;

/// How many open assignments each figure counts; `assignments(filter: { boardFigure })` is the list behind each (看板数字).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct BoardCounts {
    /// Everything that agencies still owe (在办).
    open: i32,
    /// With a red lamp (红灯).
    red: i32,
    /// With a yellow lamp (黄灯).
    yellow: i32,
    /// With a green lamp; what has no due day has no lamp (绿灯).
    green: i32,
    /// Not signed for (未签收).
    unsigned: i32,
    /// To be answered, and the proposer was not yet contacted (未沟通).
    uncontacted: i32,
    /// A step is missing though its time is over (环节滞后).
    lagging: i32,
    /// The clock lawfully stands (暂停计时).
    paused: i32,
    /// The due day has passed (逾期).
    overdue: i32,
    /// A request for more time awaits its decision (延期待审).
    extension_pending: i32,
    /// A plain request to hand back awaits its decision (退办待审).
    return_pending: i32,
    /// It is disputed who must handle it (争议中).
    disputed: i32,
    /// In matters under supervision (重点督办).
    key: i32,
    /// In matters that were handed back at least twice (推诿扯皮).
    ping_pong: i32,
}

impl From<&Tally> for BoardCounts {
    fn from(tally: &Tally) -> Self {
        Self {
            open: tally.get(BoardFigure::Open),
            red: tally.get(BoardFigure::Red),
            yellow: tally.get(BoardFigure::Yellow),
            green: tally.get(BoardFigure::Green),
            unsigned: tally.get(BoardFigure::Unsigned),
            uncontacted: tally.get(BoardFigure::Uncontacted),
            lagging: tally.get(BoardFigure::Lagging),
            paused: tally.get(BoardFigure::Paused),
            overdue: tally.get(BoardFigure::Overdue),
            extension_pending: tally.get(BoardFigure::ExtensionPending),
            return_pending: tally.get(BoardFigure::ReturnPending),
            disputed: tally.get(BoardFigure::Disputed),
            key: tally.get(BoardFigure::Key),
            ping_pong: tally.get(BoardFigure::PingPong),
        }
    }
}

/// What is late among the open assignments that the reader may list (督办看板).
#[derive(Clone, Debug)]
pub struct SupervisionBoard {
    /// The region.
    pub region: RegionId,
    /// When it was counted.
    pub as_of: DateTime<Utc>,
    /// The numbers.
    pub board: Board,
}

/// What is late among the open assignments that the reader may list (督办看板).
#[Object]
impl SupervisionBoard {
    /// Region (行政区).
    async fn region(&self, ctx: &Context<'_>) -> GqlResult<Region> {
        let found = top(ctx, loaders(ctx)?.region(self.region).await)?;
        top(ctx, found.map(Region).ok_or_else(|| AppError::Internal("a region is missing".into())))
    }
    /// When it was counted (统计时间).
    async fn as_of(&self) -> DateTime<Utc> {
        self.as_of
    }
    /// Of all that the reader may list (合计).
    async fn totals(&self) -> BoardCounts {
        BoardCounts::from(&self.board.totals)
    }
    /// By agency, for agencies with something open (按承办单位).
    async fn by_agency(&self) -> Vec<AgencyBoardRow> {
        let row = |(agency, tally): &(OrganizationId, Tally)| AgencyBoardRow { agency: *agency, counts: tally.into() };
        self.board.by_agency.iter().map(row).collect()
    }
    /// By leader: the matters under supervision with him, and those of the agencies for which he answers. One with
    /// several leaders stands with each (按督办领导与分管领导).
    async fn by_leader(&self) -> Vec<LeaderBoardRow> {
        let row = |(leader, tally): &(UserId, Tally)| LeaderBoardRow { leader: *leader, counts: tally.into() };
        self.board.by_leader.iter().map(row).collect()
    }
}

/// The numbers of one agency (单位看板行).
#[derive(Clone, Debug)]
pub struct AgencyBoardRow {
    agency: OrganizationId,
    counts: BoardCounts,
}

/// The numbers of one agency (单位看板行).
#[Object]
impl AgencyBoardRow {
    /// The agency (承办单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.agency).await
    }
    /// Its numbers (数字).
    async fn counts(&self) -> BoardCounts {
        self.counts
    }
}

/// The numbers of one leader's portfolio (领导看板行).
#[derive(Clone, Debug)]
pub struct LeaderBoardRow {
    leader: UserId,
    counts: BoardCounts,
}

/// The numbers of one leader's portfolio (领导看板行).
#[Object]
impl LeaderBoardRow {
    /// The leader (督办领导或分管领导).
    async fn leader(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.leader).await
    }
    /// The numbers (数字).
    async fn counts(&self) -> BoardCounts {
        self.counts
    }
}
