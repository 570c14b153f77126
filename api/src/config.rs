//! The settings of the server: defaults, then the file, then the environment.
//!
//! A wrong setting stops the start with one sentence that names the setting,
//! its value and what to do. Secrets are never part of such a sentence, nor of
//! `Debug`, nor of [`Settings::describe`].

mod channels;
mod documents;
mod files;

pub use channels::{ChannelSettings, MailSettings, Protection, WebhookSettings};
pub use documents::DocumentSettings;
pub use files::FileSettings;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretSlice, SecretString};

use crate::auth::entropy::Entropy;
use crate::auth::secret_file::{self, SecretFileFault};
use crate::auth::token::MIN_SECRET_BYTES;
use crate::telemetry::{LogFormat, check_filter};

/// The variable that names the configuration file.
const CONFIG: &str = "JIANYAN_CONFIG";
/// The variable with the token secret. It has no key in the file, which is
/// copied and shown around too easily.
const TOKEN_SECRET: &str = "JIANYAN_TOKEN_SECRET";
/// The configuration file looked for in the working directory.
const DEFAULT_FILE: &str = "jianyan.toml";
/// The token secret inside the data directory.
const SECRET_FILE: &str = "token.secret";

/// The database URL.
const DATABASE_URL: Name = Name::new("DATABASE_URL", "database_url");
/// The address to listen on.
const LISTEN: Name = Name::new("JIANYAN_LISTEN", "listen");
/// The directory for the server's own files.
const DATA_DIR: Name = Name::new("JIANYAN_DATA_DIR", "data_dir");
/// The log filter.
const LOG: Name = Name::new("JIANYAN_LOG", "log");
/// The log format.
const LOG_FORMAT: Name = Name::new("JIANYAN_LOG_FORMAT", "log_format");
/// The size of the connection pool.
const POOL: Name = Name::new("JIANYAN_POOL", "pool");
/// Origins of web pages that may call the API.
const ORIGINS: Name = Name::new("JIANYAN_ALLOWED_ORIGINS", "allowed_origins");
/// Proxies whose forwarding headers are believed.
const PROXIES: Name = Name::new("JIANYAN_TRUSTED_PROXIES", "trusted_proxies");

/// The settings of the server itself that may stand in the file.
const NAMES: [Name; 8] = [DATABASE_URL, LISTEN, DATA_DIR, LOG, LOG_FORMAT, POOL, ORIGINS, PROXIES];

/// Every setting that may stand in the file.
fn all_names() -> impl Iterator<Item = Name> {
    NAMES.into_iter().chain(channels::NAMES).chain(files::NAMES).chain(documents::NAMES)
}

/// The largest connection pool taken seriously.
const MAX_POOL: u32 = 1000;

/// The most characters of a wrong value that are shown.
const MAX_SHOWN_CHARS: usize = 200;

/// What a setting is called in its two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Name {
    variable: &'static str,
    key: &'static str,
}

impl Name {
    const fn new(variable: &'static str, key: &'static str) -> Self {
        Self { variable, key }
    }
}

/// Where a setting came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Nobody set it.
    Default,
    /// The configuration file.
    File,
    /// The environment.
    Environment,
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Default => "default",
            Self::File => "file",
            Self::Environment => "environment",
        })
    }
}

/// A setting is wrong. Prints as one English sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{english}")]
pub struct SettingsFault {
    /// The variable, key or file that is wrong.
    pub setting: String,
    /// What is wrong and what to do, in English.
    pub english: String,
    /// The same in Chinese.
    pub chinese: String,
}

/// Two settings that are of use together alone.
fn incomplete(found: &str, missing: &str) -> SettingsFault {
    SettingsFault {
        setting: missing.to_owned(),
        english: format!("{found} is set but {missing} is not; set both or neither"),
        chinese: format!("已设置 {found} 但未设置 {missing}；请两项都设置，或都不设置"),
    }
}

/// Where the token secret comes from.
#[derive(Clone)]
enum TokenSecret {
    /// From the environment.
    Given(SecretSlice<u8>),
    /// From this file, which is made at the first start.
    File(PathBuf),
}

/// The effective settings.
#[derive(Clone)]
pub struct Settings {
    database_url: SecretString,
    token_secret: TokenSecret,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The directory for the server's own files; absolute when the working
    /// directory is.
    pub data_dir: PathBuf,
    /// What is logged, in the syntax of `tracing_subscriber::EnvFilter`.
    pub log: String,
    /// How the log looks.
    pub log_format: LogFormat,
    /// Most connections to the database at once; at least one.
    pub pool: u32,
    /// Origins of web pages that may call the API, as browsers write them:
    /// lower case, no default port, no slash at the end.
    pub allowed_origins: Vec<String>,
    /// Proxies whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// By which channels notifications leave the house.
    pub channels: ChannelSettings,
    /// Where files lie and how they are reached.
    pub files: FileSettings,
    /// Which documents are known before a client sends one.
    pub documents: DocumentSettings,
    /// The configuration file that was read.
    pub file: Option<PathBuf>,
    sources: BTreeMap<&'static str, Source>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Settings {{\n{}}}", self.describe())
    }
}

impl Settings {
    /// Reads the settings. Nothing is created.
    ///
    /// `env` answers for environment variables (see [`process_variable`]);
    /// `cwd` is the working directory, against which relative paths are taken.
    ///
    /// # Errors
    ///
    /// The first wrong setting, as a [`SettingsFault`].
    pub fn load(env: impl Fn(&str) -> Option<String>, cwd: &Path) -> Result<Self, SettingsFault> {
        let (file, keys) = read_file(env(CONFIG), cwd)?;
        let found = |name: Name| Found::of(name, env(name.variable), keys.get(name.key));
        let mut sources = BTreeMap::new();
        let mut given = |name: Name| -> Result<Option<Found>, SettingsFault> {
            let found = found(name);
            let source = found.as_ref().map_or(Source::Default, |found| found.source);
            sources.insert(name.variable, source);
            found.map(Found::not_empty).transpose()
        };

        let data_dir = match given(DATA_DIR)? {
            Some(found) => cwd.join(found.text),
            None => cwd.join("data"),
        };
        let database_url = match given(DATABASE_URL)? {
            Some(found) => database_url(&found)?,
            None => default_database_url(&data_dir)?,
        };
        let listen = match given(LISTEN)? {
            Some(found) => listen(&found)?,
            None => SocketAddr::from(([127, 0, 0, 1], 8000)),
        };
        let log = match given(LOG)? {
            Some(found) => log(found)?,
            None => "info".to_owned(),
        };
        let log_format = match given(LOG_FORMAT)? {
            Some(found) => log_format(&found)?,
            None => LogFormat::Text,
        };
        let pool = match given(POOL)? {
            Some(found) => pool(&found)?,
            None => 8,
        };
        let allowed_origins = match given(ORIGINS)? {
            Some(found) => found.each(origin)?,
            None => Vec::new(),
        };
        let trusted_proxies = match given(PROXIES)? {
            Some(found) => found.each(proxy)?,
            None => Vec::new(),
        };
        let webhook_secret = env(channels::WEBHOOK_SECRET);
        let secret_given = webhook_secret.is_some();
        let channels = ChannelSettings::read(&mut given, webhook_secret)?;
        let bucket_secret = env(files::S3_SECRET_KEY);
        let bucket_secret_given = bucket_secret.is_some();
        let files = FileSettings::read(&mut given, bucket_secret, cwd, &data_dir)?;
        let documents = DocumentSettings::read(&mut given, cwd)?;
        for (variable, is_given) in
            [(channels::WEBHOOK_SECRET, secret_given), (files::S3_SECRET_KEY, bucket_secret_given)]
        {
            sources.insert(variable, if is_given { Source::Environment } else { Source::Default });
        }
        let token_secret = token_secret(env(TOKEN_SECRET), &data_dir)?;
        let source = match token_secret {
            TokenSecret::Given(_) => Source::Environment,
            TokenSecret::File(_) => Source::Default,
        };
        sources.insert(TOKEN_SECRET, source);

        Ok(Self {
            database_url,
            token_secret,
            listen,
            data_dir,
            log,
            log_format,
            pool,
            allowed_origins,
            trusted_proxies,
            channels,
            files,
            documents,
            file,
            sources,
        })
    }

    /// The database URL with its password. Only for the connection.
    #[must_use]
    pub fn database_url(&self) -> &SecretString {
        &self.database_url
    }

    /// The token secret; at the first start it is made and kept in the data
    /// directory, which is created for it.
    ///
    /// # Errors
    ///
    /// A [`SettingsFault`] when the file cannot be made or must not be used.
    pub fn token_secret(&self, entropy: &dyn Entropy) -> Result<SecretSlice<u8>, SettingsFault> {
        match &self.token_secret {
            TokenSecret::Given(secret) => Ok(secret.clone()),
            TokenSecret::File(path) => secret_file::read_or_make(path, entropy).map_err(|fault| secret_fault(&fault)),
        }
    }

    /// Where a setting came from, by the name of its variable; `None` for a
    /// name that is not a setting.
    #[must_use]
    pub fn source(&self, variable: &str) -> Option<Source> {
        self.sources.get(variable).copied()
    }

    /// The effective settings, a line each, with secrets hidden and with where
    /// each came from.
    #[must_use]
    pub fn describe(&self) -> String {
        let proxies: Vec<String> = self.trusted_proxies.iter().map(IpAddr::to_string).collect();
        let secret = match &self.token_secret {
            TokenSecret::Given(_) => "(hidden)".to_owned(),
            TokenSecret::File(path) => format!("(hidden, in {})", path.display()),
        };
        let lines = [
            (DATABASE_URL.variable, hide_password(self.database_url.expose_secret())),
            (LISTEN.variable, self.listen.to_string()),
            (DATA_DIR.variable, self.data_dir.display().to_string()),
            (TOKEN_SECRET, secret),
            (LOG.variable, self.log.clone()),
            (LOG_FORMAT.variable, self.log_format.to_string()),
            (POOL.variable, self.pool.to_string()),
            (ORIGINS.variable, or_none(&self.allowed_origins)),
            (PROXIES.variable, or_none(&proxies)),
        ];
        let mut text = match &self.file {
            Some(path) => format!("configuration file: {}\n", path.display()),
            None => "configuration file: none\n".to_owned(),
        };
        for (variable, value) in
            lines.into_iter().chain(self.channels.lines()).chain(self.files.lines()).chain(self.documents.lines())
        {
            let source = self.source(variable).unwrap_or(Source::Default);
            text.push_str(&format!("{variable} = {value}  [{source}]\n"));
        }
        text
    }
}

/// Reads a variable of this process; for [`Settings::load`].
///
/// Bytes that are not UTF-8 are replaced rather than overlooked, so that a
/// damaged value is complained about and not silently the default.
#[must_use]
pub fn process_variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// A warning for each variable that begins with `JIANYAN_` and means nothing,
/// most likely for a slip of the pen. Values are not shown: they may be
/// secrets.
///
/// `others` are variables that belong to other parts of the program.
pub fn unknown_variables<'a>(names: impl IntoIterator<Item = &'a str>, others: &[&str]) -> Vec<String> {
    let known = |name: &str| {
        [CONFIG, TOKEN_SECRET, channels::WEBHOOK_SECRET, files::S3_SECRET_KEY].contains(&name)
            || others.contains(&name)
            || all_names().any(|own| own.variable == name)
    };
    names
        .into_iter()
        .filter(|name| name.starts_with("JIANYAN_") && !known(name))
        .map(|name| format!("the environment variable {name} is not a setting and is ignored"))
        .collect()
}

/// A setting as it was found: text and where it stood.
#[derive(Clone)]
struct Found {
    text: String,
    source: Source,
    /// The name by which the operator knows it.
    setting: &'static str,
}

impl Found {
    /// The environment's value, else the file's.
    fn of(name: Name, variable: Option<String>, key: Option<&String>) -> Option<Self> {
        if let Some(text) = variable {
            return Some(Self { text, source: Source::Environment, setting: name.variable });
        }
        key.map(|text| Self { text: text.clone(), source: Source::File, setting: name.key })
    }

    /// Refuses an empty value, except for lists, where it means "none".
    fn not_empty(self) -> Result<Self, SettingsFault> {
        let is_list = [ORIGINS, PROXIES].iter().any(|name| [name.variable, name.key].contains(&self.setting));
        if is_list || !self.text.trim().is_empty() {
            return Ok(self);
        }
        Err(self.fault("give it a value or remove it", "请填写或删除该设置"))
    }

    /// The fault of this setting, with its value.
    fn fault(&self, english: &str, chinese: &str) -> SettingsFault {
        self.fault_of(&self.text, english, chinese)
    }

    /// The fault of a part of this setting.
    fn fault_of(&self, value: &str, english: &str, chinese: &str) -> SettingsFault {
        let setting = self.setting;
        // A sentence stays one line of bearable length, whatever the value.
        let value: String =
            value.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).take(MAX_SHOWN_CHARS).collect();
        SettingsFault {
            setting: setting.to_owned(),
            english: format!("{setting} is \"{value}\" ({}); {english}", self.source),
            chinese: format!("设置 {setting} 的值“{value}”无效；{chinese}"),
        }
    }

    /// Reads a comma list, in which empty places mean nothing.
    fn each<T>(&self, read: impl Fn(&Self, &str) -> Result<T, SettingsFault>) -> Result<Vec<T>, SettingsFault> {
        self.text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(|part| read(self, part)).collect()
    }
}

/// Finds and reads the configuration file. The values are returned as the text
/// that the environment would have given.
fn read_file(
    explicit: Option<String>,
    cwd: &Path,
) -> Result<(Option<PathBuf>, BTreeMap<String, String>), SettingsFault> {
    let path = cwd.join(explicit.as_deref().unwrap_or(DEFAULT_FILE));
    if explicit.is_none() && !path.exists() {
        return Ok((None, BTreeMap::new()));
    }
    let text = fs::read_to_string(&path).map_err(|fault| SettingsFault {
        setting: CONFIG.to_owned(),
        english: format!(
            "the configuration file {} (from {CONFIG} or the working directory) cannot be read \
             ({fault}); correct the path or the permissions",
            path.display()
        ),
        chinese: format!("无法读取配置文件 {}；请检查 {CONFIG} 的路径或文件权限", path.display()),
    })?;
    let keys = read_keys(&path, &text)?;
    Ok((Some(path), keys))
}

/// Reads the keys of the configuration file.
fn read_keys(path: &Path, text: &str) -> Result<BTreeMap<String, String>, SettingsFault> {
    let fault = |setting: &str, english: String, chinese: String| SettingsFault {
        setting: setting.to_owned(),
        english: format!("in the configuration file {}, {english}", path.display()),
        chinese: format!("配置文件 {} 中，{chinese}", path.display()),
    };
    // The parser's own message would print the line, and a password with it.
    let table: toml::Table = text.parse().map_err(|wrong: toml::de::Error| {
        let start = wrong.span().map_or(0, |span| span.start);
        let line = 1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count();
        fault(
            CONFIG,
            format!("line {line} is not valid TOML; write key = \"value\""),
            format!("第 {line} 行不是有效的 TOML；请写成 键 = \"值\""),
        )
    })?;
    let mut keys = BTreeMap::new();
    for (key, value) in &table {
        if !all_names().any(|name| name.key == key) {
            let known: Vec<&str> = all_names().map(|name| name.key).collect();
            let known = known.join(", ");
            return Err(fault(
                key,
                format!("{key} is not a setting; remove it or write one of {known}"),
                format!("{key} 不是可用的设置；请删除，或改为其中之一：{known}"),
            ));
        }
        let text = key_text(value).ok_or_else(|| {
            fault(
                key,
                format!(
                    "{key} has the type {}; write a text, a number, true, false or a list of texts",
                    value.type_str()
                ),
                format!("{key} 的类型不对；请写文本、数字、true、false 或文本列表"),
            )
        })?;
        keys.insert(key.clone(), text);
    }
    Ok(keys)
}

/// A value of the file as the environment would write it.
fn key_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        toml::Value::Array(parts) => {
            let texts: Option<Vec<&str>> = parts.iter().map(toml::Value::as_str).collect();
            Some(texts?.join(","))
        }
        _ => None,
    }
}

/// The SQLite file in the data directory.
fn default_database_url(data_dir: &Path) -> Result<SecretString, SettingsFault> {
    let path = data_dir.join("jianyan.db");
    let Some(text) = path.to_str() else {
        return Err(SettingsFault {
            setting: DATA_DIR.variable.to_owned(),
            english: format!(
                "{} is \"{}\", which is not UTF-8; choose another directory or set {}",
                DATA_DIR.variable,
                data_dir.display(),
                DATABASE_URL.variable
            ),
            chinese: format!("{} 不是有效的 UTF-8 路径；请更换目录", DATA_DIR.variable),
        });
    };
    // These would be taken for an escape and for the end of the path.
    let text = text.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    Ok(SecretString::from(format!("sqlite://{text}?mode=rwc")))
}

/// Checks that the URL names a database this server can use.
fn database_url(found: &Found) -> Result<SecretString, SettingsFault> {
    let url = found.text.trim();
    let is_known = ["sqlite://", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if is_known {
        return Ok(SecretString::from(url));
    }
    Err(found.fault_of(
        &hide_password(url),
        "give sqlite://path/to/file.db?mode=rwc or postgres://user:password@host/database",
        "请写 sqlite://文件路径?mode=rwc 或 postgres://用户:口令@主机/数据库",
    ))
}

/// A database URL without its password, for people to read.
///
/// It hides too much rather than too little: everything up to the last `@`
/// counts as credentials, since a password may hold any sign, and of the
/// parameters only those known to be harmless keep their value.
fn hide_password(url: &str) -> String {
    const HARMLESS: [&str; 8] = ["tls", "mode", "cache", "sslmode", "host", "port", "dbname", "user"];
    let Some((scheme, rest)) = url.split_once("://") else {
        return "(hidden: not a URL)".to_owned();
    };
    let (user, rest) = match rest.rsplit_once('@') {
        None => (String::new(), rest),
        Some((credentials, rest)) => match credentials.split_once(':') {
            Some((user, _)) => (format!("{user}:***@"), rest),
            None => (format!("{credentials}@"), rest),
        },
    };
    let Some((place, parameters)) = rest.split_once('?') else {
        return format!("{scheme}://{user}{rest}");
    };
    let parameters: Vec<String> = parameters
        .split('&')
        .map(|parameter| match parameter.split_once('=') {
            Some((name, _)) if !HARMLESS.contains(&name) => format!("{name}=***"),
            Some(_) => parameter.to_owned(),
            None => "***".to_owned(),
        })
        .collect();
    format!("{scheme}://{user}{place}?{}", parameters.join("&"))
}

/// The address to listen on.
fn listen(found: &Found) -> Result<SocketAddr, SettingsFault> {
    found.text.trim().parse().map_err(|_| {
        found.fault(
            "give an IP address and a port, such as 127.0.0.1:8000 or [::]:8000",
            "请写 IP 地址和端口，例如 127.0.0.1:8000 或 [::]:8000",
        )
    })
}

/// The log filter.
fn log(found: Found) -> Result<String, SettingsFault> {
    match check_filter(&found.text) {
        Ok(()) => Ok(found.text),
        Err(_) => Err(found.fault(
            "give a level (off, error, warn, info, debug, trace) or parts such as info,api=debug",
            "请写日志级别（off、error、warn、info、debug、trace），或如 info,api=debug",
        )),
    }
}

/// The log format.
fn log_format(found: &Found) -> Result<LogFormat, SettingsFault> {
    found.text.trim().parse().map_err(|()| found.fault("give text or json", "请写 text 或 json"))
}

/// The size of the pool.
fn pool(found: &Found) -> Result<u32, SettingsFault> {
    match found.text.trim().parse() {
        Ok(size) if (1..=MAX_POOL).contains(&size) => Ok(size),
        _ => Err(found.fault(
            &format!("give a number of connections from 1 to {MAX_POOL}"),
            &format!("请写 1 到 {MAX_POOL} 之间的连接数"),
        )),
    }
}

/// One allowed origin, as a browser would write it.
fn origin(found: &Found, text: &str) -> Result<String, SettingsFault> {
    let lower = text.to_ascii_lowercase();
    let parts = match lower.split_once("://") {
        Some(("http", host)) => Some(("http", host, ":80")),
        Some(("https", host)) => Some(("https", host, ":443")),
        _ => None,
    };
    if let Some((scheme, host, default_port)) = parts
        && is_host(host)
    {
        let host = host.strip_suffix(default_port).unwrap_or(host);
        return Ok(format!("{scheme}://{host}"));
    }
    Err(found.fault_of(
        text,
        "give origins such as https://jianyan.example.cn, without a path, and no *",
        "请写来源，例如 https://jianyan.example.cn，不带路径，也不能用 *",
    ))
}

/// Whether the text is a host name or address with at most a port after it.
/// A name outside ASCII must be written as the browser sends it ("xn--…").
fn is_host(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        // The last colon of "[::1]" is not before a port.
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (text, None),
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|number| number > 0);
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
    };
    let is_address = |name: &str| {
        name.strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .is_some_and(|name| name.parse::<std::net::Ipv6Addr>().is_ok())
    };
    port.is_none_or(is_port) && (is_name(name) || is_address(name))
}

/// One trusted proxy.
fn proxy(found: &Found, text: &str) -> Result<IpAddr, SettingsFault> {
    text.parse().map_err(|_| {
        found.fault_of(
            text,
            "give single IP addresses, such as 10.0.0.2, with commas between them",
            "请写单个 IP 地址，例如 10.0.0.2，多个之间用逗号分隔",
        )
    })
}

/// The token secret of the environment, else the file for it. A file that
/// exists is checked at once, so that checking the settings finds the fault.
fn token_secret(given: Option<String>, data_dir: &Path) -> Result<TokenSecret, SettingsFault> {
    let Some(text) = given else {
        let path = data_dir.join(SECRET_FILE);
        secret_file::read(&path).map_err(|fault| secret_fault(&fault))?;
        return Ok(TokenSecret::File(path));
    };
    if text.len() >= MIN_SECRET_BYTES {
        return Ok(TokenSecret::Given(SecretSlice::from(text.into_bytes())));
    }
    let found = text.len();
    Err(SettingsFault {
        setting: TOKEN_SECRET.to_owned(),
        english: format!(
            "{TOKEN_SECRET} has {found} bytes but needs at least {MIN_SECRET_BYTES}; \
             give a longer random text, or remove it to have one made"
        ),
        chinese: format!(
            "{TOKEN_SECRET} 只有 {found} 字节，至少需要 {MIN_SECRET_BYTES} 字节；\
             请换成更长的随机文本，或删除它以便自动生成"
        ),
    })
}

/// The fault of the secret file as that of a setting.
fn secret_fault(fault: &SecretFileFault) -> SettingsFault {
    SettingsFault {
        setting: SECRET_FILE.to_owned(),
        english: fault.to_string(),
        chinese: format!(
            "令牌密钥文件不可用；请检查其权限（应为 600）和长度（至少 {MIN_SECRET_BYTES} 字节），\
             或设置 {TOKEN_SECRET}"
        ),
    }
}

/// A list for people to read.
fn or_none(parts: &[String]) -> String {
    if parts.is_empty() { "(none)".to_owned() } else { parts.join(",") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
