//! What a text may not bring along.

use serde_json::Value;

/// Takes out of every string what would disturb a paper or deceive its reader.
pub fn clean(value: &mut Value) {
    match value {
        Value::String(text) => *text = clean_text(text),
        Value::Array(items) => items.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Line ends become `\n`, tabs become spaces; control characters, marks that turn the reading direction, characters
/// of no width, language tags and noncharacters go.
pub fn clean_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            c if is_unwanted(c) => {}
            c => out.push(c),
        }
    }
    out
}

fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{e0000}'..='\u{e007f}')
        || (c as u32 & 0xfffe) == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::clean_text;

    #[test]
    fn line_ends_become_one_kind_and_invisible_characters_go() {
        assert_eq!(clean_text("甲\r\n乙\r丙\u{2028}丁\t戊"), "甲\n乙\n丙\n丁 戊");
        assert_eq!(clean_text("甲\0\u{1}\u{202e}乙\u{200b}\u{feff}丙\u{ffff}"), "甲乙丙");
        assert_eq!(clean_text("〔2026〕3号 A—①"), "〔2026〕3号 A—①");
    }
}
