//! Fonts: the shipped ones hold what papers need; what they do not hold is told.

use papers::{Fonts, Format, PaperError, Printer, Templates};

use crate::samples;
use crate::support::{folder, pdf_text, render};

#[test]
fn the_shipped_fonts_hold_the_standard_characters() {
    let table = include_str!("../../fonts/characters.txt");
    let characters: String = table.split_whitespace().collect();
    assert_eq!(characters.chars().count(), 8105);
    let mut letter = samples::reply_letter();
    letter.points[0].text = format!("{characters}\n①②⑳ⅠⅫ℃№‰×÷±≤≥≈→□☑■●○★☆〇〔〕【】《》“”‘’—…·￥㎡㎞αβΩāáǎàüµ½²³");
    let pdf = render(letter, Format::Pdf);
    assert!(pdf.missing_glyphs.is_empty(), "{:?}", pdf.missing_glyphs);
}

#[test]
fn a_character_without_a_glyph_is_told_and_harms_no_other() {
    let mut letter = samples::reply_letter();
    letter.points[0].text = "生僻字\u{30edd}与表情\u{1f600}各一".into();
    let pdf = render(letter.clone(), Format::Pdf);
    assert_eq!(pdf.missing_glyphs, ['\u{1f600}', '\u{30edd}']);
    let text = pdf_text(&pdf.bytes);
    assert!(text.contains("与表情") && text.contains("各一"), "{text}");
    // Word draws with the fonts of the reader's machine.
    assert!(render(letter, Format::Docx).missing_glyphs.is_empty());
}

#[test]
fn a_folder_of_fonts_comes_before_the_shipped_ones() {
    let empty = folder("no-fonts");
    assert!(Fonts::load(&[&empty]).is_ok());
    let good = folder("fonts");
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/JianyanTitle.otf");
    std::fs::copy(shipped, good.join("title.otf")).expect("a font");
    std::fs::write(good.join("README.txt"), "not a font").expect("a text");
    let printer = Printer::new(Templates::embedded().expect("sound"), Fonts::load(&[empty, good]).expect("fonts"));
    let pdf = printer.expect("a printer").render(&samples::reply_letter().into(), Format::Pdf).expect("renders");
    assert!(pdf.missing_glyphs.is_empty());
}

#[test]
fn a_file_that_is_no_font_is_an_error() {
    let bad = folder("bad-fonts");
    std::fs::write(bad.join("仿宋.ttf"), "no font").expect("a file");
    let error = Fonts::load(&[bad]).expect_err("no font");
    assert!(matches!(&error, PaperError::Font { path } if path.ends_with("仿宋.ttf")), "{error}");
}

#[test]
fn a_printer_is_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let printer = std::sync::Arc::new(crate::support::new_printer());
    shared(&printer);
    let paper: papers::Paper = samples::co_opinion().into();
    let first = printer.render(&paper, Format::Pdf).expect("renders").bytes;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(printer.render(&paper, Format::Pdf).expect("renders").bytes == first));
        }
    });
}
