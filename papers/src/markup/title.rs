//! Long titles: lines of about the same length that end where a phrase ends, as GB/T 9704 asks for.

use crate::model::Run;

/// Breaks a title into two lines or more of at most some `per_line` characters. A title that has breaks or faces of its own
/// stays as the template wrote it.
pub fn balanced(runs: Vec<Run>, per_line: usize) -> Vec<Run> {
    let [Run::Text { text, face }] = runs.as_slice() else { return runs };
    let letters: Vec<char> = text.chars().collect();
    if letters.len() < 8 {
        return runs;
    }
    let per_line = per_line.max(8);
    let mut broken = Vec::new();
    let mut start = 0;
    loop {
        let rest = letters.len() - start;
        let lines = if start == 0 { rest.div_ceil(per_line).max(2) } else { rest.div_ceil(per_line) };
        if lines < 2 {
            break;
        }
        let even = start + rest.div_ceil(lines);
        let end = best_break(&letters, start, even, (start + per_line).min(letters.len() - 1));
        broken.push(Run::Text { text: letters[start..end].iter().collect(), face: *face });
        broken.push(Run::Break);
        start = end;
    }
    broken.push(Run::Text { text: letters[start..].iter().collect(), face: *face });
    broken
}

/// The place near `even` at which a phrase ends; `even` itself if there is none within four characters.
fn best_break(letters: &[char], start: usize, even: usize, last: usize) -> usize {
    const ENDS: &str = "和与及、，；议案届号局会";
    const BEGINS: &str = "第的关《（";
    let even = even.min(last);
    let near = even.saturating_sub(4).max(start + 1)..=(even + 4).min(last);
    let score = |at: usize| {
        let before = letters[at - 1];
        let after = letters[at];
        // Neither a number nor a word with its mark is torn, and no line begins with a closing mark.
        if before.is_ascii_alphanumeric() || "第《（〔".contains(before) || "、，；：》）〕号届次".contains(after)
        {
            return -100;
        }
        let phrase = i32::from(ENDS.contains(before)) + i32::from(BEGINS.contains(after) && after != '的');
        phrase * 6 - i32::try_from(at.abs_diff(even)).unwrap_or(i32::MAX)
    };
    near.max_by_key(|at| (score(*at), std::cmp::Reverse(at.abs_diff(even)))).unwrap_or(even)
}

#[cfg(test)]
mod tests {
    use super::balanced;
    use crate::model::Run;

    fn lines(title: &str) -> Vec<String> {
        balanced(vec![Run::Text { text: title.into(), face: None }], 20)
            .into_iter()
            .filter_map(|run| match run {
                Run::Text { text, .. } => Some(text),
                Run::Break => None,
            })
            .collect()
    }

    #[test]
    fn a_title_breaks_where_a_phrase_ends() {
        assert_eq!(lines("关于区十八届人大六次会议第12号建议的答复").len(), 2);
        assert_eq!(
            lines("关于区十八届人大六次会议第12号建议的会办意见"),
            ["关于区十八届人大六次会议", "第12号建议的会办意见"]
        );
        assert_eq!(lines("短标题"), ["短标题"]);
    }

    #[test]
    fn nothing_is_lost_of_a_very_long_title() {
        let title = "关于在老城片区推进既有住宅外墙脱落治理".repeat(20);
        let lines = lines(&title);
        assert_eq!(lines.concat(), title);
        assert!(lines.iter().all(|line| line.chars().count() <= 20), "{lines:?}");
    }
}
