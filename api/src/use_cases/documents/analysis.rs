//! 办前分析报告: what came in, against the year before, before it is handed out.
//!
//! Before the release the agencies are those planned, and where nothing is planned those that the proposers suggest.

use super::hot;
use super::listed::Listed;
use super::report::table;
use super::year::{Year, changed};
use crate::access::Seen;
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::submissions::SubmissionFilter;
use crate::repo::{children, directory};
use crate::use_cases::board;
use crate::use_cases::statistics::{Count, Statistics, StatisticsScope};
use domain::ids::{OrganizationId, SubmissionId, UserId};
use domain::policy::Action;
use domain::rules::legal_day::legal_day;
use domain::vocabulary::{AssignmentStatus, SubmissionStatus};
use entity::supervision;
use papers::data::{Dispute, KeyItem, PreHandlingAnalysis, Sheet};
use std::collections::{BTreeMap, HashMap};

/// The analysis as of now.
///
/// # Errors
/// As [`Year::read`], and `FORBIDDEN` for those without a board of supervision.
pub async fn make(cx: &Cx, scope: StatisticsScope) -> AppResult<PreHandlingAnalysis> {
    board::admit(cx)?;
    let year = Year::read(cx, scope).await?;
    let before = year.before(cx).await?;
    let matters = year.matters(cx, SubmissionFilter::default()).await?;
    let earlier = year.matters_before(cx).await?;
    let own = year.own()?;
    let called = year.called();
    let growth = own.growth.map(|growth| format!("，比上年{}", changed(growth))).unwrap_or_default();
    let to_release = matters.seen.iter().filter(|one| one.matter.row.status == SubmissionStatus::Accepted).count();
    let waiting = if to_release == 0 { String::new() } else { format!("其中待交办{to_release}件。") };
    let overview = format!("{}共受理{}年{called}{}件{growth}。{waiting}", year.region.name, year.year, own.total);
    let mut sheets: Vec<Sheet> = table("按种类", &own.by_kind).into_iter().collect();
    sheets.extend(against(&own.by_category, before.years.first().map(|one| one.by_category.as_slice())));
    let bodies = names(cx, &matters, &before).await?;
    sheets.extend(load(&matters, &before, &bodies));
    let keys = key_items(cx, &matters).await?;
    Ok(PreHandlingAnalysis {
        subject: format!("{}年{called}", year.year),
        as_of: legal_day(year.figures.as_of),
        overview,
        sheets,
        hot_topics: hot::topics_of(&matters, &earlier),
        repeated: hot::repeated(&matters, &earlier),
        disputes: followed(&matters).filter_map(|one| dispute(one, &bodies)).collect(),
        key_items: keys,
        advice: Vec::new(),
        office: year.office,
        date: Some(cx.today()),
    })
}

/// Categories beside those of the year before.
fn against(now: &[Count], before: Option<&[Count]>) -> Option<Sheet> {
    let before: HashMap<&str, i64> = before.into_iter().flatten().map(|one| (one.label.as_str(), one.count)).collect();
    let counted = |one: &&Count| one.count > 0 || before.get(one.label.as_str()).is_some_and(|count| *count > 0);
    let rows: Vec<Vec<String>> = now
        .iter()
        .filter(counted)
        .map(|one| {
            let earlier = before.get(one.label.as_str()).copied().unwrap_or(0);
            vec![one.label.clone(), one.count.to_string(), earlier.to_string(), format!("{:+}", one.count - earlier)]
        })
        .collect();
    let columns = ["分类", "本年件数", "上年件数", "增减"].map(str::to_owned).to_vec();
    (!rows.is_empty()).then(|| Sheet { caption: "按分类与上年比较".into(), columns, rows, note: None })
}

/// Whom a matter would keep busy: the agencies planned or released, otherwise those suggested.
fn agencies(one: &Seen, answering: bool) -> Vec<OrganizationId> {
    let plans = one.may(Action::ReadPlanned);
    let known: Vec<_> = one.matter.live().filter(|part| plans || part.status != AssignmentStatus::Planned).collect();
    if known.is_empty() {
        return if answering { one.matter.row.suggested_agency_ids.0.clone() } else { Vec::new() };
    }
    known.iter().filter(|part| part.role.answers() == answering).map(|part| part.agency_id).collect()
}

/// How much each agency would have to do, beside what it led the year before.
fn load(matters: &Listed, before: &Statistics, bodies: &HashMap<OrganizationId, String>) -> Option<Sheet> {
    let mut load: BTreeMap<OrganizationId, (usize, usize)> = BTreeMap::new();
    for one in &matters.seen {
        agencies(one, true).into_iter().for_each(|id| load.entry(id).or_default().0 += 1);
        agencies(one, false).into_iter().for_each(|id| load.entry(id).or_default().1 += 1);
    }
    let led: HashMap<OrganizationId, i64> =
        before.agencies.iter().map(|one| (one.agency_id, one.lead + one.separate)).collect();
    let mut sorted: Vec<_> = load.into_iter().collect();
    sorted.sort_by_key(|(_, (leads, helps))| std::cmp::Reverse((*leads, *helps)));
    let rows: Vec<Vec<String>> = sorted
        .into_iter()
        .map(|(id, (leads, helps))| {
            let name = bodies.get(&id).cloned().unwrap_or_default();
            vec![name, leads.to_string(), helps.to_string(), led.get(&id).copied().unwrap_or(0).to_string()]
        })
        .collect();
    let columns = ["承办单位", "拟主（分）办", "拟会办", "上年主（分）办"].map(str::to_owned).to_vec();
    let note = Some("尚未拟定承办单位的，按提出者建议的承办单位计。".into());
    (!rows.is_empty()).then(|| Sheet { caption: "承办单位工作量".into(), columns, rows, note })
}

async fn names(cx: &Cx, matters: &Listed, before: &Statistics) -> AppResult<HashMap<OrganizationId, String>> {
    let suggested = matters.seen.iter().flat_map(|one| one.matter.row.suggested_agency_ids.0.iter().copied());
    let mut ids: Vec<OrganizationId> = suggested.chain(before.agencies.iter().map(|one| one.agency_id)).collect();
    ids.sort();
    ids.dedup();
    let found = directory::organizations(cx.db().reader(), &ids).await?;
    let mut names = matters.bodies.clone();
    names.extend(found.into_iter().map(|(id, row)| (id, row.name)));
    Ok(names)
}

/// The matters whose handling the reader follows: who handed back and who supervises is for those alone.
fn followed(matters: &Listed) -> impl Iterator<Item = &Seen> {
    matters.seen.iter().filter(|one| one.may(Action::ReadHandling))
}

/// A matter that was handed back, or for which several agencies are suggested and none is planned.
fn dispute(one: &Seen, bodies: &HashMap<OrganizationId, String>) -> Option<Dispute> {
    let row = &one.matter.row;
    let returned: Vec<OrganizationId> = one
        .matter
        .assignments
        .iter()
        .filter(|part| part.status == AssignmentStatus::Returned)
        .map(|part| part.agency_id)
        .collect();
    let suggested = &row.suggested_agency_ids.0;
    let (agencies, reason) = if !returned.is_empty() {
        (returned.clone(), format!("已退办{}次", returned.len()))
    } else if suggested.len() > 1 && one.matter.live().next().is_none() {
        (suggested.clone(), format!("提出者建议了{}个承办单位", suggested.len()))
    } else {
        return None;
    };
    Some(Dispute {
        case_no: row.case_no.map(|number| number.to_string()).unwrap_or_default(),
        title: row.title.clone(),
        agencies: agencies.iter().filter_map(|id| bodies.get(id).cloned()).collect(),
        reason,
    })
}

/// The matters that are labelled for supervision, for those who follow their handling.
async fn key_items(cx: &Cx, matters: &Listed) -> AppResult<Vec<KeyItem>> {
    let labelled: Vec<&Seen> = followed(matters).filter(|one| one.matter.supervised).collect();
    let ids: Vec<SubmissionId> = labelled.iter().map(|one| one.matter.row.id).collect();
    let conn = cx.db().reader();
    let labels = children::supervisions(conn, &ids).await?;
    let leader = |id: &SubmissionId| labels.get(id).and_then(|rows| leader_of(rows));
    let people: Vec<UserId> = ids.iter().filter_map(leader).collect();
    let people = directory::people(conn, &people).await?;
    let item = |one: &Seen| {
        let row = &one.matter.row;
        let lead: Vec<String> = agencies(one, true).into_iter().map(|id| matters.body(id)).collect();
        KeyItem {
            case_no: row.case_no.map(|number| number.to_string()).unwrap_or_default(),
            title: row.title.clone(),
            leader: leader(&row.id).and_then(|id| people.get(&id)).map(|person| person.name.clone()),
            lead_agency: lead.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join("、"),
        }
    };
    Ok(labelled.into_iter().map(item).collect())
}

fn leader_of(labels: &[supervision::Model]) -> Option<UserId> {
    labels.iter().find_map(|label| label.leader_id)
}
