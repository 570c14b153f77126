//! Tables that go over pages.

use papers::Format;

use crate::samples;
use crate::support::{docx_text, part, pdf_pages, pdf_text, render, squash, unspanned};

#[test]
fn a_long_schedule_repeats_its_head_on_every_page() {
    let rows = 45;
    let docx = render(samples::assignment_schedule(rows), Format::Docx);
    let pdf = render(samples::assignment_schedule(rows), Format::Pdf);
    let pages = pdf_pages(&pdf.bytes);
    assert!(pages.len() > 3, "{} pages", pages.len());
    let head = "序号案号类别标题领衔人（界别/团）联系电话";
    for (at, page) in pages.iter().enumerate() {
        assert_eq!(page.matches(head).count(), 1, "page {}: {page}", at + 1);
    }
    assert_eq!(part(&docx.bytes, "word/document.xml").matches("<w:tblHeader/>").count(), 1);

    // But for the repeated head the text is the same.
    let text = squash(&docx_text(&docx.bytes));
    let whole_head = &text[text.find(head).expect("a head")..text.find("备注").expect("its end") + "备注".len()];
    let joined = pages.concat().replace(whole_head, "");
    assert_eq!(text.replace(whole_head, ""), joined);
}

#[test]
fn rows_of_a_schedule_are_not_torn() {
    let pdf = render(samples::assignment_schedule(30), Format::Pdf);
    let pages = pdf_pages(&pdf.bytes);
    let whole = |page: &String| page.matches("（第").count() == page.matches("代表团）").count();
    assert!(pages.iter().all(whole));
}

#[test]
fn long_texts_and_many_co_signers_run_over_pages() {
    let mut form = samples::submission_form();
    form.cosigners = (0..40).map(|number| samples::proposer(number % samples::DEPUTIES.len())).collect();
    form.background = "城北片区建成较早，道路狭窄，公共停车泊位严重不足。\n".repeat(60);
    let docx = docx_text(&render(form.clone(), Format::Docx).bytes);
    let pdf = render(form, Format::Pdf);
    assert_eq!(unspanned(&squash(&docx)), unspanned(&pdf_text(&pdf.bytes)));
    assert!(pdf_pages(&pdf.bytes).len() > 4);
}

#[test]
fn a_sheet_whose_rows_do_not_match_its_columns_is_refused() {
    let mut report = samples::statistics_report();
    report.sheets[0].rows[1].pop();
    let error = crate::support::printer().render(&report.into(), Format::Pdf).expect_err("a short row");
    assert!(error.to_string().contains("template parts.xml, line "), "{error}");
    assert!(error.to_string().contains("this row fills 3 of 4 columns"), "{error}");
}
