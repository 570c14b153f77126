//! Inputs of administrators, and of trying rules out.

use crate::error::{AppError, AppResult};
use crate::graphql::context::{parse, parse_some};
use crate::graphql::scalars::Date;
use crate::use_cases::changing_rules::{self, Base};
use crate::use_cases::importing_calendar;
use async_graphql::{ID, InputObject};
use domain::vocabulary::Institution;

/// Put a new version of a region's rules in force; matters that began keep theirs (变更办理规则).
#[derive(Clone, Debug, InputObject)]
pub struct ChangeRulesInput {
    /// Region of the administrator (地区).
    pub region_id: ID,
    /// For which institution; for both when left out (人大或政协).
    pub institution: Option<Institution>,
    /// Name of the preset from which it is made, see rulePresets (预设名).
    pub preset: String,
    /// The region's own choices, a JSON object that is laid over the preset; null in it sets no limit (本地调整).
    pub overrides: Option<String>,
    /// First day on which new matters begin with it; today or later (生效日期).
    pub effective_from: Date,
    /// Why (理由).
    pub reason: String,
    /// The same key from the same person gives the first result again (幂等键).
    pub idempotency_key: Option<String>,
}

impl ChangeRulesInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<changing_rules::ChangeRules> {
        Ok(changing_rules::ChangeRules {
            region_id: parse(&self.region_id, "regionId")?,
            institution: self.institution,
            preset: self.preset,
            overrides: self.overrides,
            effective_from: self.effective_from.0,
            reason: self.reason,
            idempotency_key: self.idempotency_key,
        })
    }
}

/// Which rules are tried out, for which day (规则试算).
#[derive(Clone, Debug, InputObject)]
pub struct TryRulesInput {
    /// A stored version; not together with preset (规则版本).
    pub rule_set_id: Option<ID>,
    /// Name of a preset; without either, what is in force on the day (预设名).
    pub preset: Option<String>,
    /// Choices that are laid over these rules, a JSON object (本地调整).
    pub overrides: Option<String>,
    /// Whose rules when those in force are tried; those for both when left out (人大或政协).
    pub institution: Option<Institution>,
    /// The day on which everything would begin (起算日).
    pub starts_on: Date,
}

impl TryRulesInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<changing_rules::TryRules> {
        let base = match (parse_some(self.rule_set_id.as_ref(), "ruleSetId")?, self.preset) {
            (Some(_), Some(_)) => return Err(AppError::BadInput(vec!["preset".into()])),
            (Some(id), None) => Base::Stored(id),
            (None, Some(name)) => Base::Preset(name),
            (None, None) => Base::InForce(self.institution),
        };
        Ok(changing_rules::TryRules { base, overrides: self.overrides, starts_on: self.starts_on.0 })
    }
}

/// Bring in the holidays of a year; the same file again changes nothing (导入节假日安排).
#[derive(Clone, Debug, InputObject)]
pub struct ImportCalendarInput {
    /// The file of format calendar/1, as JSON (文件内容).
    pub json: String,
    /// The administrator's region, to which the days are added; left out for the national notice (地区).
    pub region_id: Option<ID>,
}

impl ImportCalendarInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<importing_calendar::ImportCalendar> {
        let region_id = parse_some(self.region_id.as_ref(), "regionId")?;
        Ok(importing_calendar::ImportCalendar { json: self.json, region_id })
    }
}
