//! Connections: pages with cursors, one macro for every list that can grow.

use async_graphql::SimpleObject;

/// Whether there is more on either side of a page (分页信息).
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct PageInfo {
    /// Whether the list goes on after the page (后面是否还有).
    has_next_page: bool,
    /// Whether the list has entries before the page (前面是否还有).
    has_previous_page: bool,
    /// Cursor of the first entry (首条游标).
    start_cursor: Option<String>,
    /// Cursor of the last entry (末条游标).
    end_cursor: Option<String>,
}

impl PageInfo {
    /// What a page says about its surroundings.
    pub fn of<T>(page: &crate::repo::page::Page<T>) -> Self {
        Self {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: page.entries.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: page.entries.last().map(|(cursor, _)| cursor.clone()),
        }
    }
}

macro_rules! connection {
    ($(#[$meta:meta])* $connection:ident, $edge:ident, $node:ty) => {
        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $connection {
            /// Entries with their cursors (带游标的条目).
            edges: Vec<$edge>,
            /// The entries alone (条目).
            nodes: Vec<$node>,
            /// Whether there is more on either side (分页信息).
            page_info: $crate::graphql::connection::PageInfo,
            /// How many entries there are under the same conditions; counted only when asked for (总数).
            total_count: i32,
        }

        /// An entry of a page with its cursor (条目与游标).
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// The place of the entry in the list (游标).
            cursor: String,
            /// The entry (条目).
            node: $node,
        }

        impl $connection {
            /// Makes the connection from a page.
            pub fn of(page: $crate::repo::page::Page<$node>, total: u64) -> Self {
                let page_info = $crate::graphql::connection::PageInfo::of(&page);
                Self {
                    nodes: page.entries.iter().map(|(_, node)| node.clone()).collect(),
                    edges: page.entries.into_iter().map(|(cursor, node)| $edge { cursor, node }).collect(),
                    page_info,
                    total_count: i32::try_from(total).unwrap_or(i32::MAX),
                }
            }
        }
    };
}
pub(crate) use connection;
