//! Notices by mail.

use super::gateway::{Gateway, GatewayFault};
use super::message::Message;
use crate::config::{MailSettings, Protection};
use async_trait::async_trait;
use domain::ids::TypedId;
use domain::notices::one_line;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::ExposeSecret;
use std::fmt;
use std::time::Duration;

/// The longest the server may take for one answer.
const LONGEST: Duration = Duration::from_secs(10);

/// Hands mails to a server.
pub struct Mail {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail")
    }
}

/// Tells other machines that a machine wrote this, so that they send no holiday notes (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mail {
    /// The mail server of these settings.
    ///
    /// # Errors
    /// In English, when the machine's trusted certificates cannot be used.
    pub fn new(settings: &MailSettings) -> Result<Self, String> {
        let host = settings.host.as_str();
        let parameters = || TlsParameters::new(host.to_owned()).map_err(|fault| fault.to_string());
        let tls = match settings.protection {
            Protection::Tls => Tls::Wrapper(parameters()?),
            Protection::StartTls => Tls::Required(parameters()?),
            Protection::None => Tls::None,
        };
        // "Dangerous" is only that it begins without TLS, which is set right here.
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(LONGEST))
            .pool_config(PoolConfig::new().max_size(4));
        if let Some((user, password)) = &settings.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { from: settings.from.clone(), transport: builder.build() })
    }

    fn write(&self, message: &Message) -> Result<lettre::Message, GatewayFault> {
        let address: Address =
            message.address.parse().map_err(|_| GatewayFault::permanent("the address is no mail address"))?;
        // The same at each attempt: mailboxes drop the double.
        let id = format!("<{}@{}>", message.id.uuid().simple(), self.from.email.domain());
        lettre::Message::builder()
            .message_id(Some(id))
            .date(message.sent_at.into())
            .from(self.from.clone())
            .to(Mailbox::new(Some(one_line(&message.name)), address))
            .subject(one_line(&message.subject))
            .header(AutoSubmitted)
            .singlepart(SinglePart::plain(message.text.clone()))
            .map_err(|_| GatewayFault::permanent("the mail cannot be written"))
    }
}

#[async_trait]
impl Gateway for Mail {
    async fn send(&self, message: &Message) -> Result<(), GatewayFault> {
        let mail = self.write(message)?;
        self.transport.send(mail).await.map(drop).map_err(|fault| judge(&fault))
    }
}

/// What a failure means. The server's own words are left out: they quote addresses.
fn judge(fault: &Error) -> GatewayFault {
    let Some(code) = fault.status().map(u16::from) else {
        return GatewayFault::passing(if fault.is_timeout() {
            "the mail server took too long"
        } else if fault.is_tls() {
            "no TLS with the mail server"
        } else if fault.is_client() {
            "the mail server does not offer what is needed"
        } else {
            "the mail server cannot be reached"
        });
    };
    let text = format!("SMTP {code}");
    // A wrong password is the operator's to mend, and says nothing about the address.
    let about_login = matches!(code, 530 | 534 | 535 | 538);
    if fault.is_permanent() && !about_login { GatewayFault::permanent(text) } else { GatewayFault::passing(text) }
}
