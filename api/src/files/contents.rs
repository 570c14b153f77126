//! What goes through a link: bytes with a name and a type, from memory or from a store.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use std::io;

/// A file on its way to a reader.
pub struct Contents {
    /// Its media type.
    pub media_type: String,
    /// The name under which it is to be saved.
    pub file_name: String,
    /// Its bytes.
    pub payload: Payload,
}

/// Where the bytes come from.
pub enum Payload {
    /// All of them, as of a document made when it was asked for.
    Memory(Bytes),
    /// Bit by bit, as of a stored file, which may be longer than the memory.
    Stream {
        /// How many bytes come.
        length: u64,
        /// The bytes.
        chunks: BoxStream<'static, io::Result<Bytes>>,
    },
}

impl Payload {
    /// How many bytes there are.
    #[must_use]
    pub fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => bytes.len() as u64,
            Self::Stream { length, .. } => *length,
        }
    }
}

impl std::fmt::Debug for Contents {
    // Without the bytes: they are not for a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contents").field("media_type", &self.media_type).finish_non_exhaustive()
    }
}

/// Why bytes that a client sends stopped coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// They came too slowly.
    TooSlow,
    /// The connection broke off.
    Off,
}

/// Bytes as a client sends them.
pub type Chunks = BoxStream<'static, Result<Bytes, Broken>>;
