//! 统计报告: the figures of a scope, each with its definition, and the tables behind them.

use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::directory;
use crate::use_cases::statistics::{self, CategoryOutcomes, Count, Metric, Statistics, StatisticsScope};
use domain::ids::OrganizationId;
use domain::rules::legal_day::legal_day;
use domain::table::Cell;
use entity::organization;
use papers::data::{self, Figure, StatisticsReport};
use sheets::{Sheet, SheetColumn};
use std::collections::HashMap;

/// The report as of now.
///
/// # Errors
/// As for the query of statistics.
pub async fn make(cx: &Cx, scope: StatisticsScope) -> AppResult<StatisticsReport> {
    let years: Vec<String> = scope.handling_years.iter().map(ToString::to_string).collect();
    let region = scope.region_id;
    let found = statistics::compute(cx, scope).await?;
    let conn = cx.db().reader();
    let place = directory::regions(conn, &[region]).await?.remove(&region).map(|row| row.name).unwrap_or_default();
    let agencies: Vec<OrganizationId> = found.agencies.iter().map(|one| one.agency_id).collect();
    let names = directory::organizations(conn, &agencies).await?;
    let (mut figures, mut tables) = (Vec::new(), Vec::new());
    for year in &found.years {
        let of = |what: &str| format!("{}年{what}", year.handling_year);
        figures.push(Figure {
            name: of("办理件数"),
            value: format!("{}件", year.total),
            definition: "受理（立案）的件，受理后并案、撤回的也各计一件。".into(),
            basis: None,
            change: year.growth.map(|change| format!("{:+.1}%", change * 100.0)),
        });
        figures.extend(year.metrics.iter().map(|metric| figure(&of(&metric.label), metric)));
        for (caption, counts) in [
            ("按种类", &year.by_kind),
            ("按来源层级", &year.by_origin_level),
            ("按分类", &year.by_category),
            ("按承办角色", &year.by_role),
            ("按代表团、界别", &year.by_delegation),
            ("按提出主体", &year.by_proposer),
            ("按办理结果", &year.by_outcome),
            ("按总体评价", &year.by_rating),
            ("按状态", &year.by_status),
        ] {
            tables.extend(table(&of(caption), counts));
        }
        tables.extend(outcomes_by_category(&of("分类办理结果对照"), &year.outcomes_by_category));
        tables.extend(first_and_final(&of("首次与最终评价对照"), &year.by_first_rating, &year.by_final_rating));
    }
    tables.push(by_agency(&found, &names));
    let scope = found.years.first().and_then(|year| year.metrics.first()).map(|metric| scope_of(&metric.definition));
    Ok(StatisticsReport {
        title: format!("{place}{}年度建议提案办理情况统计报告", years.join("、")),
        // The paper has a label of its own for it.
        scope: printed(&scope.unwrap_or_default()).trim_start_matches("口径：").to_owned(),
        as_of: legal_day(found.as_of),
        figures,
        sheets: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        remarks: Vec::new(),
        office: place,
        date: Some(cx.today()),
    })
}

/// What each agency had to do and did.
pub(super) fn by_agency(found: &Statistics, names: &HashMap<OrganizationId, organization::Model>) -> data::Sheet {
    let rows = found.agencies.iter().map(|one| {
        let numbers = [one.lead, one.co, one.separate, one.returned, one.replied, one.overdue];
        let name = names.get(&one.agency_id).map(|row| row.name.clone()).unwrap_or_default();
        std::iter::once(name).chain(numbers.iter().map(ToString::to_string)).collect()
    });
    let columns = ["承办单位", "主办", "会办", "分办", "退办", "已答复", "逾期"].map(str::to_owned).to_vec();
    data::Sheet { caption: "按承办单位".into(), columns, rows: rows.collect(), note: None }
}

/// A definition ends with the sentence on its scope, which all figures share.
fn scope_of(definition: &str) -> String {
    definition.find("口径").map_or_else(String::new, |at| definition[at..].to_owned())
}

/// A sentence with the marks that printed Chinese has.
fn printed(sentence: &str) -> String {
    let mark = |c| match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        other => other,
    };
    sentence.chars().map(mark).collect()
}

pub(super) fn figure(name: &str, metric: &Metric) -> Figure {
    let own = metric.definition.find("口径").map_or(metric.definition.as_str(), |at| &metric.definition[..at]);
    Figure {
        name: name.to_owned(),
        value: metric.rate.map_or_else(|| "—".to_owned(), |rate| format!("{:.1}%", rate * 100.0)),
        definition: printed(own.trim()),
        basis: (metric.denominator > 0).then(|| format!("{}÷{}", metric.numerator, metric.denominator)),
        change: None,
    }
}

pub(super) fn table(caption: &str, counts: &[Count]) -> Option<data::Sheet> {
    let shown: Vec<&Count> = counts.iter().filter(|one| one.count > 0).collect();
    let total: i64 = shown.iter().map(|one| one.count).sum();
    if total == 0 {
        return None;
    }
    let rows = shown.iter().map(|one| {
        // Both are counts of matters, far below where a float loses a unit.
        let share = 100.0 * one.count as f64 / total as f64;
        vec![one.label.clone(), one.count.to_string(), format!("{share:.1}%")]
    });
    let columns = ["项目", "件数", "占比"].map(str::to_owned).to_vec();
    Some(data::Sheet { caption: caption.to_owned(), columns, rows: rows.collect(), note: None })
}

/// Outcomes across, categories down.
pub(super) fn outcomes_by_category(caption: &str, rows: &[CategoryOutcomes]) -> Option<data::Sheet> {
    let first = rows.first()?;
    let columns = std::iter::once("分类".to_owned()).chain(first.outcomes.iter().map(|one| one.label.clone()));
    let line = |row: &CategoryOutcomes| {
        std::iter::once(row.label.clone()).chain(row.outcomes.iter().map(|one| one.count.to_string())).collect()
    };
    let (columns, rows) = (columns.collect(), rows.iter().map(line).collect());
    Some(data::Sheet { caption: caption.to_owned(), columns, rows, note: None })
}

/// Each rating in the first round and on the latest replies; nothing where either is withheld.
pub(super) fn first_and_final(caption: &str, first: &[Count], last: &[Count]) -> Option<data::Sheet> {
    if first.iter().chain(last).all(|one| one.count == 0) || first.len() != last.len() {
        return None;
    }
    let rows = first
        .iter()
        .zip(last)
        .map(|(before, after)| vec![before.label.clone(), before.count.to_string(), after.count.to_string()]);
    let columns = ["评价", "首次", "最终"].map(str::to_owned).to_vec();
    Some(data::Sheet { caption: caption.to_owned(), columns, rows: rows.collect(), note: None })
}

/// The same as sheets: the figures first, then each table.
pub fn sheets(report: &StatisticsReport) -> Vec<Sheet> {
    let columns = [("指标", 26.0), ("数值", 12.0), ("分子÷分母", 14.0), ("同比", 14.0), ("口径", 80.0)];
    let columns = columns.iter().map(|(header, width)| SheetColumn::text(*header, *width)).collect();
    let text = |text: &str| Cell::from(text);
    let rows = report.figures.iter().map(|one| {
        vec![
            text(&one.name),
            text(&one.value),
            text(one.basis.as_deref().unwrap_or_default()),
            text(one.change.as_deref().unwrap_or_default()),
            text(&one.definition),
        ]
    });
    let mut all = vec![Sheet { name: "指标".into(), columns, rows: rows.collect() }];
    all.extend(report.sheets.iter().map(|table| Sheet {
        name: table.caption.clone(),
        columns: table.columns.iter().map(|header| SheetColumn::text(header.clone(), 24.0)).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(|cell| Cell::from(cell.as_str())).collect()).collect(),
    }));
    all
}
