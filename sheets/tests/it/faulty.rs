//! The faulty ledger: each fault is found, named, and nothing else is.

use crate::stage::{FAULTY, ledger, read_file};
use domain::language::Language;
use domain::ledger::Fingerprint;
use std::collections::HashMap;

/// The matters of 2019, as if they had been stored.
fn stored() -> HashMap<Fingerprint, String> {
    ledger(2019).lines.into_iter().map(|line| (line.fingerprint, line.content.title)).collect()
}

#[test]
fn every_fault_of_the_faulty_ledger_is_named() {
    let mut reading = read_file(FAULTY);
    reading.compare(&stored());
    let found: Vec<String> = reading.faults.iter().map(ToString::to_string).collect();
    let expected = [
        "第2行G列「标题」:此项必填,现为空白。请补填。",
        "第3行A列「年度」:「二零一九」不是年份。请填四位数字,如2019。",
        "第4行E列「类别」:「意见书」不是可用的填法,可用:建议、议案、提案、热线件、社情民意信息。请改为其中之一。",
        "第5行N列「主办单位」:找不到单位「清河区不存在局」。请改用单位目录中的名称,或请管理员先登记该单位。",
        "第6行U列「答复日期」:「2019-02-30」这一天不存在。请核对月份和日期。",
        "第7行D列「案号」:案号1在同一届次、类别中已用于《关于加快北站街道公益性公墓建设的建议》。请核对案号;如确为同一件,请使标题一致。",
        "第9行L列「交办日期」:「2019-05-01」早于提出日期2019-05-20。请核对两个日期。",
        "第9行U列「答复日期」:「2019-04-01」早于交办日期2019-05-01。请核对两个日期。",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_faults_are_told_in_english_too() {
    let mut reading = read_file(FAULTY);
    reading.compare(&stored());
    let found: Vec<String> = reading.faults.iter().map(|fault| fault.message(Language::En)).collect();
    let expected = [
        "This is required and blank; fill it in.",
        "\"二零一九\" is no year; write four digits, such as 2019.",
        "\"意见书\" is not understood; write one of: 建议、议案、提案、热线件、社情民意信息.",
        "There is no agency \"清河区不存在局\"; use the name in the directory, or have it registered first.",
        "There is no day \"2019-02-30\"; check month and day.",
        "Case number 1 of this session and kind belongs to \"关于加快北站街道公益性公墓建设的建议\"; check it, or write the same title if it \
         is the same matter.",
        "\"2019-05-01\" lies before 2019-05-20 in 提出日期; check both days.",
        "\"2019-04-01\" lies before 2019-05-01 in 交办日期; check both days.",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_one_line_without_a_fault_holds_a_formula_as_plain_text() {
    let mut reading = read_file(FAULTY);
    reading.compare(&stored());
    let titles: Vec<_> = reading.lines.iter().map(|line| (line.line, line.content.title.as_str())).collect();
    assert_eq!(titles, [(8, "=HYPERLINK(\"http://x\")")]);
}

#[test]
fn a_ledger_read_twice_is_recognised_as_a_whole() {
    let mut again = ledger(2019);
    again.compare(&stored());
    assert_eq!(again.faults, []);
    assert!(again.lines.iter().all(|line| line.is_stored));
    let mut other = ledger(2018);
    other.compare(&stored());
    assert!(other.lines.iter().all(|line| !line.is_stored));
}
