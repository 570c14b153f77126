//! What a search found: matters with the passages in which the words stand, and how many there are of each sort.

use super::directory::IntoId;
use super::figures::Count;
use super::submission::Submission;
use crate::graphql::connection::PageInfo;
use crate::repo::finding;
use crate::repo::page::Page;
use crate::use_cases::finding::Passage;
use async_graphql::{ID, SimpleObject};
use domain::language::Language;
use domain::vocabulary::TextLayer;

/// Characters of a passage, counted from 0 (字符区间).
#[derive(Clone, Debug, SimpleObject)]
pub struct TextRange {
    /// The first one (起始位置).
    start: i32,
    /// The one after the last (结束位置).
    end: i32,
}

/// A passage of a text in which the words stand that were looked for (检索摘要).
#[derive(Clone, Debug, SimpleObject)]
pub struct TextSnippet {
    /// Which text (文本类别).
    layer: TextLayer,
    /// The reply, for texts of a reply (答复).
    reply_id: Option<ID>,
    /// The passage, as it stands in the text; at most 80 characters (摘要文字).
    text: String,
    /// What to mark in the passage, in order (标记位置).
    marks: Vec<TextRange>,
    /// Whether text before it was left out (前有省略).
    cut_before: bool,
    /// Whether text after it was left out (后有省略).
    cut_after: bool,
}

impl From<Passage> for TextSnippet {
    fn from(passage: Passage) -> Self {
        let place = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
        let range = |(start, end)| TextRange { start: place(start), end: place(end) };
        Self {
            layer: passage.layer,
            reply_id: passage.reply.map(IntoId::into_id),
            text: passage.text,
            marks: passage.marks.into_iter().map(range).collect(),
            cut_before: passage.cut_before,
            cut_after: passage.cut_after,
        }
    }
}

/// How many of the matters found there are of each sort; matters that the reader may list, and of them what he may
/// read (检索分面).
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct SearchFacets {
    /// By kind (按种类).
    kinds: Vec<Count>,
    /// By handling year, latest first; NONE for matters without one yet (按办理年度).
    years: Vec<Count>,
    /// By category; NONE for matters without one (按分类).
    categories: Vec<Count>,
    /// By agency that answers, by the id of the agency; planned parts are not counted (按主办单位).
    lead_agencies: Vec<Count>,
    /// By outcome of the latest issued replies (按办理结果).
    outcomes: Vec<Count>,
}

impl SearchFacets {
    /// The counts with their words.
    pub fn of(facets: finding::Facets, language: Language) -> Self {
        let none = || language.pick("未定", "none yet").to_owned();
        let year = |(year, count): (Option<i32>, i64)| match year {
            Some(year) => Count::of(year.to_string(), year.to_string(), count),
            None => Count::of("NONE".into(), none(), count),
        };
        Self {
            kinds: facets
                .kinds
                .into_iter()
                .map(|(kind, count)| Count::of(kind.code().into(), kind.label(language).into(), count))
                .collect(),
            years: facets.years.into_iter().map(year).collect(),
            categories: facets
                .categories
                .into_iter()
                .map(|(category, count)| match category {
                    Some((id, name)) => Count::of(id.to_string(), name, count),
                    None => Count::of("NONE".into(), none(), count),
                })
                .collect(),
            lead_agencies: facets
                .agencies
                .into_iter()
                .map(|(id, name, count)| Count::of(id.to_string(), name, count))
                .collect(),
            outcomes: facets
                .outcomes
                .into_iter()
                .map(|(outcome, count)| Count::of(outcome.code().into(), outcome.label(language).into(), count))
                .collect(),
        }
    }
}

/// A page of what a search found, the most relevant first (检索结果分页).
#[derive(SimpleObject)]
pub struct FoundConnection {
    /// Entries with their cursors and passages (带游标和摘要的条目).
    edges: Vec<FoundEdge>,
    /// The matters alone (条目).
    nodes: Vec<Submission>,
    /// Whether there is more on either side (分页信息).
    page_info: PageInfo,
    /// How many were found; counted only when asked for (总数).
    total_count: i32,
    /// How many of each sort, over all pages; counted only when asked for (分面).
    facets: SearchFacets,
}

/// A matter that was found, with its cursor (检索结果).
#[derive(SimpleObject)]
pub struct FoundEdge {
    /// The place of the entry in the list (游标).
    cursor: String,
    /// The matter (件).
    node: Submission,
    /// Where the words stand, in texts that the reader may read: title, text, demands, issued replies; at most six
    /// (检索摘要).
    snippets: Vec<TextSnippet>,
}

impl FoundConnection {
    /// Makes the connection from a page.
    pub fn of(page: Page<(Submission, Vec<Passage>)>, total: u64, facets: SearchFacets) -> Self {
        let page_info = PageInfo::of(&page);
        let edge = |(cursor, (node, passages)): (String, (Submission, Vec<Passage>))| FoundEdge {
            cursor,
            node,
            snippets: passages.into_iter().map(TextSnippet::from).collect(),
        };
        Self {
            nodes: page.entries.iter().map(|(_, (node, _))| node.clone()).collect(),
            edges: page.entries.into_iter().map(edge).collect(),
            page_info,
            total_count: i32::try_from(total).unwrap_or(i32::MAX),
            facets,
        }
    }
}
