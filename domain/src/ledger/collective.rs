//! Whether the proposer that a ledger names is a body, not a person.

use crate::vocabulary::CollectiveKind;

/// The fewest characters of the name of a body: shorter ones are names of people.
const SHORTEST: usize = 4;

/// Words in the names of parties and of the youth league; they come first, as their branches are called committees, too.
const WITHIN: &[(&str, CollectiveKind)] = &[
    ("民革", CollectiveKind::Party),
    ("国民党革命委员会", CollectiveKind::Party),
    ("民盟", CollectiveKind::Party),
    ("民主同盟", CollectiveKind::Party),
    ("民建", CollectiveKind::Party),
    ("民主建国会", CollectiveKind::Party),
    ("民进", CollectiveKind::Party),
    ("民主促进会", CollectiveKind::Party),
    ("农工党", CollectiveKind::Party),
    ("农工民主党", CollectiveKind::Party),
    ("致公党", CollectiveKind::Party),
    ("九三学社", CollectiveKind::Party),
    ("台盟", CollectiveKind::Party),
    ("民主自治同盟", CollectiveKind::Party),
    ("工商联", CollectiveKind::Party),
    ("工商业联合会", CollectiveKind::Party),
    ("共青团", CollectiveKind::MassOrganization),
];

/// Words with which the names of other bodies end.
const ENDINGS: &[(&str, CollectiveKind)] = &[
    ("团委", CollectiveKind::MassOrganization),
    ("妇联", CollectiveKind::MassOrganization),
    ("妇女联合会", CollectiveKind::MassOrganization),
    ("总工会", CollectiveKind::MassOrganization),
    ("科协", CollectiveKind::MassOrganization),
    ("科学技术协会", CollectiveKind::MassOrganization),
    ("侨联", CollectiveKind::MassOrganization),
    ("归国华侨联合会", CollectiveKind::MassOrganization),
    ("青联", CollectiveKind::MassOrganization),
    ("青年联合会", CollectiveKind::MassOrganization),
    ("台联", CollectiveKind::MassOrganization),
    ("界别", CollectiveKind::Sector),
    ("界", CollectiveKind::Sector),
    ("委员会", CollectiveKind::Committee),
    ("专委会", CollectiveKind::Committee),
    ("小组", CollectiveKind::MemberGroup),
    ("联络组", CollectiveKind::MemberGroup),
    ("活动组", CollectiveKind::MemberGroup),
];

/// The kind of body that bears this name; none for the name of a person.
pub fn collective(name: &str) -> Option<CollectiveKind> {
    if name.chars().count() < SHORTEST {
        return None;
    }
    let within = WITHIN.iter().find(|(word, _)| stands_in(name, word));
    within.or_else(|| ENDINGS.iter().find(|(ending, _)| name.ends_with(ending))).map(|(_, kind)| *kind)
}

/// Whether the word is there by itself: neither cut out of 人民建设 or 农民进城, nor the given name of 欧阳民建.
fn stands_in(name: &str, word: &str) -> bool {
    let Some(at) = name.find(word) else { return false };
    let cut_out = name[..at].ends_with(['人', '农']);
    let given_name = name.chars().count() == SHORTEST && name.ends_with(word) && word.chars().count() == 2;
    !cut_out && !given_name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_from_people() {
        for (name, kind) in [
            ("民盟清河区委员会", Some(CollectiveKind::Party)),
            ("九三学社清河区支社", Some(CollectiveKind::Party)),
            ("清河区工商联", Some(CollectiveKind::Party)),
            ("共青团清河区委员会", Some(CollectiveKind::MassOrganization)),
            ("清河区妇联", Some(CollectiveKind::MassOrganization)),
            ("医药卫生界", Some(CollectiveKind::Sector)),
            ("区政协经济委员会", Some(CollectiveKind::Committee)),
            ("东关街道委员联络组", Some(CollectiveKind::MemberGroup)),
            ("市民建", None),
            ("民建区委", Some(CollectiveKind::Party)),
            ("市民建经济支部", Some(CollectiveKind::Party)),
            ("人民建议征集委员会", Some(CollectiveKind::Committee)),
            ("农民进城服务界", Some(CollectiveKind::Sector)),
            ("欧阳民建", None),
            ("张界", None),
            ("黄国平", None),
            ("欧阳建组", None),
        ] {
            assert_eq!(collective(name), kind, "{name}");
        }
    }
}
