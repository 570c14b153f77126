//! Texts that a spreadsheet program would run as formulas when it opens a CSV file.
//!
//! A workbook tells texts from formulas; a CSV file does not. Following OWASP, a text that begins with a
//! dangerous character is written behind an apostrophe. Reading takes it away again. A text that has such an
//! apostrophe of its own is given one more, so that writing and reading change nothing.

/// What a program may take for the beginning of a formula, the full-width forms too.
fn is_dangerous(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}')
}

/// Whether only apostrophes stand before a dangerous character.
fn needs_mark(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(is_dangerous)
}

/// The text as written in a CSV file.
pub(crate) fn neutralised(text: &str) -> String {
    if needs_mark(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text as it was before [`neutralised`].
pub(crate) fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_mark(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_put_behind_an_apostrophe() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("-5", "'-5"),
            ("@SUM", "'@SUM"),
            ("\tx", "'\tx"),
            ("\u{FF1D}x", "'\u{FF1D}x"),
            ("'=x", "''=x"),
            ("'x", "'x"),
            ("1-1", "1-1"),
            ("", ""),
        ] {
            assert_eq!(neutralised(text), written);
            assert_eq!(restored(written), text);
        }
    }

    proptest! {
        #[test]
        fn writing_and_reading_change_nothing(text in "['=+@\\-\ta一]{0,6}") {
            let written = neutralised(&text);
            prop_assert!(!written.starts_with(is_dangerous));
            prop_assert_eq!(restored(&written), text.as_str());
        }
    }
}
