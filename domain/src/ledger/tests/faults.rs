//! Each fault, with its place and its sentence.

use super::stage::{GOOD, HEADER, changed, faults_of, read_lines, read_tables, table};
use crate::language::Language;
use crate::ledger::{Fault, Fingerprint};
use crate::table::{Cell, Table, TableFault};
use std::collections::HashMap;

fn one(changes: &[(&str, &str)], expected: &str) {
    assert_eq!(faults_of(changes), [expected]);
}

#[test]
fn a_good_line_has_no_fault() {
    let reading = read_lines(&[HEADER, GOOD]);
    assert_eq!((reading.faults, reading.lines.len()), (vec![], 1));
}

#[test]
fn a_cell_that_cannot_be_understood_is_named() {
    one(&[("标题", "")], "第2行F列「标题」:此项必填,现为空白。请补填。");
    one(&[("年度", "二零一九")], "第2行A列「年度」:「二零一九」不是年份。请填四位数字,如2019。");
    one(&[("年度", "2109")], "第2行A列「年度」:「2109」的年份不在1954至2100之间。请核对。");
    one(
        &[("类别", "意见书")],
        "第2行E列「类别」:「意见书」不是可用的填法,可用:建议、议案、提案、热线件、社情民意信息。请改为其中之一。",
    );
    one(&[("案号", "十五")], "第2行D列「案号」:「十五」不是1至999999之间的整数或0。请只填数字。");
    one(&[("答复日期", "2019-02-30")], "第2行P列「答复日期」:「2019-02-30」这一天不存在。请核对月份和日期。");
    one(&[("答复日期", "已答复")], "第2行P列「答复日期」:「已答复」不是日期。请按2019-01-08的样式填写年月日。");
    one(
        &[("办理结果", "E")],
        "第2行Q列「办理结果」:「E」不是可用的填法,可用:解决采纳、正在解决、计划解决、留作参考、已解决、部分解决、列入计划、暂时无法解决、\
         不符合法律政策、A、B、C、D。请改为其中之一。",
    );
    one(&[("标题", "养老\u{202E}服务")], "第2行F列「标题」:第3个字符(U+202E)不可使用。请删除后重新输入。");
    one(&[("领衔人", &"长".repeat(201))], "第2行G列「领衔人」:内容过长:最多200字,现有201字。请精简。");
}

#[test]
fn agencies_are_known_and_fit_the_mode() {
    one(
        &[("主办单位", "清河区不存在局")],
        "第2行K列「主办单位」:找不到单位「清河区不存在局」。请改用单位目录中的名称,或请管理员先登记该单位。",
    );
    one(
        &[("主办单位", "清河区民正局")],
        "第2行K列「主办单位」:找不到单位「清河区民正局」,是否为「清河区民政局」?请改用单位目录中的名称。",
    );
    one(
        &[("会办单位", "清河区民政局"), ("办理方式", "主办+会办")],
        "第2行L列「会办单位」:单位「清河区民政局」重复。同一单位只能出现一次,主办单位不能同时会办。",
    );
    one(
        &[("会办单位", "教育局")],
        "第2行J列「办理方式」:「独办」与承办单位不符:现有主办1个、会办1个。独办为1个主办;主办+会办为1个主办和至少1个会办;分别办理为至少2个单位;\
         共同主办为至少2个主办。请核对。",
    );
    assert_eq!(faults_of(&[("办理方式", "主办+会办")]).len(), 1);
    assert_eq!(faults_of(&[("办理方式", "分别办理"), ("会办单位", "教育局")]), [""; 0]);
    assert_eq!(faults_of(&[("办理方式", "共同主办"), ("主办单位", "教育局、民政局")]), [""; 0]);
    assert_eq!(faults_of(&[("办理方式", "")]), [""; 0]);
}

#[test]
fn what_comes_later_did_not_happen_earlier() {
    one(&[("答复日期", "2019-03-04")], "第2行P列「答复日期」:「2019-03-04」早于交办日期2019-03-05。请核对两个日期。");
    one(&[("提出日期", "2019-03-06")], "第2行I列「交办日期」:「2019-03-05」早于提出日期2019-03-06。请核对两个日期。");
    one(&[("签收时间", "2019.3.4")], "第2行M列「签收时间」:「2019.3.4」早于交办日期2019-03-05。请核对两个日期。");
    one(&[("延期至", "2019-06-04")], "第2行O列「延期至」:「2019-06-04」早于答复截止2019-06-05。请核对两个日期。");
    one(&[("承诺时限", "2019-01-01")], "第2行U列「承诺时限」:「2019-01-01」早于交办日期2019-03-05。请核对两个日期。");
    // The same day is in order.
    assert_eq!(faults_of(&[("答复日期", "2019-03-05"), ("签收时间", "2019-03-05")]), [""; 0]);
}

#[test]
fn a_promise_needs_a_day_and_a_rating_a_reply() {
    one(&[("承诺时限", "")], "第2行U列「承诺时限」:有承诺事项而没有承诺时限。请补填完成日期。");
    assert_eq!(
        faults_of(&[("答复日期", ""), ("态度评价", "")]),
        ["第2行S列「结果评价」:已有评价「满意」而没有答复日期。请补填答复日期,或删除评价。"]
    );
    assert_eq!(faults_of(&[("答复日期", ""), ("态度评价", ""), ("结果评价", "")]), [""; 0]);
}

#[test]
fn a_kind_belongs_to_the_institution_of_its_session() {
    one(
        &[("类别", "提案")],
        "第2行E列「类别」:「提案」与届次不符:建议、议案属于人大,提案、社情民意属于政协。请核对类别和届次。",
    );
    assert_eq!(faults_of(&[("类别", "专线"), ("届次", "市人大")]), [""; 0]);
}

#[test]
fn a_number_stands_once_in_a_session_and_kind() {
    let again =
        changed(&[("标题", "关于托育服务的建议"), ("案号", "第01号"), ("届次", "区第十七届人民代表大会第五次会议")]);
    let other = changed(&[("类别", "议案")]);
    let reading = read_lines(&[HEADER, GOOD, &again, &other]);
    let found: Vec<String> = reading.faults.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["第3行D列「案号」:案号第01号与第2行重复(同一层级、届次、类别、年度)。请核对案号。"]);
    assert_eq!(reading.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn the_same_matter_is_recognised_and_another_with_its_number_refused() {
    let mut reading = read_lines(&[HEADER, GOOD, &changed(&[("案号", "2")]), &changed(&[("案号", "3")])]);
    let key = |number| Fingerprint::from_stored(format!("990101/COUNTY/CONGRESS-17-5/SUGGESTION/2019/{number}"));
    let stored = HashMap::from([(key(1), "关于 养老服务的建议".to_owned()), (key(2), "关于桥梁的建议".to_owned())]);
    reading.compare(&stored);
    let found: Vec<_> = reading.lines.iter().map(|line| (line.line, line.is_stored)).collect();
    assert_eq!(found, [(2, true), (4, false)]);
    assert_eq!(
        reading.faults[0].to_string(),
        "第3行D列「案号」:案号2在同一届次、类别中已用于《关于桥梁的建议》。请核对案号;如确为同一件,请使标题一致。"
    );
}

#[test]
fn a_number_is_compared_also_where_something_else_is_wrong() {
    let bad = changed(&[("答复日期", "x")]);
    let mut reading = read_lines(&[HEADER, &bad, GOOD]);
    let places = |reading: &crate::ledger::Reading| {
        let of = |fault: &Fault| (fault.line.unwrap(), fault.column_letter.clone());
        reading.faults.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(places(&reading), [(2, "P".to_owned()), (3, "D".to_owned())]);
    let stored = reading.fingerprints().map(|key| (key.clone(), "另一件".to_owned())).collect();
    reading.compare(&stored);
    assert_eq!(places(&reading)[..2], [(2, "D".to_owned()), (2, "P".to_owned())]);
}

#[test]
fn every_fault_of_a_file_is_listed_by_line_and_column() {
    let bad = changed(&[("年度", "x"), ("标题", ""), ("主办单位", "甲局、乙局"), ("承诺时限", "")]);
    let places: Vec<(u32, String)> = read_lines(&[HEADER, &bad, GOOD, &changed(&[("案号", "")])])
        .faults
        .iter()
        .map(|fault| (fault.line.unwrap(), fault.column_letter.clone()))
        .collect();
    let expected = [(2, "A"), (2, "F"), (2, "K"), (2, "K"), (2, "U"), (4, "D")];
    assert_eq!(places, expected.map(|(line, letter)| (line, letter.to_owned())));
}

#[test]
fn a_column_that_is_missing_or_doubled_is_named_once() {
    let header = HEADER.replace("领衔人|", "建议标题|");
    let found: Vec<String> =
        read_lines(&[&header, GOOD, &changed(&[("案号", "2")])]).faults.iter().map(ToString::to_string).collect();
    let expected = [
        "第1行「领衔人」:缺少必需的列。请在表格中补上这一列及其内容。",
        "第1行G列「建议标题」:与F列重复。请保留一列,删除或改名另一列。",
    ];
    assert_eq!(found, expected);
    assert_eq!(read_lines(&[&header, GOOD]).lines, [], "half a line is none");
}

#[test]
fn a_file_that_is_no_ledger_has_one_fault() {
    let only = |tables: &[Table]| {
        let faults = read_tables(tables).faults;
        assert_eq!(faults.len(), 1);
        (faults[0].line, faults[0].to_string())
    };
    let (line, sentence) = only(&[table(&["姓名|年龄", "甲|3"])]);
    assert_eq!(line, None);
    assert!(sentence.starts_with("没有找到表头行。"), "{sentence}");
    assert_eq!(only(&[]).1, "文件是空的。请确认选对了文件。");
    assert_eq!(only(&[table(&["|", " |"])]).1, "文件是空的。请确认选对了文件。");
    assert_eq!(only(&[table(&[HEADER])]).1, "表头下面没有可以导入的内容。请确认选对了文件和工作表。");
}

#[test]
fn a_file_of_nothing_but_faults_is_not_read_to_its_end() {
    // Ten faults a line: eight required cells, a rating without a reply, a promise without its day.
    let bad = "|||||||||||||||||满意||备";
    let lines: Vec<&str> = [HEADER].into_iter().chain(std::iter::repeat_n(bad, 2_000)).collect();
    let faults = read_lines(&lines).faults;
    assert_eq!(
        faults.last().map(ToString::to_string).as_deref(),
        Some("问题过多,从第1002行起未再检查。请确认文件无误,先改正已列出的问题,再重新导入。")
    );
    assert_eq!(faults.len(), 10_001);
}

#[test]
fn a_formula_that_failed_is_a_fault_and_one_that_is_text_is_text() {
    let mut tables = [table(&[HEADER, GOOD])];
    tables[0].rows[1].cells[5] = Cell::Error("#REF!".into());
    let faults = read_tables(&tables).faults;
    assert_eq!(faults[0].to_string(), "第2行F列「标题」:公式出错,显示为「#REF!」。请改为直接填写内容。");
    assert_eq!(faults.len(), 1);
    let reading = read_lines(&[HEADER, &changed(&[("标题", "=HYPERLINK(\"http://x\")")])]);
    assert_eq!(reading.lines[0].content.title, "=HYPERLINK(\"http://x\")");
}

#[test]
fn both_languages_say_what_to_do() {
    let fault = &read_lines(&[HEADER, &changed(&[("标题", "")])]).faults[0];
    let english = format!("{}{}", fault.place(Language::En), fault.message(Language::En));
    assert_eq!(english, "line 2, column F \"标题\": This is required and blank; fill it in.");
    let whole = Fault::from(TableFault::TooManyRows { max: 9 });
    assert_eq!(whole.message(Language::En), "Too many rows: at most 9 a sheet; split the file by year.");
    assert_eq!(whole.place(Language::En), "");
}
