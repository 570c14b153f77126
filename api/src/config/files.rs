//! The settings of files: where they lie, and how long a link to one holds.

use super::{Found, Name, SettingsFault};
use chrono::TimeDelta;
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

/// Every setting of this kind.
pub(super) const NAMES: [Name; 4] = [FILES_DIR, FILES_URL, LINK_MINUTES, PAPERS_DIR];

/// The longest a link may hold. It is a bearer, and lies in histories and logs of proxies.
const MAX_MINUTES: i64 = 60;

/// Where files lie and how they are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSettings {
    /// The directory; absolute when the working directory is.
    pub dir: PathBuf,
    /// The address before the path of each link, without a slash at its end; empty for paths alone.
    pub url: String,
    /// How long a link holds.
    pub lifetime: TimeDelta,
    /// The directory of the region's own templates of papers, with its fonts in `fonts`; none for those that come with
    /// the program.
    pub papers: Option<PathBuf>,
}

impl FileSettings {
    /// Reads them; `given` finds a setting.
    pub(super) fn read(
        mut given: impl FnMut(Name) -> Result<Option<Found>, SettingsFault>,
        cwd: &Path,
        data_dir: &Path,
    ) -> Result<Self, SettingsFault> {
        let dir = given(FILES_DIR)?.map_or_else(|| data_dir.join("files"), |found| cwd.join(found.text));
        let url = given(FILES_URL)?.map(|found| base(&found)).transpose()?.unwrap_or_default();
        let minutes = given(LINK_MINUTES)?.map(|found| minutes(&found)).transpose()?.unwrap_or(5);
        let papers = given(PAPERS_DIR)?.map(|found| cwd.join(found.text));
        Ok(Self { dir, url, lifetime: TimeDelta::minutes(minutes), papers })
    }

    /// The settings for people to read.
    pub(super) fn lines(&self) -> [(&'static str, String); 4] {
        let url = if self.url.is_empty() { "(none)".to_owned() } else { self.url.clone() };
        [
            (FILES_DIR.variable, self.dir.display().to_string()),
            (FILES_URL.variable, url),
            (LINK_MINUTES.variable, self.lifetime.num_minutes().to_string()),
            (
                PAPERS_DIR.variable,
                self.papers.as_ref().map_or_else(|| "(none)".into(), |dir| dir.display().to_string()),
            ),
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
