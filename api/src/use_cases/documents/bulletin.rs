//! 办理工作动态: how far the year's matters have come, by agency, and which are late.

use super::matter_papers::body_of_kind;
use super::year::Year;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::submissions::SubmissionFilter;
use crate::use_cases::board;
use crate::use_cases::statistics::StatisticsScope;
use domain::figures::board::Tally;
use domain::vocabulary::{BoardFigure, OrganizationKind};
use papers::data::{Bulletin, Section, Sheet};
use std::collections::BTreeMap;

/// The bulletin as of today; its number is for the editor to give.
///
/// # Errors
/// As [`Year::read`], and `FORBIDDEN` for those without a board of supervision; `BAD_INPUT` for a narrower scope than
/// year and institution, which the board does not know.
pub async fn make(cx: &Cx, scope: StatisticsScope) -> AppResult<Bulletin> {
    let region = scope.region_id;
    let narrower = [
        ("kinds", scope.kinds.is_some()),
        ("originLevels", scope.origin_levels.is_some()),
        ("roles", scope.roles.is_some()),
        ("agencyId", scope.agency_id.is_some()),
    ];
    if let Some((field, _)) = narrower.into_iter().find(|(_, given)| *given) {
        return Err(AppError::BadInput(vec!["scope".into(), field.into()]));
    }
    board::admit(cx)?;
    let year = Year::read(cx, scope).await?;
    let open = open_by_agency(cx, &year).await?;
    let own = year.own()?;
    let mut totals = Tally::default();
    open.values().for_each(|tally| totals.merge(tally));
    let of = |figure| totals.get(figure);
    let progress = format!(
        "截至{}，{}年{}共{}件。承办中{}件，其中未签收{}件、未与提出者沟通{}件、黄灯{}件、红灯{}件、逾期{}件。",
        cx.today().format("%-m月%-d日"),
        year.year,
        year.called(),
        own.total,
        of(BoardFigure::Open),
        of(BoardFigure::Unsigned),
        of(BoardFigure::Uncontacted),
        of(BoardFigure::Yellow),
        of(BoardFigure::Red),
        of(BoardFigure::Overdue),
    );
    let mut sections =
        vec![Section { heading: "办理进度".into(), text: progress, sheets: vec![by_agency(&year, &open)] }];
    sections.extend(overdue(cx, &year).await?);
    let offices = [OrganizationKind::CongressOffice, OrganizationKind::CppccOffice];
    let mut sent_to = Vec::new();
    for office in offices {
        sent_to.push(body_of_kind(cx, region, office).await?);
    }
    Ok(Bulletin {
        name: format!("{}建议提案办理工作动态", year.region.name),
        issue: None,
        issue_overall: None,
        editor: year.office.clone(),
        date: cx.today(),
        title: format!("{}年{}办理进展情况", year.year, year.called()),
        sections,
        reported_to: Vec::new(),
        sent_to: sent_to.into_iter().filter(|name| !name.is_empty()).collect(),
        issued_to: vec!["各承办单位".into()],
        copies: None,
    })
}

/// What each agency still owes in the year.
async fn open_by_agency(cx: &Cx, year: &Year) -> AppResult<BTreeMap<String, Tally>> {
    let found = board::by_agency(cx, year.year, year.institution).await?;
    let ids: Vec<_> = found.keys().copied().collect();
    let names = crate::repo::directory::organizations(cx.db().reader(), &ids).await?;
    let named = found.into_iter().filter_map(|(id, tally)| Some((names.get(&id)?.name.clone(), tally)));
    Ok(named.collect())
}

fn by_agency(year: &Year, open: &BTreeMap<String, Tally>) -> Sheet {
    const FIGURES: [BoardFigure; 6] = [
        BoardFigure::Open,
        BoardFigure::Unsigned,
        BoardFigure::Uncontacted,
        BoardFigure::Yellow,
        BoardFigure::Red,
        BoardFigure::Overdue,
    ];
    let rows = year.figures.agencies.iter().filter_map(|one| {
        let name = year.agencies.get(&one.agency_id)?.name.clone();
        let tally = open.get(&name).cloned().unwrap_or_default();
        let mut row = vec![name, one.replied.to_string()];
        row.extend(FIGURES.iter().map(|figure| tally.get(*figure).to_string()));
        Some(row)
    });
    let columns = ["承办单位", "已答复", "承办中", "未签收", "未沟通", "黄灯", "红灯", "逾期"];
    Sheet {
        caption: "各承办单位办理进度".into(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        note: Some("除已答复外，各列只计承办中的件。".into()),
    }
}

/// The matters that are late, one by one.
async fn overdue(cx: &Cx, year: &Year) -> AppResult<Option<Section>> {
    let late = year.matters(cx, SubmissionFilter { overdue: Some(true), ..SubmissionFilter::default() }).await?;
    if late.seen.is_empty() {
        return Ok(None);
    }
    let today = cx.today();
    let rows = late.seen.iter().flat_map(|one| {
        let parts = one.matter.live().filter(|part| part.status.is_released() && part.status.is_open());
        let parts = parts.filter_map(|part| Some((part.agency_id, part.due_on.filter(|due_on| *due_on < today)?)));
        parts.map(|(agency, due_on)| {
            let number = one.matter.row.case_no.map(|number| number.to_string()).unwrap_or_default();
            vec![late.body(agency), number, one.matter.row.title.clone(), due_on.format("%-m月%-d日").to_string()]
        })
    });
    let columns = ["承办单位", "案号", "标题", "期限"].map(str::to_owned).to_vec();
    let sheet = Sheet { caption: "逾期件".into(), columns, rows: rows.collect(), note: None };
    let text = "下列承办件已逾期，请承办单位抓紧办理并与提出者沟通。".into();
    Ok(Some(Section { heading: "逾期情况".into(), text, sheets: vec![sheet] }))
}
