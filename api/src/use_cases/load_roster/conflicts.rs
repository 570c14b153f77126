//! What a roster may not change about organisations that exist.
//!
//! Matters, positions and rights hang on an organisation's region and kind. A file that gives the key of
//! one organisation to another is a mistake, most likely a key that two regions use.

use crate::repo::roster::Directories;
use domain::roster::Roster;
use domain::rules::document::DocumentFault;

/// Every organisation of the file that would become another one.
pub fn find(roster: &Roster, there: &Directories) -> Vec<DocumentFault> {
    let mut faults = Vec::new();
    let code_of = |id| there.regions.values().find(|region| region.id == id).map(|region| region.code.as_str());
    for (index, wanted) in roster.organizations.iter().enumerate() {
        let Some(found) = there.organizations.get(&wanted.key) else { continue };
        if code_of(found.region_id) != Some(wanted.region.as_str()) {
            faults.push(fault(index, "region", &wanted.key, "所属地区不同", "belongs to another region"));
        }
        if found.kind != wanted.kind {
            faults.push(fault(index, "kind", &wanted.key, "机构类别不同", "is of another kind"));
        }
    }
    faults
}

fn fault(index: usize, member: &str, key: &str, zh: &str, en: &str) -> DocumentFault {
    DocumentFault {
        path: format!("$.organizations[{index}].{member}"),
        message_zh: format!("库中已有机构「{key}」,且{zh};请为新机构另取标识"),
        message_en: format!("the organisation \"{key}\" exists already and {en}; give the new one another key"),
    }
}
