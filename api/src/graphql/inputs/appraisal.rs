//! Inputs of appraisal and of its rules.

use crate::error::AppResult;
use crate::graphql::context::{parse, parse_some};
use crate::graphql::inputs::common::ReasonInput;
use crate::graphql::scalars::Date;
use crate::use_cases::{appraising, scoring};
use async_graphql::{ID, InputObject};
use domain::vocabulary::Institution;

/// Put a new version of a region's rules of scoring in force; what was announced keeps its own (变更评分细则).
#[derive(Clone, Debug, InputObject)]
pub struct ChangeScoringRulesInput {
    /// One's own region (地区).
    pub region_id: ID,
    /// For which institution; for both when left out (人大或政协).
    pub institution: Option<Institution>,
    /// The first handling year that is scored by it; last year or later (起始办理年度).
    pub effective_year: i32,
    /// The rules of format scoring/1, as JSON; those that come with the program when left out (细则全文).
    pub body: Option<String>,
    /// Why (理由).
    pub reason: String,
    /// The same key from the same person gives the first result again (幂等键).
    pub idempotency_key: Option<String>,
}

impl ChangeScoringRulesInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<scoring::ChangeScoringRules> {
        Ok(scoring::ChangeScoringRules {
            region_id: parse(&self.region_id, "regionId")?,
            institution: self.institution,
            effective_year: self.effective_year,
            body: self.body,
            reason: self.reason,
            idempotency_key: self.idempotency_key,
        })
    }
}

/// What happened beside the figures of an agency (加减分事由).
#[derive(Clone, Debug, InputObject)]
pub struct FindingInput {
    /// Code of a bonus or deduction of the rules of scoring (代码).
    pub code: String,
    /// How often, from 1 to 999; the rules say how often it counts at most (次数).
    pub times: i32,
    /// Why, for the agency to read (事由).
    pub reason: String,
}

fn findings(sent: Vec<FindingInput>) -> Vec<appraising::SentFinding> {
    let one = |one: FindingInput| appraising::SentFinding { code: one.code, times: one.times, reason: one.reason };
    sent.into_iter().map(one).collect()
}

/// Record what happened beside the figures of an agency, in place of what was recorded before (登记加减分事由).
#[derive(Clone, Debug, InputObject)]
pub struct RecordFindingsInput {
    /// About the matters of which institution (人大或政协).
    pub institution: Institution,
    /// Handling year (办理年度).
    pub handling_year: i32,
    /// The agency (承办单位).
    pub agency_id: ID,
    /// Version seen by the person; left out when nothing was recorded before; a stale one is CONFLICT (版本号).
    pub version: Option<i32>,
    /// All findings about the agency in this year (加减分事由).
    pub findings: Vec<FindingInput>,
}

impl RecordFindingsInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<appraising::RecordFindings> {
        Ok(appraising::RecordFindings {
            institution: self.institution,
            handling_year: self.handling_year,
            agency_id: parse(&self.agency_id, "agencyId")?,
            version: self.version,
            findings: findings(self.findings),
        })
    }
}

/// Freeze the inputs of a year and announce its appraisal (公布绩效考评).
#[derive(Clone, Debug, InputObject)]
pub struct AnnounceAppraisalInput {
    /// About the matters of which institution (人大或政协).
    pub institution: Institution,
    /// Handling year (办理年度).
    pub handling_year: i32,
    /// The figures are as of the end of this day, which is over (截至日).
    pub as_of: Date,
}

impl AnnounceAppraisalInput {
    /// The command.
    pub fn read(self) -> appraising::Announce {
        let Self { institution, handling_year, as_of } = self;
        appraising::Announce { institution, handling_year, as_of: as_of.0 }
    }
}

/// The objection to an appraisal.
pub fn objection(input: ReasonInput) -> AppResult<appraising::Object> {
    Ok(appraising::Object { id: parse(&input.id, "id")?, version: input.version, reason: input.reason })
}

/// Answer the objection of an agency: uphold the result, or correct its findings (答复考评异议).
#[derive(Clone, Debug, InputObject)]
pub struct AnswerObjectionInput {
    /// Which appraisal (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// The answer, with its reasons (答复意见).
    pub reason: String,
    /// All findings as they should have been; the result is upheld when left out. Figures are never written (更正后的加减分事由).
    pub findings: Option<Vec<FindingInput>>,
}

impl AnswerObjectionInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<appraising::AnswerObjection> {
        Ok(appraising::AnswerObjection {
            id: parse(&self.id, "id")?,
            version: self.version,
            reason: self.reason,
            findings: self.findings.map(findings),
        })
    }
}

/// Of which agencies counting is tried (考评试算范围).
#[derive(Clone, Debug, InputObject)]
pub struct AppraisalPreviewInput {
    /// The region; one's own, and no other (地区).
    pub region_id: Option<ID>,
    /// About the matters of which institution (人大或政协).
    pub institution: Institution,
    /// Handling year (办理年度).
    pub handling_year: i32,
    /// As the figures stood at the end of this day, today at the latest; now when left out (截至日).
    pub as_of: Option<Date>,
}

impl AppraisalPreviewInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<appraising::Preview> {
        Ok(appraising::Preview {
            region_id: parse_some(self.region_id.as_ref(), "regionId")?,
            institution: self.institution,
            handling_year: self.handling_year,
            as_of: self.as_of.map(|day| day.0),
        })
    }
}
