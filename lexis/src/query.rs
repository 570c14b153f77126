//! What a person types into the search box.
//!
//! Words are separated by spaces and must all be found, anywhere in a matter; what stands in quotation marks is one
//! phrase. Everything else is plain text: `AND`, `*`, `-` or `:` mean nothing more than they say.

use crate::tokens::{CHUNK_OVERLAP, Kind, Token, tokens};

/// Tokens of a phrase that count; pieces of the index overlap by as many.
pub const MAX_PHRASE_TOKENS: usize = CHUNK_OVERLAP;

/// A query: phrases that must all be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    phrases: Vec<Phrase>,
}

/// Tokens that must stand one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    codes: Vec<String>,
    open: bool,
}

impl Phrase {
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut found = tokens(text);
        let single = |found: &[Token]| found.len() < 2 || found[found.len() - 2].kind != Kind::Pair;
        let open = match found.last().map(|token| token.kind) {
            // Whether the run ends here is not asked, so its last character alone is not looked for.
            Some(Kind::Last) if !single(&found) => {
                found.pop();
                false
            }
            Some(Kind::Last) => true,
            Some(_) => false,
            None => return None,
        };
        let open = open && found.len() <= MAX_PHRASE_TOKENS;
        Some(Self { codes: found.iter().take(MAX_PHRASE_TOKENS).map(Token::code).collect(), open })
    }

    /// The tokens as they stand in the index; never empty.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// Whether the last token is a single character, which is found at the beginning of any token.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Where the phrase stands among these codes: the index of its first token, each time.
    pub(crate) fn find<'a>(&'a self, codes: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        codes.windows(self.codes.len()).enumerate().filter(|(_, window)| self.fits(window)).map(|(at, _)| at)
    }

    fn fits(&self, window: &[String]) -> bool {
        let last = self.codes.len() - 1;
        window[..last] == self.codes[..last]
            && if self.open { window[last].starts_with(&self.codes[last]) } else { window[last] == self.codes[last] }
    }
}

impl Query {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Self {
        let mut parts = vec![String::new()];
        let mut quoted = false;
        for character in text.chars() {
            match character {
                '"' | '＂' => quoted = !quoted,
                '“' | '「' | '『' | '«' => quoted = true,
                '”' | '」' | '』' | '»' => quoted = false,
                space if space.is_whitespace() && !quoted => {}
                other => {
                    parts.last_mut().expect("one from the start").push(other);
                    continue;
                }
            }
            parts.push(String::new());
        }
        let mut phrases: Vec<Phrase> = Vec::new();
        for phrase in parts.iter().filter_map(|part| Phrase::of(part)) {
            if !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
        Self { phrases }
    }

    /// The phrases; none when the text holds nothing that can be looked for.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Whether these texts together hold every phrase; what both databases must answer. An empty query is found
    /// nowhere.
    pub fn matches<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        let texts: Vec<Vec<String>> =
            texts.into_iter().map(|text| tokens(text).iter().map(Token::code).collect()).collect();
        !self.is_empty()
            && self.phrases.iter().all(|phrase| texts.iter().any(|codes| phrase.find(codes).next().is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_meant() {
        let text = "关于在南湖街道推进社区居家养老服务、建设5G基站的建议。WiFi 全覆盖，2026年完成。";
        for (query, wanted) in [
            ("养老", true),
            ("養老", true),
            ("居家养老", true),
            ("养老 基站", true),
            ("养老 医院", false),
            ("老养", false),
            ("\"养老服务\"", true),
            ("\"养老 服务\"", false),
            ("“养老服务”建设", true),
            ("水", false),
            ("南", true),
            ("议", true),
            ("5G", true),
            ("５ｇ基站", true),
            ("wifi", true),
            ("wif", false),
            ("服务、建设", true),
            ("服务建设", false),
            ("2026年", true),
            ("WiFi 全覆盖，2026", true),
            ("养老*", true),
            ("NOT 养老", false),
            ("养老 OR 医院", false),
            ("", false),
            ("，*\"", false),
        ] {
            assert_eq!(Query::parse(query).matches([text]), wanted, "{query}");
        }
    }

    #[test]
    fn words_may_stand_in_different_texts_and_a_phrase_may_not() {
        let query = Query::parse("养老 医院");
        assert!(query.matches(["居家养老", "社区医院"]));
        assert!(!Query::parse("\"养老医院\"").matches(["居家养老", "医院"]));
    }

    #[test]
    fn one_character_is_open_and_the_same_word_counts_once() {
        let query = Query::parse("水 水 养老");
        let open: Vec<_> = query.phrases().iter().map(Phrase::is_open).collect();
        assert_eq!(open, [true, false]);
    }
}
