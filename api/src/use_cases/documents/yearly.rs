//! 年度办理情况报告: to the congress or the CPPCC, with term and session in the title; what went badly and what comes
//! next is for people to write.

use super::report::{by_agency, figure, first_and_final, outcomes_by_category, table};
use super::year::{Year, changed};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::submissions::SubmissionFilter;
use crate::use_cases::statistics::StatisticsScope;
use domain::rules::legal_day::legal_day;
use domain::vocabulary::Institution;
use papers::data::{Section, Sheet, YearlyReport};

/// The report as of now.
///
/// # Errors
/// As [`Year::read`]; `BAD_INPUT` without an institution, to which it is given.
pub async fn make(cx: &Cx, scope: StatisticsScope) -> AppResult<YearlyReport> {
    let institution =
        scope.institution.ok_or_else(|| AppError::BadInput(vec!["scope".into(), "institution".into()]))?;
    let year = Year::read(cx, scope).await?;
    let own = year.own()?;
    let place = &year.region.name;
    let subject = format!("{}{}", year.session(cx, institution).await?, year.called());
    let growth = own.growth.map(|growth| format!("，比上年{}", changed(growth))).unwrap_or_default();
    let kinds: Vec<String> =
        own.by_kind.iter().filter(|one| one.count > 0).map(|one| format!("{}{}件", one.label, one.count)).collect();
    let kinds = if kinds.len() > 1 { format!("，其中{}", kinds.join("、")) } else { String::new() };
    let overview = format!("{}年，{place}共办理{subject}{}件{kinds}{growth}。", year.year, own.total);
    let tables = [
        ("按分类", &own.by_category),
        ("按来源层级", &own.by_origin_level),
        ("按代表团、界别", &own.by_delegation),
        ("按提出主体", &own.by_proposer),
        ("按办理结果", &own.by_outcome),
        ("按总体评价", &own.by_rating),
    ];
    let mut sheets: Vec<Sheet> = tables.iter().filter_map(|(caption, counts)| table(caption, counts)).collect();
    sheets.extend(outcomes_by_category("分类办理结果对照", &own.outcomes_by_category));
    sheets.extend(first_and_final("首次与最终评价对照", &own.by_first_rating, &own.by_final_rating));
    sheets.extend(Some(by_agency(&year.figures, &year.agencies)).filter(|table| !table.rows.is_empty()));
    Ok(YearlyReport {
        body: format!("{place}人民政府"),
        subject,
        addressee: Some(match institution {
            Institution::Congress => format!("{place}人民代表大会常务委员会"),
            Institution::Cppcc => format!("政协{place}委员会"),
        }),
        year: year.year,
        as_of: legal_day(year.figures.as_of),
        overview,
        figures: own.metrics.iter().map(|metric| figure(&metric.label, metric)).collect(),
        sections: key_items(cx, &year).await?.into_iter().collect(),
        problems: Vec::new(),
        next_steps: Vec::new(),
        sheets,
        office: format!("{place}人民政府"),
        date: Some(cx.today()),
    })
}

/// The matters under supervision, one by one.
async fn key_items(cx: &Cx, year: &Year) -> AppResult<Option<Section>> {
    let found = year.matters(cx, SubmissionFilter { supervised: Some(true), ..SubmissionFilter::default() }).await?;
    if found.seen.is_empty() {
        return Ok(None);
    }
    let rows = found.seen.iter().map(|one| {
        let row = &one.matter.row;
        let lead: Vec<String> = one
            .matter
            .live()
            .filter(|part| part.status.is_released() && part.role.answers())
            .map(|part| found.body(part.agency_id))
            .collect();
        let number = row.case_no.map(|number| number.to_string()).unwrap_or_default();
        let status = row.status.label(domain::language::Language::Zh).to_owned();
        vec![number, row.title.clone(), lead.join("、"), status]
    });
    let columns = ["案号", "标题", "主办单位", "状态"].map(str::to_owned).to_vec();
    let sheet = Sheet { caption: "重点督办件".into(), columns, rows: rows.collect(), note: None };
    let text = format!("重点督办{}件，逐件情况见下表。", found.seen.len());
    Ok(Some(Section { heading: "重点督办情况".into(), text, sheets: vec![sheet] }))
}
