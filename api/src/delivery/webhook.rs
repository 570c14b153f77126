//! Messages to a gateway for short messages or WeChat: a signed call that follows no redirect.
//!
//! The receiver checks `X-Jianyan-Signature`, refuses an old `X-Jianyan-Timestamp`, and drops a double by
//! `X-Jianyan-Delivery`. `docs/notifications.md` says how.

use super::gateway::{Gateway, GatewayFault};
use super::message::Message;
use crate::config::WebhookSettings;
use async_trait::async_trait;
use bytes::Bytes;
use domain::ids::TypedId;
use hmac::{Hmac, KeyInit, Mac};
use http::{Request, StatusCode, Uri, header};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use secrecy::{ExposeSecret, SecretSlice};
use serde_json::json;
use sha2::Sha256;
use std::fmt;
use std::time::Duration;
use tokio::time::timeout;

/// The longest a call may take.
const LONGEST: Duration = Duration::from_secs(10);

/// Posts messages to a gateway.
pub struct Webhook {
    url: Uri,
    secret: SecretSlice<u8>,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Webhook")
    }
}

impl Webhook {
    /// The gateway of these settings.
    ///
    /// # Errors
    /// In English, when the address cannot be used or the machine trusts no certificate at all.
    pub fn new(settings: &WebhookSettings) -> Result<Self, String> {
        // Without the address: it may hold a token.
        let url: Uri = settings.url.expose_secret().parse().map_err(|_| "the address is not a URI".to_owned())?;
        let builder = HttpsConnectorBuilder::new();
        let builder = if url.scheme_str() == Some("https") {
            let trusting = builder.with_provider_and_native_roots(ring::default_provider());
            trusting.map_err(|fault| format!("no trusted certificates: {fault}"))?
        } else {
            let versions = ClientConfig::builder_with_provider(ring::default_provider().into());
            let versions = versions.with_safe_default_protocol_versions().map_err(|fault| fault.to_string())?;
            builder.with_tls_config(versions.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
        };
        let connector = builder.https_or_http().enable_http1().build();
        // Each call has a connection of its own: calls are few, and an idle one may be dead.
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
        Ok(Self { url, secret: settings.secret.clone(), client })
    }

    fn request(&self, message: &Message) -> Result<Request<Full<Bytes>>, http::Error> {
        let body = json!({
            "deliveryId": message.id.to_string(),
            "kind": message.kind,
            "to": { "name": message.name, "mobile": message.address },
            "text": message.text,
            "at": message.happened_at.to_rfc3339(),
            "url": message.url,
        })
        .to_string();
        let timestamp = message.sent_at.timestamp().to_string();
        let signature = signature(self.secret.expose_secret(), &timestamp, body.as_bytes());
        Request::post(self.url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, concat!("jianyan/", env!("CARGO_PKG_VERSION")))
            .header("x-jianyan-delivery", message.id.uuid().simple().to_string())
            .header("x-jianyan-timestamp", timestamp)
            .header("x-jianyan-signature", format!("sha256={signature}"))
            .body(Full::new(Bytes::from(body)))
    }
}

/// HMAC-SHA256 of `timestamp.body`, in lower-case hexadecimal digits.
fn signature(secret: &[u8], timestamp: &str, body: &[u8]) -> String {
    // A key may have any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[async_trait]
impl Gateway for Webhook {
    async fn send(&self, message: &Message) -> Result<(), GatewayFault> {
        let request = self.request(message).map_err(|_| GatewayFault::permanent("the call cannot be written"))?;
        match timeout(LONGEST, self.client.request(request)).await {
            Err(_) => Err(GatewayFault::passing("the gateway took too long")),
            Ok(Err(fault)) if fault.is_connect() => Err(GatewayFault::passing("the gateway cannot be reached")),
            Ok(Err(_)) => Err(GatewayFault::passing("the connection to the gateway broke")),
            // What it says besides its status is not read: it may quote the message.
            Ok(Ok(response)) => judge(response.status()),
        }
    }
}

fn judge(status: StatusCode) -> Result<(), GatewayFault> {
    let text = format!("HTTP {}", status.as_u16());
    match status {
        _ if status.is_success() => Ok(()),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Err(GatewayFault::passing(text)),
        _ if status.is_client_error() => Err(GatewayFault::permanent(text)),
        _ if status.is_redirection() => Err(GatewayFault::passing(format!("{text}: redirects are not followed"))),
        _ => Err(GatewayFault::passing(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_what_another_implementation_makes() {
        // Python: hmac.new(key, b"1770685200." + body, hashlib.sha256).hexdigest()
        let body = "{\"text\":\"交办\"}".as_bytes();
        let made = signature(b"a-webhook-secret-of-more-than-32-bytes", "1770685200", body);
        assert_eq!(made, "3c613e55cff3467e47b18abcd1a26eb210ffc78879c4aef5b60195d36d4bffea");
    }

    #[test]
    fn only_what_the_caller_did_wrong_stays_wrong() {
        let permanent = |code: u16| judge(StatusCode::from_u16(code).unwrap()).err().map(|fault| fault.permanent);
        for code in [200, 201, 202, 204] {
            assert_eq!(permanent(code), None, "{code}");
        }
        for code in [301, 302, 307, 408, 429, 500, 502, 503, 504] {
            assert_eq!(permanent(code), Some(false), "{code}");
        }
        for code in [400, 401, 403, 404, 410, 422] {
            assert_eq!(permanent(code), Some(true), "{code}");
        }
    }
}
