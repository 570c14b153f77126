//! Tables of the markup: every row must fill every column exactly once.

use super::tree::{Child, Element};
use super::{inline, runs};
use crate::error::PaperError;
use crate::model::{Cell, Paragraph, Row, Table, Vertical};
use crate::style::{Align, Style};

/// The sizes a table's letters can have: points, and distance from line to line.
fn letters(name: &str) -> Option<(f32, f32)> {
    match name {
        "large" => Some((14.0, 22.0)),
        "normal" => Some((12.0, 18.0)),
        "small" => Some((10.5, 15.0)),
        "tiny" => Some((9.0, 12.5)),
        _ => None,
    }
}

/// Reads a `<table>`.
pub fn table(element: &Element) -> Result<Table, PaperError> {
    element.expect("table", &["columns", "size"])?;
    let widths = element.attribute("columns").ok_or_else(|| element.fault("a table needs columns=\"2 3 …\""))?;
    let columns = widths
        .split_whitespace()
        .map(|w| w.parse().ok().filter(|w: &f32| *w > 0.0))
        .collect::<Option<Vec<f32>>>()
        .filter(|widths| !widths.is_empty())
        .ok_or_else(|| element.fault(format!("columns=“{widths}” are not widths")))?;
    let name = element.attribute("size").unwrap_or("normal");
    let size = letters(name).ok_or_else(|| element.fault(format!("size “{name}” is not known")))?;

    let mut grid = Grid { taken: vec![0; columns.len()] };
    let mut table = Table { columns, head: 0, rows: Vec::new() };
    for child in element.elements()? {
        if child.name == "head" {
            child.expect("head", &[])?;
            if !table.rows.is_empty() {
                return Err(child.fault("<head> comes first"));
            }
            for tr in child.elements()? {
                table.rows.push(row(tr, &mut grid, size)?);
            }
            table.head = table.rows.len();
        } else {
            table.rows.push(row(child, &mut grid, size)?);
        }
    }
    if grid.taken.iter().any(|rows| *rows > 0) {
        return Err(element.fault("a cell reaches below the last row"));
    }
    if table.rows.is_empty() {
        return Err(element.fault("a table needs rows"));
    }
    Ok(table)
}

/// For how many further rows each column is taken by a cell from above.
struct Grid {
    taken: Vec<usize>,
}

fn row(element: &Element, grid: &mut Grid, size: (f32, f32)) -> Result<Row, PaperError> {
    element.expect("tr", &["height"])?;
    let height: f32 = element.number("height")?.unwrap_or(8.0);
    let mut cells: Vec<Cell> = Vec::new();
    let mut column = 0;
    let columns = grid.taken.len();
    let free_from = |taken: &[usize], from: usize| (from..columns).find(|c| taken[*c] == 0).unwrap_or(columns);
    let mut next = vec![0; columns];
    for (at, rows) in grid.taken.iter().enumerate() {
        next[at] = rows.saturating_sub(1);
    }
    for child in element.elements()? {
        column = free_from(&grid.taken, column);
        let cell = cell(child, column, size)?;
        let end = column + cell.colspan;
        if end > columns || grid.taken[column..end].iter().any(|rows| *rows > 0) {
            return Err(child.fault(format!("this cell does not fit into the {columns} columns")));
        }
        next[column..end].fill(cell.rowspan - 1);
        column = end;
        cells.push(cell);
    }
    if free_from(&grid.taken, column) < columns {
        return Err(element.fault(format!("this row fills {column} of {columns} columns")));
    }
    grid.taken = next;
    let splits = cells.iter().flat_map(|cell| &cell.paragraphs).any(|p| p.style == Style::CellText);
    let strut = cells.iter().position(|cell| cell.rowspan == 1);
    Ok(Row { height: height * 72.0 / 25.4, strut, splits, cells })
}

fn cell(element: &Element, column: usize, size: (f32, f32)) -> Result<Cell, PaperError> {
    let style = match element.name.as_str() {
        "td" => Style::Cell,
        "th" => Style::CellHead,
        _ => return Err(element.unknown()),
    };
    element.expect(&element.name, &["colspan", "rowspan", "align", "valign"])?;
    let align = match element.attribute("align") {
        None => None,
        Some("left") => Some(Align::Left),
        Some("centre") => Some(Align::Centre),
        Some("right") => Some(Align::Right),
        Some(other) => return Err(element.fault(format!("align “{other}” is not known"))),
    };
    let vertical = match element.attribute("valign").unwrap_or("middle") {
        "top" => Vertical::Top,
        "middle" => Vertical::Middle,
        "bottom" => Vertical::Bottom,
        other => return Err(element.fault(format!("valign “{other}” is not known"))),
    };
    let span = |name: &str| match element.number::<usize>(name)? {
        Some(0) => Err(element.fault(format!("{name} begins at 1"))),
        span => Ok(span.unwrap_or(1)),
    };
    let dress = |style: Style, runs| {
        let mut paragraph = Paragraph::new(style, runs);
        paragraph.look.size = size.0;
        paragraph.look.line = if style == Style::CellText { size.1 * 1.15 } else { size.1 };
        if let Some(align) = align {
            paragraph.look.align = align;
        }
        paragraph
    };
    let holds_paragraphs = element
        .children
        .iter()
        .any(|child| matches!(child, Child::Element(e) if matches!(e.name.as_str(), "p" | "celltext" | "cellhead" | "right")));
    let paragraphs = if holds_paragraphs {
        element
            .elements()?
            .into_iter()
            .map(|child| {
                let paragraph = match child.name.as_str() {
                    "p" => dress(style, runs(child)?),
                    "celltext" => dress(Style::CellText, runs(child)?),
                    "cellhead" => dress(Style::CellHead, runs(child)?),
                    "right" => crate::model::aligned(dress(style, runs(child)?), Align::Right),
                    _ => return Err(child.unknown()),
                };
                Ok(paragraph)
            })
            .collect::<Result<_, _>>()?
    } else {
        let mut content = Vec::new();
        inline(element, None, &mut content)?;
        vec![dress(style, content)]
    };
    Ok(Cell { column, colspan: span("colspan")?, rowspan: span("rowspan")?, vertical, paragraphs })
}
