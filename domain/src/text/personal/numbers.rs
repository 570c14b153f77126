//! Numbers that lead to a person.

/// The digits that begin here in groups of these sizes, with a blank or hyphen between groups or nothing at all.
fn groups(text: &[char], at: usize, sizes: &[usize]) -> Option<(Vec<u32>, usize)> {
    let mut digits = Vec::new();
    let mut i = at;
    for (n, size) in sizes.iter().enumerate() {
        if n > 0 && matches!(text.get(i), Some(' ' | '-')) {
            i += 1;
        }
        for _ in 0..*size {
            digits.push(text.get(i)?.to_digit(10)?);
            i += 1;
        }
    }
    Some((digits, i))
}

/// Whether a number may begin here: not inside a longer one, a decimal fraction or a path.
fn begins(text: &[char], at: usize) -> bool {
    if at == 0 {
        return true;
    }
    let fraction = text[at - 1] == '.' && at > 1 && text[at - 2].is_ascii_digit();
    !fraction && !text[at - 1].is_ascii_digit() && !matches!(text[at - 1], '_' | '/' | '=' | '¥' | '￥' | '$')
}

/// Whether a number ends here: no further digit, fraction, or unit that makes it an amount.
fn ends(text: &[char], end: usize) -> bool {
    let after = match text.get(end) {
        None => return true,
        Some(' ') => text.get(end + 1).copied().unwrap_or(' '),
        Some(c) => *c,
    };
    let fraction = after == '.' && text.get(end + 1).is_some_and(char::is_ascii_digit);
    let amount = "元万亿吨平立千公米人次户件个斤%".contains(after);
    !fraction && !amount && !text.get(end).is_some_and(char::is_ascii_digit)
}

fn number(digits: &[u32]) -> u32 {
    digits.iter().fold(0, |sum, digit| sum * 10 + digit)
}

/// Whether this is a day on which a living person may have been born.
fn birthday(year: u32, month: u32, day: u32) -> bool {
    (1880..2100).contains(&year)
        && i32::try_from(year).is_ok_and(|year| chrono::NaiveDate::from_ymd_opt(year, month, day).is_some())
}

/// The first two digits of an administrative division.
fn province(code: u32) -> bool {
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81 | 82 | 83)
}

/// 18 places with a right check digit (GB 11643), or the 15 digits in use before 1999.
pub(super) fn identity(text: &[char], at: usize) -> Option<usize> {
    if !begins(text, at) {
        return None;
    }
    eighteen(text, at).or_else(|| fifteen(text, at))
}

fn eighteen(text: &[char], at: usize) -> Option<usize> {
    let (digits, end) = groups(text, at, &[6, 8, 3])?;
    let last = match text.get(end)? {
        'X' | 'x' => 10,
        other => other.to_digit(10)?,
    };
    // The weight of a place is 2 to the power of its distance from the last, modulo 11.
    let sum: u32 = digits.iter().enumerate().map(|(i, digit)| digit * (1 << (17 - i)) % 11).sum();
    let born = birthday(number(&digits[6..10]), number(&digits[10..12]), number(&digits[12..14]));
    let right = (sum + last) % 11 == 1;
    let whole = !text.get(end + 1).is_some_and(char::is_ascii_alphanumeric);
    (right && born && whole && province(number(&digits[..2]))).then_some(end + 1)
}

fn fifteen(text: &[char], at: usize) -> Option<usize> {
    let (digits, end) = groups(text, at, &[15])?;
    let born = birthday(1900 + number(&digits[6..8]), number(&digits[8..10]), number(&digits[10..12]));
    (born && province(number(&digits[..2])) && ends(text, end)).then_some(end)
}

/// 16 to 19 digits, whole or in groups of four, with the right sum (ISO/IEC 7812).
pub(super) fn bank_card(text: &[char], at: usize) -> Option<usize> {
    if !begins(text, at) || !matches!(text[at], '3'..='6' | '9') {
        return None;
    }
    (0..=3).rev().find_map(|rest| {
        let (digits, end) = groups(text, at, &[4, 4, 4, 4, rest])?;
        // A blank after the last full group belongs to what follows.
        let end = if rest == 0 && !text[end - 1].is_ascii_digit() { end - 1 } else { end };
        (ends(text, end) && luhn(&digits)).then_some(end)
    })
}

fn luhn(digits: &[u32]) -> bool {
    let doubled = |i: usize, digit: u32| if i % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit };
    digits.iter().rev().enumerate().map(|(i, digit)| doubled(i, *digit)).sum::<u32>() % 10 == 0
}

/// 11 digits from 13 to 19, with or without +86.
pub(super) fn mobile(text: &[char], at: usize) -> Option<usize> {
    let start = match text[at..] {
        ['+', '8', '6', ..] => at + 3,
        ['0', '0', '8', '6', ..] if begins(text, at) => at + 4,
        ['8', '6', '1' | ' ' | '-', ..] if begins(text, at) => at + 2,
        _ if begins(text, at) => at,
        _ => return None,
    };
    let start = if start > at && matches!(text.get(start), Some(' ' | '-')) { start + 1 } else { start };
    let (digits, end) = groups(text, start, &[3, 4, 4])?;
    (digits[0] == 1 && digits[1] >= 3 && ends(text, end)).then_some(end)
}

/// An area code with 7 or 8 digits, or as many digits right behind a word for telephone.
pub(super) fn landline(text: &[char], at: usize) -> Option<usize> {
    let long = long_distance(text, at);
    let end = long.or_else(|| local(text, at))?;
    // An extension belongs to the number.
    let inner = match text.get(end..)? {
        ['-' | '转', rest @ ..] => rest.iter().take_while(|c| c.is_ascii_digit()).count(),
        _ => 0,
    };
    Some(if (1..=6).contains(&inner) { end + 1 + inner } else { end })
}

fn long_distance(text: &[char], at: usize) -> Option<usize> {
    let bracket = text[at] == '(';
    let start = at + usize::from(bracket);
    if text.get(start) != Some(&'0') || !(bracket || begins(text, at)) {
        return None;
    }
    let second = text.get(start + 1)?.to_digit(10)?;
    let code = match second {
        1 if text.get(start + 2) == Some(&'0') => 3,
        2 => 3,
        3..=9 => 4,
        _ => return None,
    };
    groups(text, start, &[code])?;
    let mut i = start + code;
    if bracket {
        if text.get(i) != Some(&')') {
            return None;
        }
        i += 1;
    }
    if matches!(text.get(i), Some(' ' | '-')) {
        i += 1;
    }
    subscriber(text, i)
}

fn local(text: &[char], at: usize) -> Option<usize> {
    if !begins(text, at) || !matches!(text[at], '2'..='9') {
        return None;
    }
    let before: String = text[at.saturating_sub(6)..at].iter().collect();
    let before = before.trim_end_matches([' ', ':', '是', '为']);
    let named = ["电话", "座机", "传真", "话号码", "Tel", "TEL", "tel"].iter().any(|word| before.ends_with(word));
    if named { subscriber(text, at) } else { None }
}

/// 7 or 8 digits of which the first is no 0 or 1; 400 and 800 lines have an odd length.
fn subscriber(text: &[char], at: usize) -> Option<usize> {
    let first = text.get(at)?;
    if !matches!(first, '2'..='9') {
        return None;
    }
    [[4, 4], [3, 4]].iter().find_map(|sizes| {
        let (_, end) = groups(text, at, sizes)?;
        ends(text, end).then_some(end)
    })
}
