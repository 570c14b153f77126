//! The questions put to a proposer beside the four ratings (征询意见表、反馈意见表).
//!
//! A form is a versioned template; a sent form keeps the version with which it was sent. The ratings and the
//! comment are fields of every form and not questions here, so that they can be counted everywhere alike. No
//! question of the forms that come with the program is required: the four ratings alone are a complete form.
//!
//! Deliberately absent: the ratings, who may answer, and until when.

use super::document::{DocumentFault, Faults, FromJson, check_format, parse_json, record};
use crate::text::{self, TextFault, TextRule};
use crate::vocabulary::Institution;
use std::collections::HashSet;

/// The format of the JSON text.
pub const FORMAT: &str = "feedback-form/1";
/// The most characters of one answer.
pub const ANSWER_MAX_CHARS: usize = 500;
/// The forms that come with the program, as JSON texts for [`FeedbackForm::parse`].
pub const SHIPPED: &[&str] =
    &[include_str!("../../data/forms/congress.json"), include_str!("../../data/forms/cppcc.json")];

/// The most characters of a title, label or option.
const LABEL_MAX_CHARS: usize = 200;

record! {
    /// One question.
    pub struct Question {
        /// The stable key inside the form, in camel case.
        pub key "key": String,
        /// The question for people.
        pub label "label": String,
        /// Whether it must be answered.
        pub required "required": bool,
        /// The answers to choose from, exactly one; empty for a free text of one or several lines.
        pub options "options": Vec<String>,
    }
}

record! {
    /// A template of feedback forms.
    pub struct FeedbackForm {
        /// The format, always [`FORMAT`].
        pub format "format": String,
        /// To whose proposers it is sent.
        pub institution "institution": Institution,
        /// The title of the printed form.
        pub title "title": String,
        /// The version, from 1.
        pub version "version": u32,
        /// The questions, in the order of the form.
        pub questions "questions": Vec<Question>,
    }
}

/// Why an answer is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFault {
    /// The index of the answer, or none for a question that was not answered.
    pub answer: Option<usize>,
    /// The key of the question, as received.
    pub key: String,
    /// Why.
    pub kind: AnswerFaultKind,
}

/// The kinds of faulty answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerFaultKind {
    /// The form has no such question.
    UnknownQuestion,
    /// The question is answered twice.
    AnsweredTwice,
    /// The question must be answered.
    Missing,
    /// The answer is none of the options.
    NotAmong(Vec<String>),
    /// The text is too long or holds a forbidden character.
    Text(TextFault),
}

impl FeedbackForm {
    /// Parses a text of format `feedback-form/1`.
    ///
    /// # Errors
    /// The faults with their JSON paths; the form is refused as a whole.
    pub fn parse(json: &str) -> Result<Self, Vec<DocumentFault>> {
        let mut faults = Faults::default();
        let form = parse_json(json, &mut faults).and_then(|value| Self::from_json(&value, "$", &mut faults));
        if let Some(form) = &form {
            form.check(&mut faults);
        }
        faults.into_result(form)
    }

    fn check(&self, faults: &mut Faults) {
        check_format(&self.format, FORMAT, faults);
        if self.version == 0 {
            faults.add("$.version", "版本从1开始", "must be at least 1");
        }
        faults.check_text("$.title", &self.title, TextRule::line(LABEL_MAX_CHARS));
        for (index, question) in self.questions.iter().enumerate() {
            let path = format!("$.questions[{index}]");
            let key = &question.key;
            if key.len() > 40
                || !key.starts_with(|c: char| c.is_ascii_lowercase())
                || !key.bytes().all(|b| b.is_ascii_alphanumeric())
            {
                faults.add(
                    format!("{path}.key"),
                    "应为小驼峰英文,最多40个字符",
                    "must be camel case, at most 40 characters",
                );
            }
            faults.check_text(&format!("{path}.label"), &question.label, TextRule::line(LABEL_MAX_CHARS));
            for (at, option) in question.options.iter().enumerate() {
                faults.check_text(&format!("{path}.options[{at}]"), option, TextRule::line(LABEL_MAX_CHARS));
            }
            let options =
                question.options.iter().enumerate().map(|(at, option)| (format!("{path}.options[{at}]"), option));
            faults.add_duplicates(options, ToString::to_string);
        }
        let keys = self
            .questions
            .iter()
            .enumerate()
            .map(|(index, question)| (format!("$.questions[{index}].key"), &question.key));
        faults.add_duplicates(keys, ToString::to_string);
    }
}

/// Returns the cleaned answers, blank ones left out: whoever clears a field has not answered.
///
/// # Errors
/// Every faulty answer, in the order received, then every question that must be answered and is not.
pub fn check_answers(
    form: &FeedbackForm,
    answers: &[(String, String)],
) -> Result<Vec<(String, String)>, Vec<AnswerFault>> {
    let mut faults = Vec::new();
    let mut cleaned = Vec::new();
    let mut seen = HashSet::new();
    for (index, (key, answer)) in answers.iter().enumerate() {
        let outcome = match form.questions.iter().find(|question| &question.key == key) {
            None => Err(AnswerFaultKind::UnknownQuestion),
            Some(_) if !seen.insert(key) => Err(AnswerFaultKind::AnsweredTwice),
            Some(question) => check_answer(question, answer),
        };
        match outcome {
            Ok(answer) if answer.is_empty() => {}
            Ok(answer) => cleaned.push((key.clone(), answer)),
            Err(kind) => faults.push(AnswerFault { answer: Some(index), key: key.clone(), kind }),
        }
    }
    for question in form.questions.iter().filter(|question| question.required) {
        let named = |key: &String| key == &question.key;
        // A faulty answer is named already; it is not missing as well.
        if !cleaned.iter().any(|(key, _)| named(key)) && !faults.iter().any(|fault| named(&fault.key)) {
            faults.push(AnswerFault { answer: None, key: question.key.clone(), kind: AnswerFaultKind::Missing });
        }
    }
    if faults.is_empty() { Ok(cleaned) } else { Err(faults) }
}

fn check_answer(question: &Question, answer: &str) -> Result<String, AnswerFaultKind> {
    let answer = text::check(answer, TextRule::body(ANSWER_MAX_CHARS).optional()).map_err(AnswerFaultKind::Text)?;
    if answer.is_empty() || question.options.is_empty() || question.options.contains(&answer) {
        Ok(answer)
    } else {
        Err(AnswerFaultKind::NotAmong(question.options.clone()))
    }
}

#[cfg(test)]
mod tests;
