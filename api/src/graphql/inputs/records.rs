//! Inputs about records of official documents, bulletins, openness and media.

use crate::error::AppResult;
use crate::graphql::context::{parse, parse_all, parse_some};
use crate::graphql::scalars::Date;
use crate::use_cases::keeping_records;
use async_graphql::{ID, InputObject};
use domain::vocabulary::OfficeRecordKind;

/// Record a document, a bulletin, a post or a broadcast (登记文稿、动态、政务公开、媒体宣传).
#[derive(Clone, Debug, InputObject)]
pub struct CreateOfficeRecordInput {
    /// Kind (类别).
    pub kind: OfficeRecordKind,
    /// Title, at most 200 characters (标题).
    pub title: String,
    /// Document number; for bulletins and circulars the issue number, which they need (发文字号、期号).
    pub number: Option<String>,
    /// Newspaper, station or site; needed for media (媒体、平台).
    pub outlet: Option<String>,
    /// Programme or column (栏目).
    pub programme: Option<String>,
    /// The day of issue, posting or broadcast; not in the future (日期).
    pub issued_on: Date,
    /// For which handling year it counts; the year of the day when left out (办理年度).
    pub handling_year: Option<i32>,
    /// The session with which it deals (会议).
    pub session_id: Option<ID>,
    /// Where it can be read, beginning with https:// or http:// (链接).
    pub link: Option<String>,
    /// How many items it stands for, from 1 to 10,000; one when left out (件数).
    pub items: Option<i32>,
    /// The matters that it is about, at most 200 (涉及的件).
    pub submission_ids: Option<Vec<ID>>,
    /// The same key from the same person gives the first result again (幂等键).
    pub idempotency_key: Option<String>,
}

impl CreateOfficeRecordInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<keeping_records::CreateRecord> {
        Ok(keeping_records::CreateRecord {
            kind: self.kind,
            title: self.title,
            number: self.number,
            outlet: self.outlet,
            programme: self.programme,
            issued_on: self.issued_on.0,
            handling_year: self.handling_year,
            session_id: parse_some(self.session_id.as_ref(), "sessionId")?,
            link: self.link,
            items: self.items,
            submission_ids: self.submission_ids.as_deref().map(|ids| parse_all(ids, "submissionIds")).transpose()?,
            idempotency_key: self.idempotency_key,
        })
    }
}

/// Change a record; what is left out stays, a blank text is taken away (修改登记).
#[derive(Clone, Debug, InputObject)]
pub struct UpdateOfficeRecordInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Title, at most 200 characters (标题).
    pub title: Option<String>,
    /// Document or issue number (发文字号、期号).
    pub number: Option<String>,
    /// Newspaper, station or site (媒体、平台).
    pub outlet: Option<String>,
    /// Programme or column (栏目).
    pub programme: Option<String>,
    /// The day of issue, posting or broadcast; not in the future (日期).
    pub issued_on: Option<Date>,
    /// For which handling year it counts (办理年度).
    pub handling_year: Option<i32>,
    /// The session with which it deals (会议).
    pub session_id: Option<ID>,
    /// Where it can be read, beginning with https:// or http:// (链接).
    pub link: Option<String>,
    /// How many items it stands for, from 1 to 10,000 (件数).
    pub items: Option<i32>,
    /// The matters that it is about, all of them, at most 200 (涉及的件).
    pub submission_ids: Option<Vec<ID>>,
}

impl UpdateOfficeRecordInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<keeping_records::UpdateRecord> {
        Ok(keeping_records::UpdateRecord {
            id: parse(&self.id, "id")?,
            version: self.version,
            title: self.title,
            number: self.number,
            outlet: self.outlet,
            programme: self.programme,
            issued_on: self.issued_on.map(|day| day.0),
            handling_year: self.handling_year,
            session_id: parse_some(self.session_id.as_ref(), "sessionId")?,
            link: self.link,
            items: self.items,
            submission_ids: self.submission_ids.as_deref().map(|ids| parse_all(ids, "submissionIds")).transpose()?,
        })
    }
}

/// Withdraw a record, so that it no longer counts (撤销登记).
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawOfficeRecordInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Why (理由).
    pub reason: String,
}

impl WithdrawOfficeRecordInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<keeping_records::WithdrawRecord> {
        Ok(keeping_records::WithdrawRecord { id: parse(&self.id, "id")?, version: self.version, reason: self.reason })
    }
}
