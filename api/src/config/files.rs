//! The settings of files: where they lie, and how long a link to one holds.

use super::{Found, Name, SettingsFault, incomplete};
use crate::files::BucketSettings;
use chrono::TimeDelta;
use secrecy::SecretString;
use std::path::{Path, PathBuf};
use url::Url;

/// Where stored files lie.
const FILES_DIR: Name = Name::new("JIANYAN_FILES_DIR", "files_dir");
/// What is put before the path of a link.
const FILES_URL: Name = Name::new("JIANYAN_FILES_URL", "files_url");
/// How many minutes a link holds.
const LINK_MINUTES: Name = Name::new("JIANYAN_LINK_MINUTES", "link_minutes");
/// Where a region's own templates and fonts of papers lie.
const PAPERS_DIR: Name = Name::new("JIANYAN_PAPERS_DIR", "papers_dir");

/// The bucket in which files lie instead of in the directory.
const S3_URL: Name = Name::new("JIANYAN_S3_URL", "s3_url");
/// The region of the bucket.
const S3_REGION: Name = Name::new("JIANYAN_S3_REGION", "s3_region");
/// The public part of the key to the bucket.
const S3_ACCESS_KEY: Name = Name::new("JIANYAN_S3_ACCESS_KEY", "s3_access_key");
/// The variable with the secret part of that key. It has no key in the file.
pub(super) const S3_SECRET_KEY: &str = "JIANYAN_S3_SECRET_KEY";

/// Every setting of this kind that may stand in the file.
pub(super) const NAMES: [Name; 7] = [FILES_DIR, FILES_URL, LINK_MINUTES, PAPERS_DIR, S3_URL, S3_REGION, S3_ACCESS_KEY];

/// The region that is signed when none is named; services of one's own house take any.
const ANY_REGION: &str = "us-east-1";

/// The longest a link may hold. It is a bearer, and lies in histories and logs of proxies.
const MAX_MINUTES: i64 = 60;

/// Where files lie and how they are reached.
#[derive(Clone, Debug)]
pub struct FileSettings {
    /// The directory; absolute when the working directory is. With a bucket, drafts alone lie there.
    pub dir: PathBuf,
    /// The bucket in which files lie; none for the directory.
    pub bucket: Option<BucketSettings>,
    /// The address before the path of each link, without a slash at its end; empty for paths alone.
    pub url: String,
    /// How long a link holds.
    pub lifetime: TimeDelta,
    /// The directory of the region's own templates of papers, with its fonts in `fonts`; none for those that come with
    /// the program.
    pub papers: Option<PathBuf>,
}

impl FileSettings {
    /// Reads them; `given` finds a setting, `secret` is the secret key to the bucket.
    pub(super) fn read(
        mut given: impl FnMut(Name) -> Result<Option<Found>, SettingsFault>,
        secret: Option<String>,
        cwd: &Path,
        data_dir: &Path,
    ) -> Result<Self, SettingsFault> {
        let dir = given(FILES_DIR)?.map_or_else(|| data_dir.join("files"), |found| cwd.join(found.text));
        let url = given(FILES_URL)?.map(|found| base(&found)).transpose()?.unwrap_or_default();
        let minutes = given(LINK_MINUTES)?.map(|found| minutes(&found)).transpose()?.unwrap_or(5);
        let papers = given(PAPERS_DIR)?.map(|found| cwd.join(found.text));
        let bucket = bucket(given(S3_URL)?, given(S3_REGION)?, given(S3_ACCESS_KEY)?, secret)?;
        Ok(Self { dir, bucket, url, lifetime: TimeDelta::minutes(minutes), papers })
    }

    /// The settings for people to read.
    pub(super) fn lines(&self) -> [(&'static str, String); 8] {
        let none = || "(none)".to_owned();
        let url = if self.url.is_empty() { none() } else { self.url.clone() };
        let bucket = self.bucket.as_ref();
        [
            (FILES_DIR.variable, self.dir.display().to_string()),
            (FILES_URL.variable, url),
            (LINK_MINUTES.variable, self.lifetime.num_minutes().to_string()),
            (PAPERS_DIR.variable, self.papers.as_ref().map_or_else(none, |dir| dir.display().to_string())),
            (S3_URL.variable, bucket.map_or_else(none, BucketSettings::url)),
            (S3_REGION.variable, bucket.map_or_else(none, |bucket| bucket.region.clone())),
            (S3_ACCESS_KEY.variable, bucket.map_or_else(none, |bucket| bucket.access_key.clone())),
            (S3_SECRET_KEY, bucket.map_or_else(none, |_| "(hidden)".to_owned())),
        ]
    }
}

fn base(found: &Found) -> Result<String, SettingsFault> {
    let url = Url::parse(found.text.trim()).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    });
    match url {
        Some(url) => Ok(url.as_str().trim_end_matches('/').to_owned()),
        None => Err(found.fault(
            "give the address at which clients reach this server, such as https://jianyan.example.cn",
            "请写客户端访问本服务的网址，例如 https://jianyan.example.cn",
        )),
    }
}

/// The bucket of these settings: address and both parts of the key, or none of them.
fn bucket(
    address: Option<Found>,
    region: Option<Found>,
    access_key: Option<Found>,
    secret_key: Option<String>,
) -> Result<Option<BucketSettings>, SettingsFault> {
    let (address, access_key, secret_key) = match (address, access_key, secret_key) {
        (Some(address), Some(access_key), Some(secret_key)) => (address, access_key, secret_key),
        (None, None, None) => {
            return region.map_or(Ok(None), |_| Err(incomplete(S3_REGION.variable, S3_URL.variable)));
        }
        (None, Some(_), _) => return Err(incomplete(S3_ACCESS_KEY.variable, S3_URL.variable)),
        (None, None, Some(_)) => return Err(incomplete(S3_SECRET_KEY, S3_URL.variable)),
        (Some(_), None, _) => return Err(incomplete(S3_URL.variable, S3_ACCESS_KEY.variable)),
        (Some(_), Some(_), None) => return Err(incomplete(S3_URL.variable, S3_SECRET_KEY)),
    };
    let wrong = || {
        address.fault(
            "give the address of the service with the bucket, such as https://s3.example.cn/jianyan",
            "请写对象存储服务的网址及存储桶，例如 https://s3.example.cn/jianyan",
        )
    };
    let address = Found { text: base(&address).map_err(|_| wrong())?, ..address.clone() };
    let url = Url::parse(&address.text).map_err(|_| wrong())?;
    let (bucket, prefix) = match url.path().trim_matches('/').split_once('/') {
        Some((bucket, prefix)) => (bucket.to_owned(), prefix.to_owned()),
        None => (url.path().trim_matches('/').to_owned(), String::new()),
    };
    if bucket.is_empty() {
        return Err(wrong());
    }
    Ok(Some(BucketSettings {
        endpoint: url.origin().ascii_serialization(),
        bucket,
        prefix,
        region: region.map_or_else(|| ANY_REGION.to_owned(), |found| found.text.trim().to_owned()),
        access_key: access_key.text.trim().to_owned(),
        secret_key: SecretString::from(secret_key),
    }))
}

fn minutes(found: &Found) -> Result<i64, SettingsFault> {
    match found.text.trim().parse() {
        Ok(minutes) if (1..=MAX_MINUTES).contains(&minutes) => Ok(minutes),
        _ => Err(found.fault(
            &format!("give a number of minutes from 1 to {MAX_MINUTES}"),
            &format!("请写 1 到 {MAX_MINUTES} 之间的分钟数"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;
    use chrono::TimeDelta;
    use std::path::Path;

    fn load(set: &[(&str, &str)]) -> Result<Settings, String> {
        let given = |name: &str| set.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).into());
        Settings::load(given, Path::new("/srv")).map_err(|fault| fault.to_string())
    }

    #[test]
    fn files_lie_in_the_data_directory_and_links_hold_five_minutes() {
        let files = load(&[]).unwrap().files;
        assert_eq!((files.dir.as_path(), files.url.as_str()), (Path::new("/srv/data/files"), ""));
        assert_eq!(files.lifetime, TimeDelta::minutes(5));
        let set =
            [("JIANYAN_FILES_DIR", "/big"), ("JIANYAN_FILES_URL", "https://a.cn/x/"), ("JIANYAN_LINK_MINUTES", "60")];
        let files = load(&set).unwrap().files;
        assert_eq!((files.dir.as_path(), files.url.as_str()), (Path::new("/big"), "https://a.cn/x"));
        assert_eq!(files.lifetime, TimeDelta::minutes(60));
    }

    #[test]
    fn files_lie_in_a_bucket_when_there_is_one() {
        let key = [("JIANYAN_S3_ACCESS_KEY", "AK"), ("JIANYAN_S3_SECRET_KEY", "very secret")];
        let with = |url| load(&[("JIANYAN_S3_URL", url), key[0], key[1]]);
        assert!(load(&[]).unwrap().files.bucket.is_none());
        for (url, endpoint, name, prefix) in [
            ("https://s3.example.cn/jianyan", "https://s3.example.cn", "jianyan", ""),
            ("http://127.0.0.1:9000/jianyan/qinghe/files/", "http://127.0.0.1:9000", "jianyan", "qinghe/files"),
        ] {
            let bucket = with(url).unwrap().files.bucket.unwrap();
            assert_eq!(
                (bucket.endpoint.as_str(), bucket.bucket.as_str(), bucket.prefix.as_str()),
                (endpoint, name, prefix)
            );
            assert_eq!(bucket.url(), url.trim_end_matches('/'));
            assert!(!format!("{bucket:?}").contains("secret"));
        }
        for url in ["https://s3.example.cn", "https://s3.example.cn/", "s3://jianyan", "https://a:b@s3.example.cn/x"] {
            assert!(with(url).err().is_some_and(|fault| fault.contains("JIANYAN_S3_URL")), "{url}");
        }
        let all = [("JIANYAN_S3_URL", "https://s3.example.cn/jianyan"), key[0], key[1]];
        for left_out in 0..3 {
            let some: Vec<_> = (0..3).filter(|place| *place != left_out).map(|place| all[place]).collect();
            let fault = load(&some).err();
            assert!(fault.as_ref().is_some_and(|text| text.contains(all[left_out].0)), "{fault:?}");
        }
    }

    #[test]
    fn wrong_values_stop_the_start() {
        for (name, value) in [
            ("JIANYAN_LINK_MINUTES", "0"),
            ("JIANYAN_LINK_MINUTES", "61"),
            ("JIANYAN_LINK_MINUTES", "soon"),
            ("JIANYAN_FILES_URL", "ftp://a.cn"),
            ("JIANYAN_FILES_URL", "https://u:p@a.cn"),
            ("JIANYAN_FILES_URL", "https://a.cn/?x=1"),
            ("JIANYAN_FILES_DIR", ""),
        ] {
            let fault = load(&[(name, value)]).err();
            assert!(fault.as_ref().is_some_and(|text| text.contains(name)), "{name} = {value}: {fault:?}");
        }
    }
}
