//! Templates of a region, and faults in them.

use papers::{Fonts, Format, PaperError, Printer, Templates};

use crate::samples;
use crate::support::{docx_text, folder, pdf_text};

fn printer_with(test: &str, file: &str, text: &str) -> Result<Printer, PaperError> {
    let folder = folder(test);
    std::fs::write(folder.join(file), text).expect("a template");
    Printer::new(Templates::with_overrides(&folder)?, Fonts::shipped())
}

/// The place and the message of a template error.
fn fault<T>(result: Result<T, PaperError>) -> (String, usize, String) {
    match result {
        Err(PaperError::Template { file, line, message }) => (file, line, message),
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("no error"),
    }
}

const PAPER: &str = "<paper name=\"x\">";

#[test]
fn a_file_of_the_same_name_wins_and_the_others_stay() {
    let text = "<paper name=\"本区样式\">\n  <title>本区答复样式</title>\n  <p>{{ matter.title }}</p>\n</paper>\n";
    let printer = printer_with("override", "reply-letter.xml", text).expect("sound");
    let docx = printer.render(&samples::reply_letter().into(), Format::Docx).expect("renders");
    assert_eq!(docx_text(&docx.bytes), "本区答复样式\n关于加强城北片区增设公共停车泊位的建议");
    let pdf = printer.render(&samples::reply_letter().into(), Format::Pdf).expect("renders");
    assert_eq!(pdf_text(&pdf.bytes), "本区答复样式关于加强城北片区增设公共停车泊位的建议");
    let other = printer.render(&samples::assignment_notice().into(), Format::Docx).expect("renders");
    assert!(docx_text(&other.bytes).contains("的通知"));
}

#[test]
fn the_shared_parts_can_be_replaced_too() {
    let parts = Templates::defaults().iter().find(|(name, _)| *name == "parts.xml").expect("parts").1;
    let text = parts.replace("联系电话", "电话");
    let printer = printer_with("override-parts", "parts.xml", &text).expect("sound");
    let docx = printer.render(&samples::reply_letter().into(), Format::Docx).expect("renders");
    assert!(docx_text(&docx.bytes).contains("（联系人：徐兰建，电话：0990-8820012）"));
}

#[test]
fn a_mistyped_file_name_is_an_error() {
    let error = printer_with("mistyped", "reply_letter.xml", PAPER).expect_err("unknown");
    assert!(error.to_string().contains("replaces no template; known are assignment-notice.xml, "), "{error}");
    assert!(matches!(Templates::with_overrides(std::path::Path::new("/nowhere")), Err(PaperError::Read { .. })));
}

#[test]
fn a_fault_in_the_template_language_names_file_and_line() {
    let (file, line, message) = fault(printer_with("syntax", "bulletin.xml", "<paper>\n\n{% if %}\n</paper>"));
    assert_eq!((file.as_str(), line), ("bulletin.xml", 3), "{message}");
    let (file, line, message) = fault(
        printer_with("filter", "bulletin.xml", "<paper>\n{{ name|safe }}</paper>")
            .and_then(|printer| printer.render(&samples::bulletin().into(), Format::Docx)),
    );
    assert_eq!((file.as_str(), line), ("bulletin.xml", 2), "{message}");
    assert!(message.contains("safe"), "{message}");
}

#[test]
fn faults_in_a_paper_name_file_and_line() {
    let cases: [(&str, &str, usize, &str); 14] = [
        ("missing-field", "\n<p>\n{{ nothing }}</p></paper>", 3, "undefined"),
        ("missing-inner", "\n<p>{{ matter.nothing }}</p></paper>", 2, "undefined"),
        ("empty-field", "\n<p>{{ answers.comment }}</p></paper>", 2, "this field is empty"),
        ("bool", "\n<p>{{ matter.off_session }}</p></paper>", 2, "cannot be printed"),
        ("list", "\n<p>{{ ratings }}</p></paper>", 2, "cannot be printed"),
        ("element", "\n\n<para>x</para></paper>", 3, "<para> is not known here"),
        ("attribute", "\n<p style=\"x\">x</p></paper>", 2, "<p> has no attribute “style”"),
        ("inline", "\n<p>\n<b>x</b></p></paper>", 3, "<b> is not known here"),
        ("not-closed", "\n<p>x\n</paper>", 3, "p"),
        ("loose-text", "\n<p>x</p>\n文字</paper>", 1, "text stands outside"),
        (
            "short-row",
            "\n<table columns=\"1 1\">\n<tr><td>x</td></tr></table></paper>",
            3,
            "this row fills 1 of 2 columns",
        ),
        (
            "wide-cell",
            "\n<table columns=\"1 1\"><tr>\n<td colspan=\"3\">x</td></tr></table></paper>",
            3,
            "does not fit",
        ),
        (
            "tall-cell",
            "\n<table columns=\"1\"><tr><td rowspan=\"2\">x</td></tr></table></paper>",
            2,
            "below the last row",
        ),
        ("choice", "\n<p>{{ choices([\"好\"], \"坏\") }}</p></paper>", 2, "none of the options"),
    ];
    for (test, rest, at, says) in cases {
        let printer =
            printer_with(test, "feedback-form-congress.xml", &format!("{PAPER}{rest}")).unwrap_or_else(|error| {
                panic!("{test}: {error}");
            });
        let (file, line, message) = fault(printer.render(&samples::feedback_congress().into(), Format::Docx));
        assert_eq!((file.as_str(), line), ("feedback-form-congress.xml", at), "{test}: {message}");
        assert!(message.contains(says), "{test}: {message}");
    }
}

#[test]
fn a_fault_in_the_shared_parts_names_their_file() {
    let parts = Templates::defaults().iter().find(|(name, _)| *name == "parts.xml").expect("parts").1;
    let text = parts.replace("<redhead>", "\n<redhaed>");
    let printer = printer_with("faulty-parts", "parts.xml", &text).expect("compiles");
    let (file, _, _) = fault(printer.render(&samples::reply_letter().into(), Format::Docx));
    assert_eq!(file, "parts.xml");
}

#[test]
fn autoescape_cannot_be_switched_off() {
    let text = "<paper name=\"x\">{% autoescape false %}<p>{{ matter.title }}</p>{% endautoescape %}</paper>";
    let printer = printer_with("autoescape", "reply-letter.xml", text).expect("sound");
    let mut letter = samples::reply_letter();
    letter.matter.title = "</p><title>假标题</title><p>".into();
    let docx = printer.render(&letter.into(), Format::Docx).expect("renders");
    assert_eq!(docx_text(&docx.bytes), "</p><title>假标题</title><p>");
}
