//! Access tokens: short-lived signed statements of who is calling.
//!
//! A token is a JWT of the profile "at+jwt" (RFC 9068), signed with HMAC
//! SHA-256 under one secret of this server. The algorithm, the type and the
//! key are fixed here; a header that says anything else, or anything more, is
//! refused before the signature is looked at.
//!
//! Whether a token is in time is judged against a moment that is handed in,
//! because the server can run on a rehearsal clock. A valid token only proves
//! that the server issued it: whether the session still exists and the person
//! still holds the position is looked up on each request.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::serde::ts_seconds;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret, SecretBox};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Who issues the tokens (`iss`).
pub const ISSUER: &str = "jianyan";

/// Whom the tokens are for (`aud`).
pub const AUDIENCE: &str = "jianyan-api";

/// The type in the header (`typ`), which keeps other signed things from being
/// taken for access tokens.
pub const TOKEN_TYPE: &str = "at+jwt";

/// How long a token is valid, in seconds: 15 minutes.
pub const LIFETIME_SECONDS: i64 = 15 * 60;

/// How far the clocks of two servers may differ, in seconds.
pub const LEEWAY_SECONDS: i64 = 5;

/// The longest token looked at, in bytes.
pub const MAX_TOKEN_BYTES: usize = 4096;

/// The shortest secret, in bytes: the length of the HMAC (RFC 7518, 3.2).
pub const MIN_SECRET_BYTES: usize = 32;

/// The claims every token must have.
const REQUIRED_CLAIMS: [&str; 5] = ["exp", "aud", "iss", "sub", "nbf"];

/// Why a token was refused.
///
/// The client is told only that it must sign in again; this is for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// Longer than [`MAX_TOKEN_BYTES`].
    #[error("the token is too long")]
    TooLong,
    /// Not three parts of base64url.
    #[error("the token is malformed")]
    Malformed,
    /// The header names another algorithm, type or key, or says more than the
    /// server's own headers do.
    #[error("the token has a foreign header")]
    Header,
    /// The signature was not made with the server's secret.
    #[error("the token has a wrong signature")]
    Signature,
    /// A claim is missing, or has another value than the server writes.
    #[error("the token has missing or foreign claims")]
    Claims,
    /// The time is over.
    #[error("the token has expired")]
    Expired,
    /// The time has not come.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// A token could not be signed.
    #[error("the token could not be signed")]
    Signing,
}

/// The secret is shorter than [`MIN_SECRET_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token secret has {found} bytes; it needs at least {MIN_SECRET_BYTES}")]
pub struct SecretTooShort {
    /// How many bytes it has.
    pub found: usize,
}

/// What an access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    /// The person who signed in (`sub`).
    pub person: Uuid,
    /// The sign-in session (`sid`), by which a token is revoked.
    pub session: Uuid,
    /// The position the person acts in (`pos`).
    pub position: Uuid,
    /// The number of this token (`jti`).
    pub id: Uuid,
    /// When it was issued (`iat`), in whole seconds.
    pub issued_at: DateTime<Utc>,
    /// From when it is valid (`nbf`), in whole seconds.
    pub not_before: DateTime<Utc>,
    /// Until when it is valid (`exp`), in whole seconds; not valid at that
    /// moment itself.
    pub expires_at: DateTime<Utc>,
}

impl Claims {
    /// Claims that are valid from `now` for [`LIFETIME_SECONDS`].
    ///
    /// The moment is cut to whole seconds, which is all a token can hold.
    #[must_use]
    pub fn new(person: Uuid, session: Uuid, position: Uuid, id: Uuid, now: DateTime<Utc>) -> Self {
        let now = now.trunc_subsecs(0);
        Self {
            person,
            session,
            position,
            id,
            issued_at: now,
            not_before: now,
            expires_at: now + TimeDelta::seconds(LIFETIME_SECONDS),
        }
    }
}

/// The payload as it stands in a token.
///
/// Issuer and audience are one text each. The library would also be content
/// with a list in which one fits; the type refuses lists.
#[derive(Serialize, Deserialize)]
struct Payload {
    iss: String,
    aud: String,
    sub: Uuid,
    sid: Uuid,
    pos: Uuid,
    jti: Uuid,
    #[serde(with = "ts_seconds")]
    iat: DateTime<Utc>,
    #[serde(with = "ts_seconds")]
    nbf: DateTime<Utc>,
    #[serde(with = "ts_seconds")]
    exp: DateTime<Utc>,
}

/// The header as this server writes it. Whatever else a header may hold
/// (`jwk`, `jku`, `x5u`, `crit` …) tells the reader how to check the token, and
/// that is not for the token to say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnHeader {
    alg: String,
    typ: String,
    kid: String,
}

/// The key that signs and checks access tokens.
///
/// Another secret is another key: tokens signed before are refused, and clients
/// get new ones with their refresh tokens. `Debug` hides the secret.
pub struct TokenKeys {
    signing: EncodingKey,
    checking: DecodingKey,
    validation: Validation,
    kid: String,
}

impl fmt::Debug for TokenKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TokenKeys").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl TokenKeys {
    /// Makes the key from the server's secret.
    ///
    /// # Errors
    ///
    /// [`SecretTooShort`] below [`MIN_SECRET_BYTES`].
    pub fn new(secret: &SecretBox<[u8]>) -> Result<Self, SecretTooShort> {
        let bytes = secret.expose_secret();
        if bytes.len() < MIN_SECRET_BYTES {
            return Err(SecretTooShort { found: bytes.len() });
        }
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&REQUIRED_CLAIMS);
        // The library reads the system clock. Times are judged in `in_time`.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.leeway = 0;
        Ok(Self {
            signing: EncodingKey::from_secret(bytes),
            checking: DecodingKey::from_secret(bytes),
            validation,
            kid: key_id(bytes),
        })
    }

    /// Signs a token.
    ///
    /// # Errors
    ///
    /// [`TokenFault::Signing`], which does not happen with a secret of the
    /// length that [`TokenKeys::new`] accepts.
    pub fn issue(&self, claims: &Claims) -> Result<String, TokenFault> {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TOKEN_TYPE.to_owned());
        header.kid = Some(self.kid.clone());
        let payload = Payload {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: claims.person,
            sid: claims.session,
            pos: claims.position,
            jti: claims.id,
            iat: claims.issued_at,
            nbf: claims.not_before,
            exp: claims.expires_at,
        };
        jsonwebtoken::encode(&header, &payload, &self.signing).map_err(|_| TokenFault::Signing)
    }

    /// Checks a token as of `now` and reads it.
    ///
    /// # Errors
    ///
    /// The first [`TokenFault`] found.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Claims, TokenFault> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(TokenFault::TooLong);
        }
        self.check_header(token)?;
        let payload = jsonwebtoken::decode::<Payload>(token, &self.checking, &self.validation)
            .map_err(|fault| refusal(fault.kind()))?
            .claims;
        in_time(&payload, now)?;
        Ok(Claims {
            person: payload.sub,
            session: payload.sid,
            position: payload.pos,
            id: payload.jti,
            issued_at: payload.iat,
            not_before: payload.nbf,
            expires_at: payload.exp,
        })
    }

    /// Refuses every header but the one this server writes.
    fn check_header(&self, token: &str) -> Result<(), TokenFault> {
        let mut parts = token.split('.');
        let (Some(header), Some(_), Some(_), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(TokenFault::Malformed);
        };
        let json = URL_SAFE_NO_PAD.decode(header).map_err(|_| TokenFault::Malformed)?;
        let header: OwnHeader = serde_json::from_slice(&json).map_err(|_| TokenFault::Header)?;
        if header.alg != "HS256" || header.typ != TOKEN_TYPE || header.kid != self.kid {
            return Err(TokenFault::Header);
        }
        Ok(())
    }
}

/// Judges the times of a token whose signature is right.
fn in_time(payload: &Payload, now: DateTime<Utc>) -> Result<(), TokenFault> {
    // A token that claims to live longer than ours was not made here, even if
    // somebody made it with our secret.
    let lifetime = payload.exp - payload.iat;
    if lifetime <= TimeDelta::zero() || lifetime > TimeDelta::seconds(LIFETIME_SECONDS) {
        return Err(TokenFault::Claims);
    }
    let leeway = TimeDelta::seconds(LEEWAY_SECONDS);
    // Differences and not sums: a sum could leave the range of the calendar.
    if now - payload.exp >= leeway {
        return Err(TokenFault::Expired);
    }
    if payload.nbf - now > leeway || payload.iat - now > leeway {
        return Err(TokenFault::NotYetValid);
    }
    Ok(())
}

/// Sorts the library's faults into ours.
fn refusal(kind: &ErrorKind) -> TokenFault {
    match kind {
        ErrorKind::InvalidSignature => TokenFault::Signature,
        ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName => TokenFault::Header,
        ErrorKind::MissingRequiredClaim(_)
        | ErrorKind::InvalidClaimFormat(_)
        | ErrorKind::InvalidIssuer
        | ErrorKind::InvalidAudience
        | ErrorKind::InvalidSubject
        | ErrorKind::Json(_)
        | ErrorKind::Utf8(_) => TokenFault::Claims,
        _ => TokenFault::Malformed,
    }
}

/// A name for a secret that does not give it away: 16 hexadecimal digits of a
/// hash.
fn key_id(secret: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"jianyan access token key");
    hash.update(secret);
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
