//! The classes of characters that [`super::check`] tells apart.
//!
//! Ranges of code points, written out so that the verdict does not change with a library's version.

/// White space that may stand, and is trimmed, at either end.
///
/// Controls and separators that are refused inside are refused at the edges too.
pub(super) fn is_outer_space(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\t') || (character.is_whitespace() && !is_forbidden(character))
}

/// Whether the character is refused in every text; line breaks and tabs are judged by the caller.
pub(super) fn is_forbidden(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || is_invisible(code)
        || is_private_use(code)
        // Non-characters: two at the end of each plane, and a block of 32.
        || code & 0xFFFE == 0xFFFE
        || (0xFDD0..=0xFDEF).contains(&code)
}

/// Characters that show nothing, change the direction of others, or break lines in disguise.
const fn is_invisible(code: u32) -> bool {
    matches!(
        code,
        0x00AD // soft hyphen
            | 0x061C | 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069 // direction
            | 0x180E | 0x200B..=0x200D | 0x2060..=0x2065 | 0x206A..=0x206F | 0xFEFF // zero width
            | 0x2028..=0x2029 // line and paragraph separators
            | 0xFFF9..=0xFFFB // interlinear annotation
            | 0x1D173..=0x1D17A // musical layout
            | 0xE0000..=0xE00FF // tags
            | 0xE01F0..=0xE0FFF // unassigned, ignored by displays
            | 0x115F..=0x1160 | 0x3164 | 0xFFA0 | 0x2800 // letters without a shape
    )
}

/// Code points whose shape depends on the font: nobody can be sure that two readers see the same name.
/// GB 18030-2022 gives the rare characters that once stood there code points of their own.
const fn is_private_use(code: u32) -> bool {
    matches!(code, 0xE000..=0xF8FF | 0xF0000..=0xFFFFD | 0x10_0000..=0x10_FFFD)
}

/// Marks that pile up on the character before them; those of scripts in use in the country, the general
/// ones, and variation selectors (which choose the shape of a rare character in a name).
pub(super) fn is_combining(character: char) -> bool {
    matches!(
        u32::from(character),
        0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F // general
            | 0x0483..=0x0489 // Cyrillic
            | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7 // Hebrew
            | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4 // Arabic, Uyghur
            | 0x06E7..=0x06E8 | 0x06EA..=0x06ED | 0x0711 | 0x0730..=0x074A
            | 0x0900..=0x0903 | 0x093A..=0x093C | 0x093E..=0x094F | 0x0951..=0x0957 // Devanagari
            | 0x0E31 | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E | 0x0EB1 | 0x0EB4..=0x0EBC | 0x0EC8..=0x0ECE // Thai, Lao
            | 0x0F18..=0x0F19 | 0x0F35 | 0x0F37 | 0x0F39 | 0x0F71..=0x0F84 | 0x0F86..=0x0F87 // Tibetan
            | 0x0F8D..=0x0FBC | 0x0FC6
            | 0x102B..=0x103E | 0x1056..=0x1059 | 0x1A55..=0x1A7F // Myanmar, Tai
            | 0x180B..=0x180D | 0x180F | 0x18A9 // Mongolian
            | 0x302A..=0x302F | 0x3099..=0x309A | 0xA66F..=0xA672 | 0xA674..=0xA67D // Chinese tones, Japanese, Slavonic
            | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF // variation selectors
    )
}
