//! Personal data in a text that is to be published: found, named by kind and place, and masked.
//!
//! What is looked for: mobile and landline numbers, identity numbers of 18 digits (with a right check digit) and of
//! 15, bank cards (Luhn), e-mail addresses, home addresses down to a flat, and licence plates. Full-width digits and
//! letters count as the plain ones.
//!
//! Not personal: short hotlines (12345), 400 and 800 lines, document numbers (〔2019〕12号), years, amounts with their
//! unit, a street with a house number alone, rooms of a public office building.
//!
//! The check is one of form. It cannot know whose number it is, so the number of an office is found as well.

mod address;
mod numbers;

vocabulary! {
    /// A kind of personal data (个人信息种类).
    pub enum PersonalKind {
        /// A mobile number (手机号码).
        Mobile "MOBILE" "手机号码" "mobile number",
        /// A landline number (固定电话号码).
        Landline "LANDLINE" "固定电话号码" "landline number",
        /// An identity number (身份证号码).
        IdentityNumber "IDENTITY_NUMBER" "身份证号码" "identity number",
        /// The number of a bank card (银行卡号).
        BankCard "BANK_CARD" "银行卡号" "bank card number",
        /// An e-mail address (电子邮箱).
        Email "EMAIL" "电子邮箱" "e-mail address",
        /// A home address down to a flat (详细住址).
        Address "ADDRESS" "详细住址" "home address",
        /// A licence plate (车牌号码).
        Plate "PLATE" "车牌号码" "licence plate",
    }
}

/// A passage that looks like personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it looks like.
    pub kind: PersonalKind,
    /// Where it begins, in characters from 0.
    pub at: usize,
    /// How many characters it has.
    pub length: usize,
    /// The passage with its middle masked, so that a message about it tells nothing new.
    pub excerpt: String,
}

/// The passages of the text that look like personal data, in their order and without overlap.
pub fn find(text: &str) -> Vec<Passage> {
    let original: Vec<char> = text.chars().collect();
    let plain: Vec<char> = original.iter().map(|c| plain(*c)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        match passage_at(&plain, at) {
            Some((kind, end)) => {
                let excerpt = half_masked(&original[at..end]);
                found.push(Passage { kind, at, length: end - at, excerpt });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The text with each such passage replaced by as many asterisks as it has characters.
pub fn mask(text: &str) -> String {
    let found = find(text);
    if found.is_empty() {
        return text.to_owned();
    }
    let hidden = |i: usize| found.iter().any(|passage| (passage.at..passage.at + passage.length).contains(&i));
    text.chars().enumerate().map(|(i, c)| if hidden(i) { '*' } else { c }).collect()
}

/// Where a passage of one kind that begins at this place ends.
type EndOf = fn(&[char], usize) -> Option<usize>;

/// What begins here, and where it ends.
fn passage_at(text: &[char], at: usize) -> Option<(PersonalKind, usize)> {
    use PersonalKind as K;
    let kinds: [(K, EndOf); 7] = [
        (K::Email, email),
        (K::IdentityNumber, numbers::identity),
        (K::BankCard, numbers::bank_card),
        (K::Mobile, numbers::mobile),
        (K::Landline, numbers::landline),
        (K::Plate, plate),
        (K::Address, address::address),
    ];
    kinds.into_iter().find_map(|(kind, end_of)| Some((kind, end_of(text, at)?)))
}

/// A quarter at either end stays, at most three and four characters.
fn half_masked(passage: &[char]) -> String {
    let (head, tail) = ((passage.len() / 4).min(3), (passage.len() / 4).min(4));
    let hidden = |i: usize| i >= head && i < passage.len() - tail;
    passage.iter().enumerate().map(|(i, c)| if hidden(i) { '*' } else { *c }).collect()
}

/// Full-width letters, digits and signs as plain ones; one character stays one character.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '—' | '–' | '‐' | '‑' | '−' => '-',
        other => other,
    }
}

fn email(text: &[char], at: usize) -> Option<usize> {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    if at > 0 && local(text[at - 1]) || !text[at].is_ascii_alphanumeric() {
        return None;
    }
    let sign = at + text[at..].iter().take_while(|c| local(**c)).count();
    if text.get(sign) != Some(&'@') {
        return None;
    }
    let host = text[sign + 1..].iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).count();
    let host = &text[sign + 1..sign + 1 + host];
    // The full stop of a sentence is no part of the host.
    let length = host.iter().rposition(char::is_ascii_alphanumeric)? + 1;
    let labels: Vec<&[char]> = host[..length].split(|c| *c == '.').collect();
    let known = labels.len() > 1 && labels.iter().all(|label| !label.is_empty());
    let ends_in_letters =
        labels.last().is_some_and(|last| last.len() > 1 && last.iter().all(char::is_ascii_alphabetic));
    (known && ends_in_letters).then_some(sign + 1 + length)
}

/// The one-character names of provinces, with which plates begin.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

fn plate(text: &[char], at: usize) -> Option<usize> {
    let city = text.get(at + 1).copied().filter(char::is_ascii_alphabetic)?;
    if !PROVINCES.contains(text[at]) || matches!(city, 'I' | 'i') {
        return None;
    }
    let gap = usize::from(matches!(text.get(at + 2), Some('·' | '•' | '・' | ' ' | '-')));
    let start = at + 2 + gap;
    let length = text[start.min(text.len())..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
    let serial = &text[start.min(text.len())..(start + length).min(text.len())];
    let suffix = usize::from(matches!(text.get(start + length), Some('挂' | '学' | '警' | '港' | '澳' | '领')));
    let counted = matches!((length, suffix), (5 | 6, 0) | (4, 1));
    let digits = serial.iter().filter(|c| c.is_ascii_digit()).count();
    (counted && digits >= 2).then_some(start + length + suffix)
}

#[cfg(test)]
mod tests;
