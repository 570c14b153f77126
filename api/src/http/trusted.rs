//! The operator's documents: read once at start, known by the SHA-256 of their texts.
//!
//! A client that sends the hash alone sends less; a server that runs nothing else is asked nothing that its operator
//! has not seen. Nobody can add a document while the server runs.

use super::{
    documents::{Hash, Parsed, hash_from, hash_of},
    limits::DocumentLimits,
};
use async_graphql::{Variables, parser::types::ExecutableDocument};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    sync::Arc,
};

/// The most bytes of a manifest or of a folder's files together.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// The operator's documents.
#[derive(Debug, Default)]
pub struct Trusted {
    documents: HashMap<Hash, Arc<Parsed>>,
    only: bool,
}

/// A document cannot be trusted: which one, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {english}")]
pub struct TrustedFault {
    /// The file, or the key in the manifest.
    pub place: String,
    /// What is wrong, in English.
    pub english: String,
    /// The same in Chinese.
    pub chinese: String,
}

impl TrustedFault {
    fn new(place: impl Into<String>, english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self { place: place.into(), english: english.into(), chinese: chinese.into() }
    }
}

impl Trusted {
    /// Reads a JSON manifest (hash → text) or a folder of `.graphql` files, each a document. What the guard or
    /// `fits`, which asks the schema, refuses is a fault, as is a hash of another text.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub async fn read(
        path: &Path,
        only: bool,
        limits: &DocumentLimits,
        fits: impl AsyncFn(&ExecutableDocument) -> Result<(), String>,
    ) -> Result<Self, TrustedFault> {
        let texts = if path.is_dir() { folder(path)? } else { manifest(path)? };
        if texts.is_empty() {
            let place = path.display().to_string();
            return Err(TrustedFault::new(place, "it holds no document", "其中没有任何文档"));
        }
        let mut documents = HashMap::with_capacity(texts.len());
        for (place, text) in texts {
            let found = Parsed::read(&text, &Variables::default(), limits)
                .map_err(|problem| TrustedFault::new(&place, problem.en, problem.zh))?;
            fits(&found.parsed.document)
                .await
                .map_err(|message| TrustedFault::new(&place, &message, format!("与接口定义不符：{message}")))?;
            documents.insert(hash_of(&text), found.parsed);
        }
        Ok(Self { documents, only })
    }

    /// The document with this hash.
    #[must_use]
    pub fn get(&self, hash: &Hash) -> Option<Arc<Parsed>> {
        self.documents.get(hash).cloned()
    }

    /// Whether no other documents are run.
    #[must_use]
    pub fn only(&self) -> bool {
        self.only
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.len()
    }
}

/// The texts of a manifest, with their keys.
fn manifest(path: &Path) -> Result<Vec<(String, String)>, TrustedFault> {
    let file = path.display().to_string();
    let text = read(path, MAX_BYTES)?;
    let entries: BTreeMap<String, Value> = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        TrustedFault::new(
            &file,
            format!("it is no JSON object of texts by their hashes (line {line}, column {column})"),
            format!("不是“哈希 → 文档文本”的 JSON 对象（第 {line} 行第 {column} 列）"),
        )
    })?;
    let mut texts = Vec::new();
    for (key, value) in entries {
        let place = format!("{file}, {key}");
        let Value::String(text) = value else {
            return Err(TrustedFault::new(place, "the document is no text", "文档不是文本"));
        };
        if hash_from(&key) != Some(hash_of(&text)) {
            return Err(TrustedFault::new(
                place,
                "the key is not the SHA-256 of the text (64 hexadecimal digits)",
                "键不是该文本的 SHA-256（64 位十六进制数字）",
            ));
        }
        texts.push((place, text));
    }
    Ok(texts)
}

/// The texts of the `.graphql` files of a folder and of the folders in it, with their paths.
fn folder(path: &Path) -> Result<Vec<(String, String)>, TrustedFault> {
    let fault = |path: &Path, error: &std::io::Error| {
        TrustedFault::new(path.display().to_string(), format!("it cannot be read ({error})"), "无法读取")
    };
    let (mut open, mut texts, mut left) = (vec![path.to_owned()], Vec::new(), MAX_BYTES);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| fault(&folder, &error))? {
            let path = entry.map_err(|error| fault(&folder, &error))?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "graphql") {
                let text = read(&path, left)?;
                left -= text.len() as u64;
                texts.push((path.display().to_string(), text));
            }
        }
    }
    texts.sort();
    Ok(texts)
}

fn read(path: &Path, most: u64) -> Result<String, TrustedFault> {
    let place = path.display().to_string();
    let fault = |error: std::io::Error| {
        TrustedFault::new(&place, format!("it cannot be read as UTF-8 text ({error})"), "无法按 UTF-8 文本读取")
    };
    if fs::metadata(path).map_err(fault)?.len() > most {
        return Err(TrustedFault::new(
            &place,
            format!("with it the documents have more than {MAX_BYTES} bytes"),
            format!("文档总长超过 {MAX_BYTES} 字节"),
        ));
    }
    fs::read_to_string(path).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "query A { a }\n";

    fn hex(text: &str) -> String {
        hash_of(text).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn load(path: &Path) -> Result<Trusted, TrustedFault> {
        let fits = async |document: &ExecutableDocument| {
            let fits = document.operations.iter().all(|(name, _)| name.is_none_or(|name| name != "Wrong"));
            if fits { Ok(()) } else { Err("there is nothing of that kind".to_owned()) }
        };
        futures_util::FutureExt::now_or_never(Trusted::read(path, false, &DocumentLimits::default(), fits)).unwrap()
    }

    #[test]
    fn a_manifest_gives_texts_by_their_hashes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.json");
        let fault = |manifest: Value| {
            fs::write(&path, manifest.to_string()).unwrap();
            let fault = load(&path).unwrap_err();
            assert!(fault.place.contains("manifest.json") && !fault.chinese.is_empty());
            fault.to_string()
        };
        assert!(fault(json!({})).contains("no document"));
        assert!(fault(json!([])).contains("no JSON object"));
        assert!(fault(json!({ hex(TEXT): 1 })).contains("is no text"));
        let other = hex("{ b }");
        assert!(fault(json!({ other.clone(): TEXT })).contains(&other));
        assert!(fault(json!({ hex("{"): "{" })).contains(&hex("{")));
        let wrong = "query Wrong { a }";
        assert!(fault(json!({ hex(wrong): wrong, hex(TEXT): TEXT })).contains(&hex(wrong)));
        let deep = format!("{}a{}", "{a".repeat(20), "}".repeat(20));
        assert!(fault(json!({ hex(&deep): deep })).contains("too complex"));
        fs::write(&path, json!({ format!("sha256:{}", hex(TEXT)): TEXT, hex("{b}"): "{b}" }).to_string()).unwrap();
        let trusted = load(&path).unwrap();
        assert!(trusted.len() == 2 && trusted.get(&hash_of(TEXT)).is_some());
        assert!(load(&folder.path().join("missing")).unwrap_err().to_string().contains("missing"));
    }

    #[test]
    fn a_folder_gives_each_graphql_file_as_a_document() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("more")).unwrap();
        fs::write(folder.path().join("a.graphql"), TEXT).unwrap();
        fs::write(folder.path().join("more/b.graphql"), "{ b }").unwrap();
        fs::write(folder.path().join("README.md"), "no document").unwrap();
        let trusted = load(folder.path()).unwrap();
        assert_eq!(trusted.len(), 2);
        // By the bytes of the file, so that `sha256sum` gives the id.
        assert!(trusted.get(&hash_of(TEXT)).is_some() && trusted.get(&hash_of(TEXT.trim())).is_none());
        fs::write(folder.path().join("more/c.graphql"), "query Wrong { b }").unwrap();
        assert!(load(folder.path()).unwrap_err().place.contains("c.graphql"));
    }
}
