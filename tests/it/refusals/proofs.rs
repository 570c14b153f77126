//! Which test provokes which refusal. A refusal without a test does not compile here.

use super::{
    accounts, appraisal, assigning, cosigning, desk, drafting, feedback, files, handling, merging, notices,
    office_records, promises, publishing, replying, returning, reviewing, rules, signing_off, states, supervising,
    withdrawing,
};
use crate::support::ledger;
use domain::refusal::{MergeFault, PasswordWeakness, Refusal, Thing};

/// Maps every variant of an enum to its test, and lists the pairs as text.
macro_rules! proofs {
    ($list:ident of $kind:ident: $($variant:ident $(($($inner:tt)*))? $({$dots:tt})? => $($test:ident)::+,)+) => {
        const $list: &[(&str, &str)] = &[$((stringify!($variant), stringify!($($test)::+))),+];

        const _: fn(&$kind) -> fn() = |reason| match reason {
            $($kind::$variant $(($($inner)*))? $({$dots})? => $($test)::+,)+
        };
    };
}

proofs! { REFUSALS of Refusal:
    Required => drafting::a_blank_title_is_missing,
    TooLong { .. } => drafting::a_title_may_not_be_too_long,
    TooMany { .. } => drafting::there_may_not_be_too_many_demands,
    ForbiddenCharacter { .. } => drafting::a_character_that_shows_nothing_is_named_with_its_place,
    NotAmong { .. } => reviewing::a_ground_is_one_of_the_list_of_the_own_body,
    InDocument { .. } => rules::every_fault_of_the_choices_is_named_by_its_path,
    InPast => rules::rules_do_not_hold_from_yesterday,
    NoSuch(_) => drafting::the_category_must_exist,
    NamedTwice(_) => drafting::an_agency_is_suggested_once,
    WrongState { .. } => states::a_submission_refuses_what_its_state_does_not_allow,
    AppraisalState { .. } => appraisal::a_year_is_announced_once_and_objected_to_once,
    NoScoringRule => appraisal::a_year_without_rules_or_agencies_is_not_announced,
    NothingToAppraise => appraisal::a_year_without_rules_or_agencies_is_not_announced,
    DayNotOver => appraisal::figures_are_frozen_as_of_a_day_that_is_over,
    WrongDeskState { .. } => desk::a_question_refuses_what_its_state_does_not_allow,
    DeskClosed => desk::the_desk_is_open_while_a_session_is_held,
    NotOfAsker => desk::a_question_is_linked_to_a_submission_of_the_asker,
    ShiftEndsFirst => desk::a_shift_ends_after_it_begins,
    OutsideSession { .. } => desk::a_shift_lies_within_its_session,
    DutyEnded { .. } => desk::a_clause_ends_once,
    DutyBeganLater { .. } => desk::a_clause_does_not_end_before_it_began,
    Stale => drafting::a_stale_version_changes_nothing,
    KeyReused => drafting::a_key_belongs_to_one_request,
    KindWithoutRules => drafting::a_motion_has_no_rules_yet,
    KindOfOtherBody => drafting::a_deputy_proposes_to_his_own_body,
    NotCollective => drafting::only_proposals_are_made_in_the_name_of_a_body,
    NoSession => drafting::a_region_without_a_session_takes_no_draft,
    CannotConvert => reviewing::a_suggestion_does_not_become_a_proposal,
    CannotCosign => cosigning::a_co_signer_is_another_member_of_the_same_body,
    AlreadyInvited => cosigning::nobody_is_invited_twice,
    DemandRequired => drafting::a_region_may_ask_for_a_demand,
    ModeMismatch => assigning::the_agencies_fit_the_mode,
    AgencyTwice => assigning::an_agency_stands_once,
    NothingPlanned => assigning::what_is_not_planned_is_not_released,
    SameMatter => merging::a_matter_is_not_compared_with_itself,
    KeptApart => merging::a_pair_is_decided_once_and_taken_back_once,
    NotKeptApart => merging::a_pair_is_decided_once_and_taken_back_once,
    CannotMerge(_) => merging::a_matter_is_not_merged_into_itself,
    ReturnWindowOver { .. } => returning::the_window_for_handing_back_ends,
    DuePassed { .. } => handling::more_time_is_asked_for_in_time,
    MustHandle => returning::a_refused_request_is_not_made_again,
    ArbitrationAwaited => returning::a_dispute_waits_for_a_leader_where_the_rules_say_so,
    UrgedEnough { .. } => assigning::an_agency_is_urged_once_a_day,
    AgencyHasIt => returning::the_other_agency_does_not_have_the_matter_already,
    NotOfAgency => handling::leader_handler_and_section_are_of_the_agency,
    ConflictOfInterest => handling::nobody_handles_what_he_co_signed,
    NotInFuture => replying::a_promise_lies_in_the_future,
    InFuture => handling::a_contact_was_held_before_it_is_recorded,
    YearOutOfRange { .. } => handling::a_contact_was_held_in_living_memory,
    BeyondExtension { .. } => handling::an_extension_is_at_most_six_months,
    NotLater => handling::an_extension_is_later_than_the_due_day,
    RequestOpen => handling::one_request_for_more_time_is_open_at_once,
    ReplyExists => replying::a_round_has_one_reply,
    NotAnswering => replying::a_co_handling_agency_does_not_answer,
    NotCoHandling => handling::an_agency_that_answers_sends_no_opinion,
    OpinionGiven => handling::an_opinion_is_given_once_in_a_round,
    DemandsUnanswered { .. } => replying::every_demand_is_answered_before_review,
    TextKeptBack { .. } => drafting::a_region_may_keep_back_what_its_checks_find,
    PromiseRequired => replying::a_planned_outcome_needs_a_promise,
    ContactsMissing { .. } => replying::a_region_may_ask_for_contacts_before_the_reply,
    OpinionsMissing { .. } => signing_off::opinions_come_before_the_last_signature,
    NotYourStep { .. } => signing_off::nobody_reviews_out_of_turn,
    GatesIncomplete { .. } => signing_off::every_gate_is_checked,
    GateFailed(_) => signing_off::a_failed_gate_stops_the_approval,
    DocumentNoTaken => signing_off::a_document_number_is_used_once_in_an_agency,
    CommentRequired => feedback::dissatisfaction_needs_a_comment,
    FeedbackWindowOver => feedback::a_region_may_close_its_forms_on_their_due_day,
    NotDissatisfied => feedback::another_round_needs_dissatisfaction,
    RoundOver => feedback::a_round_that_is_over_opens_no_other,
    NotDisclosable => signing_off::what_is_not_for_publication_is_not_published,
    PublicationTooEarly { .. } => publishing::a_reply_is_not_published_before_the_waiting_period_is_over,
    PersonalData { .. } => publishing::personal_data_is_named_by_field_and_place,
    NotPublished => publishing::what_is_not_published_is_not_withdrawn,
    AlreadyPublished => signing_off::a_reply_is_published_once,
    RecordWithdrawn => office_records::a_withdrawn_record_stays_as_it_is,
    ReplyNotPublished => promises::a_promise_is_published_with_its_reply_or_after_it,
    NewDateRequired => promises::a_changed_promise_has_a_new_date,
    NewDateForbidden => promises::a_kept_promise_has_no_new_date,
    ConsentAwaited => withdrawing::a_withdrawal_that_is_asked_for_is_not_asked_for_again,
    NoWithdrawalAsked => withdrawing::nobody_consents_to_what_is_not_asked,
    FixedChoice => notices::legal_notices_and_the_inbox_cannot_be_turned_off,
    NotGivenUp => notices::only_what_was_given_up_is_tried_again,
    FileSize { .. } => files::a_file_has_bytes_and_not_too_many,
    BadFileName => files::a_name_is_a_name_of_its_kind,
    NotADigest => files::a_digest_is_one,
    NothingToProve => files::evidence_needs_a_promise,
    FileHandedIn => files::what_was_handed_in_stays,
    WrongCredentials => accounts::an_unknown_name_and_a_wrong_password_are_told_apart_nowhere,
    WrongPassword => accounts::the_present_password_is_asked_for,
    WeakPassword(_) => accounts::a_new_password_is_new,
}

proofs! { MERGE_FAULTS of MergeFault:
    Itself => merging::a_matter_is_not_merged_into_itself,
    OtherKind => merging::matters_of_different_kinds_are_not_merged,
    OtherConfidentiality => merging::a_merger_widens_no_circle_of_readers,
    HasMerged => merging::mergers_do_not_nest,
}

proofs! { WEAKNESSES of PasswordWeakness:
    TooShort(_) => accounts::a_new_password_is_long_enough,
    TooLong(_) => accounts::a_new_password_is_not_endless,
    Control => accounts::a_new_password_can_be_typed_again,
    ContainsUsername => accounts::a_new_password_does_not_hold_the_name,
    Common => accounts::a_new_password_is_not_well_known,
    Unchanged => accounts::a_new_password_is_new,
}

// A thing that nothing can miss is refused when it is named twice, and so in the second list alone.
proofs! { MISSING of Thing:
    Session => drafting::the_session_must_be_one_of_the_own_body,
    Category => drafting::the_category_must_exist,
    Agency => drafting::only_agencies_can_be_suggested,
    Person => supervising::a_supervising_leader_is_a_leader,
    TransferOffice => reviewing::the_transfer_office_must_be_one,
    Position => accounts::a_position_is_the_persons_own,
    Demand => replying::an_answer_belongs_to_a_demand,
    Attachment => promises::a_file_that_proves_it_must_exist,
    Question => feedback::an_answer_belongs_to_a_question,
    Gate => signing_off::a_gate_has_one_verdict,
    Finding => appraisal::findings_are_those_of_the_rules_each_named_once,
}

/// Things that a command can name twice.
const TWICE: &[(&str, &str)] = &[
    ("Agency", "drafting::an_agency_is_suggested_once"),
    ("Person", "cosigning::nobody_is_named_twice_in_one_invitation"),
    ("Demand", "replying::a_demand_is_answered_once"),
    ("Question", "feedback::a_question_is_answered_once"),
    ("Gate", "signing_off::a_gate_has_one_verdict"),
    ("Finding", "appraisal::findings_are_those_of_the_rules_each_named_once"),
];

/// The text of a test in one of the files beside this one.
fn body(test: &str) -> String {
    let test = test.replace(' ', "");
    let (file, name) = test.split_once("::").expect("a test has a file and a name");
    let path = format!("{}/it/refusals/{file}.rs", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let start = text.find(&format!("#[tokio::test]\npub async fn {name}() {{"));
    let start = start.unwrap_or_else(|| panic!("{file}.rs has no test {name}"));
    let end = text[start..].find("\n}\n").expect("a test ends");
    text[start..start + end].to_owned()
}

#[test]
fn each_refusal_has_a_test_that_names_it() {
    let mut missing = Vec::new();
    let mut look = |list: &[(&str, &str)], word: &dyn Fn(&str) -> String| {
        for (variant, test) in list {
            if !body(test).contains(&word(variant)) {
                missing.push(format!("{test} does not name {}", word(variant)));
            }
        }
    };
    // The states have a table of their own, whose refusals come from the life cycles.
    let told: Vec<_> = REFUSALS.iter().copied().filter(|(variant, _)| *variant != "WrongState").collect();
    look(&told, &|variant| format!("Refusal::{variant}"));
    look(MERGE_FAULTS, &|variant| format!("MergeFault::{variant}"));
    look(WEAKNESSES, &|variant| format!("PasswordWeakness::{variant}"));
    look(MISSING, &|variant| format!("(Thing::{variant})"));
    look(TWICE, &|variant| format!("NamedTwice(Thing::{variant})"));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn whatever_the_program_finds_missing_or_twice_is_proved_here() {
    let mut unproved = Vec::new();
    let folder = format!("{}/../api/src/use_cases", env!("CARGO_MANIFEST_DIR"));
    for entry in walk(std::path::Path::new(&folder)) {
        let text = std::fs::read_to_string(&entry).expect("a file of text");
        for (kind, list) in [("NoSuch", MISSING), ("NamedTwice", TWICE)] {
            for found in text.split(&format!("{kind}(Thing::")).skip(1) {
                let thing = found.split(')').next().unwrap_or_default();
                let proved = list
                    .iter()
                    .any(|(name, test)| *name == thing && body(test).contains(&format!("{kind}(Thing::{thing})")));
                if !proved {
                    unproved.push(format!("{kind}(Thing::{thing}) in {}", entry.display()));
                }
            }
        }
    }
    assert!(unproved.is_empty(), "give each of these a test and list it above:\n{}", unproved.join("\n"));
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the use cases are there").flatten() {
        if entry.path().is_dir() { files.extend(walk(&entry.path())) } else { files.push(entry.path()) }
    }
    files
}

#[test]
fn the_ledger_that_sees_nothing_stored_holds_every_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../entity/src");
    let mut unseen = Vec::new();
    for file in walk(std::path::Path::new(folder)) {
        let text = std::fs::read_to_string(&file).expect("a file of text");
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let seen = ledger::TABLES.contains(&name.as_str()) || ledger::LEFT_OUT.contains(&name.as_str());
        if text.contains("DeriveEntityModel") && !seen {
            unseen.push(name);
        }
    }
    assert!(unseen.is_empty(), "add these to the tables in tests/it/support/ledger.rs: {unseen:?}");
}
