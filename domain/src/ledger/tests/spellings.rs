//! What clerks write, and what is understood.

use super::stage::{GOOD, HEADER, changed, read_lines, read_tables, table};
use crate::ledger::{LedgerLine, Reading, SkippedLine};
use crate::vocabulary::{ContactMode, HandlingMode, Institution, Outcome, Rating, RegionLevel, SubmissionKind};

fn only(reading: &Reading) -> &LedgerLine {
    assert_eq!(reading.faults, [], "no fault");
    assert_eq!(reading.lines.len(), 1);
    &reading.lines[0].content
}

#[test]
fn a_ledger_of_another_office_is_read_by_its_own_words() {
    let reading = read_lines(&[
        "清河区2019年政协提案办理情况台账",
        "填报单位:清河区人民政府办公室|||||||||||||单位:件",
        "序号|年份|级别|会议名称|提案编号|案别|案\\n由|第一\\n提案人|联系电话|附议人数(人)|承办单位|协办单位|承办人|电话|办 理 类 别|\
         联系形式|满意度|办复时间",
        "1|2019年度|县级|区政协十五届五次会议|第0012号|委员提案|关于加快\\n养老服务的提案|郭宜兰|13800000000|3人|区民政局|教育局\\n财政局|张三|\
         0571-88880000|Ｂ 类|走访、电话|基本满意|2019年5月30日",
        "合计|||||1件",
        "注:本表数据截至2019年底",
    ]);
    let line = only(&reading);
    assert_eq!((line.year, line.level, line.case_no), (2019, RegionLevel::County, 12));
    assert_eq!((line.kind, line.title.as_str()), (SubmissionKind::Proposal, "关于加快养老服务的提案"));
    assert_eq!(
        (line.proposer_phone.as_deref(), line.handler_phone.as_deref()),
        (Some("13800000000"), Some("0571-88880000"))
    );
    assert_eq!(line.leads, ["清河区民政局"]);
    assert_eq!(line.co_agencies, ["清河区教育局", "清河区财政局"]);
    assert_eq!(line.mode_or_derived(), Some(HandlingMode::LeadWithCo));
    let outcome = line.outcome.as_ref().unwrap();
    assert_eq!((outcome.label.as_str(), outcome.outcome), ("Ｂ 类", Outcome::InProgress));
    assert_eq!(line.contact_modes, [ContactMode::Visit, ContactMode::Phone]);
    assert_eq!((line.cosigner_count, line.result_rating), (Some(3), Some(Rating::BasicallySatisfied)));
    assert_eq!(line.institution(), Some(Institution::Cppcc));
    assert_eq!(reading.lines[0].fingerprint.as_str(), "990101/COUNTY/CPPCC-15-5/PROPOSAL/2019/12");
    assert_eq!(reading.unread_columns.iter().map(|column| column.word.as_str()).collect::<Vec<_>>(), ["序号"]);
    assert_eq!(reading.skipped_lines.iter().map(|line| line.line).collect::<Vec<_>>(), [5, 6]);
}

#[test]
fn a_header_of_two_rows_is_read_as_one() {
    let first = "年度|层级|届次|案号|类别|标题|领衔人|主办单位|答复日期|评价||承诺";
    let second = "|||||||||态度|结果|事项|时限|";
    let row = |number| {
        format!(
            "2019|区级|区十七届人大五次会议|{number}|建议|标题{number}|黄国平|区民政局|2019-05-30|满意|基本满意|修路|2020-06-30"
        )
    };
    let reading = read_lines(&[first, second, &row(1), first, second, &row(2)]);
    assert_eq!(reading.faults, []);
    let found: Vec<_> = reading.lines.iter().map(|line| (line.line, &line.content)).collect();
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 6]);
    let line = found[0].1;
    assert_eq!((line.attitude_rating, line.result_rating), (Some(Rating::Satisfied), Some(Rating::BasicallySatisfied)));
    assert_eq!((line.promise.as_deref(), line.promise_due_on.is_some()), (Some("修路"), true));
    // A matter that lacks all it needs is no header: eight cells are required, the rating wants a reply, and the
    // promise of the next line its day, whose column is not there.
    let bare = "|||||||||满意||";
    assert_eq!(read_lines(&[first, bare, &row(1)]).faults.len(), 10);
}

#[test]
fn a_header_repeated_on_each_page_is_no_matter() {
    let reading = read_lines(&[HEADER, GOOD, HEADER, &changed(&[("案号", "2")])]);
    assert_eq!((reading.faults.len(), reading.lines.len()), (0, 2));
    assert_eq!(reading.skipped_lines, [SkippedLine { sheet: String::new(), line: 3 }]);
}

#[test]
fn a_total_with_the_number_of_a_matter_is_still_read_as_one() {
    let reading = read_lines(&[HEADER, &changed(&[("年度", "合计")])]);
    assert_eq!(reading.faults.len(), 1, "a full row is never left out in silence");
}

#[test]
fn sheets_without_a_header_are_named_beside_those_with_one() {
    let sheet = |name: &str, lines: &[&str]| crate::table::Table { name: name.into(), ..table(lines) };
    let again = changed(&[("标题", "另一件")]);
    let reading =
        read_tables(&[sheet("封面", &["台账"]), sheet("人大", &[HEADER, GOOD]), sheet("补", &[HEADER, &again])]);
    assert_eq!(reading.skipped_sheets, ["封面"]);
    assert_eq!(
        reading.faults[0].to_string(),
        "工作表「补」第2行D列「案号」:案号1与工作表「人大」第2行重复(同一层级、届次、类别、年度)。请核对案号。"
    );
}

#[test]
fn a_proposer_whom_nobody_knows_stays_a_name() {
    let reading = read_lines(&[HEADER, &changed(&[("领衔人", "某届老代表")])]);
    assert_eq!(only(&reading).lead_proposer, "某届老代表");
}

#[test]
fn the_fingerprint_knows_the_matter_and_not_what_became_of_it() {
    let of = |changes: &[(&str, &str)]| read_lines(&[HEADER, &changed(changes)]).lines[0].fingerprint.clone();
    let good = of(&[]);
    for same in [
        ("答复日期", "2019-06-01"),
        ("标题", "另一标题"),
        ("案号", "第0001号"),
        ("届次", "清河区第十七届人大第五次会议"),
    ] {
        assert_eq!(of(&[same]), good, "{same:?}");
    }
    for other in [("案号", "2"), ("类别", "议案"), ("年度", "2018"), ("层级", "市级"), ("届次", "区十七届人大四次会议")]
    {
        assert_ne!(of(&[other]), good, "{other:?}");
    }
}
