//! The neutral model of a paper: what both writers write.
//!
//! A writer adds nothing and leaves nothing out, so both formats carry the same text. Sizes, indents and alignment are
//! resolved here ([`Look`]); the writers only translate them.

use serde::Serialize;

use crate::style::{Align, Face, Look, Style};

/// A whole paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// Title for the file's properties.
    pub title: String,
    /// Page set-up.
    pub layout: Layout,
    /// Where page numbers stand.
    pub numbers: Numbers,
    /// The content, from top to bottom.
    pub blocks: Vec<Block>,
}

/// Page set-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// GB/T 9704-2012: A4, text area 156 × 225 mm, 22 lines of 28 characters.
    Letter,
    /// A4 with narrower margins, for forms.
    Form,
    /// A4 across, for wide tables.
    Landscape,
}

impl Layout {
    /// Width and height of the page, in millimetres.
    pub fn page_mm(self) -> (f32, f32) {
        match self {
            Self::Letter | Self::Form => (210.0, 297.0),
            Self::Landscape => (297.0, 210.0),
        }
    }

    /// Margins at the top, right, bottom and left, in millimetres.
    pub fn margins_mm(self) -> [f32; 4] {
        match self {
            Self::Letter => [37.0, 26.0, 35.0, 28.0],
            Self::Form => [25.0, 22.0, 22.0, 25.0],
            Self::Landscape => [18.0, 15.0, 18.0, 15.0],
        }
    }

    /// Width of the text area, in points.
    pub fn text_width_pt(self) -> f32 {
        let [_, right, _, left] = self.margins_mm();
        (self.page_mm().0 - left - right) * 72.0 / 25.4
    }
}

/// Where page numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Numbers {
    /// At the outer edge, "— 1 —": right on odd pages, left on even ones.
    Outer,
    /// In the middle.
    Centre,
    /// Nowhere.
    None,
}

/// A piece of a paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// One line with text at both ends.
    Pair {
        /// At the left end.
        left: Paragraph,
        /// At the right end.
        right: Paragraph,
    },
    /// A line across the text area.
    Rule {
        /// Whether it is the red line under the head.
        red: bool,
    },
    /// Empty lines.
    Space {
        /// How high, in points.
        height: f32,
    },
    /// The rest begins on a new page.
    PageBreak,
    /// A table with rules.
    Table(Table),
    /// The closing record (版记) at the foot of the last page: rows between rules.
    Record {
        /// The rows.
        rows: Vec<RecordRow>,
    },
}

/// A row of the closing record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordRow {
    /// The text, or its left part.
    pub left: Paragraph,
    /// The right part, if the row has two.
    pub right: Option<Paragraph>,
}

/// A paragraph and how it looks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paragraph {
    /// The named style; Word shows it.
    pub style: Style,
    /// The style's look with this paragraph's own changes.
    pub look: Look,
    /// The text.
    pub runs: Vec<Run>,
}

impl Paragraph {
    /// A paragraph in a style.
    pub fn new(style: Style, runs: Vec<Run>) -> Self {
        Self { style, look: style.look(), runs }
    }

    /// The text without its faces; a line break is a newline.
    pub fn text(&self) -> String {
        self.runs
            .iter()
            .map(|run| match run {
                Run::Text { text, .. } => text.as_str(),
                Run::Break => "\n",
            })
            .collect()
    }
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Run {
    /// Text, in the paragraph's face unless it has its own.
    Text {
        /// The text; plain, never markup.
        text: String,
        /// Another face than the paragraph's.
        face: Option<Face>,
    },
    /// A line break.
    Break,
}

/// A table with rules.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Relative widths of the columns.
    pub columns: Vec<f32>,
    /// How many rows repeat at the top of each page.
    pub head: usize,
    /// The rows, head first.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Least height in points, for handwriting and stamps.
    pub height: f32,
    /// The cell, by its place in `cells`, that holds the row at this height: the first that is in no other row.
    pub strut: Option<usize>,
    /// Whether it may go on on the next page: only rows of long text.
    pub splits: bool,
    /// The cells that begin in this row.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// First column, from 0.
    pub column: usize,
    /// How many columns it takes.
    pub colspan: usize,
    /// How many rows it takes.
    pub rowspan: usize,
    /// Where its text stands when it is higher than the text.
    pub vertical: Vertical,
    /// The text.
    pub paragraphs: Vec<Paragraph>,
}

/// Where a cell's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Vertical {
    /// At the top.
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

/// The signature and the date under it, as GB/T 9704 wants them: the date four characters from the right edge, the
/// name centred over it; a name so long that it would come closer than two characters pushes the date to the left.
pub fn signature(names: &[Vec<Run>], date: Vec<Run>) -> Vec<Block> {
    let date_width = width_em(&date);
    let widest = names.iter().map(|name| width_em(name)).fold(0.0, f32::max);
    let date_right = 4.0_f32.max(2.0 + (widest - date_width) / 2.0);
    let line = |runs: Vec<Run>, right: f32, last: bool| {
        let mut paragraph = Paragraph::new(Style::Right, runs);
        paragraph.look.right = right;
        paragraph.look.keep = !last;
        Block::Paragraph(paragraph)
    };
    let mut blocks: Vec<Block> =
        names.iter().map(|n| line(n.clone(), date_right + (date_width - width_em(n)) / 2.0, false)).collect();
    blocks.push(line(date, date_right, true));
    blocks
}

/// Width of text in characters: a Latin letter or digit is a little more than half of one.
pub fn width_em(runs: &[Run]) -> f32 {
    runs.iter()
        .map(|run| match run {
            Run::Text { text, .. } => text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 }).sum(),
            Run::Break => 0.0,
        })
        .sum()
}

/// Every paragraph of the paper, in reading order.
pub fn paragraphs(document: &Document) -> Vec<&Paragraph> {
    let mut all = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(p) => all.push(p),
            Block::Pair { left, right } => all.extend([left, right]),
            Block::Table(table) => {
                all.extend(table.rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.paragraphs));
            }
            Block::Record { rows } => {
                for row in rows {
                    all.push(&row.left);
                    all.extend(&row.right);
                }
            }
            Block::Rule { .. } | Block::Space { .. } | Block::PageBreak => {}
        }
    }
    all
}

/// Makes a paragraph stand at one side.
pub fn aligned(mut paragraph: Paragraph, align: Align) -> Paragraph {
    paragraph.look.align = align;
    paragraph
}
