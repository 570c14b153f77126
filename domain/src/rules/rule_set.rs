//! A region's rules: what varies from place to place is data here, and code nowhere.
//!
//! The law fixes a frame (reply within three months of assignment, six for hard ones); regulations of
//! provinces and cities fill it in with different windows, words and ways. A rule set is one version of one
//! region's choice, in force from a day on. It is read from JSON of format `rules/1`, refused as a whole when
//! faulty, and never changed afterwards: a change is a new version.
//!
//! - [`Basis`]: what can fall due; [`Period`]: how long it may take.
//! - [`ClockRules`], [`Milestones`], [`Ladder`]: pauses and restarts, the steps on the way, reminders.
//! - [`PRESETS`]: the rule sets that come with the program; [`overlay`]: a region's choices laid over one.
//!
//! Members that came after the first texts were stored may be left out: a period then sets no limit, and
//! for the rest `data/rules/defaults.json` holds. So every text ever stored can be read for ever.
//!
//! Deliberately absent: the version number and the day from which it holds (they belong to the stored row),
//! and scoring, which is a later issue.

mod basis;
mod checks;
mod files;
mod limits;
mod notices;
mod period;
mod presets;
mod supervision;
mod text_checks;
mod timing;

pub use basis::Basis;
pub use files::FileLimits;
pub use limits::{OtherLimits, SubmissionLimits, TextLimits};
pub use notices::{ClockTime, FollowUpKind, FollowUpRung, FollowUps, WorkingHours, YearEndLetter};
pub use period::{Amount, CountUnit, Length, MonthDay, Period, PeriodUnit, Roll};
pub use presets::{PRESETS, Preset, overlay};
pub use supervision::{Arbiter, ArbitratedBy, UrgesPerDay};
pub use text_checks::TextChecks;
pub use timing::{ClockRules, Ladder, Mark, Milestone, Milestones, PauseReason, ReminderKind, Rung};

use super::document::{DocumentFault, Faults, FromJson, parse_json, read_by_code, record};
use crate::vocabulary::{ContactMode, Gate, Institution, Outcome, Role};

/// The format of the JSON text.
pub const FORMAT: &str = "rules/1";

vocabulary! {
    /// Until when proposers may withdraw (撤回时限).
    pub enum WithdrawalLimit {
        /// Before agencies are named (交办前).
        BeforeAssignment "BEFORE_ASSIGNMENT" "交办前" "before assignment",
        /// Before the first reply is issued (答复前).
        BeforeReply "BEFORE_REPLY" "答复前" "before the reply",
    }
}

vocabulary! {
    /// Who must agree when a joint matter is withdrawn (联名件撤回).
    pub enum JointWithdrawal {
        /// The lead proposer decides (领衔人决定).
        LeadAlone "LEAD_ALONE" "领衔人决定" "the lead alone",
        /// Every co-signer must agree (全体联名人同意).
        Unanimous "UNANIMOUS" "全体联名人同意" "unanimous",
    }
}

read_by_code!(WithdrawalLimit, JointWithdrawal);

record! {
    /// The periods of a region; a missing one means that the region sets no limit.
    pub struct Deadlines {
        /// The written reply, from assignment (代表法 2025, art. 51: three months).
        pub reply "reply": Period,
        /// The longest extension of the reply, from assignment (代表法 2025, art. 51: six months).
        pub reply_extended "replyExtended": Option<Period>,
        /// Asking to hand an assignment back, from assignment (退办).
        pub return_window "returnWindow": Option<Period>,
        /// Naming another agency, from the request to hand back (改办).
        pub reassign "reassign": Option<Period>,
        /// The first contact with the proposer, from assignment (首次沟通).
        pub first_contact "firstContact": Option<Period>,
        /// The opinion of a co-handling agency, from assignment (会办意见).
        pub co_opinion "coOpinion": Option<Period>,
        /// The opinion that the lead sent back, from that day (重新提出会办意见).
        pub co_opinion_redo "coOpinionRedo": Option<Period>,
        /// The proposer's feedback, from the issue of the reply (反馈).
        pub feedback "feedback": Option<Period>,
        /// The reply of another round, from the order to handle again (重新办理).
        pub rehandle "rehandle": Option<Period>,
        /// The publication of the reply, from its issue (公开).
        pub publication "publication": Option<Period>,
        /// Before the end of this period after its issue no reply is published; without it from the issue on (公开等待期).
        pub publication_not_before "publicationNotBefore": Option<Period>,
        /// Naming the agencies of a matter handed in between sessions, from its receipt (闭会期间交办).
        pub off_session_assignment "offSessionAssignment": Option<Period>,
        /// The report on promises, from the issue of the reply (承诺事项报告).
        pub commitment_report "commitmentReport": Option<Period>,
    }
}

record! {
    /// When the warning lamp changes, in working days left before the due day.
    pub struct WarningThresholds {
        /// Yellow from this many working days left.
        pub yellow_days_left "yellowDaysLeft": u16,
        /// Red from this many working days left, at most as many as yellow.
        pub red_days_left "redDaysLeft": u16,
    }
}

record! {
    /// The region's own word or letter for a canonical outcome.
    pub struct OutcomeLabel {
        /// The canonical outcome.
        pub outcome "outcome": Outcome,
        /// What is printed on the reply, e.g. A or 解决采纳.
        pub label "label": String,
    }
}

record! {
    /// A ground on which a matter is not accepted.
    pub struct RefusalGround {
        /// The stable code.
        pub code "code": String,
        /// The ground in Chinese.
        pub zh "zh": String,
        /// The ground in English.
        pub en "en": String,
    }
}

record! {
    /// Lists that differ between congress and CPPCC.
    pub struct OutcomeLabels {
        /// For suggestions.
        pub congress "congress": Vec<OutcomeLabel>,
        /// For proposals.
        pub cppcc "cppcc": Vec<OutcomeLabel>,
    }
}

record! {
    /// The grounds of refusal of both institutions.
    pub struct RefusalGrounds {
        /// For suggestions (不予受理).
        pub congress "congress": Vec<RefusalGround>,
        /// For proposals (不予立案).
        pub cppcc "cppcc": Vec<RefusalGround>,
    }
}

record! {
    /// One step of the sign-off chain inside the agency.
    pub struct SignOffStep {
        /// Who reviews at this step.
        pub role "role": Role,
        /// The gates that this step checks; empty for a plain approval.
        pub gates "gates": Vec<Gate>,
    }
}

record! {
    /// The rule of withdrawal.
    pub struct Withdrawal {
        /// Until when.
        pub until "until": WithdrawalLimit,
        /// Who must agree to the withdrawal of a joint matter.
        pub joint "joint": JointWithdrawal,
    }
}

record! {
    /// The rule of feedback.
    pub struct FeedbackRule {
        /// Whether a form may still be answered after its due day.
        pub accept_late "acceptLate": bool,
    }
}

record! {
    /// A remark on where a part of the rules comes from.
    pub struct SourceNote {
        /// The part, e.g. `deadlines.reply`.
        pub of "of": String,
        /// The article, or that it is a choice of the region or of this program.
        pub note "note": String,
    }
}

record! {
    /// Where the rules come from.
    pub struct Source {
        /// The regulation with its year.
        pub regulation "regulation": String,
        /// Remarks on single parts.
        pub notes "notes": Vec<SourceNote>,
    }
}

record! {
    /// One version of a region's rules.
    pub struct RuleSet {
        /// The format, always [`FORMAT`].
        pub format "format": String,
        /// The name for people, printed in explanations of due days.
        pub name "name": String,
        /// Where the rules come from.
        pub source "source": Source,
        /// The periods.
        pub deadlines "deadlines": Deadlines,
        /// What makes a clock stand still or begin anew.
        pub clock "clock": ClockRules,
        /// The milestones of the steps.
        pub milestones "milestones": Milestones,
        /// The ladder of reminders.
        pub reminders "reminders": Ladder,
        /// The reminders after the reply: feedback and promises.
        pub follow_ups "followUps": FollowUps,
        /// The letters at the end of the year.
        pub year_end_letter "yearEndLetter": YearEndLetter,
        /// The hours in which people are reminded.
        pub working_hours "workingHours": WorkingHours,
        /// The warning lamp.
        pub warning "warning": WarningThresholds,
        /// The most characters and entries of texts and lists.
        pub texts "texts": TextLimits,
        /// Which files are taken, and how large they may be.
        pub files "files": FileLimits,
        /// What texts are measured by, and which findings keep a text back.
        pub text_checks "textChecks": TextChecks,
        /// Whether a matter must name at least one demand (诉求点).
        pub demands_required "demandsRequired": bool,
        /// Whether a reply must answer every demand (逐条回应).
        pub every_demand_answered "everyDemandAnswered": bool,
        /// How many contacts with the proposer must be recorded before the reply is handed in for review.
        pub contacts_before_reply "contactsBeforeReply": u16,
        /// After how many returns of one matter the next request to hand it back is a dispute (争议协调).
        pub returns_before_dispute "returnsBeforeDispute": u16,
        /// Who settles such a dispute.
        pub arbitrated_by "arbitratedBy": ArbitratedBy,
        /// How often the agency of one assignment may be urged in a day.
        pub urges_per_day "urgesPerDay": UrgesPerDay,
        /// The region's words for the outcomes.
        pub outcomes "outcomes": OutcomeLabels,
        /// The outcomes that must be backed by a promise with a date.
        pub promises_required_for "promisesRequiredFor": Vec<Outcome>,
        /// The grounds on which a matter is not accepted.
        pub refusal_grounds "refusalGrounds": RefusalGrounds,
        /// The sign-off chain, first step first.
        pub sign_off "signOff": Vec<SignOffStep>,
        /// The ways of contact that count as face to face (面商).
        pub face_to_face_modes "faceToFaceModes": Vec<ContactMode>,
        /// The rule of withdrawal.
        pub withdrawal "withdrawal": Withdrawal,
        /// The rule of feedback.
        pub feedback "feedback": FeedbackRule,
        /// The labels of supervision that the office may give, e.g. 重点督办.
        pub supervision_labels "supervisionLabels": Vec<String>,
        /// The agency roles that do not see the proposer of a restricted matter.
        pub proposer_masked_from "proposerMaskedFrom": Vec<Role>,
    }
}

impl RuleSet {
    /// Parses a text of format `rules/1`.
    ///
    /// # Errors
    /// The faults with their JSON paths; faults of shape come first, those of sense when the shape is right.
    pub fn parse(json: &str) -> Result<Self, Vec<DocumentFault>> {
        let mut faults = Faults::default();
        let rules = parse_json(json, &mut faults).and_then(|value| Self::from_json(&value, "$", &mut faults));
        if let Some(rules) = &rules {
            checks::check(rules, &mut faults);
        }
        faults.into_result(rules)
    }

    /// The text of a rule set that comes with the program, by its name.
    pub fn preset(name: &str) -> Option<&'static str> {
        PRESETS.iter().find(|preset| preset.name == name).map(|preset| preset.json)
    }

    /// The region's word for an outcome.
    ///
    /// A parsed rule set has a word for each; the program's own word stands in otherwise.
    pub fn outcome_label(&self, institution: Institution, outcome: Outcome) -> &str {
        let labels = match institution {
            Institution::Congress => &self.outcomes.congress,
            Institution::Cppcc => &self.outcomes.cppcc,
        };
        let found = labels.iter().find(|entry| entry.outcome == outcome);
        found.map_or(outcome.label(crate::language::Language::Zh), |entry| &entry.label)
    }

    /// The grounds on which this institution does not accept a matter.
    pub fn grounds(&self, institution: Institution) -> &[RefusalGround] {
        match institution {
            Institution::Congress => &self.refusal_grounds.congress,
            Institution::Cppcc => &self.refusal_grounds.cppcc,
        }
    }

    /// Whether this outcome must be backed by a promise with a date.
    pub fn requires_promise(&self, outcome: Outcome) -> bool {
        self.promises_required_for.contains(&outcome)
    }

    /// Whether this way of contact counts as face to face.
    pub fn is_face_to_face(&self, mode: ContactMode) -> bool {
        self.face_to_face_modes.contains(&mode)
    }

    /// Whether the proposer of a restricted matter is masked from this role.
    pub fn masks_proposer_from(&self, role: Role) -> bool {
        self.proposer_masked_from.contains(&role)
    }
}

#[cfg(test)]
mod tests;
