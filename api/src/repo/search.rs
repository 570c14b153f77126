//! The search index: kept beside the texts, and asked under the reader's scope.
//!
//! What is indexed are tokens ([`lexis::tokens`]), so that SQLite and PostgreSQL find the same. Each entry says which
//! text it was made from, and the question says which of them the reader may read: an entry that he may not read finds
//! nothing for him.

use crate::access::{Permit, Scope, list_for};
use crate::repo::scope;
use domain::ids::{SubmissionId, TypedId};
use domain::policy::Action;
use domain::vocabulary::{ReplyStatus, TextLayer};
use entity::{reply, search_text, submission};
use lexis::Phrase;
use sea_orm::sea_query::{Alias, CaseStatement, Condition, Expr, ExprTrait, Func, Order, Query, UnionType};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

/// How many entries one statement brings.
const ENTRIES_AT_ONCE: usize = 500;
/// Phrases that count for the rank.
const RANKED: usize = 8;
/// What a phrase counts in a title: more than in all bodies together.
const IN_TITLE: i32 = 100;
/// What a phrase counts in the text or the demands: more than in all replies together.
const IN_BODY: i32 = 10;
/// What a phrase counts that stands in replies alone.
const IN_REPLY: i32 = 1;

/// The texts of a matter, by layer.
pub fn texts_of_matter(row: &submission::Model) -> [(TextLayer, String); 3] {
    let body = [row.background.as_str(), &row.analysis, &row.recommendations].join("\n");
    [(TextLayer::Title, row.title.clone()), (TextLayer::Body, body), (TextLayer::Demands, row.demands.0.join("\n"))]
}

/// The texts of a reply, by layer; none before it is issued.
pub fn texts_of_reply(row: &reply::Model) -> Vec<(TextLayer, String)> {
    if row.status != ReplyStatus::Issued {
        return Vec::new();
    }
    let answers: Vec<&str> = row.demand_answers.0.iter().map(|answer| answer.answer.as_str()).collect();
    vec![(TextLayer::Reply, row.body.clone()), (TextLayer::Answers, answers.join("\n"))]
}

/// Indexes new matters.
pub async fn add_matters(tx: &impl ConnectionTrait, _permit: &Permit, rows: &[submission::Model]) -> Result<(), DbErr> {
    let entries = rows.iter().flat_map(|row| entries(row.id, row.id.uuid(), texts_of_matter(row)));
    insert(tx, entries.collect()).await
}

/// Indexes issued replies.
pub async fn add_replies(tx: &impl ConnectionTrait, _permit: &Permit, rows: &[reply::Model]) -> Result<(), DbErr> {
    let entries = rows.iter().flat_map(|row| entries(row.submission_id, row.id.uuid(), texts_of_reply(row)));
    insert(tx, entries.collect()).await
}

/// Indexes what anybody may read of a matter, in place of what he could read before; nothing when it is not shown.
pub async fn show_matter(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    id: SubmissionId,
    shown: Option<String>,
) -> Result<(), DbErr> {
    use search_text::Column as T;
    let before =
        search_text::Entity::delete_many().filter(T::SubmissionId.eq(id)).filter(T::Layer.eq(TextLayer::Public));
    before.exec(tx).await?;
    insert(tx, entries(id, id.uuid(), shown.map(|text| (TextLayer::Public, text))).collect()).await
}

/// Indexes a changed matter again.
pub async fn change_matter(tx: &impl ConnectionTrait, permit: &Permit, row: &submission::Model) -> Result<(), DbErr> {
    use search_text::Column as T;
    let before =
        search_text::Entity::delete_many().filter(T::SourceId.eq(row.id.uuid())).filter(T::Layer.ne(TextLayer::Public));
    before.exec(tx).await?;
    add_matters(tx, permit, std::slice::from_ref(row)).await
}

/// Takes a matter out of the index, with its replies.
pub async fn remove_matter(tx: &impl ConnectionTrait, _permit: &Permit, id: SubmissionId) -> Result<(), DbErr> {
    search_text::Entity::delete_many().filter(search_text::Column::SubmissionId.eq(id)).exec(tx).await?;
    Ok(())
}

/// Indexes the next matters after this one again, with their replies, at most so many; gives them.
///
/// The matters are locked, so that no text changes meanwhile. What the public sees of them is for the caller to add.
pub async fn rebuild_after(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    after: Option<SubmissionId>,
    most: u64,
) -> Result<Vec<submission::Model>, DbErr> {
    let mut next = submission::Entity::find().order_by_asc(submission::Column::Id).limit(most);
    if let Some(after) = after {
        next = next.filter(submission::Column::Id.gt(after));
    }
    let matters = next.lock_exclusive().all(tx).await?;
    let ids: Vec<SubmissionId> = matters.iter().map(|row| row.id).collect();
    let replies = reply::Entity::find().filter(reply::Column::SubmissionId.is_in(ids.iter().copied())).all(tx).await?;
    search_text::Entity::delete_many()
        .filter(search_text::Column::SubmissionId.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    add_matters(tx, permit, &matters).await?;
    add_replies(tx, permit, &replies).await?;
    Ok(matters)
}

/// Whether there are matters and none of them is indexed, as after an upgrade.
pub async fn is_missing(conn: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let matter = submission::Entity::find().select_only().column(submission::Column::Id).limit(1);
    let entry = search_text::Entity::find().select_only().column(search_text::Column::Id).limit(1);
    let matter: Option<SubmissionId> = matter.into_tuple().one(conn).await?;
    let entry: Option<i64> = entry.into_tuple().one(conn).await?;
    Ok(matter.is_some() && entry.is_none())
}

fn entries(
    submission_id: SubmissionId,
    source_id: Uuid,
    texts: impl IntoIterator<Item = (TextLayer, String)>,
) -> impl Iterator<Item = search_text::ActiveModel> {
    texts.into_iter().flat_map(move |(layer, text)| {
        lexis::chunks(&text).into_iter().map(move |tokens| search_text::ActiveModel {
            id: NotSet,
            submission_id: Set(submission_id),
            source_id: Set(source_id),
            layer: Set(layer),
            tokens: Set(tokens),
        })
    })
}

async fn insert(tx: &impl ConnectionTrait, entries: Vec<search_text::ActiveModel>) -> Result<(), DbErr> {
    let mut rest = entries.into_iter().peekable();
    while rest.peek().is_some() {
        let some: Vec<_> = rest.by_ref().take(ENTRIES_AT_ONCE).collect();
        search_text::Entity::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Matters in which the reader finds the words: all of them, each in a text that he may read.
pub fn found_by(backend: DbBackend, scope: &Scope, query: &lexis::Query) -> Condition {
    let matter = [TextLayer::Title, TextLayer::Body, TextLayer::Demands];
    let replies = [TextLayer::Reply, TextLayer::Answers];
    let readable = scope::condition(&list_for(scope.actor(), Action::ReadReply));
    all(query, |phrase| {
        let in_reply = Condition::all().add(holds(backend, phrase, &replies)).add(readable.clone());
        Condition::any().add(holds(backend, phrase, &matter)).add(in_reply)
    })
}

/// How relevant a matter is that [`found_by`] finds: each of the first phrases counts by the best text in which it
/// stands, a title most and a reply least.
///
/// That a phrase stands in a reply is what is left when it stands nowhere else: no reply is asked here, so that one
/// which the reader may not read cannot lift a matter.
pub fn rank(backend: DbBackend, query: &lexis::Query) -> Expr {
    let mut sum = Expr::value(0_i32);
    for phrase in query.phrases().iter().take(RANKED) {
        let best = CaseStatement::new()
            .case(holds(backend, phrase, &[TextLayer::Title]), Expr::value(IN_TITLE))
            .case(holds(backend, phrase, &[TextLayer::Body, TextLayer::Demands]), Expr::value(IN_BODY))
            .finally(Expr::value(IN_REPLY));
        sum = sum.add(best);
    }
    sum
}

/// Published matters in which anybody finds the words: in what the public view shows, and in nothing else.
pub fn found_by_anybody(backend: DbBackend, query: &lexis::Query) -> Condition {
    all(query, |phrase| Condition::all().add(holds(backend, phrase, &[TextLayer::Public])))
}

fn all(query: &lexis::Query, one: impl Fn(&Phrase) -> Condition) -> Condition {
    // Nothing to look for is found nowhere: without members `all` would open everything.
    let every = Condition::all().add(Expr::value(!query.is_empty()));
    query.phrases().iter().fold(every, |every, phrase| every.add(one(phrase)))
}

/// Matters of which one of these texts holds the phrase.
fn holds(backend: DbBackend, phrase: &Phrase, layers: &[TextLayer]) -> Expr {
    let entries = search_text::Entity::find()
        .select_only()
        .column(search_text::Column::SubmissionId)
        .filter(search_text::Column::Layer.is_in(layers.iter().copied()))
        .filter(matching(backend, phrase));
    submission::Column::Id.in_subquery(entries.into_query())
}

/// Handed-in matters of the scope whose titles hold most of these phrases, at most so many: those first that hold more,
/// then the newer.
pub async fn nearest(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    phrases: &[Phrase],
    most: u64,
) -> Result<Vec<submission::Model>, DbErr> {
    let backend = conn.get_database_backend();
    let holding = |phrase: &Phrase| {
        let entries = search_text::Entity::find()
            .select_only()
            .column(search_text::Column::SubmissionId)
            .distinct()
            .filter(search_text::Column::Layer.eq(TextLayer::Title))
            .filter(matching(backend, phrase));
        entries.into_query()
    };
    let mut each = phrases.iter().map(holding);
    let Some(mut hits) = each.next() else { return Ok(Vec::new()) };
    for more in each {
        hits.union(UnionType::All, more);
    }
    let handed_in = submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(scope::condition(scope))
        .filter(submission::Column::SubmittedAt.is_not_null());
    let (found, matter) = (Alias::new("found"), search_text::Column::SubmissionId);
    let ranked = Query::select()
        .column((found.clone(), matter))
        .from_subquery(hits, found.clone())
        .and_where(Expr::col((found.clone(), matter)).in_subquery(handed_in.into_query()))
        .group_by_col((found.clone(), matter))
        .order_by_expr(Func::count(Expr::col((found.clone(), matter))).into(), Order::Desc)
        .order_by((found, matter), Order::Desc)
        .limit(most)
        .to_owned();
    let rows = conn.query_all(&ranked).await?;
    let ids = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<SubmissionId>, _>>()?;
    submission::Entity::find().filter(submission::Column::Id.is_in(ids)).all(conn).await
}

/// Entries that hold the phrase: the one place where the two databases differ.
///
/// Tokens are ASCII letters and digits ([`lexis::Token::code`]), so that nothing a person typed can be an operator.
fn matching(backend: DbBackend, phrase: &Phrase) -> Expr {
    let star = |open: &str| if phrase.is_open() { open.to_owned() } else { String::new() };
    match backend {
        DbBackend::Sqlite => Expr::cust_with_values(
            "search_text.id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)",
            [format!("\"{}\"{}", phrase.codes().join(" "), star("*"))],
        ),
        _ => Expr::cust_with_values(
            "search_text.search_index @@ to_tsquery('simple', $1)",
            [format!("{}{}", phrase.codes().join(" <-> "), star(":*"))],
        ),
    }
}
