//! What the tests share: a printer, and the text of a finished file.

use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::sync::LazyLock;

use papers::{Format, Paper, Printer, Rendered};

/// The printer of this process.
pub fn printer() -> &'static Printer {
    static PRINTER: LazyLock<Printer> = LazyLock::new(new_printer);
    &PRINTER
}

/// Another printer, with nothing in it yet.
pub fn new_printer() -> Printer {
    Printer::shipped().expect("the shipped templates and fonts are sound")
}

pub fn render(paper: impl Into<Paper>, format: Format) -> Rendered {
    printer().render(&paper.into(), format).expect("the paper renders")
}

/// An empty folder of this test's own.
pub fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A part of a DOCX.
pub fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("text");
    text
}

/// The text of a DOCX, a paragraph a line.
pub fn docx_text(docx: &[u8]) -> String {
    use quick_xml::events::Event;
    let xml = part(docx, "word/document.xml");
    let mut reader = quick_xml::reader::Reader::from_str(&xml);
    let mut text = String::new();
    let mut inside = false;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(e) if e.name().as_ref() == "w:t" => inside = true,
            Event::End(e) => match e.name().as_ref() {
                "w:t" => inside = false,
                "w:p" => text.push('\n'),
                _ => {}
            },
            Event::Empty(e) if matches!(e.name().as_ref(), "w:br" | "w:tab") => text.push(' '),
            Event::Text(t) if inside => text.push_str(&t),
            Event::GeneralRef(r) if inside => match &*r {
                "lt" => text.push('<'),
                "gt" => text.push('>'),
                "amp" => text.push('&'),
                "quot" => text.push('"'),
                other => panic!("&{other};"),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The text of a PDF, page by page, without page numbers.
pub fn pdf_pages(pdf: &[u8]) -> Vec<String> {
    let pages = pdf_extract::extract_text_from_mem_by_pages(pdf).expect("text");
    let numbered = |(at, page): (usize, String)| {
        let page = squash(&page);
        let number = format!("—{}—", at + 1);
        page.strip_suffix(&number).map_or(page.clone(), str::to_owned)
    };
    pages.into_iter().enumerate().map(numbered).collect()
}

/// The text of a PDF in one.
pub fn pdf_text(pdf: &[u8]) -> String {
    pdf_pages(pdf).concat()
}

/// Without white space: lines break in one format where they do not in the other.
pub fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Without the label beside the lead proposer's rows: a cell over several rows comes first in a DOCX and last in a PDF.
pub fn unspanned(text: &str) -> String {
    text.replacen("领衔人", "", 1)
}
