//! The settings of trusted documents: where they lie, and whether others are run.

use super::{Found, Name, SettingsFault, incomplete};
use std::path::{Path, PathBuf};

/// A manifest, or a folder of documents.
const TRUSTED_DOCUMENTS: Name = Name::new("JIANYAN_TRUSTED_DOCUMENTS", "trusted_documents");
/// Whether no others are run.
const TRUSTED_ONLY: Name = Name::new("JIANYAN_TRUSTED_ONLY", "trusted_only");

/// Every setting of this kind.
pub(super) const NAMES: [Name; 2] = [TRUSTED_DOCUMENTS, TRUSTED_ONLY];

/// Which documents the server knows before a client sends one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentSettings {
    /// A JSON manifest (hash → text), or a folder of `.graphql` files.
    pub trusted: Option<PathBuf>,
    /// Whether no others are run.
    pub only: bool,
}

impl DocumentSettings {
    /// Reads them; `given` finds a setting.
    pub(super) fn read(
        mut given: impl FnMut(Name) -> Result<Option<Found>, SettingsFault>,
        cwd: &Path,
    ) -> Result<Self, SettingsFault> {
        let trusted = given(TRUSTED_DOCUMENTS)?.map(|found| cwd.join(found.text));
        let only = given(TRUSTED_ONLY)?.map(|found| yes_or_no(&found)).transpose()?.unwrap_or_default();
        if only && trusted.is_none() {
            return Err(incomplete(TRUSTED_ONLY.variable, TRUSTED_DOCUMENTS.variable));
        }
        Ok(Self { trusted, only })
    }

    /// The settings for people to read.
    pub(super) fn lines(&self) -> [(&'static str, String); 2] {
        let trusted = self.trusted.as_ref().map_or_else(|| "(none)".to_owned(), |path| path.display().to_string());
        [(TRUSTED_DOCUMENTS.variable, trusted), (TRUSTED_ONLY.variable, self.only.to_string())]
    }
}

fn yes_or_no(found: &Found) -> Result<bool, SettingsFault> {
    match found.text.trim() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(found.fault("give true or false", "请写 true 或 false")),
    }
}
