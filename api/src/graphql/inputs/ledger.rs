//! The input that brings a ledger in.

use crate::error::{AppError, AppResult};
use crate::use_cases::importing_ledger::ImportLedger;
use async_graphql::InputObject;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Bring in the matters of a ledger (导入台账).
#[derive(Clone, Debug, InputObject)]
pub struct ImportLedgerInput {
    /// Name of the file, at most 200 characters; for the trail (文件名).
    pub file_name: String,
    /// The file, CSV or XLSX, in base64; the command `import` takes files that are too long for a request (文件内容).
    pub content: String,
    /// Only say what would be stored (仅检查).
    #[graphql(default = false)]
    pub dry_run: bool,
    /// Store the lines without a fault though others have one (跳过有错的行).
    #[graphql(default = false)]
    pub skip_faulty: bool,
}

impl ImportLedgerInput {
    /// The command with the bytes of the file.
    pub fn read(self) -> AppResult<ImportLedger> {
        let bad = |_| AppError::BadInput(vec!["content".into()]);
        let bytes = STANDARD.decode(self.content.trim()).map_err(bad)?;
        Ok(ImportLedger { file_name: self.file_name, bytes, dry_run: self.dry_run, skip_faulty: self.skip_faulty })
    }
}
