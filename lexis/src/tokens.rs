//! The one tokenizer, for both databases.
//!
//! A run of Han characters gives its overlapping pairs and, at the end, its last character alone: `养老院` gives
//! `养老`, `老院`, `院`. So each part of two or more characters is a sequence of tokens, and a single character is the
//! beginning of a token. A run of letters and digits is one word.
//!
//! In the index a token is written with ASCII letters and digits only ([`Token::code`]), so that neither database
//! applies rules of its own to it: no stop word, no stem, no locale.

use crate::fold::{Class, fold};
use std::collections::HashMap;
use std::ops::Range;

/// Tokens in one piece of the index. PostgreSQL counts positions up to 16,383 only.
pub const CHUNK_TOKENS: usize = 4_000;
/// Tokens that neighbouring pieces share, so that no phrase is cut.
pub const CHUNK_OVERLAP: usize = 100;
/// How often one token may stand in a piece: PostgreSQL keeps 256 positions of each.
const CHUNK_REPEATS: usize = 250;
/// Characters of a word that count; the rest is cut.
const WORD_CHARS: usize = 60;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Two neighbouring Han characters.
    Pair,
    /// The last Han character of a run.
    Last,
    /// A word of letters and digits.
    Word,
}

/// One token with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its folded characters.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Its place in the text, in characters.
    pub place: Range<usize>,
    /// Where its first character ends.
    pub first_end: usize,
}

impl Token {
    /// The token as it stands in the index: `h` and four digits of base 36 for each Han character, `w` and the word,
    /// `u` and four digits for each character of a word that is not ASCII.
    pub fn code(&self) -> String {
        let mut code = String::with_capacity(1 + 4 * self.text.len());
        match self.kind {
            Kind::Pair | Kind::Last => {
                code.push('h');
                self.text.chars().for_each(|character| push_base36(&mut code, character));
            }
            Kind::Word if self.text.is_ascii() => {
                code.push('w');
                code.push_str(&self.text);
            }
            Kind::Word => {
                code.push('u');
                self.text.chars().for_each(|character| push_base36(&mut code, character));
            }
        }
        code
    }
}

fn push_base36(code: &mut String, character: char) {
    let value = u32::from(character);
    for power in [46_656, 1_296, 36, 1] {
        code.extend(char::from_digit(value / power % 36, 36));
    }
}

/// The tokens of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut runs = Runs { out: Vec::with_capacity(text.len() / 3 + 1), run: Vec::new(), class: Class::Other };
    for (at, character) in text.chars().enumerate() {
        fold(character, |folded, class| runs.feed(folded, class, at));
    }
    runs.end();
    runs.out
}

struct Runs {
    out: Vec<Token>,
    run: Vec<(char, usize)>,
    class: Class,
}

impl Runs {
    fn feed(&mut self, folded: char, class: Class, at: usize) {
        if class != self.class {
            self.end();
            self.class = class;
        }
        if class != Class::Other {
            self.run.push((folded, at));
        }
    }

    fn end(&mut self) {
        match (self.class, self.run.first(), self.run.last()) {
            (Class::Han, _, Some(&(last, at))) => {
                for pair in self.run.windows(2) {
                    let (first, second) = (pair[0], pair[1]);
                    self.out.push(Token {
                        text: String::from_iter([first.0, second.0]),
                        kind: Kind::Pair,
                        place: first.1..second.1 + 1,
                        first_end: first.1 + 1,
                    });
                }
                let place = at..at + 1;
                self.out.push(Token { text: last.into(), kind: Kind::Last, place, first_end: at + 1 });
            }
            (Class::Word, Some(&(_, from)), Some(&(_, to))) => self.out.push(Token {
                text: self.run.iter().take(WORD_CHARS).map(|(folded, _)| *folded).collect(),
                kind: Kind::Word,
                place: from..to + 1,
                first_end: from + 1,
            }),
            _ => {}
        }
        self.run.clear();
    }
}

/// The text of the index for a text, in pieces that PostgreSQL can hold; none for a text without tokens.
///
/// Neighbouring pieces overlap by [`CHUNK_OVERLAP`] tokens: every sequence of that many tokens stands whole in one.
pub fn chunks(text: &str) -> Vec<String> {
    let codes: Vec<String> = tokens(text).iter().map(Token::code).collect();
    let mut out = Vec::new();
    let mut from = 0;
    while from < codes.len() {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut to = from;
        while to < codes.len() && to - from < CHUNK_TOKENS {
            let count = seen.entry(&codes[to]).or_default();
            *count += 1;
            if *count > CHUNK_REPEATS {
                break;
            }
            to += 1;
        }
        out.push(codes[from..to].join(" "));
        if to == codes.len() {
            break;
        }
        from = to - CHUNK_OVERLAP;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn runs_become_pairs_and_words() {
        for (text, wanted) in [
            ("养老院", vec!["养老", "老院", "院"]),
            ("水", vec!["水"]),
            ("建设5G基站，2026年", vec!["建设", "设", "5g", "基站", "站", "2026", "年"]),
            ("Wi-Fi", vec!["wi", "fi"]),
            ("養老", vec!["养老", "老"]),
            ("  ，。", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(texts(text), wanted, "{text}");
        }
    }

    #[test]
    fn places_count_characters_of_the_text_as_given() {
        let found = tokens("加装㎡電梯");
        let places: Vec<_> = found.iter().map(|token| (token.text.as_str(), token.place.clone())).collect();
        assert_eq!(places, [("加装", 0..2), ("装", 1..2), ("m2", 2..3), ("电梯", 3..5), ("梯", 4..5)]);
    }

    #[test]
    fn codes_are_ascii_and_differ() {
        let codes: Vec<_> = tokens("养老 5g привет 𠮷").iter().map(Token::code).collect();
        assert_eq!(codes, ["h0g3f0pa9", "h0pa9", "w5g", "u00u700u800u000tu00tx00ua", "h2vg7"].map(String::from));
        assert!(codes.iter().all(|code| code.bytes().all(|byte| byte.is_ascii_alphanumeric())));
    }

    #[test]
    fn pieces_hold_what_postgresql_can_count() {
        let long: String = (0..20_000u32).filter_map(|i| char::from_u32(0x4e00 + i * 7 % 5_000)).collect();
        for text in [long, "哈".repeat(3_000)] {
            let pieces = chunks(&text);
            assert!(pieces.len() > 1);
            for piece in &pieces {
                let codes: Vec<_> = piece.split(' ').collect();
                assert!(codes.len() <= CHUNK_TOKENS);
                assert!(codes.iter().all(|code| codes.iter().filter(|other| *other == code).count() <= 256));
            }
            for pair in pieces.windows(2) {
                let (before, after) = (pair[0].split(' ').collect::<Vec<_>>(), pair[1].split(' ').collect::<Vec<_>>());
                assert_eq!(before[before.len() - CHUNK_OVERLAP..], after[..CHUNK_OVERLAP]);
            }
        }
    }
}
