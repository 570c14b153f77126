//! A small region with its agencies, and tables made of texts.

use crate::ledger::{Agencies, Context, Reading, read};
use crate::rules::rule_set::RuleSet;
use crate::table::{Cell, Row, Table};

/// A header with every column that the lines below fill.
pub(super) const HEADER: &str = "年度|层级|届次|案号|类别|标题|领衔人|提出日期|交办日期|办理方式|主办单位|会办单位|签收时间|\
    答复截止|延期至|答复日期|办理结果|态度评价|结果评价|承诺事项|承诺时限";

/// A line without a fault under [`HEADER`].
pub(super) const GOOD: &str = "2019|区级|区十七届人大五次会议|1|建议|关于养老服务的建议|黄国平|2019-01-08|2019-03-05|独办|\
    清河区民政局||2019-03-06|2019-06-05||2019-05-30|B|满意|满意|列入年度计划|2020-06-30";

/// A table of lines whose cells are parted by `|`.
pub(super) fn table(lines: &[&str]) -> Table {
    let rows = lines.iter().zip(1..).map(|(line, number)| {
        // A bar parts cells; a backslash with n is a line break inside one.
        Row {
            line: number,
            cells: line.split('|').map(|cell| Cell::from(cell.trim().replace("\\n", "\n").as_str())).collect(),
        }
    });
    Table { name: String::new(), rows: rows.collect() }
}

pub(super) fn agencies() -> Agencies {
    let mut agencies = Agencies::new();
    for name in ["清河区民政局", "清河区教育局", "清河区财政局", "清河区交通运输局"] {
        agencies.add(name, []);
    }
    agencies.add_short_forms("清河区");
    agencies
}

pub(super) fn rules() -> RuleSet {
    RuleSet::parse(RuleSet::preset("shanghai").unwrap()).unwrap()
}

pub(super) fn read_tables(tables: &[Table]) -> Reading {
    let rules = rules();
    read(tables, &Context { region_code: "990101", agencies: &agencies(), rules: Some(&rules) })
}

pub(super) fn read_lines(lines: &[&str]) -> Reading {
    read_tables(&[table(lines)])
}

/// The good line with some columns changed.
pub(super) fn changed(changes: &[(&str, &str)]) -> String {
    let headers: Vec<&str> = HEADER.split('|').map(str::trim).collect();
    let mut cells: Vec<String> = GOOD.split('|').map(|cell| cell.trim().to_owned()).collect();
    for (header, value) in changes {
        let index = headers.iter().position(|found| found == header).unwrap();
        (*value).clone_into(&mut cells[index]);
    }
    cells.join("|")
}

/// The faults of the good line so changed, in Chinese with their places.
pub(super) fn faults_of(changes: &[(&str, &str)]) -> Vec<String> {
    read_lines(&[HEADER, &changed(changes)]).faults.iter().map(ToString::to_string).collect()
}
