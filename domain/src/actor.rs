//! Who acts: one person in exactly one position.

use crate::ids::{OrganizationId, PositionId, RegionId, UserId};
use crate::vocabulary::{Institution, Role};

/// A person acting in one position, as the database says at this request.
///
/// Deliberately absent: anonymous readers (they see published snapshots alone) and any right; rights
/// follow from the tables in [`crate::policy`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user_id: UserId,
    /// The hat he wears.
    pub position_id: PositionId,
    /// The role of that position.
    pub role: Role,
    /// The organisation of that position.
    pub organization_id: OrganizationId,
    /// The agency to which a position in an agency or its section belongs; none for other roles.
    pub agency_id: Option<OrganizationId>,
    /// The institution of the organisation, or of the proposer's role.
    pub institution: Option<Institution>,
    /// The region of the organisation.
    pub region_id: RegionId,
}
