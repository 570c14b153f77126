//! The names of agencies as ledgers write them: full names, short forms, several in one cell.

use super::fault::{FaultKind, shortened};
use super::fold::{fold, without_brackets};
use std::collections::HashMap;

/// The most agencies in one cell.
const MOST_IN_A_CELL: usize = 50;

/// No name is longer, in bytes; longer runs of parts are not looked up.
const LONGEST_NAME: usize = 400;

/// What stands between two names in one cell.
const SEPARATORS: &[char] = &['、', ',', '\u{FF0C}', ';', '\u{FF1B}', '/', '\u{FF0F}', '|', '\n', '\r', '\t', '。'];

/// The agencies that a ledger may name, with their aliases.
#[derive(Clone, Debug, Default)]
pub struct Agencies {
    names: Vec<String>,
    by_name: HashMap<String, usize>,
    by_alias: HashMap<String, Vec<usize>>,
}

impl Agencies {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an agency by its full name, which stands in the lines read, with other names that mean it.
    pub fn add<'a>(&mut self, name: &str, aliases: impl IntoIterator<Item = &'a str>) {
        let index = *self.by_name.entry(fold(name)).or_insert(self.names.len());
        if index == self.names.len() {
            self.names.push(name.to_owned());
        }
        for alias in aliases {
            self.add_alias(fold(alias), index);
        }
    }

    /// Lets each agency of a region be named without the region: 民政局 and 区民政局 for 清河区民政局.
    ///
    /// A short form that two agencies share names neither: a line with it has a fault.
    pub fn add_short_forms(&mut self, region_name: &str) {
        let region = fold(region_name);
        let Some(level) = region.chars().last() else { return };
        for index in 0..self.names.len() {
            let full = fold(&self.names[index]);
            if let Some(rest) = full.strip_prefix(&region).filter(|rest| !rest.is_empty()) {
                self.add_alias(rest.to_owned(), index);
                self.add_alias(format!("{level}{rest}"), index);
            }
        }
    }

    fn add_alias(&mut self, folded: String, index: usize) {
        let meant = self.by_alias.entry(folded).or_default();
        if !meant.contains(&index) {
            meant.push(index);
        }
    }

    /// The full name; a full name wins over an alias. None when nobody bears it.
    fn find(&self, text: &str) -> Result<Option<&str>, FaultKind> {
        let folded = fold(text);
        // A remark such as (牵头) behind the name does not count.
        for spelling in [without_brackets(&folded), folded].iter().rev() {
            if let Some(index) = self.by_name.get(spelling) {
                return Ok(Some(&self.names[*index]));
            }
            match self.by_alias.get(spelling).map(Vec::as_slice) {
                Some([index]) => return Ok(Some(&self.names[*index])),
                Some(several) => {
                    let candidates = several.iter().map(|index| self.names[*index].clone()).collect();
                    return Err(FaultKind::AmbiguousAgency { name: shortened(text), candidates });
                }
                None => {}
            }
        }
        Ok(None)
    }

    /// The agencies of one cell, in their order, or what is wrong with some of them.
    ///
    /// A name may itself hold a separator: the longest run of parts that is a name wins.
    pub(super) fn read(&self, text: &str) -> Result<Vec<String>, Vec<FaultKind>> {
        let parts = parts(text);
        if parts.len() > MOST_IN_A_CELL {
            return Err(vec![FaultKind::TooManyEntries { max: MOST_IN_A_CELL }]);
        }
        let (mut names, mut faults) = (Vec::new(), Vec::new());
        let mut next = 0;
        while next < parts.len() {
            let known = (next..parts.len()).rev().find_map(|last| {
                let run = &text[parts[next].0..parts[last].1];
                let name = if run.len() <= LONGEST_NAME { self.find(run).ok().flatten() } else { None };
                name.map(|name| (last, name.to_owned()))
            });
            if let Some((last, name)) = known {
                names.push(name);
                next = last + 1;
                continue;
            }
            let part = text[parts[next].0..parts[next].1].trim();
            match self.words(part) {
                Some(words) => names.extend(words),
                None => faults.push(self.fault(part)),
            }
            next += 1;
        }
        if faults.is_empty() { Ok(names) } else { Err(faults) }
    }

    /// Names with nothing but spaces between them, if each word is one.
    fn words(&self, text: &str) -> Option<Vec<String>> {
        let name = |word| self.find(word).ok().flatten().map(str::to_owned);
        text.split_whitespace().map(name).collect()
    }

    /// Why a text names no agency.
    fn fault(&self, text: &str) -> FaultKind {
        match self.find(text) {
            Err(fault) => fault,
            Ok(_) => FaultKind::UnknownAgency { name: shortened(text), similar: self.similar(text) },
        }
    }

    /// The one name that differs by a slip of the pen.
    fn similar(&self, text: &str) -> Option<String> {
        let wanted: Vec<char> = fold(text).chars().collect();
        let allowed = if wanted.len() < 8 { 1 } else { 2 };
        // Longer texts are no names; comparing them would only cost time.
        if !(4..=40).contains(&wanted.len()) {
            return None;
        }
        let near = |name: &&String| {
            let name: Vec<char> = fold(name).chars().collect();
            name.len().abs_diff(wanted.len()) <= allowed && distance(&name, &wanted) <= allowed
        };
        let mut found = self.names.iter().filter(near);
        found.next().filter(|_| found.next().is_none()).cloned()
    }
}

/// Where the parts between separators begin and end, without blank ones.
fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let ends = text.match_indices(SEPARATORS).map(|(at, separator)| (at, at + separator.len()));
    for (end, next) in ends.chain([(text.len(), text.len())]) {
        if !text[start..end].trim().is_empty() {
            found.push((start, end));
        }
        start = next;
    }
    found
}

/// The names of one cell as one text.
pub(super) fn written(names: &[String]) -> String {
    names.join("、")
}

/// How many characters must be put in, taken out or changed (Levenshtein).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for (row, one) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let changed = previous[column] + usize::from(one != other);
            current.push(changed.min(previous[column + 1] + 1).min(current[column] + 1));
        }
        previous = current;
    }
    previous.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agencies() -> Agencies {
        let mut agencies = Agencies::new();
        agencies.add("清河区民政局", ["民政"]);
        agencies.add("清河区教育局", []);
        agencies.add("清河区文化、体育局", []);
        agencies.add("海州市教育局", ["教育局"]);
        agencies.add_short_forms("清河区");
        agencies
    }

    #[test]
    fn several_agencies_are_parted_by_any_usual_sign() {
        let expected = Ok(vec!["清河区民政局".to_owned(), "清河区教育局".to_owned()]);
        for text in [
            "清河区民政局、清河区教育局",
            "清河区民政局\u{FF0C} 清河区教育局",
            "区民政局;区教育局",
            "民政局\u{FF1B}区教育局\u{FF1B}",
            "民政/区教育局",
            "清河区民政局\n清河区教育局",
            "清河区民政局 清河区教育局",
            "清河区民政局(牵头)、清河区\n教育局",
        ] {
            assert_eq!(agencies().read(text), expected, "{text}");
        }
        assert_eq!(agencies().read(" 、"), Ok(vec![]));
    }

    #[test]
    fn a_name_may_hold_a_separator() {
        let expected = Ok(vec!["清河区文化、体育局".to_owned(), "清河区民政局".to_owned()]);
        assert_eq!(agencies().read("清河区文化、体育局、清河区民政局"), expected);
    }

    #[test]
    fn each_unknown_name_is_named_with_a_likely_slip() {
        let unknown = |name: &str, similar: Option<&str>| FaultKind::UnknownAgency {
            name: name.into(),
            similar: similar.map(str::to_owned),
        };
        let found = agencies().read("清河区民正局、清河区不存在局、清河区教育局");
        assert_eq!(found, Err(vec![unknown("清河区民正局", Some("清河区民政局")), unknown("清河区不存在局", None)]));
    }

    #[test]
    fn a_short_form_of_two_agencies_names_neither() {
        let candidates = vec!["海州市教育局".to_owned(), "清河区教育局".to_owned()];
        let expected = FaultKind::AmbiguousAgency { name: "教育局".into(), candidates };
        assert_eq!(agencies().read("教育局"), Err(vec![expected]));
    }
}
