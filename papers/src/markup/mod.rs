//! The markup that templates yield, read strictly: an element or attribute that is not known is an error.
//!
//! ```text
//! <paper layout="letter|form|landscape" numbers="outer|centre|none" name="…">
//!   <p> <flush> <h1> <h2> <title> <subtitle> <formtitle> <redhead> <corner> <right> <centre> <note> <caption>
//!   <pair style="flush"><left>…</left><right>…</right></pair>                  one line, text at both ends
//!   <rule colour="red|black"/>  <space lines="1"/>  <pagebreak/>
//!   <table columns="2 3 3"><head><tr>…</tr></head><tr height="20">…</tr></table>
//!   <sign><by>…</by><date>…</date></sign>                                      signature and date
//!   <closing><row>…</row><row><left>…</left><right>…</right></row></closing>   closing record, foot of the last page
//! </paper>
//! cells      <th> and <td colspan rowspan align valign>; inside: text, or <p> <celltext> <cellhead>
//! in texts   <br/>  <hei>…</hei>  <kai>…</kai>  <song>…</song>
//! ```
//!
//! White space that holds a line end of the template's source is layout of the source and goes; a line end inside a
//! value breaks the line.

mod table;
mod title;
mod tree;

use crate::error::PaperError;
use crate::model::{self, Block, Document, Layout, Numbers, Paragraph, RecordRow, Run, signature};
use crate::style::{Align, Face, LINE, Style, red_head_size};
use tree::{Child, Element};

/// Reads a laid-out template into the model.
pub(crate) fn parse(file: &str, text: &str) -> Result<Document, PaperError> {
    let root = tree::read(file, text)?;
    root.expect("paper", &["layout", "numbers", "name"])?;
    let layout = match root.attribute("layout").unwrap_or("letter") {
        "letter" => Layout::Letter,
        "form" => Layout::Form,
        "landscape" => Layout::Landscape,
        other => return Err(root.fault(format!("layout “{other}” is not known"))),
    };
    let numbers = match root.attribute("numbers").unwrap_or("outer") {
        "outer" => Numbers::Outer,
        "centre" => Numbers::Centre,
        "none" => Numbers::None,
        other => return Err(root.fault(format!("numbers “{other}” are not known"))),
    };
    let mut blocks = Vec::new();
    for element in root.elements()? {
        block(element, layout, &mut blocks)?;
    }
    let title = match root.attribute("name") {
        Some(name) => name.to_owned(),
        None => return Err(root.fault("a paper needs a name for the file's properties")),
    };
    keep_signatures_company(&mut blocks);
    Ok(Document { title, layout, numbers, blocks })
}

fn block(element: &Element, layout: Layout, blocks: &mut Vec<Block>) -> Result<(), PaperError> {
    match element.name.as_str() {
        "pair" => {
            element.expect("pair", &["style"])?;
            let style = match element.attribute("style") {
                Some(name) => {
                    Style::named(name).ok_or_else(|| element.fault(format!("style “{name}” is not known")))?
                }
                None => Style::Flush,
            };
            let (left, right) = two_ends(element, style)?;
            blocks.push(Block::Pair { left, right });
        }
        "rule" => {
            element.expect("rule", &["colour"])?;
            let red = match element.attribute("colour").unwrap_or("black") {
                "red" => true,
                "black" => false,
                other => return Err(element.fault(format!("colour “{other}” is not known"))),
            };
            blocks.push(Block::Rule { red });
        }
        "space" => {
            element.expect("space", &["lines"])?;
            let lines: f32 = element.number("lines")?.unwrap_or(1.0);
            blocks.push(Block::Space { height: lines * LINE });
        }
        "pagebreak" => {
            element.expect("pagebreak", &[])?;
            blocks.push(Block::PageBreak);
        }
        "table" => blocks.push(Block::Table(table::table(element)?)),
        "sign" => {
            element.expect("sign", &[])?;
            let mut names = Vec::new();
            let mut date = None;
            for child in element.elements()? {
                match child.name.as_str() {
                    "by" => names.push(runs(child)?),
                    "date" => date = Some(runs(child)?),
                    _ => return Err(child.unknown()),
                }
            }
            let date = date.ok_or_else(|| element.fault("a signature needs a date"))?;
            blocks.extend(signature(&names, date));
        }
        "closing" => {
            element.expect("closing", &[])?;
            let rows = element.elements()?.into_iter().map(closing_row).collect::<Result<Vec<_>, _>>()?;
            blocks.push(Block::Record { rows });
        }
        _ => {
            let mut paragraph = paragraph(element)?;
            if paragraph.style == Style::Title {
                let per_line = layout.text_width_pt() / paragraph.look.size;
                // Digits differ in width from font to font; a line that is nearly full is broken too.
                if model::width_em(&paragraph.runs) > per_line - 0.5 {
                    paragraph.runs = title::balanced(paragraph.runs, per_line.floor() as usize);
                }
            }
            if paragraph.style == Style::RedHead {
                let longest = paragraph.text().lines().map(|l| l.chars().count()).max().unwrap_or(1);
                let size = red_head_size(longest as f32, layout.text_width_pt());
                paragraph.look.size = size;
                paragraph.look.line = size * 1.3;
            }
            blocks.push(Block::Paragraph(paragraph));
        }
    }
    Ok(())
}

/// A paragraph: its element is its style.
fn paragraph(element: &Element) -> Result<Paragraph, PaperError> {
    let style = Style::named(&element.name)
        .filter(|style| !matches!(style, Style::Record | Style::Cell | Style::CellText | Style::CellHead))
        .ok_or_else(|| element.unknown())?;
    element.expect(style.name(), &[])?;
    Ok(Paragraph::new(style, runs(element)?))
}

fn two_ends(element: &Element, style: Style) -> Result<(Paragraph, Paragraph), PaperError> {
    let parts = element.elements()?;
    let [left, right] = parts.as_slice() else {
        return Err(element.fault("<left> and <right> belong here"));
    };
    left.expect("left", &[])?;
    right.expect("right", &[])?;
    let mut left = Paragraph::new(style, runs(left)?);
    let mut right = Paragraph::new(style, runs(right)?);
    // The ends keep their indents, the middle needs none.
    (left.look.first, left.look.right) = (0.0, 0.0);
    (right.look.first, right.look.left) = (0.0, 0.0);
    Ok((model::aligned(left, Align::Left), model::aligned(right, Align::Right)))
}

fn closing_row(row: &Element) -> Result<RecordRow, PaperError> {
    row.expect("row", &[])?;
    if row.children.iter().any(|c| matches!(c, Child::Element(e) if e.name == "left")) {
        let (left, right) = two_ends(row, Style::Record)?;
        return Ok(RecordRow { left, right: Some(right) });
    }
    let mut left = Paragraph::new(Style::Record, runs(row)?);
    // Further lines begin under the first character after the colon: 抄送：…
    if let Some(label) = left.text().find('：').map(|at| left.text()[..at].chars().count() + 1) {
        left.look.left += label as f32;
        left.look.first = -(label as f32);
    }
    Ok(RecordRow { left, right: None })
}

/// The text of an element.
fn runs(element: &Element) -> Result<Vec<Run>, PaperError> {
    element.expect(&element.name, &[])?;
    let mut runs = Vec::new();
    inline(element, None, &mut runs)?;
    Ok(runs)
}

fn inline(element: &Element, face: Option<Face>, runs: &mut Vec<Run>) -> Result<(), PaperError> {
    for child in &element.children {
        match child {
            Child::Text(text) => runs.push(Run::Text { text: text.clone(), face }),
            Child::Break => runs.push(Run::Break),
            Child::Element(e) => {
                e.expect(&e.name, &[])?;
                match e.name.as_str() {
                    "br" => runs.push(Run::Break),
                    "hei" => inline(e, Some(Face::Hei), runs)?,
                    "kai" => inline(e, Some(Face::Kai), runs)?,
                    "song" => inline(e, Some(Face::Biaosong), runs)?,
                    _ => return Err(e.unknown()),
                }
            }
        }
    }
    Ok(())
}

/// No page holds a signature alone: what stands before it comes along.
fn keep_signatures_company(blocks: &mut [Block]) {
    for at in 1..blocks.len() {
        let (before, after) = blocks.split_at_mut(at);
        let signature = matches!(&after[0], Block::Paragraph(p) if p.style == Style::Right);
        if !signature {
            continue;
        }
        for block in before.iter_mut().rev() {
            match block {
                Block::Paragraph(p) => {
                    p.look.keep = true;
                    break;
                }
                Block::Space { .. } => {}
                _ => break,
            }
        }
    }
}
