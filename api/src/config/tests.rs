//! Settings from file and environment: what is taken, and what stops the start.

use uuid::Uuid;

use super::*;
use crate::auth::entropy::OsEntropy;

const LONG_SECRET: &str = "a-token-secret-of-more-than-32-bytes";

/// A working directory that goes away with the test.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("settings-{}", Uuid::new_v4()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, text: &str) -> &Self {
        fs::write(self.0.join(DEFAULT_FILE), text).unwrap();
        self
    }

    fn load(&self, variables: &[(&str, &str)]) -> Result<Settings, SettingsFault> {
        let env =
            |name: &str| variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned());
        Settings::load(env, &self.0)
    }

    /// The sentence with which a wrong setting stops the start.
    fn refusal(&self, variables: &[(&str, &str)]) -> SettingsFault {
        let fault = self.load(variables).unwrap_err();
        let sentence = fault.to_string();
        assert!(!sentence.contains('\n'), "{sentence}");
        assert!(sentence.contains("; "), "says what to do: {sentence}");
        assert!(!fault.chinese.is_empty() && !fault.chinese.contains('\n'));
        fault
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn without_any_setting_the_defaults_hold() {
    let place = Place::new();
    let settings = place.load(&[]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8000");
    assert_eq!(settings.data_dir, place.0.join("data"));
    assert_eq!(
        settings.database_url().expose_secret(),
        format!("sqlite://{}/data/jianyan.db?mode=rwc", place.0.display())
    );
    assert_eq!(settings.log, "info");
    assert_eq!(settings.log_format, LogFormat::Text);
    assert_eq!(settings.pool, 8);
    assert!(settings.allowed_origins.is_empty() && settings.trusted_proxies.is_empty());
    assert_eq!(settings.file, None);
    for name in NAMES {
        assert_eq!(settings.source(name.variable), Some(Source::Default));
    }
    // Reading the settings makes nothing.
    assert!(!settings.data_dir.exists());
}

#[test]
fn the_environment_goes_before_the_file_and_the_file_before_the_default() {
    let place = Place::new();
    place.file(
        "listen = \"0.0.0.0:9000\"\npool = 3\nlog_format = \"json\"\n\
         trusted_proxies = [\"10.0.0.2\", \"::1\"]\n",
    );
    let settings = place.load(&[("JIANYAN_POOL", "5")]).unwrap();
    assert_eq!(settings.listen.to_string(), "0.0.0.0:9000");
    assert_eq!(settings.pool, 5);
    assert_eq!(settings.log_format, LogFormat::Json);
    assert_eq!(settings.trusted_proxies.len(), 2);
    assert_eq!(settings.source("JIANYAN_LISTEN"), Some(Source::File));
    assert_eq!(settings.source("JIANYAN_POOL"), Some(Source::Environment));
    assert_eq!(settings.source("JIANYAN_LOG"), Some(Source::Default));
    assert_eq!(settings.source("PATH"), None);
    // An empty list in the environment takes the file's away.
    let settings = place.load(&[("JIANYAN_TRUSTED_PROXIES", "")]).unwrap();
    assert!(settings.trusted_proxies.is_empty());
}

#[test]
fn the_database_lies_in_the_data_directory_unless_told_otherwise() {
    let place = Place::new();
    let settings = place.load(&[("JIANYAN_DATA_DIR", "/srv/50% 建议?#")]).unwrap();
    assert_eq!(settings.database_url().expose_secret(), "sqlite:///srv/50%25 建议%3F%23/jianyan.db?mode=rwc");
    for url in [
        "sqlite://data/jianyan.db?mode=rwc",
        "sqlite://:memory:",
        "postgres://app:pw@db/jianyan",
        "postgresql:///jianyan?host=/run/postgresql",
    ] {
        let settings = place.load(&[("DATABASE_URL", url)]).unwrap();
        assert_eq!(settings.database_url().expose_secret(), url);
    }
}

#[test]
fn other_databases_are_refused_without_showing_their_password() {
    let place = Place::new();
    for url in [
        "mysql://root:hunter2@db/jianyan",
        "POSTGRES://root:hunter2@db/jianyan",
        "postgres:root:hunter2@db",
        "hunter2",
        "sqlite:hunter2",
        "sqlite://",
        "postgres://",
        "mysql://root:p@ss:hunter2@db/x?password=hunter2",
    ] {
        for fault in [place.refusal(&[("DATABASE_URL", url)]), {
            let other = Place::new();
            other.file(&format!("database_url = \"{url}\"\n")).refusal(&[])
        }] {
            assert!(fault.setting.eq_ignore_ascii_case("database_url"), "{fault}");
            assert!(fault.english.contains("postgres://user:password@host"), "{fault}");
            assert!(!format!("{fault:?}").contains("hunter2"), "{fault:?}");
        }
    }
}

#[test]
fn passwords_in_urls_are_hidden_whatever_signs_they_hold() {
    for (url, shown) in [
        ("sqlite://data/j.db?mode=rwc", "sqlite://data/j.db?mode=rwc"),
        ("postgres://app@db/j", "postgres://app@db/j"),
        ("postgres://app:pw@db:5432/j", "postgres://app:***@db:5432/j"),
        ("postgres://app:p/w@x@db/j", "postgres://app:***@db/j"),
        ("postgres://app:p?w=1&x@db/j", "postgres://app:***@db/j"),
        ("postgres://app:p:w@db/j", "postgres://app:***@db/j"),
        (
            "postgres:///j?user=a&password=pw&sslmode=require&sslkey=pw&pw",
            "postgres:///j?user=a&password=***&sslmode=require&sslkey=***&***",
        ),
        ("no url at all", "(hidden: not a URL)"),
    ] {
        assert_eq!(hide_password(url), shown);
    }
}

#[test]
fn wrong_values_are_named_with_their_setting() {
    let place = Place::new();
    for (variable, values) in [
        ("JIANYAN_LISTEN", vec!["localhost:8000", "8000", ":8000", "127.0.0.1", "1.2.3.4:99999", ""]),
        ("JIANYAN_LOG", vec!["inof", "api=loud", "", " "]),
        ("JIANYAN_LOG_FORMAT", vec!["xml", "", "text,json"]),
        ("JIANYAN_POOL", vec!["0", "-1", "1001", "eight", "", "8.5", "99999999999"]),
        ("JIANYAN_DATA_DIR", vec!["", " "]),
        (
            "JIANYAN_ALLOWED_ORIGINS",
            vec![
                "*",
                "null",
                "example.cn",
                "ftp://a.cn",
                "https://",
                "https://a.cn/",
                "https://a.cn/path",
                "https://u@a.cn",
                "https://a.cn?x",
                "https://a b.cn",
                "https://*.a.cn",
                "https://a.cn:0",
                "https://a.cn:x",
                "https://[::g]",
                "https://a.cn:443:443",
            ],
        ),
        ("JIANYAN_TRUSTED_PROXIES", vec!["10.0.0.0/8", "proxy", "10.0.0.2:80", "*"]),
    ] {
        for value in values {
            let fault = place.refusal(&[(variable, value)]);
            assert_eq!(fault.setting, variable);
            assert!(fault.english.starts_with(&format!("{variable} is \"{value}\"")), "{fault}");
            assert!(fault.chinese.contains(variable), "{}", fault.chinese);
        }
    }
    // However odd the value, the sentence is one short line.
    let odd = format!("a\nb\u{1b}[31m{}", "x".repeat(5_000));
    let fault = place.refusal(&[("JIANYAN_LISTEN", &odd)]);
    assert!(fault.english.len() < 600 && !fault.english.contains('\u{1b}'), "{fault}");
    // In a list the wrong part is named and not the whole.
    let fault = place.refusal(&[("JIANYAN_TRUSTED_PROXIES", "10.0.0.2, 10.0.0.x")]);
    assert!(fault.english.contains("\"10.0.0.x\""), "{fault}");
}

#[test]
fn origins_become_what_a_browser_sends() {
    let list = "https://A.example.CN, http://localhost:5173,https://b.cn:443,\
                http://c.cn:80,http://[::1]:3000,http://[::1],";
    let settings = Place::new().load(&[("JIANYAN_ALLOWED_ORIGINS", list)]).unwrap();
    assert_eq!(
        settings.allowed_origins,
        [
            "https://a.example.cn",
            "http://localhost:5173",
            "https://b.cn",
            "http://c.cn",
            "http://[::1]:3000",
            "http://[::1]",
        ]
    );
}

#[test]
fn an_explicit_file_must_exist_and_a_default_one_need_not() {
    let place = Place::new();
    let fault = place.refusal(&[("JIANYAN_CONFIG", "missing.toml")]);
    assert!(fault.english.contains("missing.toml") && fault.english.contains(CONFIG), "{fault}");
    place.refusal(&[("JIANYAN_CONFIG", "")]);
    fs::write(place.0.join("other.toml"), "pool = 4").unwrap();
    let settings = place.load(&[("JIANYAN_CONFIG", "other.toml")]).unwrap();
    assert_eq!((settings.pool, settings.file), (4, Some(place.0.join("other.toml"))));
    // A directory in the place of the default file is a fault, not "no file".
    fs::create_dir(place.0.join(DEFAULT_FILE)).unwrap();
    place.refusal(&[]);
}

#[test]
fn trusted_documents_come_from_a_path_and_alone_only_with_one() {
    let place = Place::new();
    assert_eq!(place.load(&[]).unwrap().documents, DocumentSettings::default());
    place.file("trusted_documents = \"clients\"\ntrusted_only = true\n");
    let settings = place.load(&[]).unwrap();
    assert_eq!((settings.documents.trusted, settings.documents.only), (Some(place.0.join("clients")), true));
    assert!(!place.load(&[("JIANYAN_TRUSTED_ONLY", "false")]).unwrap().documents.only);
    assert_eq!(place.refusal(&[("JIANYAN_TRUSTED_ONLY", "yes")]).setting, "JIANYAN_TRUSTED_ONLY");
    let place = Place::new();
    assert_eq!(place.refusal(&[("JIANYAN_TRUSTED_ONLY", "true")]).setting, "JIANYAN_TRUSTED_DOCUMENTS");
}

#[test]
fn faults_of_the_file_are_named_without_its_text() {
    for (text, needle) in [
        ("poool = 4", "poool is not a setting"),
        ("token_secret = \"hunter2\"", "token_secret is not a setting"),
        ("[server]\npool = 4", "server is not a setting"),
        ("pool = true", "pool is \"true\" (file)"),
        ("pool = 8.0", "pool has the type float"),
        ("listen = { port = 1 }", "listen has the type table"),
        ("trusted_proxies = [1, 2]", "trusted_proxies has the type array"),
        ("pool = 4\npool = 5", "line 2 is not valid TOML"),
        ("pool = 4\n\ndatabase_url = hunter2\n", "line 3 is not valid TOML"),
        ("\u{0}", "line 1 is not valid TOML"),
        ("pool = 0", "pool is \"0\" (file)"),
    ] {
        let place = Place::new();
        let fault = place.file(text).refusal(&[]);
        assert!(fault.english.contains(needle), "{fault}");
        assert!(!fault.english.contains("hunter2"), "{fault}");
    }
}

#[test]
fn the_token_secret_comes_from_the_environment_or_is_made() {
    let place = Place::new();
    let settings = place.load(&[("JIANYAN_TOKEN_SECRET", LONG_SECRET)]).unwrap();
    let secret = settings.token_secret(&OsEntropy).unwrap();
    assert_eq!(secret.expose_secret(), LONG_SECRET.as_bytes());
    assert!(!settings.data_dir.exists());

    let settings = place.load(&[]).unwrap();
    let made = settings.token_secret(&OsEntropy).unwrap();
    assert!(made.expose_secret().len() >= MIN_SECRET_BYTES);
    assert!(place.0.join("data/token.secret").is_file());
    let again = place.load(&[]).unwrap().token_secret(&OsEntropy).unwrap();
    assert_eq!(made.expose_secret(), again.expose_secret());
}

#[test]
fn short_secrets_are_refused_and_not_shown() {
    let place = Place::new();
    for secret in ["", "hunter2", &"h".repeat(31)] {
        let fault = place.refusal(&[("JIANYAN_TOKEN_SECRET", secret)]);
        assert!(fault.english.contains(&format!("{} bytes", secret.len())), "{fault}");
        assert!(!format!("{fault:?}").contains("hunter2") && !fault.english.contains("hhh"));
    }
    assert!(place.load(&[("JIANYAN_TOKEN_SECRET", &"h".repeat(32))]).is_ok());
}

#[cfg(unix)]
#[test]
fn a_secret_file_open_to_others_is_found_when_checking() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let path = place.0.join("data/token.secret");
    fs::create_dir(place.0.join("data")).unwrap();
    fs::write(&path, LONG_SECRET).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let fault = place.refusal(&[]);
    assert!(fault.english.contains("chmod 600") && !fault.english.contains(LONG_SECRET));
    // It does not matter when the environment gives the secret.
    assert!(place.load(&[("JIANYAN_TOKEN_SECRET", LONG_SECRET)]).is_ok());
}

#[test]
fn describing_shows_values_and_sources_but_no_secrets() {
    let place = Place::new();
    place.file("pool = 3");
    let settings = place
        .load(&[
            ("DATABASE_URL", "postgres://app:hunter2@db/jianyan?password=hunter2"),
            ("JIANYAN_TOKEN_SECRET", LONG_SECRET),
        ])
        .unwrap();
    let text = settings.describe();
    for line in [
        "DATABASE_URL = postgres://app:***@db/jianyan?password=***  [environment]",
        "JIANYAN_POOL = 3  [file]",
        "JIANYAN_LISTEN = 127.0.0.1:8000  [default]",
        "JIANYAN_TOKEN_SECRET = (hidden)  [environment]",
        "JIANYAN_ALLOWED_ORIGINS = (none)  [default]",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    assert!(text.starts_with("configuration file: ") && text.contains(DEFAULT_FILE));
    for shown in [text, format!("{settings:?}"), format!("{settings:#?}")] {
        assert!(!shown.contains("hunter2") && !shown.contains(LONG_SECRET), "{shown}");
    }
}

#[test]
fn unknown_variables_are_warned_about() {
    let names = [
        "PATH",
        "JIANYAN_POOL",
        "JIANYAN_PORT",
        "JIANYAN_CONFIG",
        "JIANYAN_TOKEN_SECRET",
        "JIANYAN_CLOCK",
        "JIANYANX",
        "DATABASE_URL",
    ];
    let warnings = unknown_variables(names, &["JIANYAN_CLOCK"]);
    assert_eq!(warnings, ["the environment variable JIANYAN_PORT is not a setting and is ignored"]);
}
