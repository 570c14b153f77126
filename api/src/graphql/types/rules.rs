//! Rule sets, and what rules would give.

use super::directory::{IntoId, Region, User};
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::{GqlResult, UserError};
use crate::graphql::scalars::Date;
use crate::use_cases::changing_rules::Tried;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::language::Language;
use domain::rules::deadline::{RuleReference, explain};
use domain::rules::rule_set::{Basis, Preset, ReminderKind, RuleSet as Rules};
use domain::vocabulary::{HandlingStage, Institution, Role};
use entity::rule_set;

/// Rules that come with the program, from which a region's own are made (规则预设).
#[derive(Clone, Debug, SimpleObject)]
pub struct RulePreset {
    /// Its stable name, e.g. shanghai (预设名).
    pub name: String,
    /// What it is called (标题).
    pub title: String,
    /// The regulation on which it rests (依据).
    pub regulation: String,
    /// The whole text of format rules/1, as JSON (全文).
    pub body: String,
}

impl RulePreset {
    /// The preset, if its text can be read; a test proves that each can.
    pub fn of(preset: &Preset) -> Option<Self> {
        let rules = Rules::parse(preset.json).ok()?;
        Some(Self {
            name: preset.name.to_owned(),
            title: rules.name,
            regulation: rules.source.regulation,
            body: preset.json.to_owned(),
        })
    }
}

/// One version of a region's rules; it never changes (规则版本).
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// The version.
    pub row: rule_set::Model,
    /// Whether matters begin with it today.
    pub in_force: bool,
}

/// One version of a region's rules; it never changes (规则版本).
#[Object]
impl RuleSet {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Counted from 1 within the region (版本号).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// The region (地区).
    async fn region(&self, ctx: &Context<'_>) -> GqlResult<Option<Region>> {
        Ok(top(ctx, loaders(ctx)?.region(self.row.region_id).await)?.map(Region))
    }
    /// For which institution; null for both (人大或政协).
    async fn institution(&self) -> Option<Institution> {
        self.row.institution
    }
    /// The first day on which new matters begin with it (生效日期).
    async fn effective_from(&self) -> Date {
        self.row.effective_from.into()
    }
    /// The preset from which it was made (预设名).
    async fn preset(&self) -> &str {
        &self.row.preset
    }
    /// The region's own choices that were laid over the preset, as JSON; null when it follows the preset as it is
    /// (本地调整).
    async fn overrides(&self) -> Option<&str> {
        self.row.overrides.as_deref()
    }
    /// The whole text of format rules/1, as JSON (全文).
    async fn body(&self) -> &str {
        &self.row.body
    }
    /// Why it was made; null when it was loaded from a file (变更理由).
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }
    /// When it was made (制定时间).
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }
    /// Who made it; null when it was loaded from a file (制定人).
    async fn created_by(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        super::some_person(ctx, self.row.created_by).await
    }
    /// Whether matters of its institution, or of either, begin with it today (是否现行有效).
    async fn in_force(&self) -> bool {
        self.in_force
    }
}

/// What rules would give for something that begins on a day; nothing is stored (规则试算结果).
#[derive(Clone, Debug, SimpleObject)]
pub struct TriedRules {
    /// The name of the rules; null when they are faulty (规则名称).
    name: Option<String>,
    /// Each period that the rules set, counted from that day (各项期限).
    deadlines: Vec<TriedDeadline>,
    /// The milestones of a lead assignment released on that day (环节时限).
    milestones: Vec<TriedMilestone>,
    /// The reminders of a lead assignment released on that day on which nothing is done; of those repeated every
    /// working day the first (提醒).
    reminders: Vec<TriedReminder>,
    /// Every fault of the choices, at its JSON path; then nothing was tried (可改正的错误).
    errors: Vec<UserError>,
}

/// One period of the rules tried (试算期限).
#[derive(Clone, Debug, SimpleObject)]
pub struct TriedDeadline {
    /// What is due (期限种类).
    basis: Basis,
    /// The word for it (名称).
    label: String,
    /// The last day, until 24:00 in Asia/Shanghai (届满日).
    due_on: Date,
    /// Whether it may still move with a notice of holidays to come (是否暂定).
    provisional: bool,
    /// The last day to which more time may be granted; null when it cannot be, or without a limit (最长延期至).
    latest_extension: Option<Date>,
    /// One sentence: how the day comes about (说明).
    explanation: String,
}

/// One milestone of the rules tried (试算环节时限).
#[derive(Clone, Debug, SimpleObject)]
pub struct TriedMilestone {
    /// The step (办理环节).
    stage: HandlingStage,
    /// The day by which it should be done; yellow from the day after (应完成日).
    due_on: Date,
    /// The first working day on which it is red (转红日).
    red_from: Date,
}

/// One reminder of the rules tried (试算提醒).
#[derive(Clone, Debug, SimpleObject)]
pub struct TriedReminder {
    /// The working day on which it is sent (提醒日).
    day: Date,
    /// What it is about (提醒种类).
    kind: ReminderKind,
    /// The word for it (名称).
    label: String,
    /// The rung on the ladder, from 1: the higher, the further it is escalated (梯次).
    level: i32,
    /// Who is told (提醒对象).
    roles: Vec<Role>,
}

impl TriedRules {
    /// What was found.
    pub fn of(tried: Tried, language: Language) -> Self {
        let Tried { name, version, trial } = tried;
        let deadline = |one: domain::rules::trial::TriedDeadline| TriedDeadline {
            basis: one.basis,
            label: one.basis.label(language).to_owned(),
            due_on: one.due.due_on.into(),
            provisional: one.due.provisional,
            latest_extension: one.latest_extension.map(Date),
            explanation: explain(&one.due, RuleReference { name: &name, version }, language),
        };
        let milestone = |one: domain::rules::trial::TriedMilestone| TriedMilestone {
            stage: one.stage,
            due_on: one.due_on.into(),
            red_from: one.red_from.into(),
        };
        let reminder = |point: domain::rules::clock::ReminderPoint| TriedReminder {
            day: point.on.into(),
            kind: point.kind,
            label: point.kind.label(language).to_owned(),
            level: i32::try_from(point.level).unwrap_or(i32::MAX),
            roles: point.to,
        };
        Self {
            deadlines: trial.deadlines.into_iter().map(deadline).collect(),
            milestones: trial.milestones.into_iter().map(milestone).collect(),
            reminders: trial.reminders.into_iter().map(reminder).collect(),
            name: Some(name),
            errors: Vec::new(),
        }
    }

    /// Why nothing was tried.
    pub fn faulty(errors: Vec<UserError>) -> Self {
        Self { name: None, deadlines: Vec::new(), milestones: Vec::new(), reminders: Vec::new(), errors }
    }
}

/// The rule set with this id as a reader of its region sees it.
pub async fn find(ctx: &Context<'_>, id: domain::ids::RuleSetId) -> GqlResult<Option<RuleSet>> {
    let cx = cx(ctx)?;
    top(ctx, crate::access::authorize_at_large(&cx.actor, domain::policy::Action::ReadRules))?;
    let rows = crate::repo::rules::of_region(cx.db().reader(), cx.actor.region_id).await;
    let rows = top(ctx, rows.map_err(crate::error::AppError::from))?;
    let in_force = crate::repo::rules::in_force_among(&rows, cx.today());
    let found = rows.into_iter().find(|row| row.id == id);
    Ok(found.map(|row| RuleSet { in_force: in_force.contains(&row.id), row }))
}
