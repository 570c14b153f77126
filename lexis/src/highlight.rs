//! Where a query stands in a text, and a piece of the text around it.

use crate::query::Query;
use crate::tokens::{Token, tokens};
use std::ops::Range;

/// A piece of a text with the places that were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Whether text before it was left out.
    pub cut_before: bool,
    /// Whether text after it was left out.
    pub cut_after: bool,
    /// Its parts in order; together they are a part of the text.
    pub pieces: Vec<Piece>,
}

/// A part of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text, as given.
    pub text: String,
    /// Whether it was looked for.
    pub hit: bool,
}

/// The places of the text that the query found, in characters, in order, without overlap.
pub fn ranges(text: &str, query: &Query) -> Vec<Range<usize>> {
    let found = tokens(text);
    let codes: Vec<String> = found.iter().map(Token::code).collect();
    let mut places: Vec<Range<usize>> = Vec::new();
    for phrase in query.phrases() {
        for at in phrase.find(&codes) {
            let last = &found[at + phrase.codes().len() - 1];
            let end = if phrase.is_open() { last.first_end } else { last.place.end };
            places.push(found[at].place.start..end);
        }
    }
    places.sort_by_key(|place| (place.start, place.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match merged.last_mut() {
            Some(before) if place.start <= before.end => before.end = before.end.max(place.end),
            _ => merged.push(place),
        }
    }
    merged
}

/// At most `width` characters of the text around most of what was found; its beginning when nothing was.
pub fn snippet(text: &str, query: &Query, width: usize) -> Snippet {
    let characters: Vec<char> = text.chars().collect();
    let hits = ranges(text, query);
    let inside = |from: usize| {
        let whole = hits.iter().filter(|hit| hit.start >= from && hit.end <= from + width);
        whole.map(|hit| hit.end - hit.start).sum::<usize>()
    };
    // The first of the windows in which most was found.
    let best = hits.iter().map(|hit| hit.start).rev().max_by_key(|from| inside(*from));
    let from = best.map_or(0, |first| {
        let last = hits.iter().filter(|hit| hit.start >= first && hit.end <= first + width).map(|hit| hit.end).max();
        let room = width.saturating_sub(last.unwrap_or(first) - first);
        first.saturating_sub(room / 2)
    });
    let from = from.min(characters.len().saturating_sub(width));
    let to = (from + width).min(characters.len());
    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>, hit: bool| {
        if range.start < range.end {
            pieces.push(Piece { text: characters[range].iter().collect(), hit });
        }
    };
    let mut at = from;
    for hit in hits.iter().map(|hit| hit.start.clamp(from, to)..hit.end.clamp(from, to)) {
        if hit.start >= hit.end {
            continue;
        }
        push(at..hit.start, false);
        at = hit.end;
        push(hit, true);
    }
    push(at..to, false);
    Snippet { cut_before: from > 0, cut_after: to < characters.len(), pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, query: &str, width: usize) -> String {
        let cut = snippet(text, &Query::parse(query), width);
        let parts =
            cut.pieces.iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() });
        let inner: String = parts.collect();
        format!("{}{inner}{}", if cut.cut_before { "…" } else { "" }, if cut.cut_after { "…" } else { "" })
    }

    #[test]
    fn what_was_found_is_marked_in_the_text_as_given() {
        for (text, query, width, wanted) in [
            ("社區養老服務", "养老", 20, "社區[養老]服務"),
            ("社区养老服务", "养老 老服", 20, "社区[养老服]务"),
            ("水库和水渠", "水", 20, "[水]库和[水]渠"),
            ("一二三四五六七八养老九十", "养老", 6, "…七八[养老]九十"),
            ("一二三四五六七八养老九十甲乙丙丁", "养老", 6, "…七八[养老]九十…"),
            ("养老一二三四五六七八九十基站养老", "养老 基站", 6, "…九十[基站养老]"),
            ("没有找到", "养老", 2, "没有…"),
            ("", "养老", 2, ""),
        ] {
            assert_eq!(marked(text, query, width), wanted, "{text} {query}");
        }
    }
}
