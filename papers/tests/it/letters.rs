//! Letters: everybody is addressed, the page is that of GB/T 9704-2012, and length does no harm.

use papers::Format;
use papers::data::{Person, Point};

use crate::samples;
use crate::support::{docx_text, part, pdf_pages, pdf_text, render, squash};

fn salutation(people: Vec<Person>) -> String {
    let mut letter = samples::reply_letter();
    letter.addressees = people;
    let text = docx_text(&render(letter, Format::Docx).bytes);
    text.lines().find(|line| line.ends_with('：')).expect("a salutation").to_owned()
}

fn person(name: &str, honorific: &str) -> Person {
    Person { name: name.into(), honorific: honorific.into() }
}

#[test]
fn every_co_signer_is_addressed() {
    assert_eq!(salutation(samples::deputies(1)), "徐文国代表：");
    assert_eq!(salutation(samples::deputies(2)), "徐文国、江源燕代表：");
    assert_eq!(
        salutation(samples::deputies(12)),
        "徐文国、江源燕、林东志、吴玲东、廖思华、张雅刚、萧静永、黄国平、张素启、邱海思、潘明华、周美明代表："
    );
}

#[test]
fn deputies_members_and_bodies_keep_their_forms_of_address() {
    assert_eq!(salutation(vec![person("徐文国", "代表"), person("潘春怡", "委员")]), "徐文国代表，潘春怡委员：");
    assert_eq!(salutation(vec![person("政协清河区委员会经济界别组", "")]), "政协清河区委员会经济界别组：");
}

#[test]
fn one_many_and_a_body_are_spoken_to_differently() {
    let opening = |people: Vec<Person>| {
        let mut letter = samples::reply_letter();
        letter.addressees = people;
        docx_text(&render(letter, Format::Docx).bytes)
    };
    assert!(opening(samples::deputies(1)).contains("\n您提出的《"));
    assert!(opening(samples::deputies(2)).contains("\n你们提出的《"));
    assert!(opening(vec![person("政协清河区委员会经济界别组", "")]).contains("\n贵单位提出的《"));
}

#[test]
fn a_letter_without_addressees_is_not_printed() {
    let mut letter = samples::reply_letter();
    letter.addressees.clear();
    let error = crate::support::printer().render(&letter.into(), Format::Docx).expect_err("nobody to answer");
    assert!(error.to_string().starts_with("template reply-letter.xml, line "), "{error}");
    assert!(error.to_string().contains("nobody is named"), "{error}");
}

#[test]
fn a_letter_about_no_number_is_not_printed() {
    let mut letter = samples::reply_letter();
    letter.matter.case_no = " ".into();
    let error = crate::support::printer().render(&letter.into(), Format::Pdf).expect_err("no number");
    assert!(error.to_string().contains("this field is empty, and the paper needs it"), "{error}");
}

#[test]
fn the_page_is_that_of_the_standard() {
    let docx = render(samples::reply_letter(), Format::Docx);
    let body = part(&docx.bytes, "word/document.xml");
    // A4; 37, 26, 35 and 28 mm in twentieths of a point.
    assert!(body.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"), "{body}");
    assert!(body.contains("<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\""), "{body}");
    let styles = part(&docx.bytes, "word/styles.xml");
    assert!(styles.contains("w:eastAsia=\"仿宋_GB2312\""));
    assert!(styles.contains("w:eastAsia=\"方正小标宋简体\""));
    assert!(part(&docx.bytes, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    assert!(part(&docx.bytes, "word/footer1.xml").contains("<w:jc w:val=\"right\"/>"));
    assert!(part(&docx.bytes, "word/footer2.xml").contains("<w:jc w:val=\"left\"/>"));
}

#[test]
fn a_page_holds_22_lines_of_28_characters() {
    let mut letter = samples::co_opinion();
    letter.opening = Some("字".repeat(28 * 22 * 3));
    letter.points.clear();
    let pdf = render(letter, Format::Pdf);
    // The second page is full of the long paragraph.
    assert_eq!(pdf_pages(&pdf.bytes)[1].matches('字').count(), 28 * 22);
}

#[test]
fn a_reply_of_three_pages_keeps_its_signature_with_the_text() {
    let mut letter = samples::reply_letter();
    for count in 6..16 {
        letter.points = (0..count)
            .map(|n| Point {
                heading: Some(format!("关于第{n}项")),
                text: "已列入年度计划分步实施，并按季度公布进展情况。".repeat(4),
            })
            .collect();
        let pdf = render(letter.clone(), Format::Pdf);
        let pages = pdf_pages(&pdf.bytes);
        let signed = pages.iter().position(|page| page.contains("2026年5月20日（联系人")).expect("a date");
        let signature = pages[signed].find("清河区城市管理局2026年5月20日").expect("a signature");
        assert!(signature > 0, "{count} points: the signature stands alone on page {}", signed + 1);
        assert!(pages.last().is_some_and(|page| page.contains("抄送：")), "{count} points");
    }
}

#[test]
fn a_closing_record_is_brought_back_to_the_last_page_of_text() {
    // Set loosely, the record would not fit under the text of the second page.
    let pdf = render(samples::assignment_notice(), Format::Pdf);
    let pages = pdf_pages(&pdf.bytes);
    assert_eq!(pages.len(), 2);
    assert!(pages[1].contains("附件：") && pages[1].contains("抄送："), "{}", pages[1]);
}

#[test]
fn very_long_titles_lose_nothing() {
    let long = "关于进一步做好西园街道老旧小区加装电梯和既有住宅外墙脱落治理".repeat(12);
    let mut letter = samples::reply_letter();
    letter.matter.title.clone_from(&long);
    letter.matter.meeting.short_title = "区十八届人大六次会议".repeat(8);
    letter.agency = "清河区人力资源和社会保障局".repeat(3);
    let docx = docx_text(&render(letter.clone(), Format::Docx).bytes);
    let pdf = pdf_text(&render(letter, Format::Pdf).bytes);
    assert_eq!(squash(&docx), pdf);
    assert!(pdf.contains(&format!("《{long}》")));
}

#[test]
fn a_draft_without_number_date_and_marks_prints_room_for_them() {
    let mut letter = samples::reply_letter();
    letter.document_no = None;
    letter.signer = None;
    letter.date = None;
    letter.outcome_mark = None;
    letter.disclosure = None;
    letter.printed_by = None;
    let docx = docx_text(&render(letter, Format::Docx).bytes);
    assert!(docx.starts_with("清河区城市管理局\n关于"), "{docx}");
    assert!(docx.contains("年　　月　　日"), "{docx}");
}
