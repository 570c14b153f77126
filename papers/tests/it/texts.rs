//! The text of every paper, reviewed as a snapshot, and the same in both formats.

use papers::Format;

use crate::samples;
use crate::support::{docx_text, new_printer, pdf_pages, pdf_text, printer, squash, unspanned};

#[test]
fn every_paper_reads_as_reviewed() {
    let printer = printer();
    for (name, paper) in samples::all() {
        let docx = printer.render(&paper, Format::Docx).expect(name);
        insta::assert_snapshot!(name, docx_text(&docx.bytes));
    }
}

#[test]
fn both_formats_carry_the_same_text() {
    let printer = printer();
    for (name, paper) in samples::all() {
        if name == "assignment-schedule" {
            continue; // Its head repeats on each page: see `tables`.
        }
        let docx = printer.render(&paper, Format::Docx).expect(name);
        let pdf = printer.render(&paper, Format::Pdf).expect(name);
        let (docx, pdf) = (squash(&docx_text(&docx.bytes)), pdf_text(&pdf.bytes));
        assert_eq!(unspanned(&docx), unspanned(&pdf), "{name}");
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let other = new_printer();
    // In the other order: papers that were printed before leave no trace.
    let mut again: Vec<Vec<u8>> = Vec::new();
    for (name, paper) in samples::all().iter().rev() {
        for format in [Format::Pdf, Format::Docx] {
            again.push(other.render(paper, format).expect(name).bytes);
        }
    }
    for (name, paper) in samples::all() {
        for format in [Format::Docx, Format::Pdf] {
            let bytes = printer().render(&paper, format).expect(name).bytes;
            assert!(Some(bytes) == again.pop(), "{name} differs from itself as {format:?}");
        }
    }
}

#[test]
fn no_paper_lacks_a_glyph() {
    let printer = printer();
    for (name, paper) in samples::all() {
        let pdf = printer.render(&paper, Format::Pdf).expect(name);
        assert!(pdf.missing_glyphs.is_empty(), "{name}: {:?}", pdf.missing_glyphs);
    }
}

#[test]
fn forms_that_are_sent_out_take_one_page() {
    for paper in [samples::feedback_congress(), samples::feedback_cppcc()] {
        let pdf = crate::support::render(paper, Format::Pdf);
        assert_eq!(pdf_pages(&pdf.bytes).len(), 1);
    }
}

#[test]
fn media_types_and_endings_are_those_of_the_format() {
    let docx = crate::support::render(samples::co_opinion(), Format::Docx);
    assert_eq!(docx.file_extension, "docx");
    assert!(docx.media_type.ends_with("wordprocessingml.document"));
    assert_eq!(docx.title, "关于区十八届人大六次会议第12号建议的会办意见");
    let pdf = crate::support::render(samples::co_opinion(), Format::Pdf);
    assert_eq!((pdf.file_extension, pdf.media_type), ("pdf", "application/pdf"));
    assert!(pdf.bytes.starts_with(b"%PDF-"));
}
