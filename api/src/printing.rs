//! The printer of papers, made when the first paper is asked for.
//!
//! Fonts and templates take some megabytes and a moment; a server that prints nothing does without. A region that points to
//! a folder of its own learns at start whether its templates can be read.

use crate::error::{AppError, AppResult};
use papers::{Fonts, PaperError, Printer, Templates};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// The folder with a region's fonts, inside that of its templates.
const FONTS: &str = "fonts";

/// Gives out the one printer.
#[derive(Debug)]
pub struct Printing {
    folder: Option<PathBuf>,
    printer: OnceLock<Arc<Printer>>,
}

impl Printing {
    /// With the templates and fonts of this folder before those that come with the program.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, printer: OnceLock::new() }
    }

    /// Reads the region's folder, if there is one.
    ///
    /// # Errors
    /// What is wrong with a template or font.
    pub fn check(&self) -> Result<(), PaperError> {
        if self.folder.is_some() {
            let _ = self.printer.set(Arc::new(self.make()?));
        }
        Ok(())
    }

    /// The printer.
    ///
    /// # Errors
    /// [`AppError::Internal`] when templates or fonts cannot be read.
    pub fn printer(&self) -> AppResult<Arc<Printer>> {
        if let Some(printer) = self.printer.get() {
            return Ok(printer.clone());
        }
        let made = self.make().map_err(|fault| AppError::Internal(fault.to_string()))?;
        Ok(self.printer.get_or_init(|| Arc::new(made)).clone())
    }

    fn make(&self) -> Result<Printer, PaperError> {
        let Some(folder) = &self.folder else { return Printer::shipped() };
        let fonts = folder.join(FONTS);
        let fonts = if fonts.is_dir() { Fonts::load(&[fonts])? } else { Fonts::shipped() };
        Printer::new(Templates::with_overrides(folder)?, fonts)
    }
}
