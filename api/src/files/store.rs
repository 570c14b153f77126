//! Where stored files lie.
//!
//! A file arrives as a draft on the local disk, never in memory, and becomes a stored file whole or not at
//! all. It is called by the id of its attachment: no part of a path ever comes from outside.

use async_trait::async_trait;
use bytes::Bytes;
use domain::ids::{AttachmentId, TypedId};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::{NamedTempFile, TempPath};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// How much of a file is read at once.
const CHUNK: usize = 64 * 1024;
/// How old a draft is that no server works on any more.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Bytes of a stored file, with their number.
pub type Stored = (u64, BoxStream<'static, io::Result<Bytes>>);

/// A place for files.
#[async_trait]
pub trait Store: std::fmt::Debug + Send + Sync {
    /// An empty draft.
    async fn begin(&self) -> io::Result<Draft>;

    /// Keeps a draft under this id; afterwards it survives a power cut. What lay there is replaced.
    async fn keep(&self, id: AttachmentId, draft: Draft) -> io::Result<()>;

    /// The bytes of a file; none when there is no such file.
    async fn open(&self, id: AttachmentId) -> io::Result<Option<Stored>>;

    /// Deletes a file; it is no fault when there is none.
    async fn remove(&self, id: AttachmentId) -> io::Result<()>;

    /// Deletes drafts that an interrupted server left behind; says how many.
    async fn tidy(&self) -> io::Result<u64>;
}

/// A file that is being received; it is deleted with this value, unless it is kept.
#[derive(Debug)]
pub struct Draft {
    file: tokio::fs::File,
    path: TempPath,
}

impl Draft {
    /// Adds bytes.
    ///
    /// # Errors
    /// What the disk said.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// The whole of it for reading, once everything is written.
    ///
    /// # Errors
    /// What the disk said.
    pub async fn written(&mut self) -> io::Result<File> {
        self.file.flush().await?;
        File::open(&self.path)
    }
}

/// The folder in which drafts lie.
#[derive(Debug)]
pub(super) struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// Drafts in this folder, which is made when the first one comes.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(super) async fn begin(&self) -> io::Result<Draft> {
        let folder = self.folder.clone();
        let (file, path) = blocking(move || {
            make_dir(&folder)?;
            Ok(NamedTempFile::new_in(folder)?.into_parts())
        })
        .await?;
        Ok(Draft { file: tokio::fs::File::from_std(file), path })
    }

    /// Deletes those that an interrupted server left behind; says how many.
    pub(super) async fn tidy(&self) -> io::Result<u64> {
        let folder = self.folder.clone();
        blocking(move || {
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(0),
                Err(other) => return Err(other),
            };
            let mut removed = 0;
            for entry in entries {
                let entry = entry?;
                let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
                if age > ABANDONED {
                    std::fs::remove_file(entry.path())?;
                    removed += 1;
                }
            }
            Ok(removed)
        })
        .await
    }
}

/// A directory on a local disk, or on one that all servers share.
#[derive(Debug)]
pub struct Directory {
    drafts: Drafts,
    root: PathBuf,
}

impl Directory {
    /// Files below this directory, which is made when the first one comes.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        Self { drafts: Drafts::new(root.join("drafts")), root }
    }

    /// The path of a file. The last digits are the random ones, so that folders fill evenly.
    fn path(&self, id: AttachmentId) -> PathBuf {
        let name = id.uuid().simple().to_string();
        self.root.join("stored").join(&name[name.len() - 2..]).join(name)
    }
}

#[async_trait]
impl Store for Directory {
    async fn begin(&self) -> io::Result<Draft> {
        self.drafts.begin().await
    }

    async fn keep(&self, id: AttachmentId, mut draft: Draft) -> io::Result<()> {
        let path = self.path(id);
        draft.file.flush().await?;
        // First the bytes, then the name, then the folder that holds the name: after a power cut there is
        // the whole file or none.
        draft.file.sync_all().await?;
        blocking(move || {
            let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
            make_dir(folder)?;
            draft.path.persist(&path).map_err(|refused| refused.error)?;
            sync_dir(folder)?;
            folder.parent().map_or(Ok(()), sync_dir)
        })
        .await
    }

    async fn open(&self, id: AttachmentId) -> io::Result<Option<Stored>> {
        let file = match tokio::fs::File::open(self.path(id)).await {
            Ok(file) => file,
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(other) => return Err(other),
        };
        let length = file.metadata().await?.len();
        let chunks = stream::try_unfold(file, |mut file| async move {
            let mut chunk = vec![0; CHUNK];
            let read = file.read(&mut chunk).await?;
            chunk.truncate(read);
            Ok((read > 0).then(|| (Bytes::from(chunk), file)))
        });
        Ok(Some((length, chunks.boxed())))
    }

    async fn remove(&self, id: AttachmentId) -> io::Result<()> {
        match tokio::fs::remove_file(self.path(id)).await {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
            _ => Ok(()),
        }
    }

    async fn tidy(&self) -> io::Result<u64> {
        self.drafts.tidy().await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Makes a directory that only its owner may enter.
fn make_dir(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Waits until the names in a directory are on the disk.
fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
