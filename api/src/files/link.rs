//! Signed links: for some minutes, one verb on one object, for one person in one position.
//!
//! A browser that downloads sends no `Authorization` header, so the link itself carries a token. It
//! is a bearer while it lasts; that is why it lasts minutes, and why it opens nothing by itself:
//! whoever serves it asks again whether the holder's session and position hold and whether he may
//! still read the object.
//!
//! The key is derived from the server's secret for this purpose alone (HKDF, RFC 5869), so that no
//! link can be taken for an access token, nor the other way round. Links carry nothing random: two
//! made in the same second are the same.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::serde::ts_seconds;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::ids::{AttachmentId, PositionId, SignInId, UserId};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;

/// The path below which links lead, as the edge serves it.
pub const PATH: &str = "/files";

/// The longest token looked at, in bytes; a filter of a list fits in.
pub const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The block of the hash: a key of this length is used as it is.
const KEY_BYTES: usize = 64;

/// For what the key is. Another purpose, or another form of the token, gets another text.
const PURPOSE: &[u8] = b"jianyan signed links 1";

/// What a link allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verb {
    /// Fetch the object.
    #[serde(rename = "get")]
    Download,
    /// Send its bytes.
    #[serde(rename = "put")]
    Upload,
}

/// On what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Object {
    /// A stored file.
    #[serde(rename = "a")]
    Attachment(AttachmentId),
    /// A document that is made when it is fetched, as its maker describes it. The text is signed, not
    /// hidden.
    #[serde(rename = "d")]
    Document(String),
}

impl Object {
    /// The last part of the path. It says nothing that the token does not; it lets a log tell links
    /// apart without showing tokens.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Attachment(id) => id.to_string(),
            Self::Document(_) => "document".to_owned(),
        }
    }
}

/// For whom a link was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The person.
    #[serde(rename = "u")]
    pub person: UserId,
    /// The position in which he acted.
    #[serde(rename = "p")]
    pub position: PositionId,
    /// The session in which he was signed in; when it ends, so do its links.
    #[serde(rename = "s")]
    pub sign_in: SignInId,
}

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What it allows.
    #[serde(rename = "v")]
    pub verb: Verb,
    /// On what.
    #[serde(rename = "o")]
    pub object: Object,
    /// To whom.
    #[serde(rename = "h")]
    pub holder: Holder,
    /// Until when, in whole seconds; not at that moment itself.
    #[serde(rename = "e", with = "ts_seconds")]
    pub expires_at: DateTime<Utc>,
}

/// Why a link does not hold; for the log alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// Not two parts of base64url, or too long.
    #[error("the link is malformed")]
    Malformed,
    /// Not signed with this server's key.
    #[error("the link has a wrong signature")]
    Signature,
    /// Signed for another verb or object.
    #[error("the link is for something else")]
    Other,
    /// Its time is over.
    #[error("the link has expired")]
    Expired,
}

/// A link for a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedLink {
    /// Where to fetch or send: a path, or a whole address when the settings name one.
    pub url: String,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// Makes and checks links.
pub struct Links {
    key: SecretBox<[u8; KEY_BYTES]>,
    base: String,
    lifetime: TimeDelta,
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Links").field("base", &self.base).field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

impl Links {
    /// With a key from the server's secret. `base` is put before each path: an address without a slash
    /// at its end, or nothing.
    #[must_use]
    pub fn new(secret: &SecretBox<[u8]>, base: &str, lifetime: TimeDelta) -> Self {
        let mut key = Box::new([0_u8; KEY_BYTES]);
        let derived = Hkdf::<Sha256>::new(None, secret.expose_secret()).expand(PURPOSE, key.as_mut_slice());
        // HKDF gives up to 255 hashes of 32 bytes; two always succeed.
        debug_assert!(derived.is_ok(), "the key can be derived");
        Self { key: SecretBox::new(key), base: base.to_owned(), lifetime }
    }

    /// A link to an object, valid from now on. Whether the holder may is decided before.
    #[must_use]
    pub fn make(&self, verb: Verb, object: Object, holder: Holder, now: DateTime<Utc>) -> SignedLink {
        let expires_at = now.trunc_subsecs(0) + self.lifetime;
        let name = object.name();
        let link = Link { verb, object, holder, expires_at };
        let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&link).unwrap_or_default());
        let seal = URL_SAFE_NO_PAD.encode(self.mac(&payload).finalize().into_bytes());
        SignedLink { url: format!("{}{PATH}/{name}?token={payload}.{seal}", self.base), expires_at }
    }

    /// What a link says that came for this verb under this name.
    ///
    /// # Errors
    /// The first [`LinkFault`] found. The signature is compared in constant time, and before anything
    /// that it covers is read.
    pub fn read(&self, verb: Verb, name: &str, token: &str, now: DateTime<Utc>) -> Result<Link, LinkFault> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(LinkFault::Malformed);
        }
        let (payload, seal) = token.split_once('.').ok_or(LinkFault::Malformed)?;
        let seal = URL_SAFE_NO_PAD.decode(seal).map_err(|_| LinkFault::Malformed)?;
        self.mac(payload).verify_slice(&seal).map_err(|_| LinkFault::Signature)?;
        let bytes = URL_SAFE_NO_PAD.decode(payload).map_err(|_| LinkFault::Malformed)?;
        let link: Link = serde_json::from_slice(&bytes).map_err(|_| LinkFault::Malformed)?;
        if link.verb != verb || link.object.name() != name {
            return Err(LinkFault::Other);
        }
        if now >= link.expires_at {
            return Err(LinkFault::Expired);
        }
        Ok(link)
    }

    fn mac(&self, payload: &str) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new(self.key.expose_secret().into());
        mac.update(payload.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::SecretSlice;
    use uuid::Uuid;

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

    fn links(secret: &[u8]) -> Links {
        Links::new(&SecretSlice::from(secret.to_vec()), "", TimeDelta::minutes(5))
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_770_685_200, 250_000_000).unwrap()
    }

    fn holder() -> Holder {
        let id = Uuid::from_u128;
        Holder { person: UserId(id(1)), position: PositionId(id(2)), sign_in: SignInId(id(3)) }
    }

    fn file(number: u128) -> Object {
        Object::Attachment(AttachmentId(Uuid::from_u128(number)))
    }

    fn parts(link: &SignedLink) -> (&str, &str) {
        link.url.strip_prefix("/files/").unwrap().split_once("?token=").unwrap()
    }

    #[test]
    fn a_link_holds_for_its_verb_its_object_and_its_minutes() {
        let links = links(SECRET);
        let made = links.make(Verb::Download, file(7), holder(), now());
        let (name, token) = parts(&made);
        let read = links.read(Verb::Download, name, token, now()).unwrap();
        assert_eq!((read.object, read.holder, read.expires_at), (file(7), holder(), made.expires_at));
        assert_eq!(made.expires_at.timestamp(), 1_770_685_500);
        let last = made.expires_at - TimeDelta::microseconds(1);
        assert!(links.read(Verb::Download, name, token, last).is_ok());
        assert_eq!(links.read(Verb::Download, name, token, made.expires_at), Err(LinkFault::Expired));
        assert_eq!(links.read(Verb::Upload, name, token, now()), Err(LinkFault::Other));
        assert_eq!(links.read(Verb::Download, &file(8).name(), token, now()), Err(LinkFault::Other));
        assert_eq!(links.read(Verb::Download, "document", token, now()), Err(LinkFault::Other));
    }

    #[test]
    fn every_change_of_a_token_breaks_it() {
        let links = links(SECRET);
        let made = links.make(Verb::Download, Object::Document("{\"kind\":\"MINUTES\"}".into()), holder(), now());
        let (name, token) = parts(&made);
        for at in 0..token.len() {
            let mut bytes = token.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(links.read(Verb::Download, name, &changed, now()).is_err(), "{at}");
            assert!(links.read(Verb::Download, name, &token[..at], now()).is_err(), "cut at {at}");
        }
        for wrong in ["", ".", "a.b", &format!("{token}."), &format!("{token}=="), &"a".repeat(MAX_TOKEN_BYTES + 1)] {
            assert!(links.read(Verb::Download, name, wrong, now()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn another_secret_is_another_key_and_the_secret_itself_is_none() {
        let made = links(SECRET).make(Verb::Download, file(7), holder(), now());
        let (name, token) = parts(&made);
        let other = links(b"0123456789abcdef0123456789abcdeF");
        assert_eq!(other.read(Verb::Download, name, token, now()), Err(LinkFault::Signature));
        // Whoever could make the server sign a text with its secret could still make no link.
        let payload = token.split_once('.').unwrap().0;
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(SECRET).unwrap();
        mac.update(payload.as_bytes());
        let forged = format!("{payload}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
        assert_eq!(links(SECRET).read(Verb::Download, name, &forged, now()), Err(LinkFault::Signature));
        assert!(!format!("{:?}", links(SECRET)).contains("0123"));
    }
}
