//! The settings of what leaves the house: mail, and the gateway for short messages and WeChat.

use super::{Found, MIN_SECRET_BYTES, Name, SettingsFault, hide_password, incomplete};
use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use url::Url;

/// The mail server.
pub(super) const SMTP_URL: Name = Name::new("JIANYAN_SMTP_URL", "smtp_url");
/// From whom mail comes.
pub(super) const MAIL_FROM: Name = Name::new("JIANYAN_MAIL_FROM", "mail_from");
/// The gateway for messages.
pub(super) const WEBHOOK_URL: Name = Name::new("JIANYAN_WEBHOOK_URL", "webhook_url");
/// Where people sign in.
pub(super) const PUBLIC_URL: Name = Name::new("JIANYAN_PUBLIC_URL", "public_url");
/// The variable with the secret that signs calls to the gateway. It has no key in the file.
pub(super) const WEBHOOK_SECRET: &str = "JIANYAN_WEBHOOK_SECRET";

/// Every setting of this kind that may stand in the file.
pub(super) const NAMES: [Name; 4] = [SMTP_URL, MAIL_FROM, WEBHOOK_URL, PUBLIC_URL];

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte (`smtps://`).
    Tls,
    /// STARTTLS, without which nothing is sent (`smtp://`).
    StartTls,
    /// None, by the operator's choice (`smtp://…?tls=none`).
    None,
}

/// The mail server and the sender.
#[derive(Clone)]
pub struct MailSettings {
    /// The host.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// Name and password, where the server asks for them.
    pub login: Option<(String, SecretString)>,
    /// From whom mail comes.
    pub from: Mailbox,
    shown: String,
}

/// The gateway and the secret it shares with this server.
#[derive(Clone)]
pub struct WebhookSettings {
    /// Where messages are posted; a gateway may have a token in it.
    pub url: SecretString,
    /// The secret.
    pub secret: SecretSlice<u8>,
}

/// Which channels there are. Neither `Debug` nor a fault shows a secret.
#[derive(Clone, Default)]
pub struct ChannelSettings {
    /// Mail, if it is set up.
    pub mail: Option<MailSettings>,
    /// The gateway, if it is set up.
    pub webhook: Option<WebhookSettings>,
    /// Where people sign in, without a slash at the end.
    pub public_url: Option<String>,
}

impl ChannelSettings {
    /// Reads them; `given` finds a setting, `secret` is the webhook secret.
    pub(super) fn read(
        mut given: impl FnMut(Name) -> Result<Option<Found>, SettingsFault>,
        secret: Option<String>,
    ) -> Result<Self, SettingsFault> {
        let (smtp, from) = (given(SMTP_URL)?, given(MAIL_FROM)?);
        let mail = match (smtp, from) {
            (Some(smtp), Some(from)) => Some(mail(&smtp, mail_from(&from)?)?),
            (Some(_), None) => return Err(incomplete(SMTP_URL.variable, MAIL_FROM.variable)),
            (None, Some(_)) => return Err(incomplete(MAIL_FROM.variable, SMTP_URL.variable)),
            (None, None) => None,
        };
        let webhook = match (given(WEBHOOK_URL)?, secret) {
            (Some(url), Some(secret)) => {
                Some(WebhookSettings { url: webhook_url(&url)?, secret: webhook_secret(secret)? })
            }
            (Some(_), None) => return Err(incomplete(WEBHOOK_URL.variable, WEBHOOK_SECRET)),
            (None, Some(_)) => return Err(incomplete(WEBHOOK_SECRET, WEBHOOK_URL.variable)),
            (None, None) => None,
        };
        let public_url = given(PUBLIC_URL)?.map(|found| public_url(&found)).transpose()?;
        Ok(Self { mail, webhook, public_url })
    }

    /// The settings for people to read, with secrets hidden.
    pub(super) fn lines(&self) -> [(&'static str, String); 5] {
        let none = || "(none)".to_owned();
        let webhook = self.webhook.as_ref();
        [
            (SMTP_URL.variable, self.mail.as_ref().map_or_else(none, |mail| mail.shown.clone())),
            (MAIL_FROM.variable, self.mail.as_ref().map_or_else(none, |mail| mail.from.to_string())),
            (WEBHOOK_URL.variable, webhook.map_or_else(none, |hook| hide_password(hook.url.expose_secret()))),
            (WEBHOOK_SECRET, webhook.map_or_else(none, |_| "(hidden)".to_owned())),
            (PUBLIC_URL.variable, self.public_url.clone().unwrap_or_else(none)),
        ]
    }
}

const SMTP_ADVICE: (&str, &str) = (
    "give smtps://user:password@host or smtp://user:password@host:587; ?tls=none only without a password",
    "请写 smtps://用户:口令@主机 或 smtp://用户:口令@主机:587；?tls=none 仅限不用口令时",
);

fn mail(found: &Found, from: Mailbox) -> Result<MailSettings, SettingsFault> {
    let text = found.text.trim();
    let wrong = || found.fault_of(&hide_password(text), SMTP_ADVICE.0, SMTP_ADVICE.1);
    let url = Url::parse(text).map_err(|_| wrong())?;
    let (protection, port) = match (url.scheme(), url.query()) {
        ("smtps", None) => (Protection::Tls, 465),
        ("smtp", None | Some("tls=required")) => (Protection::StartTls, 587),
        ("smtp", Some("tls=none")) => (Protection::None, 25),
        _ => return Err(wrong()),
    };
    let host = url.host_str().map(|host| host.trim_matches(['[', ']']).to_owned()).filter(|host| !host.is_empty());
    let decoded =
        |part: &str| percent_decode_str(part).decode_utf8().map(|text| text.into_owned()).map_err(|_| wrong());
    let login = match (url.username(), url.password()) {
        ("", None) => None,
        ("", Some(_)) | (_, None) => return Err(wrong()),
        (user, Some(password)) => Some((decoded(user)?, SecretString::from(decoded(password)?))),
    };
    let bare = matches!(url.path(), "" | "/") && url.fragment().is_none();
    // A password never travels in the clear.
    if !bare || (protection == Protection::None && login.is_some()) {
        return Err(wrong());
    }
    let port = url.port().unwrap_or(port);
    Ok(MailSettings { host: host.ok_or_else(wrong)?, port, protection, login, from, shown: hide_password(text) })
}

fn mail_from(found: &Found) -> Result<Mailbox, SettingsFault> {
    let wrong = || {
        found.fault(
            "give a mail address, such as jianyan@example.cn or 建言 <jianyan@example.cn>",
            "请写邮箱地址，例如 jianyan@example.cn 或 建言 <jianyan@example.cn>",
        )
    };
    let text = found.text.trim();
    let mailbox: Mailbox = text.parse().map_err(|_| wrong())?;
    if text.contains(char::is_control) || !mailbox.email.to_string().is_ascii() {
        return Err(wrong());
    }
    Ok(mailbox)
}

/// An address of the web without a user or a fragment.
fn web_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (matches!(url.scheme(), "http" | "https") && url.has_host() && plain).then_some(url)
}

fn webhook_url(found: &Found) -> Result<SecretString, SettingsFault> {
    let text = found.text.trim();
    match web_url(text) {
        Some(url) => Ok(SecretString::from(url.to_string())),
        None => Err(found.fault_of(
            &hide_password(text),
            "give https://host/path, without a user in it",
            "请写 https://主机/路径，其中不含用户名",
        )),
    }
}

fn webhook_secret(text: String) -> Result<SecretSlice<u8>, SettingsFault> {
    let found = text.len();
    if found >= MIN_SECRET_BYTES {
        return Ok(SecretSlice::from(text.into_bytes()));
    }
    Err(SettingsFault {
        setting: WEBHOOK_SECRET.to_owned(),
        english: format!(
            "{WEBHOOK_SECRET} has {found} bytes but needs at least {MIN_SECRET_BYTES}; give a longer random text"
        ),
        chinese: format!("{WEBHOOK_SECRET} 只有 {found} 字节，至少需要 {MIN_SECRET_BYTES} 字节；请换成更长的随机文本"),
    })
}

fn public_url(found: &Found) -> Result<String, SettingsFault> {
    match web_url(found.text.trim()).filter(|url| url.query().is_none()) {
        Some(url) => Ok(url.as_str().trim_end_matches('/').to_owned()),
        None => Err(found.fault(
            "give the address at which people sign in, such as https://jianyan.example.cn",
            "请写用户登录的网址，例如 https://jianyan.example.cn",
        )),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
