//! Reading texts of a command: cleaned, or refused at their field.

use domain::refusal::{Fault, Refusal};
use domain::text::{self, TextFault, TextRule};

/// A required single line.
pub fn line(field: &str, value: &str, max: u16) -> Result<String, Fault> {
    check(field, value, TextRule::line(usize::from(max)))
}

/// A required text of several lines.
pub fn body(field: &str, value: &str, max: u16) -> Result<String, Fault> {
    check(field, value, TextRule::body(usize::from(max)))
}

/// A text of several lines that may be left out; blank is the same as left out.
pub fn optional(field: &str, value: Option<&str>, max: u16) -> Result<Option<String>, Fault> {
    let Some(value) = value else { return Ok(None) };
    let cleaned = check(field, value, TextRule::body(usize::from(max)).optional())?;
    Ok((!cleaned.is_empty()).then_some(cleaned))
}

/// A list of required lines, at most so many, each at most so long.
pub fn lines(field: &str, values: &[String], most: u16, max: u16) -> Result<Vec<String>, Fault> {
    if values.len() > usize::from(most) {
        return Err(Refusal::TooMany { max: usize::from(most) }.at(field));
    }
    values.iter().enumerate().map(|(i, value)| body(&format!("{field}.{i}"), value, max)).collect()
}

fn check(field: &str, value: &str, rule: TextRule) -> Result<String, Fault> {
    text::check(value, rule).map_err(|fault| refusal(fault).at(field))
}

/// The refusal for a faulty text.
pub(super) fn refusal(fault: TextFault) -> Refusal {
    match fault {
        TextFault::Required => Refusal::Required,
        TextFault::TooLong { max, actual } => Refusal::TooLong { max, actual },
        TextFault::Forbidden { character, at } => Refusal::ForbiddenCharacter { code_point: u32::from(character), at },
    }
}
