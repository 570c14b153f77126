//! What the name of a session tells: 区十七届人大五次会议 is the fifth session of the congress' 17th term.

use super::fold::fold;
use crate::vocabulary::Institution;

/// What could be read from the name of a session (届次).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionName {
    /// The institution that met.
    pub institution: Option<Institution>,
    /// The number of the term (届).
    pub term_no: Option<u16>,
    /// The number of the session inside the term (次).
    pub session_no: Option<u16>,
}

impl SessionName {
    /// Reads the name; what it does not say stays open.
    pub fn read(text: &str) -> Self {
        let folded = fold(text);
        let congress = folded.contains("人大") || folded.contains("人民代表大会");
        let cppcc = folded.contains("政协") || folded.contains("政治协商");
        let institution = match (congress, cppcc) {
            (true, false) => Some(Institution::Congress),
            (false, true) => Some(Institution::Cppcc),
            _ => None,
        };
        Self { institution, term_no: number_before(&folded, '届'), session_no: number_before(&folded, '次') }
    }
}

/// The number, in digits or Chinese numerals up to 99, right before a word.
fn number_before(text: &str, word: char) -> Option<u16> {
    let (before, _) = text.split_once(word)?;
    let start = before.char_indices().rev().take_while(|(_, character)| is_numeral(*character)).last()?.0;
    let numeral = &before[start..];
    let number = numeral.parse().ok().or_else(|| chinese(numeral))?;
    (1..=99).contains(&number).then_some(number)
}

const DIGITS: &str = "零一二三四五六七八九";

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || character == '十' || DIGITS.contains(character)
}

fn chinese(numeral: &str) -> Option<u16> {
    let digit = |text: &str| {
        let mut characters = text.chars();
        let (first, rest) = (characters.next()?, characters.next());
        let value = DIGITS.chars().position(|digit| digit == first)?;
        rest.is_none().then(|| u16::try_from(value).ok()).flatten()
    };
    let Some((tens, ones)) = numeral.split_once('十') else { return digit(numeral) };
    let tens = if tens.is_empty() { 1 } else { digit(tens)? };
    let ones = if ones.is_empty() { 0 } else { digit(ones)? };
    Some(tens * 10 + ones)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_names_are_understood() {
        let congress = Some(Institution::Congress);
        for (text, institution, term_no, session_no) in [
            ("区十七届人大五次会议", congress, Some(17), Some(5)),
            ("清河区第十七届人民代表大会第五次会议", congress, Some(17), Some(5)),
            ("区政协十五届三次会议", Some(Institution::Cppcc), Some(15), Some(3)),
            ("市人大", congress, None, None),
            ("20届1次", None, Some(20), Some(1)),
            ("二十一届二十次", None, Some(21), Some(20)),
            ("首届二次", None, None, Some(2)),
            ("百届", None, None, None),
            ("", None, None, None),
        ] {
            assert_eq!(SessionName::read(text), SessionName { institution, term_no, session_no }, "{text}");
        }
    }
}
