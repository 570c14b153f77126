//! Stored files in a bucket of an object store that speaks S3, for several servers without a shared disk.
//!
//! Drafts still lie on the local disk: a file is looked at before it is kept.

use super::store::{Draft, Drafts, Store, Stored};
use async_trait::async_trait;
use bytes::Bytes;
use domain::ids::{AttachmentId, TypedId};
use futures_util::StreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{ObjectStoreExt, WriteMultipart};
use secrecy::{ExposeSecret, SecretString};
use std::io;
use std::path::PathBuf;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

/// How large the parts are in which a file is sent; S3 takes none below 5 MiB but the last.
const PART: usize = 8 * 1024 * 1024;
/// How many parts of one file are under way at once: so much of it is in memory at most.
const PARTS_AT_ONCE: usize = 2;

/// Where a bucket is, and who may use it.
#[derive(Clone)]
pub struct BucketSettings {
    /// The address of the service, such as `https://s3.example.cn`.
    pub endpoint: String,
    /// The bucket.
    pub bucket: String,
    /// What stands before the name of each file; may be empty.
    pub prefix: String,
    /// The region that is signed; services without regions take any.
    pub region: String,
    /// The public part of the key.
    pub access_key: String,
    /// The secret part of the key.
    pub secret_key: SecretString,
}

impl BucketSettings {
    /// The address with the bucket and what stands before each name.
    pub fn url(&self) -> String {
        let prefix = if self.prefix.is_empty() { String::new() } else { format!("/{}", self.prefix) };
        format!("{}/{}{prefix}", self.endpoint, self.bucket)
    }
}

impl std::fmt::Debug for BucketSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BucketSettings")
            .field("endpoint", &self.endpoint)
            .field("bucket", &self.bucket)
            .finish_non_exhaustive()
    }
}

/// A bucket, with a local directory for drafts.
#[derive(Debug)]
pub struct Bucket {
    drafts: Drafts,
    store: AmazonS3,
    prefix: Path,
}

impl Bucket {
    /// The bucket; nothing is sent yet.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub fn new(settings: &BucketSettings, drafts: PathBuf) -> Result<Self, object_store::Error> {
        // Its client takes the provider of the process; the program has chosen it, others may not have.
        drop(rustls::crypto::ring::default_provider().install_default());
        let store = AmazonS3Builder::new()
            .with_endpoint(&settings.endpoint)
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(settings.secret_key.expose_secret())
            // Services in one's own house have no name for each bucket, and perhaps no TLS.
            .with_virtual_hosted_style_request(false)
            .with_allow_http(settings.endpoint.starts_with("http://"))
            .build()?;
        Ok(Self { drafts: Drafts::new(drafts), store, prefix: Path::from(settings.prefix.as_str()) })
    }

    /// Folders as on a disk, so that a bucket can be copied to one and back.
    fn path(&self, id: AttachmentId) -> Path {
        let name = id.uuid().simple().to_string();
        let folder = name[name.len() - 2..].to_owned();
        self.prefix.clone().join("stored").join(folder).join(name)
    }
}

#[async_trait]
impl Store for Bucket {
    async fn begin(&self) -> io::Result<Draft> {
        self.drafts.begin().await
    }

    async fn keep(&self, id: AttachmentId, mut draft: Draft) -> io::Result<()> {
        let mut file = tokio::fs::File::from_std(draft.written().await?);
        file.rewind().await?;
        let upload = self.store.put_multipart(&self.path(id)).await.map_err(io::Error::other)?;
        // An upload that is dropped half done becomes no file.
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut chunk = vec![0; 64 * 1024];
        loop {
            upload.wait_for_capacity(PARTS_AT_ONCE).await.map_err(io::Error::other)?;
            let read = file.read(&mut chunk).await?;
            if read == 0 {
                break;
            }
            upload.write(&chunk[..read]);
        }
        upload.finish().await.map_err(io::Error::other)?;
        Ok(())
    }

    async fn open(&self, id: AttachmentId) -> io::Result<Option<Stored>> {
        match self.store.get(&self.path(id)).await {
            Ok(found) => {
                let length = found.meta.size;
                let chunks = found.into_stream().map(|chunk: Result<Bytes, _>| chunk.map_err(io::Error::other));
                Ok(Some((length, chunks.boxed())))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(other) => Err(io::Error::other(other)),
        }
    }

    async fn remove(&self, id: AttachmentId) -> io::Result<()> {
        match self.store.delete(&self.path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(other) => Err(io::Error::other(other)),
        }
    }

    async fn tidy(&self) -> io::Result<u64> {
        self.drafts.tidy().await
    }
}
