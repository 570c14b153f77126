//! The rule sets that come with the program, and how a region lays its own choices over one.

use super::RuleSet;
use crate::rules::document::{DocumentFault, Faults, add_wrong_type, parse_json};
use serde_json::{Map, Value};

/// A rule set that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its stable name.
    pub name: &'static str,
    /// Its text of format `rules/1`.
    pub json: &'static str,
}

macro_rules! presets {
    ($($name:literal),+ $(,)?) => {
        &[$(Preset { name: $name, json: include_str!(concat!("../../../data/rules/", $name, ".json")) }),+]
    };
}

/// All of them, with the regulation of each in its text.
pub const PRESETS: &[Preset] = presets!["shanghai", "zhejiang", "beijing", "qingdao", "chongqing", "henan", "shandong"];

/// Lays a region's choices over a rule text and gives the whole text that results, every member written out.
///
/// Objects are merged member by member, as in RFC 7396; any other value, a list too, replaces what stands there.
/// One thing differs from RFC 7396: `null` does not take the member away but is put there, because in a rule
/// text `null` says that the region sets no limit. Where a rule needs a value, `null` is a fault.
///
/// # Errors
/// The faults with their JSON paths, which are the same in the choices and in the whole text; nothing of faulty
/// choices is taken.
pub fn overlay(base: &str, choices: &str) -> Result<String, Vec<DocumentFault>> {
    let mut faults = Faults::default();
    let choices = match parse_json(choices, &mut faults) {
        Some(Value::Object(choices)) => Some(choices),
        Some(_) => {
            add_wrong_type("$", "对象", "an object", &mut faults);
            None
        }
        None => None,
    };
    let choices = faults.into_result(choices)?;
    // Written out first, so that a choice can be laid over a part for which the base leaves the default.
    let mut whole = written_out(&RuleSet::parse(base)?)?;
    lay(choices, &mut whole);
    let whole = written_out(&RuleSet::parse(&whole.to_string())?)?;
    Ok(format!("{whole:#}"))
}

/// The rules as JSON with every member.
fn written_out(rules: &RuleSet) -> Result<Value, Vec<DocumentFault>> {
    let mut faults = Faults::default();
    let whole = serde_json::to_value(rules)
        .map_err(|error| faults.add("$", format!("无法写出:{error}"), format!("cannot be written: {error}")))
        .ok();
    faults.into_result(whole)
}

fn lay(choices: Map<String, Value>, over: &mut Value) {
    if !over.is_object() {
        *over = Value::Object(Map::new());
    }
    let Value::Object(over) = over else {
        return;
    };
    for (key, value) in choices {
        match value {
            Value::Object(choices) => lay(choices, over.entry(key).or_insert(Value::Null)),
            value => {
                over.insert(key, value);
            }
        }
    }
}
