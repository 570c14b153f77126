//! What a search shows of each matter: the passages in which the words stand, from texts that the reader may read.

use crate::access::Seen;
use crate::repo::search::{texts_of_matter, texts_of_reply};
use domain::ids::ReplyId;
use domain::policy::Action;
use domain::vocabulary::TextLayer;
use entity::reply;
use lexis::Query;

/// Characters of a passage.
const WIDTH: usize = 80;
/// Passages of one matter.
const MOST: usize = 6;

/// A part of a text with the places where the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Which text.
    pub layer: TextLayer,
    /// The reply, for texts of one.
    pub reply: Option<ReplyId>,
    /// The part, as it stands in the text.
    pub text: String,
    /// The places to mark in the part, in characters from 0, the end not included.
    pub marks: Vec<(usize, usize)>,
    /// Whether text before it was left out.
    pub cut_before: bool,
    /// Whether text after it was left out.
    pub cut_after: bool,
}

/// The passages of a matter, its title first, then text, demands and issued replies, oldest first.
///
/// A reply speaks to those alone who may read it: the same rule by which the search finds it.
pub fn passages(seen: &Seen, replies: &[reply::Model], words: &Query) -> Vec<Passage> {
    let own = texts_of_matter(&seen.matter.row).into_iter().map(|(layer, text)| (layer, None, text));
    let open = replies.iter().filter(|_| seen.may(Action::ReadReply));
    let issued = open.flat_map(|row| texts_of_reply(row).into_iter().map(|(layer, text)| (layer, Some(row.id), text)));
    let found = own.chain(issued).filter_map(|(layer, reply, text)| passage(layer, reply, &text, words));
    found.take(MOST).collect()
}

/// The passage of what anybody may read of a published matter.
pub fn public_passage(text: &str, words: &Query) -> Option<Passage> {
    passage(TextLayer::Public, None, text, words)
}

fn passage(layer: TextLayer, reply: Option<ReplyId>, text: &str, words: &Query) -> Option<Passage> {
    let cut = lexis::snippet(text, words, WIDTH);
    let mut passage = Passage {
        layer,
        reply,
        text: String::new(),
        marks: Vec::new(),
        cut_before: cut.cut_before,
        cut_after: cut.cut_after,
    };
    let mut at = 0;
    for piece in cut.pieces {
        let end = at + piece.text.chars().count();
        if piece.hit {
            passage.marks.push((at, end));
        }
        passage.text.push_str(&piece.text);
        at = end;
    }
    (!passage.marks.is_empty()).then_some(passage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_marks_what_was_found_and_a_text_without_it_has_none() {
        let words = Query::parse("養老 电梯");
        let found = public_passage("社区养老服务,加装电梯。", &words).expect("a passage");
        assert_eq!((found.marks.clone(), found.cut_before, found.cut_after), (vec![(2, 4), (9, 11)], false, false));
        let marked: Vec<String> =
            found.marks.iter().map(|(from, to)| found.text.chars().skip(*from).take(to - from).collect()).collect();
        assert_eq!(marked, ["养老", "电梯"]);
        assert_eq!(public_passage("水库除险加固", &words), None);
        assert_eq!(public_passage("", &words), None);
        let long = public_passage(&format!("{}养老{}", "甲".repeat(200), "乙".repeat(200)), &words).expect("a passage");
        assert_eq!((long.text.chars().count(), long.cut_before, long.cut_after), (WIDTH, true, true));
    }
}
