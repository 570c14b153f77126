//! Which characters a text may hold, the same verdict on every database.
//!
//! SQLite stores a NUL and then miscounts, PostgreSQL refuses it; a right-to-left override flips the name
//! of a signer; a zero-width character makes a twin of an agency. One function decides for every text that
//! comes from outside: names, titles, bodies, reasons, answers.
//!
//! Length is counted in **characters, that is Unicode scalar values** of the cleaned text: 𠮷 counts one,
//! a letter with a separate accent counts two, a line break counts one.
//!
//! Deliberately absent: Unicode normalisation (what was signed is kept as it was typed), look-alikes of
//! different letters, HTML, and rules about passwords.

mod characters;
pub mod personal;

use characters::{is_combining, is_forbidden, is_outer_space};

/// The most combining marks in a row; Tibetan stacks and Vietnamese stay far below.
pub const MAX_COMBINING_MARKS: usize = 8;

/// What one field asks of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRule {
    /// The most characters (Unicode scalar values) of the cleaned text.
    pub max_chars: usize,
    /// Whether a blank text is refused.
    pub required: bool,
    /// Whether line breaks and tabs may stand inside.
    pub multiline: bool,
}

impl TextRule {
    /// A required single line, such as a name or a title.
    pub const fn line(max_chars: usize) -> Self {
        Self { max_chars, required: true, multiline: false }
    }

    /// A required text of several lines, such as a body or a reason.
    pub const fn body(max_chars: usize) -> Self {
        Self { max_chars, required: true, multiline: true }
    }

    /// The same rule for a text that may be blank.
    pub const fn optional(self) -> Self {
        Self { required: false, ..self }
    }
}

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// The text is blank but required.
    Required,
    /// The text has too many characters.
    TooLong {
        /// The most characters allowed.
        max: usize,
        /// The characters of the cleaned text.
        actual: usize,
    },
    /// The text holds a character that it may not hold.
    Forbidden {
        /// The first such character.
        character: char,
        /// Its position in the text as received, in characters from 0.
        at: usize,
    },
}

/// Returns the cleaned text: outer white space trimmed, line breaks written as `\n`.
///
/// Checking a cleaned text again returns it unchanged.
///
/// # Errors
/// The first forbidden character wins over the length, so that the person is told where it stands.
pub fn check(text: &str, rule: TextRule) -> Result<String, TextFault> {
    let inner = text.trim_matches(is_outer_space);
    let start = text.len() - text.trim_start_matches(is_outer_space).len();
    // A blank text trims to nothing from either side, so there is nothing to index then.
    let skipped = text[..start].chars().count();
    let mut cleaned = String::with_capacity(inner.len());
    let mut marks = 0;
    let mut previous = None;
    for (offset, character) in inner.chars().enumerate() {
        marks = if is_combining(character) { marks + 1 } else { 0 };
        let breaks_line = matches!(character, '\n' | '\r' | '\t');
        let refused = if breaks_line { !rule.multiline } else { is_forbidden(character) };
        if refused || marks > MAX_COMBINING_MARKS {
            return Err(TextFault::Forbidden { character, at: skipped + offset });
        }
        match (previous, character) {
            (Some('\r'), '\n') => {}
            (_, '\r') => cleaned.push('\n'),
            _ => cleaned.push(character),
        }
        previous = Some(character);
    }
    let actual = cleaned.chars().count();
    if actual == 0 && rule.required {
        return Err(TextFault::Required);
    }
    if actual > rule.max_chars {
        return Err(TextFault::TooLong { max: rule.max_chars, actual });
    }
    Ok(cleaned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forbidden_at(text: &str, rule: TextRule) -> Option<usize> {
        match check(text, rule) {
            Err(TextFault::Forbidden { at, .. }) => Some(at),
            _ => None,
        }
    }

    #[test]
    fn hidden_and_broken_characters_are_refused_where_they_stand() {
        let refused = [
            0x00, 0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F, // controls
            0x061C, 0x200E, 0x200F, 0x202A, 0x202D, 0x202E, 0x2066, 0x2069, // direction
            0x00AD, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2064, 0x206F, 0xFEFF, // zero width
            0x2028, 0x2029, 0xFFF9, 0xFFFB, 0xE0001, 0xE0041, 0xE007F, // separators, annotations, tags
            0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, // non-characters
            0xE000, 0xF8FF, 0xF0000, 0x10FFFD, // private use
            0x115F, 0x3164, 0xFFA0, 0x2800, // letters that show nothing
        ];
        for code in refused {
            let character = char::from_u32(code).unwrap();
            for rule in [TextRule::line(99), TextRule::body(99)] {
                let found = check(&format!(" 养老{character}服务"), rule);
                assert_eq!(found, Err(TextFault::Forbidden { character, at: 3 }), "U+{code:04X}");
                assert_eq!(forbidden_at(&character.to_string(), rule), Some(0), "U+{code:04X} alone");
            }
        }
    }

    #[test]
    fn ordinary_chinese_and_rare_characters_pass_unchanged() {
        for text in [
            "养老服务",
            "𠮷野家",
            "清河区(督查室)",
            "A—B…“引号”、《办法》〔2025〕7号",
            "½ ㎡ 10℃",
            "葛\u{E0100}城",
            "བོད་སྐད།",
            "ئۇيغۇرچە",
            "😀",
        ] {
            assert_eq!(check(text, TextRule::line(99)).as_deref(), Ok(text));
        }
        assert_eq!(check("𠮷", TextRule::line(1)).as_deref(), Ok("𠮷"));
    }

    #[test]
    fn line_breaks_are_for_texts_of_several_lines_and_are_written_one_way() {
        assert_eq!(check("一\r\n二\r三\n\r四\t五", TextRule::body(99)).as_deref(), Ok("一\n二\n三\n\n四\t五"));
        assert_eq!(forbidden_at("一\r\n二", TextRule::line(99)), Some(1));
        assert_eq!(forbidden_at("一\t二", TextRule::line(99)), Some(1));
    }

    #[test]
    fn outer_white_space_is_trimmed_also_the_ideographic_one() {
        assert_eq!(check("\u{3000} \n标 题\t\u{A0}\r\n", TextRule::line(3)).as_deref(), Ok("标 题"));
        // A vertical tab is a control also at the edge.
        assert_eq!(forbidden_at(" \u{B}标题", TextRule::line(99)), Some(1));
    }

    #[test]
    fn a_blank_text_is_missing_only_when_required() {
        for blank in ["", "   ", "\u{3000}\n\t"] {
            assert_eq!(check(blank, TextRule::body(9)), Err(TextFault::Required));
            assert_eq!(check(blank, TextRule::body(9).optional()).as_deref(), Ok(""));
        }
    }

    #[test]
    fn length_counts_characters_of_the_cleaned_text() {
        assert_eq!(check("  一二三  ", TextRule::line(3)).as_deref(), Ok("一二三"));
        assert_eq!(check("一二三四", TextRule::line(3)), Err(TextFault::TooLong { max: 3, actual: 4 }));
        assert_eq!(check("一\r\n二", TextRule::body(3)).as_deref(), Ok("一\n二"));
    }

    #[test]
    fn towers_of_combining_marks_are_refused() {
        let tower = |height: usize| format!("e{}", "\u{301}".repeat(height));
        assert!(check(&tower(8), TextRule::line(99)).is_ok());
        assert_eq!(forbidden_at(&tower(9), TextRule::line(99)), Some(9));
        assert_eq!(forbidden_at(&tower(10_000), TextRule::line(99)), Some(9));
    }

    proptest! {
        #[test]
        fn checking_the_result_again_gives_the_same(
            text in prop_oneof![any::<String>(), "[ \u{3000}\ta-c𠮷\r\n\u{301}]{0,40}"],
            multiline: bool,
            required: bool,
            max_chars in 0_usize..40,
        ) {
            let rule = TextRule { max_chars, required, multiline };
            if let Ok(cleaned) = check(&text, rule) {
                prop_assert_eq!(check(&cleaned, rule), Ok(cleaned.clone()));
                prop_assert!(cleaned.chars().count() <= max_chars && !cleaned.contains('\r'));
            }
        }

        #[test]
        fn the_position_points_at_the_character_named(text in "[ \u{3000}\ta-c\r\n\u{0}\u{202E}\u{301}]{0,40}", multiline: bool) {
            let rule = TextRule { max_chars: 20, required: true, multiline };
            if let Err(TextFault::Forbidden { character, at }) = check(&text, rule) {
                prop_assert_eq!(text.chars().nth(at), Some(character));
            }
        }
    }
}
