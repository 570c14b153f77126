//! The DOCX writer: WordprocessingML by hand, since a letter needs exact lines, East Asian fonts, repeated table heads
//! and a closing record at the foot of the page, and the same paper must give the same bytes.

mod body;
mod parts;
mod table;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::PaperError;
use crate::model::{Document, Numbers};

/// Points to twentieths of a point, the unit of Word.
fn twips(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

/// Millimetres to twentieths of a point.
fn twips_mm(millimetres: f32) -> i32 {
    twips(millimetres * 72.0 / 25.4)
}

/// The bytes of a DOCX.
pub fn write(document: &Document) -> Result<Vec<u8>, PaperError> {
    let numbered = document.numbers != Numbers::None;
    let outer = document.numbers == Numbers::Outer;
    let mut files = vec![
        ("[Content_Types].xml", parts::content_types(numbered, outer)),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.as_bytes().to_vec()),
        ("docProps/core.xml", parts::properties(&document.title)),
        ("word/document.xml", body::document(document)),
        ("word/styles.xml", parts::styles()),
        ("word/settings.xml", parts::settings(outer)),
        ("word/fontTable.xml", parts::font_table()),
        ("word/_rels/document.xml.rels", parts::relations(numbered, outer)),
    ];
    if numbered {
        files.push(("word/footer1.xml", parts::footer(if outer { "right" } else { "center" })));
    }
    if outer {
        files.push(("word/footer2.xml", parts::footer("left")));
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // One fixed time in all entries: no clock.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, bytes) in files {
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
