//! References inside a roster: everything named exists, fits, and leads nowhere in a circle.
//!
//! Works on the bare JSON and keeps silent where the shape is wrong: that is named already.

use super::checks::{Raw, entries, text_of};
use crate::rules::document::Faults;
use crate::vocabulary::{Institution, OrganizationKind, RegionLevel, Role};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Notes every reference that dangles or does not fit.
pub(super) fn check(root: &Value, faults: &mut Faults) {
    let regions = by(root, "regions", "code");
    let organizations = by(root, "organizations", "key");
    for region in entries(root, "regions") {
        let Some(parent) = find(&regions, &region, "parent", "地区", "region", faults) else {
            continue;
        };
        let level = |region: &Raw<'_>| region.text("level").and_then(RegionLevel::from_code);
        if level(parent).zip(level(&region)).is_some_and(|(parent, own)| parent >= own) {
            faults.add(region.path("parent"), "上级地区的层级应更高", "the superior region must be of a higher level");
        }
    }
    for organization in entries(root, "organizations") {
        find(&regions, &organization, "region", "地区", "region", faults);
        let Some(parent) = find(&organizations, &organization, "parent", "机构", "organisation", faults) else {
            continue;
        };
        let both = parent.text("region").zip(organization.text("region"));
        if both.is_some_and(|(parent, own)| parent != own) {
            faults.add(organization.path("parent"), "上级机构在另一地区", "lies in another region");
        }
    }
    for user in entries(root, "users") {
        for (path, position) in user.members("positions") {
            check_position(&path, position, &organizations, faults);
            check_portfolio(&path, position, &organizations, faults);
        }
    }
    for list in ["sessions", "categories", "rules"] {
        for entry in entries(root, list) {
            find(&regions, &entry, "region", "地区", "region", faults);
        }
    }
    check_circles(entries(root, "regions").map(|entry| (entry, entry.text("code"), entry.text("parent"))), faults);
    check_circles(entries(root, "organizations").map(|entry| (entry, entry.text("key"), entry.text("parent"))), faults);
    check_categories(root, faults);
}

fn check_position(path: &str, position: &Value, organizations: &HashMap<&str, Raw<'_>>, faults: &mut Faults) {
    let Some(key) = text_of(position, "organization") else {
        return;
    };
    let Some(organization) = organizations.get(key) else {
        add_dangling(format!("{path}.organization"), "机构", "organisation", key, faults);
        return;
    };
    let Some(role) = text_of(position, "role").and_then(Role::from_code) else {
        return;
    };
    let kind = organization.text("kind").and_then(OrganizationKind::from_code);
    if let Some(kind) = kind.filter(|kind| !role.fits(*kind)) {
        let (zh, en) = (format!("{role}不能在{kind}任职"), format!("{role} cannot be held in {kind}"));
        faults.add(format!("{path}.role"), zh, en);
        return;
    }
    let institution = organization.text("institution").and_then(Institution::from_code);
    if role.proposes_to().zip(institution).is_some_and(|(own, other)| own != other) {
        faults.add(
            format!("{path}.role"),
            "该机构属于另一方(人大或政协)",
            "the organisation belongs to the other institution",
        );
    }
}

/// Only a leader of the region has a portfolio, and in it agencies of his own region, each once.
fn check_portfolio(path: &str, position: &Value, organizations: &HashMap<&str, Raw<'_>>, faults: &mut Faults) {
    let Some(keys) = position.get("portfolio").and_then(Value::as_array) else {
        return;
    };
    if text_of(position, "role").and_then(Role::from_code).is_some_and(|role| role != Role::RegionLeader) {
        faults.add(format!("{path}.portfolio"), "只有分管领导有分管单位", "only a leader of the region has one");
        return;
    }
    let region =
        text_of(position, "organization").and_then(|key| organizations.get(key)).and_then(|o| o.text("region"));
    let mut named = HashSet::new();
    for (index, key) in keys.iter().enumerate() {
        let Some(key) = key.as_str().map(str::trim) else { continue };
        let path = format!("{path}.portfolio[{index}]");
        let Some(agency) = organizations.get(key) else {
            add_dangling(path, "机构", "organisation", key, faults);
            continue;
        };
        if agency.text("kind").is_some_and(|kind| kind != OrganizationKind::Agency.code()) {
            faults.add(path, "不是承办单位", "is no agency");
        } else if region.zip(agency.text("region")).is_some_and(|(own, other)| own != other) {
            faults.add(path, "承办单位在另一地区", "lies in another region");
        } else if !named.insert(key) {
            faults.add(path, format!("「{key}」重复"), format!("\"{key}\" is given twice"));
        }
    }
}

fn check_categories(root: &Value, faults: &mut Faults) {
    let name = |entry: &Raw<'_>, key: &str| Some(format!("{}/{}", entry.text("region")?, entry.text(key)?));
    let all: Vec<_> =
        entries(root, "categories").map(|entry| (entry, name(&entry, "name"), name(&entry, "parent"))).collect();
    let known: HashSet<_> = all.iter().filter_map(|(_, name, _)| name.as_deref()).collect();
    for (entry, _, parent) in &all {
        if parent.as_deref().is_some_and(|parent| !known.contains(parent)) {
            add_dangling(entry.path("parent"), "分类", "category", entry.text("parent").unwrap_or_default(), faults);
        }
    }
    check_circles(all.iter().map(|(entry, name, parent)| (*entry, name.as_deref(), parent.as_deref())), faults);
}

/// The entries of a list by their key; of several with one key the first, the others are named as duplicates.
fn by<'a>(root: &'a Value, list: &'static str, key: &str) -> HashMap<&'a str, Raw<'a>> {
    let mut found = HashMap::new();
    for entry in entries(root, list) {
        if let Some(key) = entry.text(key) {
            found.entry(key).or_insert(entry);
        }
    }
    found
}

/// Finds what a member names, and notes when it does not exist.
fn find<'m, 'a>(
    known: &'m HashMap<&str, Raw<'a>>,
    entry: &Raw<'_>,
    key: &str,
    zh: &str,
    en: &str,
    faults: &mut Faults,
) -> Option<&'m Raw<'a>> {
    let named = entry.text(key)?;
    let found = known.get(named);
    if found.is_none() {
        add_dangling(entry.path(key), zh, en, named, faults);
    }
    found
}

fn add_dangling(path: String, zh: &str, en: &str, named: &str, faults: &mut Faults) {
    faults.add(path, format!("文件中没有{zh}「{named}」"), format!("the file has no {en} \"{named}\""));
}

/// Notes every entry that is its own ancestor; each entry is walked over once.
fn check_circles<'a>(entries: impl Iterator<Item = (Raw<'a>, Option<&'a str>, Option<&'a str>)>, faults: &mut Faults) {
    let nodes: Vec<_> = entries.filter_map(|(entry, name, parent)| Some((entry, name?, parent?))).collect();
    let parents: HashMap<_, _> = nodes.iter().map(|(_, name, parent)| (*name, *parent)).collect();
    let mut settled: HashSet<&str> = HashSet::new();
    let mut in_circle: HashSet<&str> = HashSet::new();
    for (_, name, _) in &nodes {
        let mut walked = Vec::new();
        let mut at = *name;
        // Ends at a root, at a part that is settled, or back on the way walked.
        while let Some(parent) = parents.get(at).filter(|_| settled.insert(at)) {
            walked.push(at);
            at = parent;
        }
        if let Some(first) = walked.iter().position(|name| *name == at) {
            in_circle.extend(walked.drain(first..));
        }
    }
    for (entry, _, _) in nodes.iter().filter(|(_, name, _)| in_circle.contains(name)) {
        faults.add(entry.path("parent"), "上级关系形成循环", "is its own ancestor");
    }
}
