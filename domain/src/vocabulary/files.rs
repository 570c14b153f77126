//! Attached files.

vocabulary! {
    /// What an attached file is for (附件用途).
    pub enum AttachmentPurpose {
        /// Belongs to the text of the submission (正文附件).
        Text "TEXT" "正文附件" "attachment of the text",
        /// Proves what was done about a promise (佐证材料).
        Evidence "EVIDENCE" "佐证材料" "evidence",
    }
}

vocabulary! {
    /// How far an attached file has come (附件状态).
    pub enum AttachmentState {
        /// Announced, its bytes are awaited (待上传).
        Pending "PENDING" "待上传" "pending",
        /// Complete and checked (已保存).
        Stored "STORED" "已保存" "stored",
        /// Taken away; its bytes are to be deleted (已删除).
        Removed "REMOVED" "已删除" "removed",
    }
}
