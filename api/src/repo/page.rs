//! Keyset pages: the same rules for every list that can grow.

use crate::error::{AppError, AppResult};

/// How many entries a page has when nothing is said.
pub const DEFAULT: u64 = 20;
/// How many entries a page has at most.
pub const MAXIMUM: u64 = 100;

/// Which page is asked for.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// How many entries.
    pub size: u64,
    /// Counted from the end of the list.
    pub backward: bool,
    /// The cursor after which (or, backward, before which) the page begins.
    pub from: Option<String>,
}

impl PageRequest {
    /// Reads the four arguments of a connection.
    ///
    /// # Errors
    /// `BAD_INPUT` for a size below 0 or above the maximum, and when directions are mixed.
    pub fn read(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> AppResult<Self> {
        let bad = |field: &str| AppError::BadInput(vec![field.to_owned()]);
        let size = |value: i32, field: &str| {
            u64::try_from(value).ok().filter(|size| *size <= MAXIMUM).ok_or_else(|| bad(field))
        };
        match (first, last) {
            (Some(_), Some(_)) => Err(bad("last")),
            (_, Some(last)) if after.is_some() => {
                let _ = last;
                Err(bad("after"))
            }
            (None, Some(last)) => Ok(Self { size: size(last, "last")?, backward: true, from: before }),
            (first, None) if before.is_none() => Ok(Self {
                size: first.map_or(Ok(DEFAULT), |first| size(first, "first"))?,
                backward: false,
                from: after,
            }),
            (Some(_), None) => Err(bad("before")),
            (None, None) => Ok(Self { size: DEFAULT, backward: true, from: before }),
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The entries with their cursors, in the order of the list.
    pub entries: Vec<(String, T)>,
    /// Whether the list goes on after the last entry.
    pub has_next: bool,
    /// Whether the list has entries before the first.
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// Makes a page from the rows found: one more than asked for tells that the list goes on.
    pub fn cut(mut rows: Vec<(String, T)>, request: &PageRequest) -> Self {
        let size = usize::try_from(request.size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        if request.backward {
            rows.reverse();
            Self { entries: rows, has_next: request.from.is_some(), has_previous: more }
        } else {
            Self { entries: rows, has_next: more, has_previous: request.from.is_some() }
        }
    }

    /// The same page with each entry changed.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            entries: self.entries.into_iter().map(|(cursor, entry)| (cursor, change(entry))).collect(),
            has_next: self.has_next,
            has_previous: self.has_previous,
        }
    }
}

/// Writes a cursor: the list to which it belongs, and the sort values of the entry.
pub fn cursor(list: &str, values: &[&str]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("{list}|{}", values.join("|")))
}

/// Reads a cursor of this list with this many sort values.
///
/// # Errors
/// `BAD_INPUT` for a cursor of another list and for anything that is no cursor.
pub fn read_cursor(list: &str, text: &str, values: usize) -> AppResult<Vec<String>> {
    use base64::Engine;
    let bad = || AppError::BadInput(vec!["after".to_owned()]);
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).map_err(|_| bad())?;
    let plain = String::from_utf8(bytes).map_err(|_| bad())?;
    let mut parts = plain.split('|').map(str::to_owned);
    if parts.next().as_deref() != Some(list) {
        return Err(bad());
    }
    let found: Vec<String> = parts.collect();
    if found.len() == values { Ok(found) } else { Err(bad()) }
}
