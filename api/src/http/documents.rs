//! The documents that the edge knows already: the operator's trusted ones, and those that were parsed a short while ago.
//!
//! Parsing takes several times as long as copying what was parsed, and clients send the same few documents again and
//! again. What is kept is bounded by the length of its texts, whatever clients send.

use super::{
    errors::{Problem, code},
    guard::{self, Costs},
    limits::DocumentLimits,
    params::{Asked, By},
    trusted::Trusted,
};
use async_graphql::{Variables, parser::parse_query, parser::types::ExecutableDocument};
use lru::LruCache;
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, Mutex, PoisonError};

/// SHA-256 of a document's text.
pub type Hash = [u8; 32];

/// A document that was parsed.
#[derive(Debug)]
pub struct Parsed {
    /// What the parser made of it.
    pub document: ExecutableDocument,
    /// What it costs, if that hangs on no variables.
    costs: Option<Costs>,
    /// Length of its text.
    bytes: usize,
}

/// A document that passed the guard with the variables of a request.
#[derive(Debug)]
pub struct Found {
    /// The document.
    pub parsed: Arc<Parsed>,
    /// What its operations cost with these variables.
    pub costs: Costs,
}

impl Parsed {
    /// Scans, parses and costs a text.
    ///
    /// # Errors
    /// `TOO_COMPLEX` or `BAD_INPUT` by the guard, `BAD_INPUT` for what is no document.
    pub fn read(text: &str, variables: &Variables, limits: &DocumentLimits) -> Result<Found, Problem> {
        guard::check_text(text, limits)?;
        // The parser's text is about the caller's own document.
        let document = parse_query(text).map_err(|error| {
            let message = async_graphql::ServerError::from(error).message;
            Problem::document(code::BAD_INPUT, format!("文档语法错误：{message}"), message)
        })?;
        let costs = guard::check_document(&document, variables, limits)?;
        let kept = costs.fixed.then(|| costs.clone());
        Ok(Found { parsed: Arc::new(Self { document, costs: kept, bytes: text.len() }), costs })
    }

    /// The costs with these variables, which must be within the limits.
    fn within(self: Arc<Self>, variables: &Variables, limits: &DocumentLimits) -> Result<Found, Problem> {
        let costs = match &self.costs {
            Some(costs) => costs.clone(),
            None => guard::check_document(&self.document, variables, limits)?,
        };
        Ok(Found { parsed: self, costs })
    }
}

/// Everything that is known of documents before a request brings one.
#[derive(Debug, Default)]
pub struct Documents {
    trusted: Arc<Trusted>,
    recent: Recent,
}

impl Documents {
    /// With the operator's documents, and room for so many bytes of others.
    #[must_use]
    pub fn new(trusted: Arc<Trusted>, bytes: usize) -> Self {
        Self { trusted, recent: Recent::within(bytes) }
    }

    /// The document that is asked for.
    ///
    /// # Errors
    /// `PERSISTED_QUERY_NOT_FOUND` (without any trusted document `PERSISTED_QUERY_NOT_SUPPORTED`) for an unknown hash,
    /// `UNTRUSTED_DOCUMENT` for a text where only trusted ones are run, `BAD_INPUT` for a hash that is none or belongs
    /// to another text, and what [`Parsed::read`] says.
    pub fn find(&self, asked: Asked, variables: &Variables, limits: &DocumentLimits) -> Result<Found, Problem> {
        let text = match asked {
            Asked::Text(text) => text,
            Asked::Known { hash, by, text } => {
                let hash = read_hash(&hash, by)?;
                if text.as_ref().is_some_and(|text| hash_of(text) != hash) {
                    return Err(Problem::bad_request(
                        "文档文本与所给的 SHA-256 不符。",
                        "The text of the document has another SHA-256 than the request says.",
                    ));
                }
                match (self.trusted.get(&hash), text) {
                    (Some(parsed), _) => return parsed.within(variables, limits),
                    // Nothing is registered on the way; the text is run as if it came alone.
                    (None, Some(text)) => text,
                    (None, None) => return Err(unknown(by, self.trusted.is_empty())),
                }
            }
        };
        // Before it is hashed, so that nobody has a long text hashed.
        if text.len() as u64 > limits.query_bytes {
            guard::check_text(&text, limits)?;
        }
        let hash = hash_of(&text);
        if let Some(parsed) = self.trusted.get(&hash) {
            return parsed.within(variables, limits);
        }
        if self.trusted.only() {
            return Err(Problem::document(
                code::UNTRUSTED_DOCUMENT,
                "本服务只执行已登记的文档，该文档未登记。",
                "This server runs trusted documents only, and this is none of them.",
            ));
        }
        if let Some(parsed) = self.recent.get(&hash) {
            return parsed.within(variables, limits);
        }
        let found = Parsed::read(&text, variables, limits)?;
        self.recent.keep(hash, &found.parsed);
        Ok(found)
    }

    /// How many documents are kept that are not the operator's.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.recent.lock().entries.len()
    }
}

/// The SHA-256 of a text.
#[must_use]
pub fn hash_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

/// Reads 64 hexadecimal digits, with `sha256:` before them or not.
#[must_use]
pub fn hash_from(text: &str) -> Option<Hash> {
    let digits = text.strip_prefix("sha256:").unwrap_or(text).as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |sign: u8| char::from(sign).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(hash)
}

fn read_hash(text: &str, by: By) -> Result<Hash, Problem> {
    let name = match by {
        By::DocumentId => "documentId",
        By::Extension => "sha256Hash",
    };
    hash_from(text).ok_or_else(|| {
        Problem::bad_request(
            format!("{name} 必须是 SHA-256（64 位十六进制数字）。"),
            format!("{name} must be a SHA-256 (64 hexadecimal digits)."),
        )
    })
}

/// The answer to an unknown hash. Apollo's clients know these two messages and send the text next, once or always.
fn unknown(by: By, none_at_all: bool) -> Problem {
    let code = if none_at_all { code::PERSISTED_QUERY_NOT_SUPPORTED } else { code::PERSISTED_QUERY_NOT_FOUND };
    match by {
        By::Extension if none_at_all => {
            Problem::document(code, "PersistedQueryNotSupported", "PersistedQueryNotSupported")
        }
        By::Extension => Problem::document(code, "PersistedQueryNotFound", "PersistedQueryNotFound"),
        By::DocumentId => Problem::document(code, "没有登记这个标识的文档。", "No document is known here by this id."),
    }
}

/// The documents that were parsed a short while ago, those used longest ago going first.
#[derive(Debug)]
struct Recent {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    entries: LruCache<Hash, Arc<Parsed>>,
    bytes: usize,
}

impl Default for Recent {
    fn default() -> Self {
        Self::within(0)
    }
}

impl Recent {
    fn within(most: usize) -> Self {
        Self { most, kept: Mutex::new(Kept { entries: LruCache::unbounded(), bytes: 0 }) }
    }

    fn get(&self, hash: &Hash) -> Option<Arc<Parsed>> {
        self.lock().entries.get(hash).cloned()
    }

    fn keep(&self, hash: Hash, parsed: &Arc<Parsed>) {
        if parsed.bytes > self.most {
            return;
        }
        let mut kept = self.lock();
        kept.bytes += parsed.bytes;
        // Two that parsed the same text at once keep it once.
        if let Some(before) = kept.entries.put(hash, Arc::clone(parsed)) {
            kept.bytes -= before.bytes;
        }
        while kept.bytes > self.most {
            let Some((_, oldest)) = kept.entries.pop_lru() else { break };
            kept.bytes -= oldest.bytes;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ask(documents: &Documents, text: &str, variables: serde_json::Value) -> Result<Found, Problem> {
        let variables = Variables::from_json(variables);
        documents.find(Asked::Text(text.to_owned()), &variables, &DocumentLimits::default())
    }

    #[test]
    fn a_document_is_parsed_once_and_its_costs_follow_the_variables() {
        let documents = Documents::new(Arc::default(), 1_000);
        let text = "query($n:Int){a(first:$n){nodes{b(first:100){nodes{c}}}}}";
        let first = ask(&documents, text, json!({"n": 2})).unwrap();
        let again = ask(&documents, text, json!({"n": 3})).unwrap();
        assert!(Arc::ptr_eq(&first.parsed, &again.parsed));
        let rows = |found: &Found| found.costs.of(None).unwrap().rows;
        assert_eq!((rows(&first), rows(&again)), (202, 303));
        // Kept or not, a page that is too large is refused.
        assert_eq!(ask(&documents, text, json!({"n": 100})).unwrap_err().code, "TOO_COMPLEX");
        assert_eq!(documents.kept(), 1);
        // What was refused is not kept.
        assert!(ask(&documents, "{", json!({})).is_err());
        assert_eq!(documents.kept(), 1);
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_longest_unused_goes_first() {
        let documents = Documents::new(Arc::default(), 30);
        let first = ask(&documents, "{aaaaaaaa}", json!({})).unwrap();
        for text in ["{bbbbbbbb}", "{cccccccc}"] {
            ask(&documents, text, json!({})).unwrap();
        }
        assert_eq!(documents.kept(), 3, "thirty bytes are as many as may be");
        assert!(Arc::ptr_eq(&first.parsed, &ask(&documents, "{aaaaaaaa}", json!({})).unwrap().parsed));
        ask(&documents, "{d}", json!({})).unwrap();
        assert_eq!(documents.kept(), 3);
        assert!(Arc::ptr_eq(&first.parsed, &ask(&documents, "{aaaaaaaa}", json!({})).unwrap().parsed));
        // What alone is too long is never kept, and drives nothing out.
        ask(&documents, &format!("{{{}}}", "e".repeat(40)), json!({})).unwrap();
        assert_eq!(documents.kept(), 3);
    }

    #[test]
    fn a_hash_is_sixty_four_digits() {
        let digits = "00ff".repeat(16);
        let hash = hash_from(&digits).unwrap();
        assert_eq!((hash[0], hash[1]), (0, 255));
        assert_eq!(hash_from(&format!("sha256:{}", digits.to_uppercase())), Some(hash));
        for wrong in ["", "ab", "sha256:", &digits[1..], &format!("{digits}0"), &"ü".repeat(32), &"g".repeat(64)] {
            assert_eq!(hash_from(wrong), None, "{wrong}");
        }
    }
}
