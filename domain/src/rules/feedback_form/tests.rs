//! Tests of forms and of answers to them.

use super::*;

fn shipped(institution: Institution) -> FeedbackForm {
    SHIPPED.iter().map(|json| FeedbackForm::parse(json).unwrap()).find(|form| form.institution == institution).unwrap()
}

fn answers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, answer)| ((*key).to_owned(), (*answer).to_owned())).collect()
}

fn form_with_required_questions() -> FeedbackForm {
    let json = r#"{"format": "feedback-form/1", "institution": "CPPCC", "title": "表", "version": 1, "questions": [
        {"key": "visited", "label": "是否走访", "required": true, "options": ["是", "否"]},
        {"key": "remark", "label": "说明", "required": true, "options": []},
        {"key": "more", "label": "其他", "required": false, "options": []}]}"#;
    FeedbackForm::parse(json).unwrap()
}

#[test]
fn the_ratings_alone_are_a_complete_form() {
    for institution in Institution::ALL {
        let form = shipped(*institution);
        assert!(!form.questions.is_empty());
        assert_eq!(check_answers(&form, &[]), Ok(vec![]));
    }
}

#[test]
fn good_answers_are_cleaned_and_blank_ones_left_out() {
    let form = shipped(Institution::Congress);
    let given = answers(&[("replyReceived", " 是 "), ("receivedOn", "2026年4月20日\r\n(挂号)"), ("suggestions", "  ")]);
    let cleaned = answers(&[("replyReceived", "是"), ("receivedOn", "2026年4月20日\n(挂号)")]);
    assert_eq!(check_answers(&form, &given), Ok(cleaned));
}

#[test]
fn every_faulty_answer_is_named() {
    use AnswerFaultKind as K;
    let long = "长".repeat(501);
    let given =
        answers(&[("visited", "也许"), ("more", &long), ("nobody", "是"), ("more", "再答"), ("remark", "a\u{202E}b")]);
    let faults = check_answers(&form_with_required_questions(), &given).unwrap_err();
    let found: Vec<_> = faults.into_iter().map(|fault| (fault.answer, fault.key, fault.kind)).collect();
    let expected = [
        (Some(0), "visited", K::NotAmong(vec!["是".into(), "否".into()])),
        (Some(1), "more", K::Text(TextFault::TooLong { max: 500, actual: 501 })),
        (Some(2), "nobody", K::UnknownQuestion),
        (Some(3), "more", K::AnsweredTwice),
        (Some(4), "remark", K::Text(TextFault::Forbidden { character: '\u{202E}', at: 1 })),
    ];
    assert_eq!(found, expected.map(|(index, key, kind)| (index, key.to_owned(), kind)));
}

#[test]
fn a_required_question_must_be_answered_and_blank_is_no_answer() {
    let missing = |given: &[(&str, &str)]| {
        let faults = check_answers(&form_with_required_questions(), &answers(given)).unwrap_err();
        assert!(faults.iter().all(|fault| fault.kind == AnswerFaultKind::Missing && fault.answer.is_none()));
        faults.into_iter().map(|fault| fault.key).collect::<Vec<_>>()
    };
    assert_eq!(missing(&[]), ["visited", "remark"]);
    assert_eq!(missing(&[("visited", "否"), ("remark", " \u{3000}")]), ["remark"]);
}

#[test]
fn every_fault_of_a_form_is_named_by_its_path() {
    let json = r#"{"format": "form", "institution": "CPPCC", "title": "表", "version": 0, "questions": [
        {"key": "Visited", "label": "问", "required": false, "options": ["是", "是"]},
        {"key": "b", "label": "问", "required": false, "options": []},
        {"key": "b", "label": "问", "required": false, "options": []}]}"#;
    let paths: Vec<_> = FeedbackForm::parse(json).unwrap_err().into_iter().map(|fault| fault.path).collect();
    assert_eq!(
        paths,
        ["$.format", "$.version", "$.questions[0].key", "$.questions[0].options[1]", "$.questions[2].key"]
    );
    let paths: Vec<_> = FeedbackForm::parse("{}").unwrap_err().into_iter().map(|fault| fault.path).collect();
    assert_eq!(paths, ["$.format", "$.institution", "$.title", "$.version", "$.questions"]);
}
