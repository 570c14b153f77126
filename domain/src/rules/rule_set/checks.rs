//! What a rule set of the right shape must fulfil to make sense.

use super::{
    Amount, Basis, CountUnit, FORMAT, Length, Mark, OutcomeLabel, Period, RefusalGround, ReminderKind, RuleSet,
};
use crate::rules::document::{Faults, check_format};
use crate::text::TextRule;
use crate::vocabulary::{Outcome, Role};
use std::collections::HashSet;

/// The longest period in months; in days, 31 times as many.
const MAX_MONTHS: u16 = 24;
/// The most working days between a point in time and a reminder or a lamp.
const MAX_DAYS: u16 = 250;
/// The most urgings of one agency in a day.
const MAX_URGES: u16 = 20;
/// The most contacts that a region may ask for.
const MAX_CONTACTS: u16 = 20;
/// The most characters of a code, label or name.
const NAME_MAX_CHARS: usize = 64;
/// The most characters of a ground's wording.
const GROUND_MAX_CHARS: usize = 200;

/// Notes every fault of sense.
pub(super) fn check(rules: &RuleSet, faults: &mut Faults) {
    check_format(&rules.format, FORMAT, faults);
    faults.check_text("$.name", &rules.name, TextRule::line(NAME_MAX_CHARS));
    check_deadlines(rules, faults);
    check_clock(rules, faults);
    check_milestones(rules, faults);
    check_reminders(rules, faults);
    check_notices(rules, faults);
    if rules.warning.red_days_left > rules.warning.yellow_days_left {
        faults.add("$.warning.redDaysLeft", "红灯天数不能大于黄灯天数", "must not exceed yellowDaysLeft");
    }
    check_limits(rules, faults);
    super::files::check(rules, faults);
    super::text_checks::check(rules, faults);
    if rules.contacts_before_reply > MAX_CONTACTS {
        let (zh, en) = (format!("最多{MAX_CONTACTS}次"), format!("at most {MAX_CONTACTS}"));
        faults.add("$.contactsBeforeReply", zh, en);
    }
    if !(1..=MAX_URGES).contains(&rules.urges_per_day.0) {
        let (zh, en) = (format!("应在1至{MAX_URGES}之间"), format!("must be from 1 to {MAX_URGES}"));
        faults.add("$.urgesPerDay", zh, en);
    }
    check_labels("$.outcomes.congress", &rules.outcomes.congress, faults);
    check_labels("$.outcomes.cppcc", &rules.outcomes.cppcc, faults);
    check_grounds("$.refusalGrounds.congress", &rules.refusal_grounds.congress, faults);
    check_grounds("$.refusalGrounds.cppcc", &rules.refusal_grounds.cppcc, faults);
    check_sign_off(rules, faults);
    check_lists(rules, faults);
}

fn check_deadlines(rules: &RuleSet, faults: &mut Faults) {
    let deadlines = &rules.deadlines;
    let periods = Basis::ALL.iter().map(|basis| (basis.member(), basis.period_in(deadlines)));
    let extended = ("replyExtended", deadlines.reply_extended.as_ref());
    let waiting = ("publicationNotBefore", deadlines.publication_not_before.as_ref());
    for (name, period) in periods.chain([extended, waiting]).filter_map(|(name, period)| Some((name, period?))) {
        check_period(&format!("$.deadlines.{name}"), period, faults);
    }
    check_publication(deadlines.publication_not_before.as_ref(), deadlines.publication.as_ref(), faults);
    // The law gives the reply an amount of time (代表法 2025, art. 51); a day of the year alone could give more.
    let Some(reply) = deadlines.reply.bound() else {
        faults.add("$.deadlines.reply.atMost", "答复期限须有最长时长", "the reply needs a longest time");
        return;
    };
    let Some(extended) = &deadlines.reply_extended else {
        return;
    };
    match &extended.length {
        // Three months and ninety days cannot be compared: which one is longer depends on the start.
        Length::Counted(extended) if extended.unit == reply.unit => {
            if extended.amount < reply.amount {
                faults.add("$.deadlines.replyExtended.amount", "不能短于reply", "must not be shorter than reply");
            }
        }
        _ => faults.add("$.deadlines.replyExtended.unit", "应与reply的单位相同", "must be the unit of reply"),
    }
}

/// A reply must be publishable before its publication is due, as far as the two periods can be compared.
fn check_publication(not_before: Option<&Period>, due: Option<&Period>, faults: &mut Faults) {
    if let (Some(Length::Counted(not_before)), Some(Length::Counted(due))) =
        (not_before.map(|period| &period.length), due.map(|period| &period.length))
        && not_before.unit == due.unit
        && not_before.amount > due.amount
    {
        let path = "$.deadlines.publicationNotBefore.amount";
        faults.add(path, "不能长于publication", "must not be longer than publication");
    }
}

fn check_period(path: &str, period: &Period, faults: &mut Faults) {
    match &period.length {
        Length::Counted(amount) => check_amount(&format!("{path}.amount"), amount, faults),
        Length::FixedDate { at_most, .. } => {
            if let Some(at_most) = at_most {
                check_amount(&format!("{path}.atMost.amount"), at_most, faults);
            }
        }
    }
}

fn check_amount(path: &str, amount: &Amount, faults: &mut Faults) {
    let max = if amount.unit == CountUnit::Months { MAX_MONTHS } else { MAX_MONTHS * 31 };
    if amount.amount == 0 || amount.amount > max {
        faults.add(path, format!("应在1至{max}之间"), format!("must be from 1 to {max}"));
    }
}

fn check_clock(rules: &RuleSet, faults: &mut Faults) {
    let reasons = rules.clock.pause_for.iter().enumerate();
    faults.add_duplicates(
        reasons.map(|(index, reason)| (format!("$.clock.pauseFor[{index}]"), *reason)),
        ToString::to_string,
    );
    let restarts = rules.clock.restart_on_reassignment.iter().enumerate();
    faults.add_duplicates(
        restarts.map(|(index, basis)| (format!("$.clock.restartOnReassignment[{index}]"), *basis)),
        ToString::to_string,
    );
}

fn check_milestones(rules: &RuleSet, faults: &mut Faults) {
    for (index, milestone) in rules.milestones.0.iter().enumerate() {
        let path = format!("$.milestones[{index}]");
        match &milestone.mark {
            Mark::Percent(percent) if !(1..=100).contains(percent) => {
                faults.add(format!("{path}.percent"), "应在1至100之间", "must be from 1 to 100");
            }
            Mark::Percent(_) => {}
            Mark::Period(period) => check_period(&format!("{path}.period"), period, faults),
        }
        check_days(&format!("{path}.redAfter"), milestone.red_after, 0, faults);
    }
    let stages = rules.milestones.0.iter().enumerate();
    faults.add_duplicates(
        stages.map(|(index, milestone)| (format!("$.milestones[{index}].stage"), milestone.stage)),
        ToString::to_string,
    );
}

fn check_reminders(rules: &RuleSet, faults: &mut Faults) {
    for (index, rung) in rules.reminders.0.iter().enumerate() {
        let path = format!("$.reminders[{index}]");
        match rung.kind {
            ReminderKind::Due if rung.days != 0 => faults.add(format!("{path}.days"), "应为0", "must be 0"),
            ReminderKind::Due => {}
            ReminderKind::NoContact => check_days(&format!("{path}.days"), rung.days, 0, faults),
            ReminderKind::Unsigned | ReminderKind::BeforeDue | ReminderKind::Overdue => {
                check_days(&format!("{path}.days"), rung.days, 1, faults);
            }
        }
        check_roles(&format!("{path}.to"), &rung.to, faults);
    }
    let points = rules.reminders.0.iter().enumerate();
    faults.add_duplicates(
        points.map(|(index, rung)| (format!("$.reminders[{index}].days"), (rung.kind, rung.days))),
        |(kind, days)| format!("{kind} {days}"),
    );
}

fn check_notices(rules: &RuleSet, faults: &mut Faults) {
    let most = i32::from(MAX_DAYS);
    for (index, rung) in rules.follow_ups.0.iter().enumerate() {
        let path = format!("$.followUps[{index}]");
        if !(-most..=most).contains(&rung.days) {
            let (zh, en) = (format!("应在-{most}至{most}之间"), format!("must be from -{most} to {most}"));
            faults.add(format!("{path}.days"), zh, en);
        }
        check_roles(&format!("{path}.to"), &rung.to, faults);
    }
    let points = rules.follow_ups.0.iter().enumerate();
    faults.add_duplicates(
        points.map(|(index, rung)| (format!("$.followUps[{index}].days"), (rung.kind, rung.days))),
        |(kind, days)| format!("{kind} {days}"),
    );
    check_roles("$.yearEndLetter.to", &rules.year_end_letter.to, faults);
    if rules.working_hours.from >= rules.working_hours.until {
        faults.add("$.workingHours.until", "应晚于开始时间", "must be later than the beginning");
    }
}

fn check_roles(path: &str, roles: &[Role], faults: &mut Faults) {
    if roles.is_empty() {
        faults.add(path, "至少应有一个提醒对象", "needs at least one role");
    }
    let roles = roles.iter().enumerate().map(|(at, role)| (format!("{path}[{at}]"), *role));
    faults.add_duplicates(roles, ToString::to_string);
}

fn check_days(path: &str, days: u16, min: u16, faults: &mut Faults) {
    if days < min || days > MAX_DAYS {
        let (zh, en) = (format!("应在{min}至{MAX_DAYS}之间"), format!("must be from {min} to {MAX_DAYS}"));
        faults.add(path, zh, en);
    }
}

fn check_limits(rules: &RuleSet, faults: &mut Faults) {
    // The limits are some forty numbers in three groups; walking over what they are written as spares a list of them here.
    let Ok(serde_json::Value::Object(groups)) = serde_json::to_value(&rules.texts) else {
        return;
    };
    for (group, limits) in &groups {
        for (name, _) in limits.as_object().into_iter().flatten().filter(|(_, limit)| limit.as_u64() == Some(0)) {
            // Lists may be closed, texts may not.
            let is_list = matches!(name.as_str(), "cosigners" | "suggestedAgencies" | "attachments");
            if !is_list {
                faults.add(format!("$.texts.{group}.{name}"), "不能为0", "must not be 0");
            }
        }
    }
}

fn check_labels(path: &str, labels: &[OutcomeLabel], faults: &mut Faults) {
    for (index, entry) in labels.iter().enumerate() {
        faults.check_text(&format!("{path}[{index}].label"), &entry.label, TextRule::line(NAME_MAX_CHARS));
    }
    let outcomes = labels.iter().enumerate().map(|(index, entry)| (format!("{path}[{index}].outcome"), entry.outcome));
    faults.add_duplicates(outcomes, ToString::to_string);
    let covered: HashSet<_> = labels.iter().map(|entry| entry.outcome).collect();
    let missing: Vec<_> =
        Outcome::ALL.iter().filter(|outcome| !covered.contains(outcome)).map(|outcome| outcome.code()).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        faults.add(path, format!("缺少办理结果:{missing}"), format!("outcomes are missing: {missing}"));
    }
}

fn check_grounds(path: &str, grounds: &[RefusalGround], faults: &mut Faults) {
    if grounds.is_empty() {
        faults.add(path, "至少应有一项", "needs at least one entry");
    }
    for (index, ground) in grounds.iter().enumerate() {
        let is_code = ground.code.len() <= 32
            && ground.code.starts_with(|c: char| c.is_ascii_uppercase())
            && ground.code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        if !is_code {
            let path = format!("{path}[{index}].code");
            faults.add(
                path,
                "代码应为大写字母、数字和下划线,最多32个",
                "must be capital letters, digits and underscores, at most 32",
            );
        }
        faults.check_text(&format!("{path}[{index}].zh"), &ground.zh, TextRule::line(GROUND_MAX_CHARS));
        faults.check_text(&format!("{path}[{index}].en"), &ground.en, TextRule::line(GROUND_MAX_CHARS));
    }
    let codes =
        grounds.iter().enumerate().map(|(index, ground)| (format!("{path}[{index}].code"), ground.code.as_str()));
    faults.add_duplicates(codes, |code| (*code).to_owned());
}

fn check_sign_off(rules: &RuleSet, faults: &mut Faults) {
    if rules.sign_off.is_empty() {
        faults.add("$.signOff", "至少应有一个审核环节", "needs at least one step");
    }
    for (index, step) in rules.sign_off.iter().enumerate() {
        if !step.role.in_agency() {
            let path = format!("$.signOff[{index}].role");
            faults.add(path, "应为承办单位的身份", "must be a role inside the agency");
        }
        let gates = step.gates.iter().enumerate().map(|(at, gate)| (format!("$.signOff[{index}].gates[{at}]"), *gate));
        faults.add_duplicates(gates, ToString::to_string);
    }
    let roles = rules.sign_off.iter().enumerate().map(|(index, step)| (format!("$.signOff[{index}].role"), step.role));
    faults.add_duplicates(roles, ToString::to_string);
}

fn check_lists(rules: &RuleSet, faults: &mut Faults) {
    let promises = rules.promises_required_for.iter().enumerate();
    faults.add_duplicates(
        promises.map(|(index, value)| (format!("$.promisesRequiredFor[{index}]"), *value)),
        ToString::to_string,
    );
    let modes = rules.face_to_face_modes.iter().enumerate();
    faults.add_duplicates(
        modes.map(|(index, value)| (format!("$.faceToFaceModes[{index}]"), *value)),
        ToString::to_string,
    );
    let labels = rules.supervision_labels.iter().enumerate();
    faults.add_duplicates(
        labels.map(|(index, value)| (format!("$.supervisionLabels[{index}]"), value)),
        ToString::to_string,
    );
    if rules.supervision_labels.is_empty() {
        faults.add("$.supervisionLabels", "至少应有一项", "needs at least one entry");
    }
    for (index, label) in rules.supervision_labels.iter().enumerate() {
        faults.check_text(&format!("$.supervisionLabels[{index}]"), label, TextRule::line(NAME_MAX_CHARS));
    }
    let masked = rules.proposer_masked_from.iter().enumerate();
    faults.add_duplicates(
        masked.map(|(index, value)| (format!("$.proposerMaskedFrom[{index}]"), *value)),
        ToString::to_string,
    );
    for (index, role) in rules.proposer_masked_from.iter().enumerate() {
        // The offices answer for the matter and its proposers themselves; neither can work without the name.
        if !role.in_agency() {
            let path = format!("$.proposerMaskedFrom[{index}]");
            faults.add(path, "应为承办单位的身份", "must be a role inside the agency");
        }
    }
}
