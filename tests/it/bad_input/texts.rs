//! Texts: hidden and broken characters, too much, nothing where something is asked for.

use super::bases::{self, APART};
use super::fields::{self, Field};
use crate::refusals::{call, expected, reasons};
use crate::support::{Client, TestApp};
use domain::appraisal::ScoringRule;
use domain::language::Language;
use domain::refusal::{Fault, Refusal, Thing};
use domain::rules::feedback_form::ANSWER_MAX_CHARS;
use domain::rules::rule_set::{PRESETS, RuleSet, overlay};
use domain::vocabulary::SubmissionKind;
use serde_json::{Value, json};

/// Characters that no text may hold: NUL, bell, next line, right-to-left override, zero-width space, a letter
/// without a shape, a private one.
const HIDDEN: &[char] = &['\0', '\u{7}', '\u{85}', '\u{202e}', '\u{2067}', '\u{200b}', '\u{3164}', '\u{e000}'];

/// What a text may be.
enum Rule {
    /// At most so many characters, of several lines or of one.
    Free { most: usize, one_line: bool },
    /// One of a list, and so nothing else.
    Listed(Refusal),
    /// A JSON document, whose faults are named by their paths in it.
    Document,
}

/// What the rules say about the text at this path.
fn rule(verb: &str, path: &str, rules: &RuleSet) -> Rule {
    let (draft, other) = (rules.texts.of(SubmissionKind::Suggestion), &rules.texts.other);
    let text = |most: u16| Rule::Free { most: usize::from(most), one_line: false };
    let line = |most: u16| Rule::Free { most: usize::from(most), one_line: true };
    match (verb, path) {
        ("recordMeeting" | "createOfficeRecord" | "updateOfficeRecord", "title") => line(200),
        (_, "number" | "outlet" | "programme") => line(100),
        (_, "link") => Rule::Listed(Refusal::NotAmong { allowed: "https://…, http://…".into() }),
        ("addDuty" | "changeDuty", "text") => line(200),
        ("addDuty" | "changeDuty", "legalBasis") => text(200),
        ("askConsultation", "question") => text(1_000),
        ("answerConsultation", "text") => text(2_000),
        ("addDeskShift", "staff") => text(50),
        (_, "title") => line(draft.title),
        (_, "background") => text(draft.background),
        (_, "analysis") => text(draft.analysis),
        (_, "recommendations") => text(draft.recommendations),
        (_, "demands") => text(draft.demand),
        (_, "idempotencyKey") => line(128),
        (_, "collective.name") => line(100),
        (_, "reason" | "decisions.0.reason" | "findings.0.reason") => text(other.reason),
        (_, "comment" | "opinion") | ("urge", "message") => text(other.comment),
        ("instruct", "text") => text(other.instruction),
        ("reportProgress", "note") => text(other.note),
        ("startHandling", "plan") => text(other.plan),
        ("planAssignment", "agencies.0.scope") => text(other.scope),
        ("draftReply" | "updateReply", "body") => text(other.reply_body),
        ("draftReply" | "updateReply", "demandAnswers.0.answer") => text(other.demand_answer),
        ("draftReply" | "updateReply", "commitments.0.text") => text(other.commitment),
        ("sendOpinion", "body") => text(other.opinion),
        ("reviewReply", "gates.0.remark") => text(other.gate_remark),
        ("issueReply", "documentNo") => line(other.document_no),
        ("recordContact" | "recordMeeting", "place") => text(other.place),
        ("recordContact" | "recordMeeting", "participants") => text(other.participant),
        ("recordContact" | "recordMeeting", "summary") => text(other.summary),
        ("reportCommitment", "report") => text(other.commitment_report),
        ("rateReply", "answers.0.value") => Rule::Free { most: ANSWER_MAX_CHARS, one_line: false },
        ("rateReply", "answers.0.key") => Rule::Listed(Refusal::NoSuch(Thing::Question)),
        ("supervise", "label") => Rule::Listed(Refusal::NotAmong { allowed: rules.supervision_labels.join(", ") }),
        ("refuseSubmission", "ground") => {
            let grounds: Vec<&str> = rules.refusal_grounds.congress.iter().map(|g| g.code.as_str()).collect();
            Rule::Listed(Refusal::NotAmong { allowed: grounds.join(", ") })
        }
        ("changeRules", "preset") => {
            let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
            Rule::Listed(Refusal::NotAmong { allowed: names.join(", ") })
        }
        (_, "findings.0.code") => {
            let rule = ScoringRule::parse(ScoringRule::PRESET).unwrap();
            Rule::Listed(Refusal::NotAmong { allowed: rule.codes().join(", ") })
        }
        ("changeRules", "overrides") | ("importCalendar", "json") | ("changeScoringRules", "body") => Rule::Document,
        _ => panic!("{verb}.{path} is a new text: say in tests/it/bad_input/texts.rs what it may be"),
    }
}

/// The faulty texts for a field, each with the reason for which it is refused.
fn faulty(rule: &Rule, required: bool) -> Vec<(String, Refusal)> {
    let (most, one_line) = match rule {
        Rule::Free { most, one_line } => (*most, *one_line),
        Rule::Listed(reason) => {
            return vec![
                ("随意\0".into(), reason.clone()),
                ("\u{202e}".into(), reason.clone()),
                ("长".repeat(9_999), reason.clone()),
            ];
        }
        Rule::Document => {
            let no_json = |text: String| {
                let fault = overlay(PRESETS[0].json, &text).unwrap_err().remove(0);
                (text, Fault::in_document("", fault).refusal)
            };
            return ["", "随意\0", "{\u{202e}}", &"长".repeat(9_999)].map(|text| no_json(text.to_owned())).to_vec();
        }
    };
    let hidden = |character: char| {
        (format!("养老{character}服务"), Refusal::ForbiddenCharacter { code_point: character.into(), at: 2 })
    };
    let mut texts: Vec<(String, Refusal)> = HIDDEN.iter().copied().map(hidden).collect();
    if one_line {
        texts.push(hidden('\n'));
    }
    texts.push(("长".repeat(most + 1), Refusal::TooLong { max: most, actual: most + 1 }));
    texts.push((format!("e{}", "\u{301}".repeat(9)), Refusal::ForbiddenCharacter { code_point: 0x301, at: 9 }));
    if required {
        texts.push((" \u{3000}\n".into(), Refusal::Required));
        texts.push((String::new(), Refusal::Required));
    }
    texts
}

async fn sees_refused(client: &Client, verb: &str, input: Value, reason: &Fault) {
    let answer = call(client, verb, input).await;
    assert_eq!(reasons(&answer, verb), [expected(reason, Language::Zh)], "{verb}");
}

/// Where a refusal of the text points, and how the text is put there.
fn place(field: &Field, text: &str) -> (String, Value) {
    match field.list {
        true => (format!("{}.0", field.path), json!([text])),
        false => (field.path.clone(), json!(text)),
    }
}

#[tokio::test]
async fn every_text_of_every_mutation_is_refused_when_it_is_hidden_broken_or_too_long() {
    let app = TestApp::new().await;
    let rules = RuleSet::parse(RuleSet::preset("shanghai").unwrap()).unwrap();
    let mut tried = 0;
    for verb in fields::verbs_without(APART) {
        let (all, _) = fields::of(&verb);
        let texts: Vec<&Field> = all.iter().filter(|field| field.kind == "String").collect();
        if texts.is_empty() {
            continue;
        }
        let base = bases::of(&app, &verb).await;
        let before = app.ledger().await;
        let mut longest = base.input.clone();
        for field in texts {
            let rule = rule(&verb, &field.path, &rules);
            // An entry of a list of texts is never left blank; whoever clears an answer of a form has not answered.
            let blank = !(field.required || field.list) || field.path == "answers.0.value";
            for (text, reason) in faulty(&rule, !blank) {
                let (path, value) = place(field, &text);
                let path = if matches!(rule, Rule::Document) { format!("{path}.$") } else { path };
                let input = fields::set(&verb, &base.input, &field.path, value);
                sees_refused(&base.client, &verb, input, &reason.at(&path)).await;
                tried += 1;
            }
            if let Rule::Free { most, .. } = rule {
                longest = fields::set(&verb, &longest, &field.path, place(field, &"字".repeat(most)).1);
            }
        }
        before.assert_same(&app.ledger().await, &verb);
        // What was refused has spoiled nothing, and the limits are those that were said.
        call(&base.client, &verb, longest).await.payload(&verb);
    }
    assert!(tried > 500, "only {tried} texts were tried");
}
