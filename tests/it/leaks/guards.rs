//! Who may read each field of the schema, in the words of `docs/permissions.md`.
//!
//! Every field of every object stands here. One that is new fails a test until somebody has said who
//! may read it; from then on every path to it is walked as every role.

use super::model::model;

/// What a reader needs for a field, besides sight of the object on which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// Nothing more. What an object behind it shows is judged by that object.
    Open,
    /// To read who proposed it.
    Proposer,
    /// To follow the handling.
    Handling,
    /// To read the plan of this agency.
    Internal,
    /// To read the opinions of co-handling agencies.
    Opinion,
    /// To read what agency and transfer office write before a reply is issued.
    Inside,
    /// To know which steps of this agency are late.
    Lag,
    /// To be one of those for whom entries of the proposers are meant.
    Proposers,
    /// To know of a plan, unless it is released.
    Mode,
    /// Whoever acted is no proposer, or the reader may know the proposers.
    Actor,
    /// Nobody: of this field nobody has said yet who may read it.
    Nobody,
}

use Guard::{Actor, Handling, Inside, Internal, Lag, Mode, Opinion, Proposer, Proposers};

type Row = (&'static str, &'static str, &'static [(&'static str, Guard)]);

/// Type, fields open to whoever sees the object, and the others.
const FIELDS: &[Row] = &[
    (
        "Submission",
        "id version kind institution status caseNo title background analysis recommendations demands region session \
         phase originLevel category confidentiality disclosure suggestedAgencies createdAt submittedAt assignedAt \
         deadline round assignments replies feedbacks contacts commitments supervisions extensionRequests mergedInto \
         merged convertedTo refusalGround timeline availableActions instructions meetings consultations returnCount pingPong \
         attachments importedAt namesWithheldAt",
        &[
            ("leadProposer", Proposer),
            ("cosignatures", Proposer),
            ("collective", Proposer),
            ("mode", Mode),
            ("refusalReason", Proposers),
            ("withdrawal", Proposers),
        ],
    ),
    ("Collective", "kind name", &[]),
    ("Cosignature", "user status answeredAt opinion", &[("withdrawalAgreed", Proposers)]),
    ("Withdrawal", "askedAt reason consents", &[]),
    ("Deadline", "dueOn level overdue provisional workingDaysLeft explanation", &[]),
    ("ActionState", "action allowed refusal message", &[]),
    (
        "Assignment",
        "id version submission agency role status scope round assignedAt signedAt deadline returnRequests",
        &[
            ("leader", Handling),
            ("handler", Handling),
            ("section", Handling),
            ("stage", Handling),
            ("progressReports", Handling),
            ("urgings", Handling),
            ("urgingCount", Handling),
            ("arbitratedAt", Handling),
            ("stageLags", Lag),
            ("plan", Internal),
            ("opinion", Opinion),
        ],
    ),
    ("ProgressReport", "stage note by at", &[]),
    ("CoOpinion", "body sentAt sentBy", &[]),
    (
        "ReturnRequest",
        "id version assignment reason proposedAgency status disputed decidedBy decisionReason at dueOn",
        &[],
    ),
    ("ExtensionRequest", "id version assignment until reason status decidedBy decisionReason at", &[]),
    (
        "Contact",
        "id version assignment mode phase faceToFace heldAt place summary confirmation confirmationComment",
        &[("participants", Proposer)],
    ),
    (
        "Reply",
        "id version assignment round status body outcome outcomeLabel demandAnswers disclosure documentNo issuedAt \
         publishedAt publicationWithdrawnAt",
        &[
            ("reviews", Inside),
            ("awaiting", Inside),
            ("draftCommitments", Inside),
            ("lateOpinions", Inside),
            ("textFindings", Inside),
            ("rejectionReason", Inside),
            ("commitments", Handling),
            ("publicationWithdrawalReason", Handling),
        ],
    ),
    ("DemandAnswer", "demand answer", &[]),
    ("TextFinding", "code field start end advice blocking", &[]),
    ("DraftCommitment", "text dueOn", &[]),
    ("Review", "step verdict gates comment by at voidedAt", &[]),
    ("GateCheck", "gate passed remark", &[]),
    (
        "Feedback",
        "id version submission reply round status form respondent dueOn submittedAt attitudeRating processRating resultRating \
         overallRating comment answers settledAt settlement settlementReason",
        &[],
    ),
    ("FeedbackAnswer", "key value", &[]),
    ("MorningList", "day sections", &[]),
    ("ChannelPreference", "channel topic enabled fixed", &[]),
    // A list for administrators alone, without a matter or a text in it.
    ("Delivery", "id channel status attempts nextAt createdAt sentAt lastError recipientName", &[]),
    ("MorningSection", "item label count submissions", &[]),
    (
        "Commitment",
        "id version submission agency text dueOn overdue status report reportedAt changedTo fulfilmentRating \
         answerComment publishedAt evidence",
        &[],
    ),
    ("Supervision", "id submission label leader reason at", &[]),
    ("Instruction", "id submission text by actingAs at", &[]),
    ("Meeting", "id kind title heldAt place summary recordedBy recordedAt submissions", &[("participants", Proposer)]),
    ("Urging", "message by at", &[]),
    ("StageLag", "stage dueOn since workingDays level basis responsible", &[]),
    ("TimelineEntry", "id at action summary fromStatus toStatus rehearsal", &[("actor", Actor), ("actingAs", Actor)]),
    // The texts of a notification are marked one by one: each follows the entry of the trail behind it.
    ("Notification", "id at readAt title body submission consultation appraisal", &[]),
    // A question is seen as a whole or not at all; the submission behind it is judged by itself.
    (
        "Consultation",
        "id version session agency asker onBehalf question submission status askedAt answeredAt closedAt answers",
        &[],
    ),
    ("ConsultationAnswer", "text by at", &[]),
    // Counts of the questions that the reader may list; counted again in `stories/consultation.rs`.
    ("ConsultationFigures", "asked answered settledOnTheSpot unsettled withdrawn becameSubmission", &[]),
    // Everybody in the region may know who sits at the desk, and what agencies are there for.
    ("DeskShift", "id version institution session agency day startsAt endsAt staff", &[]),
    (
        "DutyClause",
        "id version agency text legalBasis validFrom validUntil inForce replaces recordedAt recordedBy endedAt endedBy",
        &[],
    ),
    (
        "PublicSubmission",
        "id kind caseNo title body proposerName handlingYear agencies replies commitments snippet",
        &[],
    ),
    ("WithdrawnPublication", "id withdrawnAt", &[]),
    ("PublicCommitment", "agencyName text dueOn status", &[]),
    ("PublicReply", "agencyName outcomeLabel body issuedOn", &[]),
    ("Viewer", "user position notifications channelPreferences", &[]),
    // The directory of the region is open to everybody in it.
    ("User", "id name positions", &[]),
    ("Position", "id user role organization startsOn endsOn active", &[]),
    ("Organization", "id name kind institution region parent duties", &[]),
    ("Region", "id code name level parent", &[]),
    ("Session", "id institution region termNo sessionNo title opensOn closesOn submissionCutoff handlingYear", &[]),
    ("Category", "id name parent", &[]),
    // Everybody may know the rules by which he is measured.
    ("RulePreset", "name title regulation body", &[]),
    (
        "RuleSet",
        "id version region institution effectiveFrom preset overrides body reason createdAt createdBy inForce",
        &[],
    ),
    (
        "ScoringRule",
        "id version region institution effectiveYear name source fullMarks items bonuses deductions bonusCap \
      deductionCap rankedFrom body reason createdAt createdBy inForce",
        &[],
    ),
    ("ScoringItem", "metric points target perPoint lowerIsBetter", &[]),
    ("ScoringExtra", "code label points most", &[]),
    // Whoever sees an appraisal reads all of it; whoever does not is told place and total.
    (
        "Appraisal",
        "id version status institution handlingYear agency load rule asOf scope score findings total announcedTotal \
         announcedFindings recount announcedAt announcedBy objection objectedAt objectedBy answer answeredAt answeredBy",
        &[],
    ),
    ("AppraisalScope", "regionId handlingYears agencyId institution asOf", &[]),
    ("AppraisalScore", "lines credits basic bonus deduction total", &[]),
    ("AppraisalLine", "metric label definition numerator denominator rate points reached note", &[]),
    ("AppraisalCredit", "code label times reason points", &[]),
    ("AppraisalFinding", "code times reason", &[]),
    ("AppraisalRecount", "total agrees", &[]),
    ("RankedAppraisal", "place total agency appraisal", &[]),
    ("AppraisalPreview", "rule agencies errors", &[]),
    ("PreviewedAppraisal", "place agency load score version", &[]),
    ("TriedRules", "name deadlines milestones reminders errors", &[]),
    ("TriedDeadline", "basis label dueOn provisional latestExtension explanation", &[]),
    ("TriedMilestone", "stage dueOn redFrom", &[]),
    ("TriedReminder", "day kind label level roles", &[]),
    ("CalendarYear", "year published notice days", &[]),
    ("CalendarDay", "date name kind", &[]),
    // A list for administrators and auditors alone, without a matter in it.
    (
        "OfficeRecord",
        "id version institution kind title number outlet programme issuedOn handlingYear session link items submissions \
         recordedBy recordedAt withdrawnAt withdrawalReason",
        &[],
    ),
    ("OfficeRecordCount", "handlingYear kind isDocument records items", &[]),
    ("OfficeEvent", "id at actor actingAs action summary subject rehearsal", &[]),
    ("RefusalGround", "code label", &[]),
    ("FeedbackForm", "id institution title version questions", &[]),
    ("FeedbackQuestion", "key label required options", &[]),
    // Figures are counted again by hand in `figures.rs`.
    ("Statistics", "asOf years agencies", &[]),
    (
        "YearStatistics",
        "handlingYear total byKind byOriginLevel byCategory byOutcome byRole byRating byStatus outcomesByCategory \
         byDelegation byProposer byFirstRating byFinalRating metrics growth",
        &[],
    ),
    ("AgencyStatistics", "agency lead co separate returned replied overdue metrics", &[]),
    ("CategoryOutcomes", "key label outcomes", &[]),
    // Offices of their own house, and the auditor; what was asked at the desk is null for him.
    ("Cohort", "handlingYear handedIn growth indicators consulted consultedIndicators", &[]),
    ("QualityIndicator", "name label definition numerator denominator rate", &[]),
    // The list behind a number: only matters that the reader may list; who reads which list stands in the policy.
    ("FigureItem", "submission assignment", &[]),
    // The board: each number is the length of a list under the same condition.
    ("SupervisionBoard", "region asOf totals byAgency byLeader", &[]),
    ("AgencyBoardRow", "agency counts", &[]),
    ("LeaderBoardRow", "leader counts", &[]),
    (
        "BoardCounts",
        "open red yellow green unsigned uncontacted lagging paused overdue extensionPending returnPending disputed \
         key pingPong",
        &[],
    ),
    ("Metric", "name label definition numerator denominator rate", &[]),
    ("Count", "key label count", &[]),
    ("Attachment", "id fileName mediaType byteSize sha256 downloadUrl", &[]),
    // Passages and counts of what was found; `search.rs` holds them to what the reader may read.
    ("TextSnippet", "layer replyId text marks cutBefore cutAfter", &[]),
    ("TextRange", "start end", &[]),
    ("SearchFacets", "kinds years categories leadAgencies outcomes", &[]),
    // From matters that the reader may read; `search.rs` holds them to it.
    ("SimilarSubmission", "submission score shared notDuplicate", &[]),
    // For those who read the trail of review on both; told in `stories/duplicates.rs`, and asked in `search.rs`.
    ("NotDuplicate", "decidedBy decidedAt reason", &[]),
    ("AgencySuggestion", "agency score reasons", &[]),
    // From matters that the reader may compare, or list; `search.rs` holds them to it.
    ("IntakeCluster", "submissions score shared", &[]),
    ("YearTopics", "handlingYear total topics", &[]),
    ("HotTopic", "word count before growth submissions", &[]),
    ("Download", "url fileName mediaType expiresAt", &[]),
    // What one's own mutations answer.
    ("UserError", "code field message", &[]),
    ("ReleaseResult", "submission submissionId errors", &[]),
    // The faults of the file that he sent.
    ("LedgerFault", "sheet line column header value code message", &[]),
    ("DecideExtensionResult", "id extensionRequest errors", &[]),
];

/// Objects that only carry others: pages, payloads and roots.
fn carries(object: &str) -> bool {
    ["Connection", "Edge", "Payload"].iter().any(|end| object.ends_with(end))
        || ["Query", "Mutation", "Subscription", "PageInfo"].contains(&object)
}

/// What a reader needs for this field; none when nobody has said so.
pub fn find(object: &str, field: &str) -> Option<Guard> {
    if carries(object) || field == "__typename" {
        return Some(Guard::Open);
    }
    let (_, open, others) = FIELDS.iter().find(|(name, ..)| *name == object)?;
    if open.split_whitespace().any(|name| name == field) {
        return Some(Guard::Open);
    }
    others.iter().find(|(name, _)| *name == field).map(|(_, guard)| *guard)
}

#[test]
fn every_field_of_the_schema_has_its_readers() {
    let mut unknown = Vec::new();
    for (object, fields) in &model().objects {
        unknown
            .extend(fields.iter().filter(|f| find(object, &f.name).is_none()).map(|f| format!("{object}.{}", f.name)));
    }
    assert!(
        unknown.is_empty(),
        "new in the schema: {unknown:?}. Say in tests/it/leaks/guards.rs who may read each; give texts of new rows a \
         mark in marks.rs and new kinds of ids a rule in oracle.rs"
    );
    for (object, open, others) in FIELDS {
        for field in open.split_whitespace().chain(others.iter().map(|(name, _)| *name)) {
            assert!(model().field(object, field).is_some(), "{object}.{field} is gone from the schema: remove it here");
        }
    }
}
