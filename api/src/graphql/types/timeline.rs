//! The trail as its readers see it.

use super::Sight;
use super::directory::{IntoId, Position, User};
use super::submission::trail_of;
use crate::cx::Cx;
use crate::graphql::connection::PageInfo;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::repo::page::Page;
use crate::repo::timeline::Readable;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::event::Happening;
use domain::policy::Action;
use domain::vocabulary::Role;
use entity::event;

/// One entry of the trail: who did what, acting as whom (轨迹条目).
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    /// The submission.
    pub sight: Sight,
    /// The entry.
    pub row: event::Model,
}

/// A page of the trail (轨迹分页).
#[derive(Clone, Debug, SimpleObject)]
pub struct TimelineEntryConnection {
    /// Entries with their cursors (带游标的条目).
    edges: Vec<TimelineEntryEdge>,
    /// The entries alone (条目).
    nodes: Vec<TimelineEntry>,
    /// Whether there is more on either side (分页信息).
    page_info: PageInfo,
}

/// An entry of the trail with its cursor (条目与游标).
#[derive(Clone, Debug, SimpleObject)]
pub struct TimelineEntryEdge {
    /// The place of the entry in the trail (游标).
    cursor: String,
    /// The entry (条目).
    node: TimelineEntry,
}

impl TimelineEntryConnection {
    /// Makes the connection from a page.
    pub fn of(page: Page<event::Model>, sight: &Sight) -> Self {
        let page = page.map(|row| TimelineEntry { sight: sight.clone(), row });
        Self {
            page_info: PageInfo::of(&page),
            nodes: page.entries.iter().map(|(_, node)| node.clone()).collect(),
            edges: page.entries.into_iter().map(|(cursor, node)| TimelineEntryEdge { cursor, node }).collect(),
        }
    }
}

/// Which entries a reader may see.
pub fn readable(cx: &Cx, sight: &Sight) -> Readable {
    trail_of(cx, sight)
}

/// Whether a reader may see one entry; `acted_as` is the role of the position in which somebody acted.
pub fn visible(cx: &Cx, sight: &Sight, row: &event::Model, acted_as: Option<Role>) -> bool {
    let readable = readable(cx, sight);
    let (side, of_side) = &readable.side;
    readable.audiences.contains(&row.audience)
        || (acted_as == Some(*side) && of_side.contains(&row.audience))
        || readable
            .own
            .is_some_and(|(agency, audiences)| row.agency_id == Some(agency) && audiences.contains(&row.audience))
}

impl TimelineEntry {
    /// Whether the person who acted is one of the proposers, who may be masked.
    fn by_proposer(&self) -> bool {
        let matter = &self.sight.matter;
        let actor = self.row.actor_id;
        actor == Some(matter.row.lead_proposer_id)
            || matter.cosignatures.iter().any(|c| actor == Some(c.person_id))
            || matter.merged.iter().any(|(_, person)| actor == Some(*person))
    }

    fn shows_actor(&self) -> bool {
        !self.by_proposer() || self.sight.may(Action::ReadProposer)
    }
}

/// One entry of the trail: who did what, acting as whom (轨迹条目).
#[Object]
impl TimelineEntry {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// When (时间).
    async fn at(&self) -> DateTime<Utc> {
        self.row.at
    }
    /// Who; null for the system and for masked proposers (操作人).
    async fn actor(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        super::some_person(ctx, self.row.actor_id.filter(|_| self.shows_actor())).await
    }
    /// In which position he acted (操作身份).
    async fn acting_as(&self, ctx: &Context<'_>) -> GqlResult<Option<Position>> {
        match self.row.position_id.filter(|_| self.shows_actor()) {
            Some(id) => Ok(top(ctx, loaders(ctx)?.position(id).await)?.map(Position)),
            None => Ok(None),
        }
    }
    /// Stable code of what happened, e.g. SUBMITTED (事件代码).
    async fn action(&self) -> &str {
        &self.row.happening
    }
    /// What happened in one sentence, with the reason (事件说明).
    async fn summary(&self, ctx: &Context<'_>) -> GqlResult<String> {
        let language = cx(ctx)?.language();
        let label = Happening::from_code(&self.row.happening).map_or("", |happening| happening.label(language));
        Ok(match &self.row.detail {
            Some(detail) => language.pick(format!("{label}:{detail}"), format!("{label}: {detail}")),
            None => label.to_owned(),
        })
    }
    /// State before, when it changed (原状态).
    async fn from_status(&self) -> Option<&str> {
        self.row.from_status.as_deref()
    }
    /// State after, when it changed (新状态).
    async fn to_status(&self) -> Option<&str> {
        self.row.to_status.as_deref()
    }
    /// Whether it was written under a rehearsal clock (是否演练).
    async fn rehearsal(&self) -> bool {
        self.row.rehearsal
    }
}
