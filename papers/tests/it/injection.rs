//! Data stays data: no text of a paper becomes markup of a template, of Word or of the PDF's stylesheet.

use papers::Format;
use papers::data::Point;
use proptest::prelude::*;

use crate::samples;
use crate::support::{docx_text, part, pdf_text, render, squash};

/// Texts that mean something to somebody on the way.
const HOSTILE: [&str; 12] = [
    "#set page(fill: red) #read(\"/etc/passwd\") #panic()",
    "$ x^2 $ *粗* _斜_ `代码` = 标题 @ref <label>",
    "<w:p><w:r><w:t>假段落</w:t></w:r></w:p>",
    "</p></paper><p>",
    "{{ agency }} {% include 'parts.xml' %} {# 注 #}",
    "]]> <![CDATA[ x ]]> <?at reply-letter.xml 1?> <!-- -->",
    "&amp; &lt; &#10; &#x2f; & < > \" '",
    "\\u{0} \\ \\n // /* */",
    "=SUM(A1:A9) +1 -1 @x",
    "PAGE \\* MERGEFORMAT DDEAUTO cmd",
    "http://example.com/?a=1&b=2 --- ... \"引\"",
    "~ -? -- --- 'x' \"y\"",
];

#[test]
fn hostile_texts_are_printed_as_they_are() {
    for text in HOSTILE {
        let mut letter = samples::reply_letter();
        letter.matter.title = text.to_owned();
        letter.points = vec![Point { heading: Some(text.to_owned()), text: format!("甲{text}乙") }];
        letter.copies = vec![text.to_owned()];
        letter.annexes = vec![text.to_owned()];
        let docx = docx_text(&render(letter.clone(), Format::Docx).bytes);
        assert_eq!(docx.matches(text).count(), 5, "{text}\n{docx}");
        let pdf = pdf_text(&render(letter, Format::Pdf).bytes);
        assert_eq!(squash(&docx), pdf, "{text}");
    }
}

#[test]
fn hostile_texts_in_tables_and_titles_of_forms() {
    for text in HOSTILE {
        let mut form = samples::submission_form();
        form.matter.title = text.to_owned();
        form.background = text.to_owned();
        form.cosigners[0].address = Some(text.to_owned());
        let rendered = render(form.clone(), Format::Docx);
        let docx = docx_text(&rendered.bytes);
        assert_eq!(docx.matches(text).count(), 3, "{text}\n{docx}");
        assert_eq!(rendered.title, format!("建议：{text}"));
        render(form, Format::Pdf);
    }
}

#[test]
fn characters_that_deceive_or_disturb_are_left_out() {
    let dirty = "停\0车\u{1}\u{8}\u{202e}泊\u{200b}\u{feff}位\u{2066}增\u{7f}\u{9f}设\u{fffe}\u{e0041}";
    let mut letter = samples::reply_letter();
    letter.matter.title = dirty.to_owned();
    letter.points[0].text = dirty.to_owned();
    for (format, text) in [
        (Format::Docx, docx_text(&render(letter.clone(), Format::Docx).bytes)),
        (Format::Pdf, pdf_text(&render(letter.clone(), Format::Pdf).bytes)),
    ] {
        assert!(text.contains("《停车泊位增设》"), "{format:?}: {text}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{format:?}");
        assert!(!text.contains(['\u{202e}', '\u{200b}', '\u{feff}', '\u{2066}']), "{format:?}");
    }
}

#[test]
fn line_ends_in_a_value_break_the_line_and_nothing_else() {
    let mut letter = samples::reply_letter();
    letter.matter.title = "甲\r\n乙".into();
    letter.points[0].text = "第一段\n\n  第二段  \r第三段".into();
    let docx = docx_text(&render(letter.clone(), Format::Docx).bytes);
    assert!(docx.contains("《甲 乙》"), "{docx}");
    assert!(docx.contains("第一段\n第二段\n第三段\n"), "{docx}");
    render(letter, Format::Pdf);
}

#[test]
fn the_files_own_properties_are_escaped() {
    let mut bulletin = samples::bulletin();
    bulletin.name = "<dc:title>&动态".into();
    let docx = render(bulletin, Format::Docx);
    let properties = part(&docx.bytes, "docProps/core.xml");
    assert!(properties.contains("<dc:title>&lt;dc:title&gt;&amp;动态第3期</dc:title>"), "{properties}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_stays_text(text in any::<String>()) {
        let mut letter = samples::reply_letter();
        letter.matter.title.clone_from(&text);
        letter.points[0].text = format!("{text}完");
        let docx = docx_text(&render(letter, Format::Docx).bytes);
        // Whatever was left out, what remains is the text itself, in order.
        let mut rest = text.chars();
        let title = docx.split_once('《').and_then(|(_, after)| after.rsplit_once("》（第12号）")).expect("a title").0;
        for c in title.chars().filter(|c| !c.is_whitespace()) {
            prop_assert!(rest.any(|other| other == c), "{c:?} is not from the text");
        }
        prop_assert!(docx.contains("完\n二、"));
    }
}
