//! Every limit at its value and one beyond; the known bombs, by work done and not by time.

use super::*;
use async_graphql::parser::parse_query;
use serde_json::json;
use std::fmt::Write as _;

fn small() -> DocumentLimits {
    DocumentLimits {
        query_bytes: 4_000,
        tokens: 300,
        nesting: 12,
        directives: 4,
        fields: 20,
        selections: 30,
        aliases: 3,
        depth: 5,
        fragments: 3,
        operations: 2,
        query_roots: 10,
        ..DocumentLimits::default()
    }
}

fn run(text: &str, variables: Value, limits: &DocumentLimits) -> Result<u64, GuardRefusal> {
    check_text(text, limits)?;
    check_document(&parse_query(text).unwrap(), &Variables::from_json(variables), limits).map(|costs| costs.visited)
}

fn limit_of(result: Result<u64, GuardRefusal>) -> &'static str {
    match result {
        Err(GuardRefusal::TooMuch { limit, value, max }) => {
            assert!(value > max);
            limit
        }
        other => panic!("not refused by a limit: {other:?}"),
    }
}

/// Accepts the first document and refuses the second for the named limit.
fn border(limit: &str, at: &str, beyond: &str) {
    run(at, json!({}), &small()).unwrap_or_else(|e| panic!("{limit}: {e:?}"));
    assert_eq!(limit_of(run(beyond, json!({}), &small())), limit);
}

fn nested(depth: usize) -> String {
    format!("{}a{}", "{a".repeat(depth - 1) + "{", "}".repeat(depth))
}

fn operations(n: usize) -> String {
    (0..n).fold(String::new(), |mut s, i| {
        let _ = write!(s, "query q{i} {{a}} ");
        s
    })
}

fn fragments(n: usize) -> String {
    (0..n).fold("{a} ".to_owned(), |mut s, i| {
        let _ = write!(s, "fragment f{i} on Q {{a}} ");
        s
    })
}

#[test]
fn limits_hold_at_their_value_and_refuse_one_more() {
    let repeat = |n: usize, s: &str| format!("{{{}}}", s.repeat(n));
    border("fields", &format!("{{b{}}}", repeat(19, "a ")), &format!("{{b{}}}", repeat(20, "a ")));
    border("query_roots", &repeat(10, "a "), &repeat(11, "a "));
    border("aliases", &repeat(3, "x:a "), &repeat(4, "x:a "));
    border("directives", &repeat(4, "a @x "), &repeat(5, "a @x "));
    border("depth", &nested(5), &nested(6));
    let inline = |head: &str| format!("{{b{{{head}{}}}}}", "...{a} ".repeat(14));
    border("selections", &inline("c "), &inline("c c "));
    border("operations", &operations(2), &operations(3));
    border("fragments", &fragments(3), &fragments(4));
    let deep = |n: usize| format!("{{a(x:{}{})}}", "[".repeat(n), "]".repeat(n));
    border("nesting", &deep(10), &deep(11));
    border("tokens", &format!("{{a(x:[{}])}}", "1 ".repeat(290)), &format!("{{a(x:[{}])}}", "1 ".repeat(292)));
    border("query_bytes", &format!("{{a}}{}", " ".repeat(3_997)), &format!("{{a}}{}", " ".repeat(3_998)));
}

#[test]
fn mutations_and_subscriptions_have_one_root_field_also_through_fragments() {
    let limits = DocumentLimits::default();
    run("mutation { __typename a }", json!({}), &limits).unwrap();
    for text in [
        "mutation { a b }",
        "mutation { x: a y: a }",
        "mutation { ...F ...F } fragment F on M { a }",
        "mutation { a ... { b } }",
        "subscription { a b }",
    ] {
        assert_eq!(limit_of(run(text, json!({}), &limits)), "effect_roots", "{text}");
    }
}

#[test]
fn page_sizes_multiply_along_a_path() {
    let limits = DocumentLimits::default();
    let ok = |text, variables| {
        run(text, variables, &limits).unwrap();
    };
    let no = |text, variables| limit_of(run(text, variables, &limits));
    ok("{a(first:100){nodes{b(first:50){nodes{c}}}}}", json!({}));
    assert_eq!(no("{a(first:100){nodes{b(first:51){nodes{c}}}}}", json!({})), "page_product");
    // Without an argument a connection counts 20; 20 · 20 · 13 is beyond.
    ok("{a{nodes{b{edges{node{c(first:12){nodes{d}}}}}}}}", json!({}));
    assert_eq!(no("{a{nodes{b{edges{node{c(first:13){nodes{d}}}}}}}}", json!({})), "page_product");
    // Variables, their defaults, `last`, and connections recognised through a fragment.
    let text = "query($n:Int=100){a(last:$n){...C}} fragment C on X {nodes{b(first:51){nodes{c}}}}";
    assert_eq!(no(text, json!({})), "page_product");
    ok(text, json!({"n": 50}));
    // More than resolvers grant is theirs to refuse, with a better code.
    ok("{a(first:2147483647){nodes{b}}}", json!({}));
    ok("{a(first:-1){nodes{b}}}", json!({}));
    let wide = format!("{{{}}}", "a(first:100){nodes{b(first:40){nodes{c}}}} ".repeat(5));
    assert_eq!(no(&wide, json!({})), "page_total");
}

/// `n` fragments, each spreading the next twice; the engine alone would visit 2ⁿ selections.
fn bomb(n: usize, leaf: &str) -> String {
    let mut text = "{...f0} ".to_owned();
    for i in 0..n {
        let _ = write!(text, "fragment f{i} on Q {{...f{0} ...f{0}}} ", i + 1);
    }
    let _ = write!(text, "fragment f{n} on Q {{{leaf}}}");
    text
}

#[test]
fn fragment_bombs_are_refused_after_linear_work() {
    let limits = DocumentLimits { fragments: 1_000, ..DocumentLimits::default() };
    for (n, leaf) in [(22, "a"), (22, "...missing"), (45, "a")] {
        let text = bomb(n, leaf);
        check_text(&text, &limits).unwrap();
        let document = parse_query(&text).unwrap();
        assert!(run(&text, json!({}), &limits).is_err());
        // With all sums allowed the walk runs to its end: it visits each selection once.
        let free = DocumentLimits { fields: u64::MAX, selections: u64::MAX, query_roots: u64::MAX, ..limits.clone() };
        let costs = check_document(&document, &Variables::default(), &free);
        assert_eq!(costs.map(|costs| costs.visited), Ok(2 + 2 * n as u64));
    }
    // 7 KB: the chain of fragments is longer than the walk is ready to enter.
    let long = bomb(200, "a");
    assert!(long.len() > 7_000);
    assert_eq!(limit_of(run(&long, json!({}), &limits)), "levels");
}

#[test]
fn unused_fragments_are_costed_too() {
    let text = bomb(22, "a").replace("{...f0} ", "{a} ");
    assert_eq!(limit_of(run(&text, json!({}), &DocumentLimits::default())), "fields");
}

#[test]
fn cycles_are_bad_input_and_undefined_fragments_are_the_engines() {
    let limits = DocumentLimits::default();
    for text in [
        "{...a} fragment a on Q {...a}",
        "{...a} fragment a on Q {b{...c}} fragment c on Q {...a}",
        "{x} fragment a on Q {...a}",
    ] {
        let refusal = run(text, json!({}), &limits).unwrap_err();
        assert_eq!(refusal.code(), "BAD_INPUT");
        assert!(matches!(refusal, GuardRefusal::FragmentCycle { .. }));
    }
    run("{...missing}", json!({}), &limits).unwrap();
}

#[test]
fn strings_and_comments_hide_brackets_only_when_they_end() {
    let limits = small();
    let open = "[".repeat(50);
    for text in [
        format!("{{a(x:\"{open}\")}}"),
        format!("{{a(x:\"\\\"{open}\")}}"),
        format!("{{a(x:\"\"\"{open}\\\"\"\" {open}\"\"\")}}"),
        format!("{{a}} # {open}"),
    ] {
        check_text(&text, &limits).unwrap();
    }
    for text in
        [format!("{{a(x:\"{open}\n\")}}"), format!("{{a(x:\"\"\"{open})}}"), "\"\\".to_owned(), "\"\"\"\"".to_owned()]
    {
        assert_eq!(check_text(&text, &limits), Err(GuardRefusal::UnterminatedString), "{text}");
    }
    assert_eq!(limit_of(check_text(&format!("# x\r{open}"), &limits).map(|()| 0)), "nesting");
}

#[test]
fn hostile_texts_are_refused_before_parsing() {
    let limits = DocumentLimits { query_bytes: u64::MAX, ..DocumentLimits::default() };
    for (text, limit) in [
        ("{".repeat(100_000), "nesting"),
        (format!("{{a(x:{}", "[".repeat(100_000)), "nesting"),
        (format!("{{a(x:{}", "{y:".repeat(100_000)), "nesting"),
        (format!("{{a {}}}", "@x ".repeat(50_000)), "directives"),
        (format!("{{{}}}", "a ".repeat(100_000)), "tokens"),
    ] {
        assert_eq!(limit_of(check_text(&text, &limits).map(|()| 0)), limit);
    }
}

#[test]
fn introspection_of_tools_passes_and_its_explosion_does_not() {
    let limits = DocumentLimits::default();
    run(include_str!("introspection.graphql"), json!({}), &limits).unwrap();
    run("{__type(name:\"A\"){fields{type{fields{name}}}}}", json!({}), &limits).unwrap();
    let text = "{__schema{types{fields{type{fields{type{possibleTypes{name}}}}}}}}";
    assert_eq!(limit_of(run(text, json!({}), &limits)), "introspection_lists");
}

#[test]
fn variables_may_nest_so_deep_and_no_deeper() {
    let limits = DocumentLimits::default();
    let nest = |n: usize| (0..n).fold(json!(1), |v, _| json!([v]));
    check_variables(&nest(32), &limits).unwrap();
    assert!(check_variables(&nest(33), &limits).is_err());
}

#[test]
fn what_the_scan_lets_pass_fits_on_half_a_usual_stack() {
    let limits = DocumentLimits::default();
    let wrap = |open: &str, close: &str, n: usize| format!("{}a{}", open.repeat(n), close.repeat(n));
    for text in [
        wrap("{a", "}", 48),
        format!("{{{}}}", wrap("...{", "}", 47)),
        format!("{{a(x:{})}}", wrap("[", "]", 46)),
        format!("{{a(x:{})}}", wrap("{y:", "}", 46)),
        format!("query($a:{}){{a}}", wrap("[", "]", 47)),
    ] {
        check_text(&text, &limits).unwrap();
        let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(move || parse_query(&text).is_ok());
        assert!(thread.unwrap().join().unwrap());
    }
}

#[test]
fn the_cost_of_each_operation_is_told_and_whether_it_hangs_on_variables() {
    let costs = |text: &str, variables| {
        check_document(&parse_query(text).unwrap(), &Variables::from_json(variables), &DocumentLimits::default())
            .unwrap()
    };
    let two = costs("query x{a b:a} query y{a(first:10){nodes{b(first:3){nodes{c}}}}}", json!({}));
    assert!(two.fixed);
    let (x, y) = (two.of(Some("x")).unwrap(), two.of(Some("y")).unwrap());
    assert_eq!((x.fields, x.aliases, x.depth, x.roots, x.rows, x.product), (2, 1, 1, 2, 0, 0));
    assert_eq!((y.fields, y.aliases, y.depth, y.roots, y.rows, y.product), (5, 0, 5, 1, 40, 30));
    assert_eq!(two.of(Some("z")), None);
    // A variable that is no page size changes nothing; one in a fragment that nobody spreads does.
    assert!(costs("query($i:ID!){a(id:$i){b}}", json!({"i": "1"})).fixed);
    assert!(!costs("query($n:Int=5){a(first:$n){nodes{b}}}", json!({})).fixed);
    assert!(!costs("query($n:Int){a} fragment F on Q {a(last:$n){nodes{b}}}", json!({})).fixed);
    assert_eq!(costs("query($n:Int){a(first:$n){nodes{b}}}", json!({"n": 7})).of(None).unwrap().rows, 7);
}
