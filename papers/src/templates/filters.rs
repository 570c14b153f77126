//! What templates can do to values.

use chrono::{Datelike, NaiveDate};
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};

/// Adds the filters and functions of papers.
pub fn add(env: &mut Environment<'_>) {
    // Data must not become markup, whatever a region's template says.
    env.remove_filter("safe");
    env.add_filter("date", date);
    env.add_filter("short_date", short_date);
    env.add_filter("paragraphs", paragraphs);
    env.add_filter("blank", blank);
    env.add_filter("required", required);
    env.add_filter("numeral", |n: u32| numeral(n));
    env.add_filter("yes_no", yes_no);
    env.add_filter("names", |people: Value| people_named(&people, false));
    env.add_filter("salutation", |people: Value| people_named(&people, true));
    env.add_function("choices", choices);
}

fn fault(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

fn is_absent(value: &Value) -> bool {
    value.is_none() || value.as_str().is_some_and(|s| s.trim().is_empty())
}

/// `2026-05-20` → `2026年5月20日`; nothing → room to write one by hand.
fn date(value: Value) -> Result<String, Error> {
    if value.is_none() {
        return Ok("年　　月　　日".into());
    }
    let text = value.as_str().ok_or_else(|| fault("not a date"))?;
    let day: NaiveDate = text.parse().map_err(|_| fault(format!("not a date: {text}")))?;
    Ok(format!("{}年{}月{}日", day.year(), day.month(), day.day()))
}

/// `2026-03-20` → `3月20日` in a table whose own date is of the same year, else `2026年3月20日`; nothing → nothing.
fn short_date(value: Value, around: Value) -> Result<String, Error> {
    if value.is_none() {
        return Ok(String::new());
    }
    let year = |v: &Value| v.as_str().and_then(|s| s.get(..4)).map(str::to_owned);
    let whole = date(value.clone())?;
    if year(&value) != year(&around) {
        return Ok(whole);
    }
    Ok(whole.split_once('年').map_or(whole.clone(), |(_, day)| day.to_owned()))
}

/// The lines of a text that hold something.
fn paragraphs(value: Value) -> Result<Vec<String>, Error> {
    if value.is_none() {
        return Ok(Vec::new());
    }
    let text = value.as_str().ok_or_else(|| fault("not a text"))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// Nothing → an empty text, for a place that is filled in by hand.
fn blank(value: Value) -> Value {
    if value.is_none() { Value::from("") } else { value }
}

/// The value, or an error when there is none: a letter must not go out with a gap in its place.
fn required(value: Value) -> Result<Value, Error> {
    if is_absent(&value) { Err(fault("this field is empty, and the paper needs it")) } else { Ok(value) }
}

/// 3 → 三, 12 → 十二, 120 → 一百二十.
pub fn numeral(n: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |d: u32| DIGITS[d as usize % 10];
    match n {
        0..=9 => digit(n).into(),
        10..=19 => format!("十{}", if n == 10 { "" } else { digit(n) }),
        20..=99 => format!("{}十{}", digit(n / 10), if n.is_multiple_of(10) { "" } else { digit(n) }),
        100..=999 => {
            let rest = match n % 100 {
                0 => String::new(),
                r @ 1..=9 => format!("〇{}", digit(r)),
                r @ 10..=19 => format!("一{}", numeral(r)),
                r => numeral(r),
            };
            format!("{}百{rest}", digit(n / 100))
        }
        _ => n.to_string(),
    }
}

/// true → 是, false → 否, unknown → an empty text.
fn yes_no(value: Value) -> Result<&'static str, Error> {
    match value.kind() {
        ValueKind::None => Ok(""),
        ValueKind::Bool => Ok(if value.is_true() { "是" } else { "否" }),
        _ => Err(fault("neither true nor false")),
    }
}

/// `□满意　■基本满意　□不满意`. An answer that is none of the options is an error: it would vanish from the paper.
fn choices(options: Vec<String>, chosen: Value) -> Result<String, Error> {
    let chosen = if is_absent(&chosen) { None } else { Some(chosen.to_string()) };
    if let Some(answer) = chosen.as_ref().filter(|answer| !options.contains(answer)) {
        return Err(fault(format!("“{answer}” is none of the options")));
    }
    let boxes = options.iter().map(|o| format!("{}{o}", if chosen.as_ref() == Some(o) { "☑" } else { "□" }));
    Ok(boxes.collect::<Vec<_>>().join("　"))
}

/// Names joined with 、; with titles, each title stands once after the names it belongs to:
/// `王佳德、江源燕代表，潘春怡委员`. Nobody is left out.
fn people_named(people: &Value, titles: bool) -> Result<String, Error> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for person in people.try_iter()? {
        let text = |field: &str| person.get_attr(field).ok().filter(|v| !is_absent(v)).map(|v| v.to_string());
        let name = text("name").ok_or_else(|| fault("somebody without a name"))?;
        let title = if titles { text("honorific").unwrap_or_default() } else { String::new() };
        match groups.last_mut() {
            Some((last, names)) if *last == title => names.push(name),
            _ => groups.push((title, vec![name])),
        }
    }
    if groups.is_empty() {
        return Err(fault("nobody is named"));
    }
    let named = groups.into_iter().map(|(title, names)| format!("{}{title}", names.join("、")));
    Ok(named.collect::<Vec<_>>().join("，"))
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numerals_are_spoken_ones() {
        let spoken: Vec<String> = [1, 10, 11, 18, 20, 99, 100, 105, 110, 212].map(numeral).into();
        assert_eq!(spoken.join(" "), "一 十 十一 十八 二十 九十九 一百 一百〇五 一百一十 二百一十二");
    }
}
