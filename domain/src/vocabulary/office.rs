//! What administrators and offices change outside matters.

vocabulary! {
    /// What happened outside matters (管理事项).
    pub enum OfficeHappening {
        /// A new version of the region's rules was made (变更办理规则).
        RulesChanged "RULES_CHANGED" "变更办理规则" "rules changed",
        /// The holidays of a year were brought in (导入节假日安排).
        CalendarImported "CALENDAR_IMPORTED" "导入节假日安排" "calendar imported",
        /// A notification that was given up is tried again (重新发送通知).
        DeliveryRetried "DELIVERY_RETRIED" "重新发送通知" "delivery tried again",
        /// Matters of a ledger were brought in (导入台账).
        LedgerImported "LEDGER_IMPORTED" "导入台账" "ledger imported",
        /// A clause was added to the duty catalogue (新增职责).
        DutyAdded "DUTY_ADDED" "新增职责" "duty added",
        /// A clause of the duty catalogue was replaced by another (变更职责).
        DutyChanged "DUTY_CHANGED" "变更职责" "duty changed",
        /// A clause of the duty catalogue was ended (终止职责).
        DutyEnded "DUTY_ENDED" "终止职责" "duty ended",
    }
}
