//! Lets an error in the laid-out markup name the line of the template it came from.

/// Puts `<?at FILE LINE?>` before every tag of a template. A template engine copies it into its output, and the parser
/// of the markup remembers the last one it passed. No line is added, so the engine's own line numbers stay right.
pub fn mark(file: &str, source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    let mut rest = source;
    let mut line = 1;
    while let Some(c) = rest.chars().next() {
        let end = match rest.get(..2) {
            Some("{{") => Some("}}"),
            Some("{%") => Some("%}"),
            Some("{#") => Some("#}"),
            _ if rest.starts_with("<!--") => Some("-->"),
            _ => None,
        };
        let taken = match end {
            Some(end) => rest.find(end).map_or(rest.len(), |at| at + end.len()),
            None => {
                let next = rest[c.len_utf8()..].chars().next();
                if c == '<' && next.is_some_and(|n| n == '/' || n.is_ascii_alphabetic()) {
                    out.push_str(&format!("<?at {file} {line}?>"));
                }
                c.len_utf8()
            }
        };
        let (piece, after) = rest.split_at(taken);
        out.push_str(piece);
        line += piece.matches('\n').count();
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn tags_are_marked_and_expressions_are_not() {
        let marked = mark("a.xml", "{# <p> #}\n<p>\n{% if 1 <a %}<b/>{% endif %}</p>");
        assert_eq!(
            marked,
            "{# <p> #}\n<?at a.xml 2?><p>\n{% if 1 <a %}<?at a.xml 3?><b/>{% endif %}<?at a.xml 3?></p>"
        );
    }
}
