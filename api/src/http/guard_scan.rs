//! The linear scan of a document's text: counts tokens, directives and open brackets.

use super::{GuardRefusal, within};
use crate::http::limits::DocumentLimits;

pub(super) fn scan(text: &str, limits: &DocumentLimits) -> Result<(), GuardRefusal> {
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut directives, mut open) = (0, 0_u64, 0_u64, 0_u64);
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => {
                at += 1;
                continue;
            }
            b'#' => {
                at = skip_while(bytes, at, |b| b != b'\n' && b != b'\r');
                continue;
            }
            b'"' => skip_string(bytes, at).ok_or(GuardRefusal::UnterminatedString)?,
            b'{' | b'[' | b'(' => {
                open += 1;
                within("nesting", open, limits.nesting)?;
                at + 1
            }
            b'}' | b']' | b')' => {
                open = open.saturating_sub(1);
                at + 1
            }
            b'@' => {
                directives += 1;
                within("directives", directives, limits.directives)?;
                at + 1
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => skip_while(bytes, at, |b| b.is_ascii_alphanumeric() || b == b'_'),
            b'0'..=b'9' | b'-' => {
                skip_while(bytes, at + 1, |b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
            }
            _ => at + 1,
        };
        tokens += 1;
        within("tokens", tokens, limits.tokens)?;
    }
    Ok(())
}

fn skip_while(bytes: &[u8], from: usize, keep: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|&b| !keep(b)).map_or(bytes.len(), |n| from + n)
}

/// The place after the string that starts at `from`; `None` when it has no end. That must be an
/// error here: the grammar reads an unended block string as an empty string with text behind it,
/// and would find brackets that this scan took for text.
fn skip_string(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = &bytes[from..];
    if rest.starts_with(b"\"\"\"") {
        let mut at = 3;
        while at < rest.len() {
            if rest[at..].starts_with(b"\\\"\"\"") {
                at += 4;
            } else if rest[at..].starts_with(b"\"\"\"") {
                return Some(from + at + 3);
            } else {
                at += 1;
            }
        }
        return None;
    }
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'"' => return Some(from + at + 1),
            b'\n' | b'\r' => return None,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}
