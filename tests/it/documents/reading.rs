//! Reads printed files as people do: a Word file line by line with its footers, a PDF page by page, a workbook row by row.

use roxmltree::{Document, Node};
use std::fmt::Write;
use std::io::{Cursor, Read};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The text of a Word file.
pub struct Word {
    /// Paragraphs and rows of tables, in order.
    pub lines: Vec<Line>,
    /// The text of each header and footer, by the name of its part.
    pub edges: Vec<(String, String)>,
}

/// A line of a Word file.
#[derive(Default)]
pub struct Line {
    /// The text of a paragraph, or of each cell of a row.
    cells: Vec<Cell>,
    /// Whether it is a row of a table.
    is_row: bool,
    /// Whether it is repeated on each page of its table.
    is_head: bool,
}

#[derive(Default)]
struct Cell {
    paragraphs: Vec<String>,
    /// Whether it goes on in the rows below.
    spans_rows: bool,
}

impl Word {
    /// Reads a DOCX.
    pub fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut edges: Vec<String> = archive.file_names().map(|name| name.expect("a name").to_string()).collect();
        edges.retain(|name| name.starts_with("word/header") || name.starts_with("word/footer"));
        edges.sort();
        let mut part = |name: &str| {
            let mut xml = String::new();
            archive.by_name(name).expect(name).read_to_string(&mut xml).expect("UTF-8");
            lines(&xml)
        };
        let text = |lines: Vec<Line>| lines.iter().map(Line::squashed).collect::<String>();
        Self {
            lines: part("word/document.xml"),
            edges: edges.into_iter().map(|name| (name.clone(), text(part(&name)))).collect(),
        }
    }

    /// The text for a reviewer: a paragraph a line, a row a line.
    pub fn shown(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let cells: Vec<String> = line.cells.iter().map(|cell| cell.paragraphs.join(" / ")).collect();
            let _ = match line.is_row {
                true => writeln!(text, "| {} |", cells.join(" | ")),
                false => writeln!(text, "{}", cells.concat().trim_end()),
            };
        }
        for (name, edge) in &self.edges {
            let _ = writeln!(text, "[{name}] {edge}");
        }
        text
    }

    /// The words without white space, and without cells over several rows: those come first here and last in a PDF.
    pub fn words(&self) -> String {
        let text: String = self.lines.iter().map(Line::squashed).collect();
        self.without_spanning(text)
    }

    /// The words of the same paper as a PDF, page by page, without page numbers and repeated heads of tables.
    pub fn words_of_pdf(&self, pdf: &[u8]) -> String {
        let heads: Vec<String> = self.lines.iter().filter(|line| line.is_head).map(Line::squashed).collect();
        let mut text = String::new();
        for (page, number) in pdf_extract::extract_text_from_mem_by_pages(pdf).expect("text").into_iter().zip(1..) {
            let page = squash(&page);
            let mut page = page.strip_suffix(&format!("—{number}—")).unwrap_or(&page);
            if let Some(head) = heads.iter().find(|head| text.contains(*head) && page.starts_with(*head)) {
                page = &page[head.len()..];
            }
            text.push_str(page);
        }
        self.without_spanning(text)
    }

    fn without_spanning(&self, mut text: String) -> String {
        for cell in self.lines.iter().flat_map(|line| &line.cells).filter(|cell| cell.spans_rows) {
            text = text.replacen(&squash(&cell.paragraphs.concat()), "", 1);
        }
        text
    }
}

impl Line {
    fn squashed(&self) -> String {
        self.cells.iter().map(|cell| squash(&cell.paragraphs.concat())).collect()
    }
}

/// The lines of a part; empty paragraphs are layout and left out.
fn lines(xml: &str) -> Vec<Line> {
    let part = Document::parse(xml).expect("well-formed");
    let root = part.root_element();
    // A footer holds its lines itself, a document in its body.
    let holder = child(root, "body").unwrap_or(root);
    let mut lines = Vec::new();
    for one in holder.children() {
        match one.tag_name().name() {
            "p" => {
                let cell = Cell { paragraphs: text(one).into_iter().collect(), spans_rows: false };
                lines.push(Line { cells: vec![cell], ..Line::default() });
            }
            "tbl" => lines.extend(one.children().filter(|row| row.has_tag_name((W, "tr"))).map(row)),
            _ => {}
        }
    }
    lines.retain(|line| line.is_row || line.cells.iter().any(|cell| !cell.paragraphs.is_empty()));
    lines
}

fn row(row: Node<'_, '_>) -> Line {
    let cells = row.children().filter(|cell| cell.has_tag_name((W, "tc"))).map(|cell| {
        let merge = child(cell, "tcPr").and_then(|properties| child(properties, "vMerge"));
        let spans_rows = merge.is_some_and(|merge| merge.attribute((W, "val")) == Some("restart"));
        let paragraphs = cell.children().filter(|one| one.has_tag_name((W, "p"))).filter_map(text);
        Cell { paragraphs: paragraphs.collect(), spans_rows }
    });
    let is_head = child(row, "trPr").is_some_and(|properties| child(properties, "tblHeader").is_some());
    Line { cells: cells.collect(), is_row: true, is_head }
}

/// The text of a paragraph; none when it is empty.
fn text(paragraph: Node<'_, '_>) -> Option<String> {
    let text: String = paragraph.descendants().map(piece).collect();
    Some(text).filter(|text| !text.trim().is_empty())
}

fn piece<'a>(node: Node<'a, '_>) -> &'a str {
    match node.tag_name().name() {
        "t" => node.text().unwrap_or_default(),
        // The stop of a tab is no tab.
        "br" | "tab" if node.parent().is_some_and(|run| run.has_tag_name((W, "r"))) => " ",
        _ => "",
    }
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|one| one.has_tag_name((W, name)))
}

/// The cells of a workbook for a reviewer: its sheets by name, a row a line.
pub fn workbook(bytes: &[u8]) -> String {
    let mut text = String::new();
    for table in sheets::read(bytes, &sheets::Limits::default()).expect("a workbook") {
        let _ = writeln!(text, "[{}]", table.name);
        for row in table.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| cell.shown().replace('\n', " / ")).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
    }
    text
}

/// Without white space: lines break in one format where they do not in the other.
pub fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
