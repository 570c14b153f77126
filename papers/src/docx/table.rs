//! Tables of a DOCX, and the closing record, which is one too.

use super::body::{pair, paragraph};
use super::twips;
use super::xml::Xml;
use crate::model::{Cell, RecordRow, Row, Table, Vertical};

/// A cell that goes on below: its columns, and for how many rows more.
struct Below {
    column: usize,
    colspan: usize,
    rows: usize,
}

/// A table with rules, as wide as the text.
pub fn table(xml: &mut Xml, table: &Table, width: i32) {
    let widths = column_widths(&table.columns, width);
    xml.raw(&format!("<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>"));
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.raw(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"));
    }
    xml.raw("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>")
        .raw("<w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"60\" w:type=\"dxa\"/>")
        .raw("<w:bottom w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>");
    grid(xml, &widths);
    let mut below: Vec<Below> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        begin_row(xml, row, at < table.head);
        write_cells(xml, row, &widths, &mut below);
        xml.raw("</w:tr>");
    }
    xml.raw("</w:tbl>");
}

/// The closing record: rows between rules at the foot of the page on which the text ends.
pub fn record(xml: &mut Xml, rows: &[RecordRow], width: i32) {
    xml.raw("<w:tbl><w:tblPr>")
        .raw("<w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" w:vertAnchor=\"margin\" w:horzAnchor=\"margin\" ")
        .raw("w:tblpXSpec=\"left\" w:tblpYSpec=\"bottom\"/><w:tblOverlap w:val=\"never\"/>")
        .raw(&format!("<w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>"))
        .raw("<w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>")
        .raw("<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"000000\"/>")
        .raw("<w:insideH w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>")
        .raw("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>")
        .raw("<w:top w:w=\"60\" w:type=\"dxa\"/><w:left w:w=\"0\" w:type=\"dxa\"/>")
        .raw("<w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>");
    grid(xml, &[width]);
    for (at, row) in rows.iter().enumerate() {
        // The rows stay together, also where a program does not know tables that float.
        let mut row = row.clone();
        row.left.look.keep = at + 1 < rows.len();
        xml.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>")
            .raw(&format!("<w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
        match &row.right {
            Some(right) => pair(xml, &row.left, right, width),
            None => paragraph(xml, &row.left),
        }
        xml.raw("</w:tc></w:tr>");
    }
    xml.raw("</w:tbl>");
}

fn grid(xml: &mut Xml, widths: &[i32]) {
    xml.raw("<w:tblGrid>");
    for width in widths {
        xml.raw(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    xml.raw("</w:tblGrid>");
}

/// Widths that add up to the whole to the last twentieth.
fn column_widths(columns: &[f32], width: i32) -> Vec<i32> {
    let sum: f32 = columns.iter().sum();
    let mut reached = 0.0;
    let mut last = 0;
    columns
        .iter()
        .map(|column| {
            reached += column;
            let edge = (reached / sum * width as f32).round() as i32;
            let this = edge - last;
            last = edge;
            this
        })
        .collect()
}

fn begin_row(xml: &mut Xml, row: &Row, head: bool) {
    xml.raw("<w:tr><w:trPr>");
    if !row.splits {
        xml.raw("<w:cantSplit/>");
    }
    xml.raw(&format!("<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", twips(row.height)));
    if head {
        xml.raw("<w:tblHeader/>");
    }
    xml.raw("</w:trPr>");
}

/// The cells of a row; where one from above goes on, Word wants an empty cell in its place.
fn write_cells(xml: &mut Xml, row: &Row, widths: &[i32], below: &mut Vec<Below>) {
    let mut own = row.cells.iter().peekable();
    let mut column = 0;
    while column < widths.len() {
        if let Some(upper) = below.iter_mut().find(|b| b.column == column && b.rows > 0) {
            upper.rows -= 1;
            begin_cell(xml, &widths[column..column + upper.colspan], "<w:vMerge/>", "");
            xml.raw("<w:p/></w:tc>");
            column += upper.colspan;
        } else if let Some(cell) = own.next_if(|cell| cell.column == column) {
            write_cell(xml, cell, widths);
            if cell.rowspan > 1 {
                below.push(Below { column, colspan: cell.colspan, rows: cell.rowspan - 1 });
            }
            column += cell.colspan;
        } else {
            // The markup's reader has seen to it that every column is filled.
            column += 1;
        }
    }
    below.retain(|b| b.rows > 0);
}

fn write_cell(xml: &mut Xml, cell: &Cell, widths: &[i32]) {
    let merge = if cell.rowspan > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
    let vertical = match cell.vertical {
        Vertical::Top => "<w:vAlign w:val=\"top\"/>",
        Vertical::Middle => "<w:vAlign w:val=\"center\"/>",
        Vertical::Bottom => "<w:vAlign w:val=\"bottom\"/>",
    };
    begin_cell(xml, &widths[cell.column..cell.column + cell.colspan], merge, vertical);
    for p in &cell.paragraphs {
        paragraph(xml, p);
    }
    xml.raw("</w:tc>");
}

fn begin_cell(xml: &mut Xml, widths: &[i32], merge: &str, vertical: &str) {
    let width: i32 = widths.iter().sum();
    xml.raw(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
    if widths.len() > 1 {
        xml.raw(&format!("<w:gridSpan w:val=\"{}\"/>", widths.len()));
    }
    xml.raw(merge).raw(vertical).raw("</w:tcPr>");
}
