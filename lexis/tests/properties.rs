//! What must hold for every text.

use lexis::{Query, chunks, ranges, snippet, tokens};
use proptest::prelude::*;

/// Chinese words, Latin words, numbers, punctuation, traditional and rare characters, mixed.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => "[\u{4e00}-\u{4e20}养老服务社区建设]{1,12}",
        2 => "[a-zA-Z0-9]{1,6}",
        2 => "[ ，。、“”\n（）\"*-]{1,2}",
        1 => "[養務臺灣\u{20bb7}\u{3400}-\u{3410}ＡＢ５㎡々]{1,4}",
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{3005}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3fffd}')
}

proptest! {
    #[test]
    fn every_part_of_two_or_more_chinese_characters_is_found(text in text(), at in any::<prop::sample::Index>(), length in 2usize..30) {
        let characters: Vec<char> = text.chars().collect();
        prop_assume!(!characters.is_empty());
        let from = at.index(characters.len());
        let part: String = characters[from..].iter().take(length).take_while(|c| is_chinese(**c)).collect();
        prop_assume!(part.chars().count() >= 2);
        prop_assert!(Query::parse(&part).matches([text.as_str()]));
        let from_end = from + part.chars().count();
        prop_assert!(ranges(&text, &Query::parse(&part)).iter().any(|hit| hit.start <= from && hit.end >= from_end));
    }

    #[test]
    fn what_is_not_a_part_is_not_found(text in "[甲乙丙丁]{0,12}", part in "[甲乙丙丁]{1,4}") {
        prop_assert_eq!(Query::parse(&part).matches([text.as_str()]), text.contains(&part));
    }

    #[test]
    fn snippets_are_cut_from_the_text(text in text(), query in text(), width in 0usize..60) {
        let cut = snippet(&text, &Query::parse(&query), width);
        let whole: String = cut.pieces.iter().map(|piece| piece.text.as_str()).collect();
        prop_assert!(text.contains(&whole));
        prop_assert!(whole.chars().count() <= width);
        prop_assert_eq!(cut.cut_before || cut.cut_after, whole.chars().count() < text.chars().count());
    }

    #[test]
    fn whatever_is_typed_is_read(query in any::<String>(), text in any::<String>()) {
        let query = Query::parse(&query);
        let _ = query.matches([text.as_str()]);
        for place in ranges(&text, &query) {
            prop_assert!(place.start < place.end && place.end <= text.chars().count());
        }
        for phrase in query.phrases() {
            prop_assert!(!phrase.codes().is_empty());
            prop_assert!(phrase.codes().iter().all(|code| code.bytes().all(|byte| byte.is_ascii_alphanumeric())));
        }
    }

    #[test]
    fn pieces_of_the_index_lose_no_token(text in text()) {
        let whole: Vec<String> = tokens(&text).iter().map(lexis::Token::code).collect();
        prop_assert_eq!(chunks(&text).join(" "), whole.join(" "));
    }
}
