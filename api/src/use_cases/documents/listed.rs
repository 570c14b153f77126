//! The matters of a list with what hangs on them, as far as their reader may know it.

use crate::access::{self, Seen};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::page::PageRequest;
use crate::repo::submissions::{self, SubmissionFilter};
use crate::repo::{directory, matter};
use domain::ids::{CategoryId, OrganizationId, SessionId, UserId};
use domain::refusal::Refusal;
use domain::vocabulary::SubmissionOrder;
use entity::region;
use std::collections::HashMap;

/// The most matters in one document.
const MOST: usize = 20_000;
/// How many are read at a time.
const AT_ONCE: u64 = 500;

/// Matters with the names around them.
pub struct Listed {
    /// The matters, by case number.
    pub seen: Vec<Seen>,
    /// The region.
    pub region: region::Model,
    /// Sessions by id.
    pub sessions: HashMap<SessionId, entity::session::Model>,
    /// Names of categories.
    pub categories: HashMap<CategoryId, String>,
    /// Names of bodies.
    pub bodies: HashMap<OrganizationId, String>,
    /// Names of people.
    pub people: HashMap<UserId, String>,
}

impl Listed {
    /// Reads those that the person may list and that have a number.
    ///
    /// # Errors
    /// A refusal when there are too many for one document.
    pub async fn read(cx: &Cx, filter: &SubmissionFilter) -> AppResult<Self> {
        let conn = cx.db().reader();
        let scope = access::list(&cx.actor);
        let mut request = PageRequest { size: AT_ONCE, backward: false, from: None };
        let mut seen = Vec::new();
        loop {
            let order = SubmissionOrder::CaseNo;
            let page = submissions::page(conn, &scope, filter, order, cx.today(), &request).await?;
            let (cursors, rows): (Vec<_>, Vec<_>) = page.entries.into_iter().unzip();
            let numbered = rows.into_iter().filter(|row| row.case_no.is_some()).collect();
            for one in matter::complete(conn, numbered).await? {
                seen.push(access::see(cx, conn, Some(one)).await?);
            }
            if seen.len() > MOST {
                return Err(Refusal::TooMany { max: MOST }.at("filter").into());
            }
            match cursors.last().filter(|_| page.has_next) {
                Some(last) => request.from = Some(last.clone()),
                None => break,
            }
        }
        Self::with_names(cx, seen).await
    }

    /// The same for matters that were read already.
    pub async fn with_names(cx: &Cx, seen: Vec<Seen>) -> AppResult<Self> {
        let conn = cx.db().reader();
        let region = directory::regions(conn, &[cx.actor.region_id]).await?.remove(&cx.actor.region_id);
        let mut people: Vec<UserId> = seen.iter().map(|one| one.matter.row.lead_proposer_id).collect();
        people.sort();
        people.dedup();
        let mut bodies: Vec<OrganizationId> =
            seen.iter().flat_map(|one| one.matter.assignments.iter().map(|part| part.agency_id)).collect();
        bodies.sort();
        bodies.dedup();
        let mut sessions: Vec<SessionId> = seen.iter().filter_map(|one| one.matter.row.session_id).collect();
        sessions.sort();
        sessions.dedup();
        let mut categories: Vec<CategoryId> = seen.iter().filter_map(|one| one.matter.row.category_id).collect();
        categories.sort();
        categories.dedup();
        let categories = directory::categories(conn, &categories).await?;
        let bodies = directory::organizations(conn, &bodies).await?;
        let people = directory::people(conn, &people).await?;
        Ok(Self {
            region: region.ok_or_else(|| AppError::Internal("a region is missing".into()))?,
            sessions: directory::sessions(conn, &sessions).await?,
            categories: categories.into_iter().map(|(id, row)| (id, row.name)).collect(),
            bodies: bodies.into_iter().map(|(id, row)| (id, row.name)).collect(),
            people: people.into_iter().map(|(id, row)| (id, row.name)).collect(),
            seen,
        })
    }

    /// The name of a body.
    pub fn body(&self, id: OrganizationId) -> String {
        self.bodies.get(&id).cloned().unwrap_or_default()
    }

    /// The lead proposer, unless the reader may not know who it is.
    pub fn proposer(&self, one: &Seen) -> Option<String> {
        let may = one.may(domain::policy::Action::ReadProposer);
        let row = &one.matter.row;
        row.collective_name.as_ref().or_else(|| self.people.get(&row.lead_proposer_id)).filter(|_| may).cloned()
    }
}
