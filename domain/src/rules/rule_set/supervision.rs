//! What a region decides about pressing for progress: how often to urge, and who settles disputes.
//!
//! As with [`super::timing`], texts that were stored before these parts existed leave them out.

use super::timing::default_of;
use crate::rules::document::{Faults, FromJson};
use serde::Serialize;
use serde_json::Value;

/// How often the agency of one assignment may be urged in one day of law (每日催办次数上限).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct UrgesPerDay(pub u16);

impl FromJson for UrgesPerDay {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        FromJson::from_json(value, path, faults).map(Self)
    }

    fn when_missing() -> Option<Self> {
        default_of("urgesPerDay")
    }
}

vocabulary! {
    /// Who settles a dispute over which agency must handle a matter (争议裁定权限).
    pub enum Arbiter {
        /// The transfer office, and a leader of the region where he takes it up (交办机构).
        TransferOffice "TRANSFER_OFFICE" "交办机构" "transfer office",
        /// A leader of the region alone (政府领导).
        RegionLeader "REGION_LEADER" "政府领导" "leader of the region",
    }
}

/// The arbiter of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ArbitratedBy(pub Arbiter);

impl FromJson for ArbitratedBy {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        FromJson::from_json(value, path, faults).map(Self)
    }

    fn when_missing() -> Option<Self> {
        default_of("arbitratedBy")
    }
}

crate::rules::document::read_by_code!(Arbiter);
