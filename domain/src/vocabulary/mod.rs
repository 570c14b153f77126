//! The words of the field: one enum per notion, one sentence per value.
//!
//! The glossary in `docs/glossary.md` gives sources and local synonyms. The text of each value is
//! pinned: it stands in the database, in rule files and in the GraphQL schema.
//!
//! Deliberately absent: any rule about what may follow what (see [`crate::lifecycle`]) or who may do
//! it (see [`crate::policy`]).

/// Declares one enum of the vocabulary with its pinned text and its Chinese label.
///
/// With feature `graphql` the enum is a GraphQL enum whose descriptions are the doc comments; with
/// feature `db` it is a text column.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$vmeta:meta])* $variant:ident $code:tt $zh:literal $en:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
        #[cfg_attr(feature = "db", derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum))]
        #[cfg_attr(feature = "db", sea_orm(rs_type = "String", db_type = "String(sea_orm::sea_query::StringLen::N(32))"))]
        pub enum $name {
            $(
                $(#[$vmeta])*
                #[serde(rename = $code)]
                #[cfg_attr(feature = "db", sea_orm(string_value = $code))]
                #[cfg_attr(feature = "graphql", graphql(name = $code))]
                $variant,
            )+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The pinned text, the same in the database, in files and in GraphQL.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The word for people.
            pub const fn label(self, language: $crate::language::Language) -> &'static str {
                match (self, language) {
                    $(
                        (Self::$variant, $crate::language::Language::Zh) => $zh,
                        (Self::$variant, $crate::language::Language::En) => $en,
                    )+
                }
            }

            /// Finds the value with this pinned text.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

mod appraisal;
mod bodies;
mod desk;
mod figures;
mod files;
mod handling;
mod notices;
mod office;
mod reply;
mod search;
mod submission;

pub use appraisal::*;
pub use bodies::*;
pub use desk::*;
pub use figures::*;
pub use files::*;
pub use handling::*;
pub use notices::*;
pub use office::*;
pub use reply::*;
pub use search::*;
pub use submission::*;
