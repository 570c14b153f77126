//! Reading JSON documents with every fault named by its JSON path, e.g. `$.signOff[1].role`.
//!
//! Rule sets, calendars, forms and rosters are written by people. Whoever wrote one learns all its faults
//! at once, in Chinese and English, and a faulty document is refused as a whole. serde stops at the first
//! fault and does not say where; hence this small reader.
//!
//! How to use it: declare a structure with `record!`, or open an [`Entry`] and read its members one by one.
//!
//! Deliberately absent: duplicate keys of one object (the last one wins, as in JSON parsers everywhere).

use crate::language::Language;
use crate::text::{self, TextFault, TextRule};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::hash::Hash;

/// One fault of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFault {
    /// Where, as a JSON path from `$`.
    pub path: String,
    /// What is wrong, in Chinese.
    pub message_zh: String,
    /// What is wrong, in English.
    pub message_en: String,
}

impl DocumentFault {
    /// What is wrong, in the language asked for.
    pub fn message(&self, language: Language) -> &str {
        language.pick(&self.message_zh, &self.message_en)
    }
}

impl std::fmt::Display for DocumentFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.message_en)
    }
}

/// The faults found so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<DocumentFault>);

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, path: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) {
        self.0.push(DocumentFault { path: path.into(), message_zh: zh.into(), message_en: en.into() });
    }

    /// Notes that the value at `path` stands there a second time.
    pub fn add_duplicate(&mut self, path: impl Into<String>, value: &str) {
        self.add(path, format!("「{value}」重复"), format!("\"{value}\" is given twice"));
    }

    /// Notes each value that stands before at an earlier place.
    pub fn add_duplicates<T: Eq + Hash>(
        &mut self,
        values: impl IntoIterator<Item = (String, T)>,
        name: impl Fn(&T) -> String,
    ) {
        let mut seen = HashSet::new();
        for (path, value) in values {
            let shown = name(&value);
            if !seen.insert(value) {
                self.add_duplicate(path, &shown);
            }
        }
    }

    /// Checks a text by its rule and notes why it is refused.
    pub fn check_text(&mut self, path: &str, text: &str, rule: TextRule) -> Option<String> {
        let fault = match text::check(text, rule) {
            Ok(cleaned) => return Some(cleaned),
            Err(fault) => fault,
        };
        let (zh, en) = match fault {
            TextFault::Required => ("不能为空".to_owned(), "must not be blank".to_owned()),
            TextFault::TooLong { max, actual } => {
                (format!("最多{max}个字符,现有{actual}个"), format!("at most {max} characters, found {actual}"))
            }
            TextFault::Forbidden { character, at } => {
                let code = u32::from(character);
                (
                    format!("第{}个字符U+{code:04X}不允许使用", at + 1),
                    format!("character {} (U+{code:04X}) is not allowed", at + 1),
                )
            }
        };
        self.add(path, zh, en);
        None
    }

    /// The value, if there was no fault.
    ///
    /// # Errors
    /// All faults, in the order in which they were found.
    pub fn into_result<T>(self, value: Option<T>) -> Result<T, Vec<DocumentFault>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}

/// What can be read from a JSON value.
pub trait FromJson: Sized {
    /// Reads the value; `None` after at least one fault was noted.
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self>;

    /// What a missing member means; `None` when it is a fault.
    fn when_missing() -> Option<Self> {
        None
    }
}

/// One object of the document, opened for reading its members.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Entry<'a> {
    /// Opens an object and notes every member that is not known.
    pub fn open(value: &'a Value, path: &str, known: &[&str], faults: &mut Faults) -> Option<Self> {
        let Value::Object(map) = value else {
            add_wrong_type(path, "对象", "an object", faults);
            return None;
        };
        let entry = Self { map, path: path.to_owned() };
        let mut unknown: Vec<_> = map.keys().filter(|key| !known.contains(&key.as_str())).collect();
        // The order of members depends on how the JSON library was built.
        unknown.sort();
        for key in unknown {
            faults.add(entry.path_of(key), "未知字段", "unknown member");
        }
        Some(entry)
    }

    /// The path of a member.
    pub fn path_of(&self, key: &str) -> String {
        if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            format!("{}.{key}", self.path)
        } else {
            format!("{}[{key:?}]", self.path)
        }
    }

    /// Reads a member; it may be missing if its type says so.
    pub fn read<T: FromJson>(&self, key: &str, faults: &mut Faults) -> Option<T> {
        match self.map.get(key) {
            Some(value) => T::from_json(value, &self.path_of(key), faults),
            None => T::when_missing().or_else(|| {
                faults.add(self.path_of(key), "缺少必填字段", "missing");
                None
            }),
        }
    }
}

/// Notes that `format` is another one than expected.
pub fn check_format(found: &str, expected: &str, faults: &mut Faults) {
    if found != expected {
        faults.add("$.format", format!("格式应为「{expected}」"), format!("must be \"{expected}\""));
    }
}

/// Parses the text of a document.
pub fn parse_json(json: &str, faults: &mut Faults) -> Option<Value> {
    match serde_json::from_str(json) {
        Ok(value) => Some(value),
        Err(fault) => {
            let (line, column) = (fault.line(), fault.column());
            faults.add(
                "$",
                format!("第{line}行第{column}列不是合法的JSON"),
                format!("not JSON at line {line}, column {column}"),
            );
            None
        }
    }
}

/// Notes that the value at `path` has another type.
pub fn add_wrong_type(path: &str, zh: &str, en: &str, faults: &mut Faults) {
    faults.add(path, format!("应为{zh}"), format!("must be {en}"));
}

/// Declares a structure with the JSON name of each member and [`FromJson`] for reading it.
///
/// It can be written by serde under the same names; after `read_only` it cannot. `when missing` at its end gives
/// the value of a member of this type that the document leaves out; without it a missing member is a fault.
macro_rules! record {
    (
        read_only
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$fmeta:meta])* pub $field:ident $json:literal : $type:ty, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $( $(#[$fmeta])* pub $field: $type, )+
        }
        record!(@read $name { $($field $json: $type,)+ });
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$fmeta:meta])* pub $field:ident $json:literal : $type:ty, )+
        }
        $( when missing $default:expr )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
        pub struct $name {
            $( $(#[$fmeta])* #[serde(rename = $json)] pub $field: $type, )+
        }
        record!(@read $name { $($field $json: $type,)+ } $($default)?);
    };
    (@read $name:ident { $($field:ident $json:literal : $type:ty,)+ } $($default:expr)?) => {
        impl $crate::rules::document::FromJson for $name {
            fn from_json(value: &serde_json::Value, path: &str, faults: &mut $crate::rules::document::Faults) -> Option<Self> {
                let entry = $crate::rules::document::Entry::open(value, path, &[$($json),+], faults)?;
                // Every member is read before the first missing one ends it.
                $( let $field = entry.read::<$type>($json, faults); )+
                Some(Self { $($field: $field?),+ })
            }
            $(
                fn when_missing() -> Option<Self> {
                    $default
                }
            )?
        }
    };
}
pub(crate) use record;

/// Reads enums of the vocabulary by their pinned text.
macro_rules! read_by_code {
    ($($name:ty),+ $(,)?) => { $(
        impl $crate::rules::document::FromJson for $name {
            fn from_json(value: &serde_json::Value, path: &str, faults: &mut $crate::rules::document::Faults) -> Option<Self> {
                let found = value.as_str().and_then(Self::from_code);
                if found.is_none() {
                    let allowed = Self::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", ");
                    faults.add(path, format!("应为下列值之一:{allowed}"), format!("must be one of {allowed}"));
                }
                found
            }
        }
    )+ };
}
pub(crate) use read_by_code;

mod values;

#[cfg(test)]
mod tests {
    use super::*;

    record! {
        /// An example.
        pub struct Example {
            /// A word.
            pub word "word": String,
            /// A number.
            pub number "number": Option<u16>,
            /// More.
            pub more "more": Vec<Example>,
        }
    }

    #[test]
    fn every_fault_is_named_by_its_path_at_once() {
        let value = serde_json::json!({
            "word": " ", "more": [{"word": "a", "number": 70000, "more": {}}, 7, {"number": -1, "more": []}], "odd key": 1, "extra": 2
        });
        let mut faults = Faults::default();
        let read = Example::from_json(&value, "$", &mut faults);
        let paths: Vec<_> = faults.into_result(read).unwrap_err().into_iter().map(|fault| fault.to_string()).collect();
        assert_eq!(
            paths,
            [
                "$.extra: unknown member",
                "$[\"odd key\"]: unknown member",
                "$.word: must not be blank",
                "$.more[0].number: must be a whole number from 0 to 65535",
                "$.more[0].more: must be a list",
                "$.more[1]: must be an object",
                "$.more[2].word: missing",
                "$.more[2].number: must be a whole number from 0 to 65535",
            ]
        );
    }

    #[test]
    fn what_is_written_can_be_read_again() {
        let example = Example { word: "词".into(), number: None, more: vec![] };
        let value = serde_json::to_value(&example).unwrap();
        assert_eq!(Example::from_json(&value, "$", &mut Faults::default()), Some(example));
    }

    #[test]
    fn a_text_that_is_not_json_is_named_by_line_and_column() {
        let mut faults = Faults::default();
        assert_eq!(parse_json("{\n  x", &mut faults), None);
        assert_eq!(
            faults.into_result::<()>(None).unwrap_err()[0].message(Language::En),
            "not JSON at line 2, column 3"
        );
    }
}
