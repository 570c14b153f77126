//! What a single entry of a roster must fulfil beyond its shape, and what may stand there only once.
//!
//! Works on the bare JSON and keeps silent where the shape is wrong: that is named already.

use super::FORMAT;
use crate::rules::document::{Faults, check_format};
use crate::rules::legal_day::legal_day;
use crate::rules::rule_set::RuleSet;
use crate::text::{self, TextRule};
use crate::vocabulary::{Institution, OrganizationKind};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde_json::Value;

/// The days before the opening and after the closing between which the cut-off must lie.
const CUTOFF_MARGIN_DAYS: i64 = 30;

/// One entry of a list of the file.
#[derive(Clone, Copy)]
pub(super) struct Raw<'a> {
    list: &'static str,
    index: usize,
    value: &'a Value,
}

impl<'a> Raw<'a> {
    /// The path of a member.
    pub(super) fn path(&self, key: &str) -> String {
        format!("$.{}[{}].{key}", self.list, self.index)
    }

    /// The text of a member, without outer white space.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        text_of(self.value, key)
    }

    /// The entries of a member that is a list.
    pub(super) fn members(&self, key: &str) -> impl Iterator<Item = (String, &'a Value)> {
        let path = self.path(key);
        let values = self.value.get(key).and_then(Value::as_array);
        values.into_iter().flatten().enumerate().map(move |(index, value)| (format!("{path}[{index}]"), value))
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.value.get(key).and_then(Value::as_i64)
    }

    fn date(&self, key: &str) -> Option<NaiveDate> {
        date_of(self.value, key)
    }
}

/// The entries of a list of the file.
pub(super) fn entries<'a>(root: &'a Value, list: &'static str) -> impl Iterator<Item = Raw<'a>> {
    let values = root.get(list).and_then(Value::as_array);
    values.into_iter().flatten().enumerate().map(move |(index, value)| Raw { list, index, value })
}

/// The text of a member, without outer white space.
pub(super) fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

fn date_of(value: &Value, key: &str) -> Option<NaiveDate> {
    value.get(key).and_then(Value::as_str).and_then(|text| text.parse().ok())
}

/// Notes every fault inside single entries, and every duplicate.
pub(super) fn check(root: &Value, faults: &mut Faults) {
    if let Some(format) = root.get("format").and_then(Value::as_str) {
        check_format(format, FORMAT, faults);
    }
    for region in entries(root, "regions") {
        let is_code = |code: &str| (6..=12).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        if region.text("code").is_some_and(|code| !is_code(code)) {
            faults.add(region.path("code"), "行政区划代码应为6至12位数字", "must be 6 to 12 digits");
        }
        check_length(&region, "name", 100, faults);
    }
    entries(root, "organizations").for_each(|organization| check_organization(&organization, faults));
    entries(root, "users").for_each(|user| check_user(&user, faults));
    entries(root, "sessions").for_each(|session| check_session(&session, faults));
    entries(root, "categories").for_each(|category| check_length(&category, "name", 100, faults));
    for rules in entries(root, "rules") {
        if rules.text("preset").is_some_and(|preset| RuleSet::preset(preset).is_none()) {
            faults.add(rules.path("preset"), "没有这个预置规则", "no such preset");
        }
    }
    check_duplicates(root, faults);
}

fn check_organization(organization: &Raw<'_>, faults: &mut Faults) {
    use OrganizationKind as K;
    check_key(organization, faults);
    check_length(organization, "name", 100, faults);
    for (path, duty) in organization.members("duties") {
        check_long(&path, duty, 200, faults);
    }
    let Some(kind) = organization.text("kind").and_then(K::from_code) else {
        return;
    };
    let code = organization.text("institution");
    let institution = code.and_then(Institution::from_code);
    // The institution that goes without saying for the kind, and whether the kind has one at all.
    let (expected, has_one) = match kind {
        K::CongressOffice | K::Delegation => (Some(Institution::Congress), true),
        K::CppccOffice | K::Sector => (Some(Institution::Cppcc), true),
        K::Committee => (None, true),
        K::TransferOffice | K::Agency | K::Section => (None, false),
    };
    let path = organization.path("institution");
    match (expected, institution) {
        (Some(expected), None) if code.is_none() => {
            faults.add(
                path,
                format!("此类机构应写明{}", expected.code()),
                format!("this kind needs {}", expected.code()),
            );
        }
        (Some(expected), Some(found)) if found != expected => {
            faults.add(
                path,
                format!("此类机构应为{}", expected.code()),
                format!("this kind belongs to {}", expected.code()),
            );
        }
        (None, Some(_)) if !has_one => {
            faults.add(path, "此类机构不属于人大或政协", "this kind belongs to no institution")
        }
        _ => {}
    }
    if kind == K::Section && organization.text("parent").is_none() {
        faults.add(
            organization.path("parent"),
            "科室应写明所属机构",
            "a section needs the organisation of which it is a part",
        );
    }
}

fn check_user(user: &Raw<'_>, faults: &mut Faults) {
    check_length(user, "username", 64, faults);
    check_length(user, "name", 50, faults);
    if user.text("username").is_some_and(|name| name.contains(char::is_whitespace)) {
        faults.add(user.path("username"), "用户名不能含空白", "must not hold white space");
    }
    if user.text("email").is_some_and(|email| !is_email(email)) {
        let (zh, en) = ("应为邮箱地址,例如 name@example.cn", "must be a mail address such as name@example.cn");
        faults.add(user.path("email"), zh, en);
    }
    if user.text("mobile").is_some_and(|mobile| !is_mobile(mobile)) {
        let (zh, en) =
            ("应为手机号码:6至15位数字,可以+开头", "must be a telephone number: 6 to 15 digits, perhaps after +");
        faults.add(user.path("mobile"), zh, en);
    }
    if user.value.get("positions").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        faults.add(user.path("positions"), "至少应有一个身份", "needs at least one position");
    }
    for (path, position) in user.members("positions") {
        let (starts_on, ends_on) = (date_of(position, "startsOn"), date_of(position, "endsOn"));
        if starts_on.zip(ends_on).is_some_and(|(starts, ends)| ends < starts) {
            faults.add(format!("{path}.endsOn"), "早于开始日期", "lies before startsOn");
        }
    }
    let hats = user.members("positions").filter_map(|(path, position)| {
        let hat = (text_of(position, "role")?, text_of(position, "organization")?, date_of(position, "startsOn"));
        Some((path, hat))
    });
    faults.add_duplicates(hats, |(role, organization, _)| format!("{role} @ {organization}"));
}

/// Whether every mail server takes it: the usual signs of RFC 5321 without quotes, at most 254 bytes.
fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let is_dotted = |text: &str| !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 254
        && (1..=64).contains(&local.len())
        && local.bytes().all(is_local)
        && is_dotted(local)
        && host.contains('.')
        && host.split('.').all(is_label)
}

/// Whether it is a number that can be dialled (E.164: at most 15 digits).
fn is_mobile(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (6..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn check_session(session: &Raw<'_>, faults: &mut Faults) {
    check_key(session, faults);
    check_length(session, "title", 200, faults);
    for key in ["termNo", "sessionNo"] {
        if session.number(key).is_some_and(|number| !(1..=99).contains(&number) && u16::try_from(number).is_ok()) {
            faults.add(session.path(key), "应在1至99之间", "must be from 1 to 99");
        }
    }
    let Some(opens_on) = session.date("opensOn") else {
        return;
    };
    let year = i64::from(opens_on.year());
    // A session late in December may open the next handling year.
    if session.number("handlingYear").is_some_and(|found| found != year && found != year + 1) {
        faults.add(session.path("handlingYear"), "应为开幕当年或次年", "must be the year of the opening or the next");
    }
    let Some(closes_on) = session.date("closesOn") else {
        return;
    };
    if closes_on < opens_on {
        faults.add(session.path("closesOn"), "早于开幕日期", "lies before opensOn");
        return;
    }
    let cutoff = session.text("submissionCutoff").and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    let margin = TimeDelta::days(CUTOFF_MARGIN_DAYS);
    let may_be = opens_on.checked_sub_signed(margin).zip(closes_on.checked_add_signed(margin));
    if let (Some(cutoff), Some((first, last))) = (cutoff, may_be) {
        let day = legal_day(cutoff.with_timezone(&Utc));
        if day < first || day > last {
            let (zh, en) = (format!("应在{first}至{last}之间"), format!("must lie from {first} to {last}"));
            faults.add(session.path("submissionCutoff"), zh, en);
        }
    }
}

fn check_duplicates(root: &Value, faults: &mut Faults) {
    for (list, key) in [("regions", "code"), ("organizations", "key"), ("sessions", "key")] {
        let found = entries(root, list).filter_map(|entry| Some((entry.path(key), entry.text(key)?)));
        faults.add_duplicates(found, |text| (*text).to_owned());
    }
    let usernames =
        entries(root, "users").filter_map(|user| Some((user.path("username"), user.text("username")?.to_lowercase())));
    faults.add_duplicates(usernames, String::clone);
    let sessions = entries(root, "sessions").filter_map(|session| {
        let (region, institution) = (session.text("region")?, session.text("institution")?);
        Some((
            session.path("sessionNo"),
            (region, institution, session.number("termNo")?, session.number("sessionNo")?),
        ))
    });
    faults.add_duplicates(sessions, |(region, institution, term, number)| {
        format!("{region} {institution} {term}-{number}")
    });
    let categories = entries(root, "categories")
        .filter_map(|entry| Some((entry.path("name"), (entry.text("region")?, entry.text("name")?))));
    faults.add_duplicates(categories, |(_, name)| (*name).to_owned());
    let rules = entries(root, "rules")
        .filter_map(|entry| Some((entry.path("from"), (entry.text("region")?, entry.date("from")?))));
    faults.add_duplicates(rules, |(region, from)| format!("{region} {from}"));
}

/// Keys are for files alone: plain letters that nobody confuses.
fn check_key(entry: &Raw<'_>, faults: &mut Faults) {
    let is_key =
        |key: &str| key.len() <= 64 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if entry.text("key").is_some_and(|key| !is_key(key)) {
        let (zh, en) =
            ("应为英文字母、数字、-、_、.,最多64个", "must be letters a to z, digits, -, _ or ., at most 64");
        faults.add(entry.path("key"), zh, en);
    }
}

fn check_length(entry: &Raw<'_>, key: &str, max_chars: usize, faults: &mut Faults) {
    if let Some(value) = entry.value.get(key) {
        check_long(&entry.path(key), value, max_chars, faults);
    }
}

/// Notes a text that is too long; blank and forbidden ones are named by the first pass.
fn check_long(path: &str, value: &Value, max_chars: usize, faults: &mut Faults) {
    let rule = TextRule::line(max_chars);
    let too_long = |text: &&str| matches!(text::check(text, rule), Err(text::TextFault::TooLong { .. }));
    if let Some(text) = value.as_str().filter(too_long) {
        faults.check_text(path, text, rule);
    }
}
