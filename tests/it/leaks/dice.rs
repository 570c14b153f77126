//! Random queries that are valid by the schema, the same for the same seed.

use super::model::{Arg, Field, model};
use std::fmt::Write;

/// A small generator of numbers (splitmix64), so that a seed in a message is enough to repeat a query.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("small")
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A place in a list: which list, in which order, and the cursor.
pub type Place = (String, String, String);

/// What arguments are drawn from.
#[derive(Debug, Default)]
pub struct Pool {
    /// Ids that exist, hidden or not, and some that do not.
    pub ids: Vec<String>,
    /// Cursors that the reader was given: of which list, in which order.
    pub cursors: Vec<Place>,
}

/// Root fields that answer UNAVAILABLE in this version.
const UNAVAILABLE: &[&str] = &["document"];
/// Counts every change of a row, the hidden ones as well; it is what a write must name.
const COUNTERS: &[&str] = &["version"];
/// How deep a query goes.
const DEPTH: usize = 4;

/// A query with one root: of two that fail at once, either may be the one that is told.
pub fn query(dice: &mut Dice, pool: &Pool) -> String {
    let roots: Vec<&Field> =
        model().objects["Query"].iter().filter(|field| !UNAVAILABLE.contains(&field.name.as_str())).collect();
    // Lists and figures are where totals, orders and filters are.
    let wanted = dice.one(&["submissions", "assignments", "commitments", "statistics", "meetings", "supervisionBoard"]);
    let root = if dice.chance(60) {
        *roots.iter().find(|field| field.name == *wanted).expect("the list exists")
    } else {
        *dice.one(&roots)
    };
    let mut out = String::from("{ ");
    field(dice, pool, root, DEPTH, &mut out);
    out.push_str(" }");
    out
}

fn field(dice: &mut Dice, pool: &Pool, field: &Field, depth: usize, out: &mut String) {
    out.push_str(&field.name);
    let mut args = page(dice, pool, field, depth == DEPTH);
    for arg in &field.args {
        let paging = ["first", "last", "after", "before", "orderBy"].contains(&arg.name.as_str());
        if paging || !arg.required() && dice.chance(45) {
            continue;
        }
        if let Some(value) = value(dice, pool, arg) {
            args.push(format!("{}: {value}", arg.name));
        }
    }
    if !args.is_empty() {
        let _ = write!(out, "({})", args.join(", "));
    }
    if model().is_object(&field.base) {
        selection(dice, pool, &field.base, depth, out);
    }
}

/// Which page of a list, in which order; at the root sometimes in a way that is refused.
fn page(dice: &mut Dice, pool: &Pool, field: &Field, root: bool) -> Vec<String> {
    let mut args = Vec::new();
    let takes = |name: &str| field.args.iter().find(|arg| arg.name == name);
    if takes("first").is_none() {
        return args;
    }
    let (size, from) = if dice.chance(30) { ("last", "before") } else { ("first", "after") };
    if takes("last").is_some() && dice.chance(90) {
        args.push(format!("{size}: {}", dice.below(12) + 1));
    } else if root && dice.chance(20) {
        args.push("first: 2, last: 2".to_owned());
    }
    let cursors: Vec<_> = pool.cursors.iter().filter(|(list, ..)| *list == field.name).collect();
    let from_a_place = !cursors.is_empty() && dice.chance(35);
    let order = takes("orderBy").map(|arg| dice.one(&model().enums[&arg.base()]).clone());
    let order = if from_a_place {
        let (_, order, cursor) = *dice.one(&cursors);
        args.push(format!("{from}: \"{cursor}\""));
        Some(order.clone()).filter(|order| !order.is_empty())
    } else {
        order
    };
    args.extend(order.map(|order| format!("orderBy: {order}")));
    args
}

fn selection(dice: &mut Dice, pool: &Pool, ty: &str, depth: usize, out: &mut String) {
    out.push_str(" { __typename");
    if ty == "Node" {
        let nodes: Vec<&String> = model().nodes.iter().collect();
        let kind = *dice.one(&nodes);
        let _ = write!(out, " id ... on {kind}");
        selection(dice, pool, kind, depth.saturating_sub(1), out);
    } else {
        for one in &model().objects[ty] {
            if COUNTERS.contains(&one.name.as_str()) {
                continue;
            }
            let object = model().is_object(&one.base);
            let page = ["nodes", "edges", "node", "pageInfo", "years", "agencies"].contains(&one.name.as_str());
            if object && depth == 0
                || !dice.chance(if page {
                    90
                } else if object {
                    30
                } else {
                    60
                })
            {
                continue;
            }
            out.push(' ');
            field(dice, pool, one, depth - usize::from(object), out);
        }
    }
    out.push_str(" }");
}

fn value(dice: &mut Dice, pool: &Pool, arg: &Arg) -> Option<String> {
    let one = scalar(dice, pool, arg)?;
    Some(if arg.is_list() { format!("[{one}]") } else { one })
}

fn scalar(dice: &mut Dice, pool: &Pool, arg: &Arg) -> Option<String> {
    let base = arg.base();
    Some(match base.as_str() {
        "Int" => (2025 + dice.below(2)).to_string(),
        "Boolean" => dice.chance(50).to_string(),
        // Words to look for: names of people, words of every matter, words of hidden ones and of replies.
        "String" => format!("\"{}\"", dice.one(&["王", "刘", "江", "建议", "养老助餐", "不予公开", "助餐点 印发"])),
        "ID" => {
            let wanted = tag(&arg.name);
            let fitting: Vec<&String> = pool.ids.iter().filter(|id| id.starts_with(wanted)).collect();
            format!("\"{}\"", if fitting.is_empty() { dice.one(&pool.ids) } else { *dice.one(&fitting) })
        }
        other => match (model().enums.get(other), model().inputs.get(other)) {
            (Some(values), _) => dice.one(values).clone(),
            (None, Some(fields)) => {
                let mut given = Vec::new();
                for field in fields {
                    if (field.required() || dice.chance(20))
                        && let Some(value) = value(dice, pool, field)
                    {
                        given.push(format!("{}: {value}", field.name));
                    }
                }
                format!("{{{}}}", given.join(", "))
            }
            (None, None) => return None,
        },
    })
}

/// How the ids begin that fit an argument.
fn tag(argument: &str) -> &'static str {
    match argument {
        "agencyId" | "organizationId" => "organization_",
        "leaderId" => "user_",
        "submissionId" => "submission_",
        "regionId" => "region_",
        "sessionId" => "session_",
        "categoryId" => "category_",
        _ => "",
    }
}
