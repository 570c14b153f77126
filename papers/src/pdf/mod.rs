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
use crate::model::{Block, Document, Run, paragraphs};
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
        let loose = self.set(document)?;
        let paged = self.without_lonely_record(document, loose.pages().len())?.unwrap_or(loose);
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

    /// Lays a paper out in pages.
    fn set(&self, document: &Document) -> Result<PagedDocument, PaperError> {
        let (width, height) = document.layout.page_mm();
        let mut fonts = serde_json::Map::new();
        for face in Face::ALL {
            fonts.insert(face.name().to_owned(), json!(self.fonts.families(face)));
        }
        let data = serde_json::to_vec(&json!({
            "document": document,
            "fonts": fonts,
            "page": { "width": width, "height": height, "margins": document.layout.margins_mm() },
        }))?;
        let desk = Desk { writer: self, data: Bytes::new(data) };
        typst::compile::<PagedDocument>(&desk).output.map_err(|errors| explain(&errors))
    }

    /// A closing record alone on the last page looks lost. Where half as much empty space brings it back to the page
    /// before, the paper is set so; a clerk would do the same by hand.
    fn without_lonely_record(&self, document: &Document, pages: usize) -> Result<Option<PagedDocument>, PaperError> {
        let Some((Block::Record { .. }, rest)) = document.blocks.split_last() else { return Ok(None) };
        if pages < 2 || self.set(&Document { blocks: rest.to_vec(), ..document.clone() })?.pages().len() == pages {
            return Ok(None);
        }
        let mut tight = document.clone();
        for block in &mut tight.blocks {
            if let Block::Space { height } = block {
                *height /= 2.0;
            }
        }
        let tight = self.set(&tight)?;
        Ok((tight.pages().len() < pages).then_some(tight))
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
