//! The PDF writer: one stylesheet ([`paper.typ`](paper.typ)), the paper as data.

mod fonts;

pub use fonts::Fonts;

use serde_json::json;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::error::PaperError;
use crate::model::{Document, Run, paragraphs};
use crate::style::Face;

const STYLESHEET: &str = include_str!("paper.typ");

/// How many renders a cached result outlives. A clerk prints the same letter a few times, not a hundred.
const CACHE_AGE: usize = 8;

/// Writes PDFs. Holds the fonts and the parsed stylesheet.
#[derive(Debug)]
pub struct PdfWriter {
    fonts: Fonts,
    library: LazyHash<Library>,
    main: Source,
    data: FileId,
}

impl PdfWriter {
    /// A writer with these fonts.
    pub fn new(fonts: Fonts) -> Result<Self, PaperError> {
        let file = |name: &str| {
            let path = VirtualPath::new(name).map_err(|error| PaperError::Pdf(format!("{error:?}")))?;
            Ok::<FileId, PaperError>(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        Ok(Self {
            fonts,
            library: LazyHash::new(Library::builder().build()),
            main: Source::new(file("paper.typ")?, STYLESHEET.to_owned()),
            data: file("paper.json")?,
        })
    }

    /// The bytes of a PDF, and the characters that no font could draw.
    pub fn write(&self, document: &Document) -> Result<(Vec<u8>, Vec<char>), PaperError> {
        let (width, height) = document.layout.page_mm();
        let fonts: serde_json::Map<String, serde_json::Value> = Face::ALL
            .into_iter()
            .map(|face| Ok((serde_json::to_value(face)?, json!(self.fonts.families(face)))))
            .map(|entry: Result<_, serde_json::Error>| {
                entry.map(|(face, families)| (face.as_str().unwrap_or_default().to_owned(), families))
            })
            .collect::<Result<_, _>>()?;
        let data = serde_json::to_vec(&json!({
            "document": document,
            "fonts": fonts,
            "page": { "width": width, "height": height, "margins": document.layout.margins_mm() },
        }))?;
        let desk = Desk { writer: self, data: Bytes::new(data) };
        let compiled = typst::compile::<PagedDocument>(&desk);
        let paged = compiled.output.map_err(|errors| explain(&errors))?;
        // No date and a fixed name: the same paper always gives the same bytes.
        let options = PdfOptions {
            ident: Smart::Custom(document.title.clone()),
            creator: Smart::Custom(Some("Jianyan".into())),
            timestamp: None,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&paged, &options).map_err(|errors| explain(&errors))?;
        typst::comemo::evict(CACHE_AGE);
        let texts = paragraphs(document).into_iter().flat_map(|p| &p.runs).filter_map(|run| match run {
            Run::Text { text, .. } => Some(text.as_str()),
            Run::Break => None,
        });
        Ok((bytes, self.fonts.missing(texts)))
    }
}

fn explain(errors: &[typst::diag::SourceDiagnostic]) -> PaperError {
    PaperError::Pdf(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
}

/// What one compilation sees: the stylesheet, the data, the fonts, and nothing else. No file, no network, no clock.
struct Desk<'w> {
    writer: &'w PdfWriter,
    data: Bytes,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.writer.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.writer.fonts.book()
    }

    fn main(&self) -> FileId {
        self.writer.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.writer.main.id() { Ok(self.writer.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.writer.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.writer.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
