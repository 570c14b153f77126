//! Papers an office can stamp, as DOCX and as PDF.
//!
//! ```text
//! data::Paper ──► templates (text files, a region may replace them) ──► markup ──► model::Document ─┬─► docx
//! plain values     Jinja, everything escaped                            strict      one for both      └─► pdf (typst)
//! ```
//!
//! * The crate knows no database, no transport and no clock: all values, dates too, come in with the [`Paper`].
//! * Data never becomes markup: not in a template, not in a DOCX, not in a PDF.
//! * Both formats are written from one model, so they carry the same text.
//! * The same paper with the same templates and fonts gives the same bytes.
//!
//! [`Printer`] is the way in. `docs/papers.md` tells what each paper holds and how a region changes its looks.

pub mod data;
mod docx;
mod error;
mod markup;
mod model;
mod pdf;
mod style;
mod templates;

pub use data::Paper;
pub use error::PaperError;
pub use pdf::Fonts;
pub use templates::Templates;

pub(crate) use templates::numeral;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Word; its text can still be changed.
    Docx,
    /// PDF, for printing and keeping.
    Pdf,
}

impl Format {
    /// The media type for HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }

    /// The ending of a file name, without the dot.
    pub fn file_extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }
}

/// A finished paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
    /// The ending of its name, without the dot.
    pub file_extension: &'static str,
    /// The paper's own name, for the name of the file; it is data and needs care where it becomes a path or a header.
    pub title: String,
    /// Characters that no font could draw; the PDF shows a crossed box for each, and a search may not find them. Empty
    /// for a DOCX, whose fonts are those of the reader's machine.
    pub missing_glyphs: Vec<char>,
}

/// Renders papers. Made once, with templates and fonts; shared between threads by reference or in an `Arc`.
#[derive(Debug)]
pub struct Printer {
    templates: Templates,
    pdf: pdf::PdfWriter,
}

impl Printer {
    /// A printer with a region's templates and fonts.
    pub fn new(templates: Templates, fonts: Fonts) -> Result<Self, PaperError> {
        Ok(Self { templates, pdf: pdf::PdfWriter::new(fonts)? })
    }

    /// A printer with the templates and fonts that come with the program.
    pub fn shipped() -> Result<Self, PaperError> {
        Self::new(Templates::embedded()?, Fonts::shipped())
    }

    /// What the paper is called, without laying out its pages.
    pub fn title(&self, paper: &Paper) -> Result<String, PaperError> {
        Ok(self.templates.lay_out(paper)?.title)
    }

    /// Renders a paper. Takes some 10 ms of processor time for a page; call it where blocking is allowed.
    pub fn render(&self, paper: &Paper, format: Format) -> Result<Rendered, PaperError> {
        let document = self.templates.lay_out(paper)?;
        let (bytes, missing_glyphs) = match format {
            Format::Docx => (docx::write(&document)?, Vec::new()),
            Format::Pdf => self.pdf.write(&document)?,
        };
        Ok(Rendered {
            bytes,
            media_type: format.media_type(),
            file_extension: format.file_extension(),
            title: document.title,
            missing_glyphs,
        })
    }
}

/// Renders a paper; the same as [`Printer::render`].
pub fn render(paper: &Paper, format: Format, printer: &Printer) -> Result<Rendered, PaperError> {
    printer.render(paper, format)
}
