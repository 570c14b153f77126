//! What can go wrong while a paper is made.

use std::path::PathBuf;

/// Why there is no paper.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PaperError {
    /// A template is faulty, or asks for a field the paper does not have.
    #[error("template {file}, line {line}: {message}")]
    Template {
        /// Name of the template file.
        file: String,
        /// Line in that file, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A folder of templates holds a file that replaces nothing.
    #[error("{} replaces no template; known are {known}", path.display())]
    UnknownTemplate {
        /// The file.
        path: PathBuf,
        /// The names that can be replaced.
        known: String,
    },
    /// A file or folder cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file in a font folder is no font.
    #[error("{} is not a font", path.display())]
    Font {
        /// The file.
        path: PathBuf,
    },
    /// The paper's data cannot be handed to the template.
    #[error("cannot read the data of the paper: {0}")]
    Data(#[from] serde_json::Error),
    /// The PDF writer failed.
    #[error("cannot write the PDF: {0}")]
    Pdf(String),
    /// The DOCX writer failed.
    #[error("cannot write the DOCX: {0}")]
    Docx(#[from] zip::result::ZipError),
    /// A part of the DOCX cannot be written.
    #[error("cannot write the DOCX: {0}")]
    Io(#[from] std::io::Error),
}
