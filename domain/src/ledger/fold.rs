//! One spelling for what people write in several: width, case, spaces and line breaks do not count.

/// The text without white space and invisible characters, half-width, in small letters.
pub(super) fn fold(text: &str) -> String {
    let visible = |character: &char| !character.is_whitespace() && !matches!(character, '\u{FEFF}' | '\u{200B}');
    text.chars().filter(visible).map(half_width).flat_map(char::to_lowercase).collect()
}

/// As [`fold`], and without punctuation: 主办+会办 and 主办、会办 are one word.
pub(super) fn fold_word(text: &str) -> String {
    let counts = |character: &char| character.is_alphanumeric() || matches!(character, '√' | '✓' | '×');
    fold(text).chars().filter(counts).collect()
}

/// The header word without remarks in brackets and marks of required columns: *标题(必填) is 标题.
pub(super) fn fold_header(text: &str) -> String {
    let folded = fold(text);
    let bare = folded.trim_start_matches('*').trim_end_matches([':', '*']);
    without_brackets(bare)
}

/// The folded text without what stands in round brackets, unless nothing would be left.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(character),
            _ => {}
        }
    }
    if bare.is_empty() { text.to_owned() } else { bare }
}

/// The half-width form of a full-width letter, digit or sign.
pub(super) fn half_width(character: char) -> char {
    match u32::from(character) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_spaces_and_breaks_do_not_count() {
        assert_eq!(fold("\u{FEFF}办理\n 结 果 \u{FF21}\u{3000}b"), "办理结果ab");
        assert_eq!(fold_word("主办 + 会办"), fold_word("主办、会办"));
        assert_eq!(fold_header("* 办理结果\u{FF08}A/B/C/D)\u{FF1A}"), "办理结果");
        assert_eq!(fold_header("(一)"), "(一)");
    }
}
