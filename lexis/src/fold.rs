//! Makes characters that mean the same the same: width, compatibility forms, case, accents, traditional forms.
//!
//! Each character is folded by itself, whatever stands beside it. A part of a text therefore folds to a part of the
//! folded text, and every folded character knows where it came from.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut characters = include_str!("../data/traditional.txt").chars().filter(|character| *character != '\n');
    let mut map = HashMap::new();
    while let (Some(traditional), Some(simplified)) = (characters.next(), characters.next()) {
        map.insert(traditional, simplified);
    }
    map
});

/// What a folded character is to the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Written without spaces: Han, kana.
    Han,
    /// Letter or digit of a word.
    Word,
    /// Neither; ends a run.
    Other,
}

/// Feeds the folded form of the character; nothing for marks and invisible characters.
pub(crate) fn fold(character: char, mut feed: impl FnMut(char, Class)) {
    if character.is_ascii() {
        let folded = character.to_ascii_lowercase();
        return feed(folded, if folded.is_ascii_alphanumeric() { Class::Word } else { Class::Other });
    }
    if is_ignorable(character) {
        return;
    }
    for part in std::iter::once(character).nfkd() {
        for lower in part.to_lowercase() {
            if is_combining_mark(lower) {
                continue;
            }
            let plain = SIMPLIFIED.get(&lower).copied().unwrap_or(lower);
            feed(plain, class(plain));
        }
    }
}

fn class(character: char) -> Class {
    match character {
        '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30fe}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3fffd}' => Class::Han,
        other if other.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}

/// Invisible characters that stand inside words.
fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|character| fold(character, |folded, _| out.push(folded)));
        out
    }

    #[test]
    fn what_means_the_same_becomes_the_same() {
        for (text, wanted) in [
            ("養老服務", "养老服务"),
            ("臺灣", "台湾"),
            ("ＷｉＦｉ　５Ｇ", "wifi 5g"),
            ("Ｃａｆé", "cafe"),
            ("㎡①㈠", "m21(一)"),
            ("\u{f900}", "岂"),
            ("充\u{200b}电", "充电"),
            ("𠮷野家", "𠮷野家"),
        ] {
            assert_eq!(folded(text), wanted, "{text}");
        }
    }

    #[test]
    fn folding_again_changes_no_simplified_form() {
        for simplified in SIMPLIFIED.values() {
            assert_eq!(class(*simplified), Class::Han, "{simplified}");
        }
    }
}
