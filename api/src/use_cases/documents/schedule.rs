//! 交办安排表: which agency handles which matters until when.

use super::listed::Listed;
use crate::access::{self, Seen};
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::matter;
use crate::repo::submissions::SubmissionFilter;
use domain::ids::SubmissionId;
use domain::language::Language;
use domain::rules::legal_day::legal_day;
use domain::table::Cell;
use domain::vocabulary::HandlingMode;
use papers::data::{AssignmentSchedule, ScheduleRow};
use sheets::{Sheet, SheetColumn};

/// The schedule of one matter, or of a list; of matters that were released alone.
pub async fn make(cx: &Cx, only: Option<SubmissionId>, filter: SubmissionFilter) -> AppResult<AssignmentSchedule> {
    let listed = match only {
        Some(id) => {
            let conn = cx.db().reader();
            let one = access::see(cx, conn, matter::load(conn, id, false).await?).await?;
            Listed::with_names(cx, vec![one]).await?
        }
        None => Listed::read(cx, &filter).await?,
    };
    let year = filter.handling_year.map(|year| format!("{year}年")).unwrap_or_default();
    Ok(AssignmentSchedule {
        subject: format!("{}{year}建议提案", listed.region.name),
        office: listed.region.name.clone(),
        date: cx.today(),
        rows: listed.seen.iter().filter_map(|one| row(&listed, one)).collect(),
    })
}

fn row(listed: &Listed, one: &Seen) -> Option<ScheduleRow> {
    let matter = &one.matter;
    let released: Vec<_> = matter.live().filter(|part| part.status.is_released()).collect();
    let due = |answering: bool| {
        released.iter().filter(|part| part.role.answers() == answering).filter_map(|part| part.due_on).min()
    };
    let names = |answering: bool| {
        let some = released.iter().filter(|part| part.role.answers() == answering);
        some.map(|part| listed.body(part.agency_id)).collect::<Vec<_>>()
    };
    released.first()?;
    Some(ScheduleRow {
        case_no: matter.row.case_no.map(|number| number.to_string()).unwrap_or_default(),
        kind: matter.row.kind.label(Language::Zh).to_owned(),
        title: matter.row.title.clone(),
        proposer: listed.proposer(one).unwrap_or_else(|| "(不公开)".into()),
        mode: matter.row.mode.unwrap_or(HandlingMode::Sole).label(Language::Zh).to_owned(),
        lead_agencies: names(true),
        co_agencies: names(false),
        assigned_on: matter.row.assigned_at.map(legal_day),
        co_opinion_due: due(false),
        reply_due: due(true),
        key: matter.supervised && one.may(domain::policy::Action::ReadHandling),
        ..ScheduleRow::default()
    })
}

/// The same as a sheet.
pub fn sheet(schedule: &AssignmentSchedule) -> (String, Sheet) {
    const COLUMNS: [(&str, f64); 11] = [
        ("序号", 6.0),
        ("案号", 8.0),
        ("类别", 8.0),
        ("标题", 48.0),
        ("领衔人", 12.0),
        ("办理方式", 12.0),
        ("主办单位", 28.0),
        ("会办单位", 28.0),
        ("交办日期", 12.0),
        ("会办意见截止", 14.0),
        ("答复截止", 12.0),
    ];
    let text = |text: &str| Cell::from(text);
    let day = |day: Option<chrono::NaiveDate>| day.map_or(Cell::Empty, |day| Cell::Text(day.to_string()));
    let rows = schedule.rows.iter().enumerate().map(|(place, row)| {
        vec![
            Cell::Text((place + 1).to_string()),
            text(&row.case_no),
            text(&row.kind),
            text(&row.title),
            text(&row.proposer),
            text(&row.mode),
            text(&row.lead_agencies.join("、")),
            text(&row.co_agencies.join("、")),
            day(row.assigned_on),
            day(row.co_opinion_due),
            day(row.reply_due),
        ]
    });
    let columns = COLUMNS.iter().map(|(header, width)| SheetColumn::text(*header, *width)).collect();
    (format!("{}交办安排表", schedule.subject), Sheet { name: "交办安排表".into(), columns, rows: rows.collect() })
}
