//! Files in a bucket: against a server that speaks S3 and checks signatures.

use api::files::{Bucket, BucketSettings, Store};
use domain::ids::{AttachmentId, TypedId};
use futures_util::TryStreamExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use std::path::Path;
use tokio::net::TcpListener;
use uuid::Uuid;

const KEY: (&str, &str) = ("AKJIANYAN", "a secret that only the bucket knows");

/// A service with one bucket in this folder; its address.
async fn service(root: &Path) -> String {
    std::fs::create_dir_all(root.join("papers")).expect("a bucket");
    let mut builder = S3ServiceBuilder::new(FileSystem::new(root).expect("a folder"));
    builder.set_auth(SimpleAuth::from_single(KEY.0, KEY.1));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let connection = auto::Builder::new(TokioExecutor::new());
                drop(connection.serve_connection(TokioIo::new(stream), service).await);
            });
        }
    });
    format!("http://{address}")
}

fn bucket(endpoint: &str, secret: &str, drafts: &Path) -> Bucket {
    let settings = BucketSettings {
        endpoint: endpoint.into(),
        bucket: "papers".into(),
        prefix: "qinghe".into(),
        region: "us-east-1".into(),
        access_key: KEY.0.into(),
        secret_key: secret.to_owned().into(),
    };
    Bucket::new(&settings, drafts.to_owned()).expect("the settings are right")
}

async fn read(store: &Bucket, id: AttachmentId) -> Option<Vec<u8>> {
    let (length, chunks) = store.open(id).await.expect("the bucket answers")?;
    let bytes: Vec<u8> =
        chunks.try_fold(Vec::new(), async |all, some| Ok([all, some.to_vec()].concat())).await.unwrap();
    assert_eq!(length, bytes.len() as u64);
    Some(bytes)
}

#[tokio::test]
async fn a_file_is_kept_in_the_bucket_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let drafts = folder.path().join("drafts");
    let endpoint = service(&folder.path().join("s3")).await;
    let store = bucket(&endpoint, KEY.1, &drafts);
    // More than one part, and one that is not full.
    let long: Vec<u8> = (0..9 * 1024 * 1024 + 7_u32).map(|place| (place % 251) as u8).collect();
    for (number, bytes) in [(1, &long[..]), (2, b"short".as_slice()), (1, b"another".as_slice())] {
        let id = AttachmentId(Uuid::from_u128(number));
        let mut draft = store.begin().await.unwrap();
        for some in bytes.chunks(100_000) {
            draft.write(some).await.unwrap();
        }
        store.keep(id, draft).await.unwrap();
        assert_eq!(read(&store, id).await.as_deref(), Some(bytes));
    }
    let name = AttachmentId(Uuid::from_u128(2)).uuid().simple().to_string();
    assert!(folder.path().join("s3/papers/qinghe/stored/02").join(name).exists(), "under the prefix, as on a disk");
    assert_eq!(std::fs::read_dir(&drafts).unwrap().count(), 0, "no draft is left behind");
    let id = AttachmentId(Uuid::from_u128(1));
    store.remove(id).await.unwrap();
    assert_eq!(read(&store, id).await, None);
    store.remove(id).await.expect("what is not there is removed already");
}

#[tokio::test]
async fn a_wrong_key_keeps_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let endpoint = service(&folder.path().join("s3")).await;
    let store = bucket(&endpoint, "another secret", &folder.path().join("drafts"));
    let id = AttachmentId(Uuid::from_u128(1));
    let mut draft = store.begin().await.unwrap();
    draft.write(b"text").await.unwrap();
    assert!(store.keep(id, draft).await.is_err());
    assert!(store.open(id).await.is_err(), "a refusal is not taken for a missing file");
    assert_eq!(read(&bucket(&endpoint, KEY.1, folder.path()), id).await, None);
}
