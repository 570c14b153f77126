//! Reading workbooks (XLSX): the values that the cells hold or last showed, never a formula.

use crate::limits::{Budget, Limits, too_large};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::table::{Cell, Row, Table, TableFault};
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// Reads the visible sheets.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, TableFault> {
    let worksheets = check_parts(bytes, limits)?;
    // The reader is made for honest files. Should a hostile one break it, the file is damaged and no more:
    // nothing that it touched is used afterwards.
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, worksheets, limits))).unwrap_or(Err(TableFault::Damaged))
}

/// Unpacks every part once, into nothing, so that a file that swells is refused before anything keeps it.
///
/// The sizes that an archive declares may lie; what comes out does not. Gives the number of worksheets.
fn check_parts(bytes: &[u8], limits: &Limits) -> Result<usize, TableFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TableFault::Damaged)?;
    if archive.len() > limits.parts {
        return Err(too_large(limits.unpacked_bytes));
    }
    if !archive.file_names().any(|name| name.is_ok_and(|name| name.ends_with("workbook.xml"))) {
        return Err(TableFault::NotATable);
    }
    let mut left = limits.unpacked_bytes as u64;
    let mut worksheets = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| TableFault::Damaged)?;
        worksheets += usize::from(part.name().is_ok_and(|name| name.contains("worksheets/") && name.ends_with(".xml")));
        let size = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| TableFault::Damaged)?;
        left = left.checked_sub(size).ok_or_else(|| too_large(limits.unpacked_bytes))?;
    }
    Ok(worksheets)
}

fn read_sheets(bytes: &[u8], worksheets: usize, limits: &Limits) -> Result<Vec<Table>, TableFault> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| TableFault::Damaged)?;
    // Hidden sheets hold lists for choosing from, or what somebody meant to put away.
    let is_shown =
        |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> =
        workbook.sheets_metadata().iter().filter(is_shown).map(|sheet| sheet.name.clone()).collect();
    if names.len() > limits.sheets {
        return Err(TableFault::TooManySheets { max: limits.sheets });
    }
    // Many sheets that are one part would be read many times.
    if names.len() > worksheets {
        return Err(TableFault::Damaged);
    }
    let mut budget = Budget::new(limits);
    names.into_iter().map(|name| read_sheet(&mut workbook, name, &mut budget)).collect()
}

/// Reads cell by cell: a range would take the memory of all cells between the first and the last one.
fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: String, budget: &mut Budget<'_>) -> Result<Table, TableFault> {
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(|_| TableFault::Damaged)?;
    while let Some(cell) = reader.next_cell().map_err(|_| TableFault::Damaged)? {
        let (row, column) = cell.get_position();
        let (line, column) = (row.saturating_add(1), column as usize);
        let Some(value) = value(cell.get_value(), line, column, budget)? else { continue };
        let cells = rows.entry(line).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = value;
    }
    let rows = rows.into_iter().map(|(line, cells)| Row { line, cells });
    Ok(Table { name, rows: rows.collect() })
}

/// What a cell shows; none when nothing.
fn value(value: &DataRef<'_>, line: u32, column: usize, budget: &mut Budget<'_>) -> Result<Option<Cell>, TableFault> {
    let text = |text: &str, budget: &mut Budget<'_>| {
        budget.check_text(line, column, text)?;
        budget.take(line, column, text.len())?;
        Ok(Some(Cell::Text(text.to_owned())))
    };
    let cell = match value {
        DataRef::Empty => return Ok(None),
        DataRef::String(shown) if shown.is_empty() => return Ok(None),
        DataRef::SharedString("") => return Ok(None),
        DataRef::String(shown) => return text(shown, budget),
        DataRef::SharedString(shown) => return text(shown, budget),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Text(number_text(*number)),
        DataRef::Bool(is_true) => Cell::from(if *is_true { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(at) => date(at),
        DataRef::DateTimeIso(at) => match iso(at) {
            Some(at) => Cell::Date(at),
            None => return text(at, budget),
        },
        DataRef::DurationIso(shown) => return text(shown, budget),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    };
    budget.take(line, column, 0)?;
    Ok(Some(cell))
}

/// A number without needless decimals, with the fifteen digits that Excel shows at most.
fn number_text(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{shown}")
}

fn date(at: &ExcelDateTime) -> Cell {
    match at.as_datetime().filter(|_| at.is_datetime()) {
        Some(at) => Cell::Date(at),
        None => Cell::Text(number_text(at.as_f64())),
    }
}

fn iso(text: &str) -> Option<NaiveDateTime> {
    let day = || text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN));
    text.trim_end_matches('Z').parse().ok().or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_excel_shows_them() {
        for (number, shown) in [
            (3.0, "3"),
            (2019.0, "2019"),
            (0.1 + 0.2, "0.3"),
            (-1.5, "-1.5"),
            (13_800_000_000.0, "13800000000"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(number_text(number), shown);
        }
    }

    #[test]
    fn dates_written_as_text_are_dates() {
        let day = NaiveDate::from_ymd_opt(2019, 1, 8).unwrap();
        assert_eq!(iso("2019-01-08"), Some(day.and_time(NaiveTime::MIN)));
        assert_eq!(iso("2019-01-08T09:30:00Z"), day.and_hms_opt(9, 30, 0));
        assert_eq!(iso("昨天"), None);
    }
}
