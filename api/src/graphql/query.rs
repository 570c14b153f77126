//! Root fields of queries.

use crate::access;
use crate::error::AppError;
use crate::graphql::context::{cx, loaders, parse, parse_some, session, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::filters::{AssignmentFilter, SubmissionFilter, read_words};
use crate::graphql::payloads::Viewer;
use crate::graphql::scalars::Date;
use crate::graphql::types::assignment::{Assignment, AssignmentConnection};
use crate::graphql::types::board::SupervisionBoard;
use crate::graphql::types::commitment::{Commitment, CommitmentConnection};
use crate::graphql::types::delivery::{Delivery, DeliveryConnection};
use crate::graphql::types::directory::{Category, Organization, Session, User, UserConnection};
use crate::graphql::types::figures::{
    AgencySuggestion, Download, RefusalGround, SimilarSubmission, Statistics, StatisticsScope,
};
use crate::graphql::types::meeting::{Meeting, MeetingConnection};
use crate::graphql::types::morning::MorningList;
use crate::graphql::types::node::{self, Node};
use crate::graphql::types::public::{PublicSubmission, PublicSubmissionConnection};
use crate::graphql::types::submission::{Submission, SubmissionConnection};
use crate::graphql::types::{Sight, pairs::NotDuplicate};
use crate::repo::directory;
use crate::repo::directory::PeopleFilter;
use crate::repo::meetings::{self, MeetingFilter};
use crate::repo::page::{Page, PageRequest};
use crate::repo::submissions::{self, CommitmentFilter, PublicFilter};
use crate::use_cases::advising::{self, Question};
use crate::use_cases::{board, comparing, delivering, documents, fields, morning, reviewing, showing, statistics};
use async_graphql::{Context, ID, Object};
use domain::ids::{AnyId, SubmissionId};
use domain::policy::Action;
use domain::vocabulary::{
    CommitmentStatus, DeliveryStatus, DocumentFormat, DocumentKind, Institution, MeetingKind, OrganizationKind, Role,
    SubmissionOrder,
};

/// Everything that can be read (查询).
#[derive(Clone, Copy, Debug, Default)]
pub struct Query;

pub(super) fn count_wanted(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists()
}

/// Everything that can be read (查询).
// The root that is served joins this with the queries of `query_rules` and `query_texts`.
#[Object(name = "MatterQuery")]
impl Query {
    /// The signed-in person; null when nobody is (当前用户).
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        session(ctx).person().map(|_| Viewer)
    }

    /// What the reader has to do today in his position, from his own matters and duties (晨报).
    async fn morning_list(&self, ctx: &Context<'_>) -> GqlResult<MorningList> {
        let wanted = ctx.look_ahead().field("sections").field("submissions").exists();
        let first = if wanted { morning::NAMED } else { 0 };
        top(ctx, morning::list(cx(ctx)?, first).await).map(MorningList)
    }

    /// Anything by its global id; null when the reader may not know that it exists (按标识查询).
    async fn node(
        &self, ctx: &Context<'_>, #[graphql(desc = "Global id (标识).")] id: ID
    ) -> GqlResult<Option<Node>> {
        let id: AnyId = top(ctx, id.parse().map_err(|_| AppError::BadInput(vec!["id".into()])))?;
        node::find(ctx, id).await
    }

    /// Several by their global ids, in the order sent, at most 100 (按标识批量查询).
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids (标识).")] ids: Vec<ID>,
    ) -> GqlResult<Vec<Option<Node>>> {
        if ids.len() > 100 {
            return top(ctx, Err(AppError::BadInput(vec!["ids".into()])));
        }
        let parse = |(i, id): (usize, &ID)| {
            id.parse::<AnyId>().map_err(|_| AppError::BadInput(vec!["ids".into(), i.to_string()]))
        };
        let ids: Vec<AnyId> = top(ctx, ids.iter().enumerate().map(parse).collect())?;
        futures_util::future::try_join_all(ids.into_iter().map(|id| node::find(ctx, id))).await
    }

    /// One submission; null when the reader may not know that it exists (单件查询).
    async fn submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id (标识).")] id: ID,
    ) -> GqlResult<Option<Submission>> {
        let id: SubmissionId = top(ctx, parse(&id, "id"))?;
        Ok(top(ctx, loaders(ctx)?.seen(id).await)?.map(Submission))
    }

    /// Submissions that the reader may see (件的列表).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn submissions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones (筛选).")] filter: Option<SubmissionFilter>,
        #[graphql(default_with = "Some(SubmissionOrder::Newest)", desc = "In which order (排序).")] order_by: Option<
            SubmissionOrder,
        >,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<SubmissionConnection> {
        let (cx, loaders) = (cx(ctx)?, loaders(ctx)?);
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let filter = top(ctx, filter.map(SubmissionFilter::read).transpose())?.unwrap_or_default();
        let order = order_by.unwrap_or(SubmissionOrder::Newest);
        let scope = access::list(&cx.actor);
        let conn = cx.db().reader();
        let page = top(ctx, submissions::page(conn, &scope, &filter, order, cx.today(), &request).await)?;
        let total = match count_wanted(ctx) {
            true => top(ctx, submissions::count(conn, &scope, &filter, cx.today()).await.map_err(AppError::from))?,
            false => 0,
        };
        let rows = page.entries.iter().map(|(_, row)| row.clone()).collect();
        let seen = top(ctx, loaders.see(cx, rows).await)?;
        let cursors = page.entries.into_iter().map(|(cursor, _)| cursor);
        let entries = cursors.zip(seen.into_iter().map(Submission)).collect();
        let page = Page { entries, has_next: page.has_next, has_previous: page.has_previous };
        Ok(SubmissionConnection::of(page, total))
    }

    /// The agency's desk across institutions, levels and kinds; offices see those of their region (承办列表).
    async fn assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones (筛选).")] filter: Option<AssignmentFilter>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<AssignmentConnection> {
        let (cx, loaders) = (cx(ctx)?, loaders(ctx)?);
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let filter = match filter {
            Some(filter) => top(ctx, filter.read(cx).await)?,
            None => submissions::AssignmentFilter::default(),
        };
        let scope = access::list(&cx.actor);
        let conn = cx.db().reader();
        let (page, total) = match filter.figure {
            Some(figure) => top(ctx, board::behind(cx, figure, &filter, &request).await)?,
            None => {
                let page = top(ctx, submissions::assignments(conn, &scope, &filter, &request).await)?;
                let count = submissions::assignments_count(conn, &scope, &filter);
                let total = if count_wanted(ctx) { top(ctx, count.await.map_err(AppError::from))? } else { 0 };
                (page, total)
            }
        };
        let mut entries = Vec::new();
        let loads = page.entries.iter().map(|(_, row)| loaders.seen(row.submission_id));
        let sights = top(ctx, futures_util::future::try_join_all(loads).await)?;
        for ((cursor, row), sight) in page.entries.into_iter().zip(sights) {
            if let Some(sight) = sight {
                entries.push((cursor, Assignment { sight, row }));
            }
        }
        let page = Page { entries, has_next: page.has_next, has_previous: page.has_previous };
        Ok(AssignmentConnection::of(page, total))
    }

    /// What is late in the region among the assignments that the reader may list, by agency and by leader; for the
    /// offices, leaders, the auditor and, of their own agency alone, heads, deputy heads and liaisons (督办看板).
    async fn supervision_board(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reader's own region (行政区).")] region_id: ID,
    ) -> GqlResult<SupervisionBoard> {
        let cx = cx(ctx)?;
        let region = top(ctx, parse(&region_id, "regionId"))?;
        let board = top(ctx, board::board(cx, region).await)?;
        Ok(SupervisionBoard { region, as_of: cx.now(), board })
    }

    /// Promises in matters whose handling the reader may follow, across years (承诺事项台账).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn commitments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "These states alone (状态).")] statuses: Option<Vec<CommitmentStatus>>,
        #[graphql(desc = "Overdue ones alone, or the others (是否逾期).")] overdue: Option<bool>,
        #[graphql(desc = "Of this agency alone (承诺单位).")] agency_id: Option<ID>,
        #[graphql(desc = "Of matters of this handling year alone (办理年度).")] handling_year: Option<i32>,
        #[graphql(desc = "Due on this day or later, by the present date of each promise (到期日起).")] due_from: Option<
            Date,
        >,
        #[graphql(desc = "Due on this day or earlier (到期日止).")] due_to: Option<Date>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<CommitmentConnection> {
        let (cx, loaders) = (cx(ctx)?, loaders(ctx)?);
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let agency_id = top(ctx, parse_some(agency_id.as_ref(), "agencyId"))?;
        let (due_from, due_to) = (due_from.map(|day| day.0), due_to.map(|day| day.0));
        let filter = CommitmentFilter { statuses, overdue, agency_id, handling_year, due_from, due_to };
        // Peers read open texts but do not follow the handling, so their list narrows to what they may.
        let scope = access::list_for(&cx.actor, Action::ReadHandling);
        let conn = cx.db().reader();
        let page = top(ctx, submissions::commitments(conn, &scope, &filter, cx.today(), &request).await)?;
        let total = match count_wanted(ctx) {
            true => {
                let count = submissions::commitments_count(conn, &scope, &filter, cx.today()).await;
                top(ctx, count.map_err(AppError::from))?
            }
            false => 0,
        };
        let mut entries = Vec::new();
        let loads = page.entries.iter().map(|(_, row)| loaders.seen(row.submission_id));
        let sights = top(ctx, futures_util::future::try_join_all(loads).await)?;
        for ((cursor, row), sight) in page.entries.into_iter().zip(sights) {
            if let Some(sight) = sight {
                entries.push((cursor, Commitment { sight, row }));
            }
        }
        let page = Page { entries, has_next: page.has_next, has_previous: page.has_previous };
        Ok(CommitmentConnection::of(page, total))
    }

    /// Meetings and inspections about matters whose handling the reader may follow, newest record first (会议调研列表).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn meetings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of these kinds alone (类别).")] kinds: Option<Vec<MeetingKind>>,
        #[graphql(desc = "About this matter alone (件).")] submission_id: Option<ID>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<MeetingConnection> {
        let cx = cx(ctx)?;
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let submission_id = top(ctx, parse_some(submission_id.as_ref(), "submissionId"))?;
        let filter = MeetingFilter { kinds, submission_id };
        let scope = access::list_for(&cx.actor, Action::ReadHandling);
        let conn = cx.db().reader();
        let page = top(ctx, meetings::page(conn, &scope, &filter, &request).await)?;
        let total = match count_wanted(ctx) {
            true => top(ctx, meetings::count(conn, &scope, &filter).await.map_err(AppError::from))?,
            false => 0,
        };
        Ok(MeetingConnection::of(page.map(Meeting), total))
    }

    /// Sessions of the reader's region, latest first (会议列表).
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this institution alone (人大或政协).")] institution: Option<Institution>,
    ) -> GqlResult<Vec<Session>> {
        let cx = cx(ctx)?;
        let rows = directory::sessions_of_region(cx.db().reader(), cx.actor.region_id, institution).await;
        Ok(top(ctx, rows.map_err(AppError::from))?.into_iter().map(Session).collect())
    }

    /// Organisations of the reader's region (机构列表).
    async fn organizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of these kinds alone (机构类别).")] kinds: Option<Vec<OrganizationKind>>,
    ) -> GqlResult<Vec<Organization>> {
        let cx = cx(ctx)?;
        let rows = directory::organizations_of_region(cx.db().reader(), cx.actor.region_id, kinds).await;
        Ok(top(ctx, rows.map_err(AppError::from))?.into_iter().map(Organization).collect())
    }

    /// Categories of the reader's region (分类列表).
    async fn categories(&self, ctx: &Context<'_>) -> GqlResult<Vec<Category>> {
        let cx = cx(ctx)?;
        let rows = directory::categories_of_region(cx.db().reader(), cx.actor.region_id).await;
        Ok(top(ctx, rows.map_err(AppError::from))?.into_iter().map(Category).collect())
    }

    /// Users whom the viewer may name, e.g. as co-signer, leader or handler (可选人员).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Part of the name (姓名).")] search: Option<String>,
        #[graphql(desc = "With one of these roles (角色).")] roles: Option<Vec<Role>>,
        #[graphql(desc = "In this organisation or its sections (机构).")] organization_id: Option<ID>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<UserConnection> {
        let cx = cx(ctx)?;
        top(ctx, access::authorize_at_large(&cx.actor, Action::ReadDirectory))?;
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let organization_id = top(ctx, parse_some(organization_id.as_ref(), "organizationId"))?;
        let search = fields::optional("search", search.as_deref(), 50).map_err(|_| ());
        let search = top(ctx, search.map_err(|()| AppError::BadInput(vec!["search".into()])))?;
        let filter = PeopleFilter { search, roles, organization_id };
        let (conn, today) = (cx.db().reader(), cx.today());
        let page = top(ctx, directory::people_page(conn, &cx.actor, today, &filter, &request).await)?;
        let total = match count_wanted(ctx) {
            true => {
                let count = directory::people_count(conn, &cx.actor, today, &filter).await;
                top(ctx, count.map_err(AppError::from))?
            }
            false => 0,
        };
        Ok(UserConnection::of(page.map(User), total))
    }

    /// What went or could not go by mail and message in the region, for its administrator (通知投递列表).
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "These states alone (投递状态).")] statuses: Option<Vec<DeliveryStatus>>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<DeliveryConnection> {
        let cx = cx(ctx)?;
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let page = top(ctx, delivering::page(cx, statuses.as_deref(), &request).await)?;
        let total = match count_wanted(ctx) {
            true => top(ctx, delivering::count(cx, statuses.as_deref()).await)?,
            false => 0,
        };
        Ok(DeliveryConnection::of(page.map(Delivery), total))
    }

    /// Grounds on which an institution of the reader's region refuses matters (不予受理依据列表).
    async fn refusal_grounds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Institution (人大或政协).")] institution: Institution,
    ) -> GqlResult<Vec<RefusalGround>> {
        let grounds = top(ctx, reviewing::grounds(cx(ctx)?, institution).await)?;
        Ok(grounds.into_iter().map(|(code, label)| RefusalGround { code, label }).collect())
    }

    /// Handed-in matters of which the reader may know and that resemble a text, most alike first, for proposers while they
    /// write and for offices at review, with the words that they share. Asked for a matter, it is left out itself, and
    /// the offices and the auditor see which of the others were found to be no duplicates of it (相似件).
    async fn similar_submissions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Text to compare; its first line is taken as the title. At most 20,000 characters (文本).")]
        text: String,
        #[graphql(default_with = "Some(10)", desc = "How many, at most 50 (数量).")] first: Option<i32>,
        #[graphql(desc = "The matter to which the text belongs (所属件).")] submission_id: Option<ID>,
    ) -> GqlResult<Vec<SimilarSubmission>> {
        let (cx, loaders) = (cx(ctx)?, loaders(ctx)?);
        let question = top(ctx, Question::read(&text, first, 10))?;
        let own: Option<SubmissionId> = top(ctx, parse_some(submission_id.as_ref(), "submissionId"))?;
        let own = match own {
            Some(id) => Some(top(ctx, top(ctx, loaders.seen(id).await)?.ok_or(AppError::NotFound))?),
            None => None,
        };
        let found = top(ctx, advising::similar(cx, &question, own.as_ref().map(|own| own.matter.row.id)).await)?;
        let (rows, told): (Vec<_>, Vec<_>) =
            found.into_iter().map(|alike| (alike.row, (alike.score, alike.shared))).unzip();
        let seen = top(ctx, loaders.see(cx, rows).await)?;
        let mut decided = top(ctx, comparing::decided(cx, own.as_deref(), &seen).await)?;
        let alike = |(sight, (score, shared)): (Sight, (f64, Vec<String>))| {
            let not_duplicate = decided.remove(&sight.matter.row.id).map(NotDuplicate);
            SimilarSubmission { submission: Submission(sight), score, shared, not_duplicate }
        };
        Ok(seen.into_iter().zip(told).map(alike).collect())
    }

    /// Agencies of the reader's region that may fit a text, best first, learned from the matters that the reader may
    /// know, what agencies handed back as far as he may read it, and their duties (建议承办单位).
    async fn suggest_agencies(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Text of the matter; its first line is taken as the title. At most 20,000 characters (文本)."
        )]
        text: String,
        #[graphql(default_with = "Some(5)", desc = "How many, at most 50 (数量).")] first: Option<i32>,
    ) -> GqlResult<Vec<AgencySuggestion>> {
        let cx = cx(ctx)?;
        let question = top(ctx, Question::read(&text, first, 5))?;
        let found = top(ctx, advising::agencies(cx, &question).await)?;
        let suggestion = |(agency, score, reasons)| AgencySuggestion { agency: Organization(agency), score, reasons };
        Ok(found.into_iter().map(suggestion).collect())
    }

    /// Figures of the reader's region, each with its definition (统计).
    async fn statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which matters (统计口径).")] scope: StatisticsScope,
    ) -> GqlResult<Statistics> {
        let cx = cx(ctx)?;
        let scope = top(ctx, scope.read())?;
        Ok(top(ctx, statistics::compute(cx, scope).await)?.into())
    }

    /// A link to a file of the given kind, made with the reader's rights when it is fetched: subjectId is the submission
    /// for SUBMISSION_FORM and ASSIGNMENT_SCHEDULE, the assignment for ASSIGNMENT_NOTICE, the reply for REPLY_LETTER, the
    /// form for FEEDBACK_FORM, the contact for CONTACT_RECORD. Lists take a filter; STATISTICS_REPORT, BULLETIN,
    /// PRE_HANDLING_ANALYSIS and YEARLY_REPORT a scope, the last three of one handling year and the last of one
    /// institution. XLSX for the ledger, the schedule and the report of figures; DOCX and PDF for all but the ledger
    /// (文书).
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Kind of document (文书种类).")] kind: DocumentKind,
        #[graphql(desc = "File format (文书格式).")] format: DocumentFormat,
        #[graphql(desc = "What it is about (对象).")] subject_id: Option<ID>,
        #[graphql(desc = "Which submissions, for a ledger (筛选).")] filter: Option<SubmissionFilter>,
        #[graphql(desc = "Which figures, for a report (统计口径).")] scope: Option<StatisticsScope>,
    ) -> GqlResult<Download> {
        let cx = cx(ctx)?;
        let filter = top(ctx, filter.map(SubmissionFilter::read).transpose())?;
        let scope = top(ctx, scope.map(StatisticsScope::read).transpose())?;
        let subject = subject_id.map(|id| id.to_string());
        let wanted = documents::Wanted { kind, format, subject, filter, scope };
        Ok(top(ctx, documents::order(cx, &wanted).await)?.into())
    }

    /// Published matters, for anyone (公开件列表).
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn public_submissions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words that must all be found in what is published of a matter (检索词).")] search: Option<
            String,
        >,
        #[graphql(desc = "Of this handling year alone (办理年度).")] handling_year: Option<i32>,
        #[graphql(desc = "How many entries, at most 100, from the beginning (取前几条).")] first: Option<i32>,
        #[graphql(desc = "Cursor after which the page begins (此游标之后).")] after: Option<String>,
        #[graphql(desc = "How many entries, at most 100, from the end (取后几条).")] last: Option<i32>,
        #[graphql(desc = "Cursor before which the page ends (此游标之前).")] before: Option<String>,
    ) -> GqlResult<PublicSubmissionConnection> {
        let db = &session(ctx).caller.deps.db;
        let conn = db.reader();
        let request = top(ctx, PageRequest::read(first, after, last, before))?;
        let search = top(ctx, read_words("search", search.as_deref()))?;
        let filter = PublicFilter { handling_year, search };
        let page = top(ctx, submissions::public_page(conn, &filter, &request).await)?;
        let total = match count_wanted(ctx) {
            true => top(ctx, submissions::public_count(conn, &filter).await.map_err(AppError::from))?,
            false => 0,
        };
        let rows = page.entries.iter().map(|(_, row)| row.clone()).collect();
        let words = filter.search.as_deref().map(lexis::Query::parse);
        let views = top(ctx, showing::views(db.reader(), rows).await)?.into_iter();
        let views = views.map(|view| PublicSubmission::found(view, words.as_ref()));
        let entries = page.entries.into_iter().map(|(cursor, _)| cursor).zip(views).collect();
        let page = Page { entries, has_next: page.has_next, has_previous: page.has_previous };
        Ok(PublicSubmissionConnection::of(page, total))
    }
}
