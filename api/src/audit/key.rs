//! The key with which the server signs the state of a chain, and what a signed state is.
//!
//! Ed25519, from a seed that is derived from the token secret for this purpose alone (HKDF, RFC 5869). Another token
//! secret is another key; the public part of the former one is then handed to the verifier.

use super::entry::instant;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use domain::ids::RegionId;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use secrecy::{ExposeSecret as _, SecretSlice};
use sha2::Sha256;
use std::fmt;

/// For what the key is.
const PURPOSE: &[u8] = b"jianyan audit checkpoints 1";
/// Name of the signed form.
const FORMAT: &str = "jianyan-checkpoint/1";

/// Signs states of chains.
pub struct AuditKey(SigningKey);

impl fmt::Debug for AuditKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuditKey({})", self.public())
    }
}

/// The signed state of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The region.
    pub region: RegionId,
    /// Up to which place.
    pub position: i64,
    /// The hash at that place.
    pub hash: String,
    /// When it was signed.
    pub at: DateTime<Utc>,
    /// The public key, base64url.
    pub key: String,
    /// The signature, base64url.
    pub signature: String,
}

/// Why a signed state proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointFault {
    /// The key is none of those that are trusted.
    ForeignKey,
    /// The signature does not belong to what it should sign.
    Signature,
}

impl AuditKey {
    /// The key of a server with this token secret.
    #[must_use]
    pub fn new(secret: &SecretSlice<u8>) -> Self {
        let mut seed = [0; 32];
        // 32 bytes are within what HKDF can give.
        let _ = Hkdf::<Sha256>::new(None, secret.expose_secret()).expand(PURPOSE, &mut seed);
        Self(SigningKey::from_bytes(&seed))
    }

    /// The public part, base64url.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.verifying_key().as_bytes())
    }

    /// Signs a state.
    #[must_use]
    pub fn sign(&self, region: RegionId, position: i64, hash: &str, at: DateTime<Utc>) -> Checkpoint {
        let signature = self.0.sign(&message(region, position, hash, at)).to_bytes();
        let signature = URL_SAFE_NO_PAD.encode(signature);
        Checkpoint { region, position, hash: hash.to_owned(), at, key: self.public(), signature }
    }
}

impl Checkpoint {
    /// When it was signed, as it stands in what is signed.
    #[must_use]
    pub fn at_text(&self) -> String {
        instant(self.at)
    }

    /// Whether one of the trusted keys signed it.
    ///
    /// # Errors
    /// [`CheckpointFault`].
    pub fn verify(&self, trusted: &[String]) -> Result<(), CheckpointFault> {
        if !trusted.contains(&self.key) {
            return Err(CheckpointFault::ForeignKey);
        }
        let key = key_from(&self.key).ok_or(CheckpointFault::ForeignKey)?;
        let signature = URL_SAFE_NO_PAD.decode(&self.signature).ok();
        let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
        let message = message(self.region, self.position, &self.hash, self.at);
        match signature.map(|signature| key.verify_strict(&message, &signature)) {
            Some(Ok(())) => Ok(()),
            _ => Err(CheckpointFault::Signature),
        }
    }
}

/// Reads a public key.
#[must_use]
pub fn key_from(text: &str) -> Option<VerifyingKey> {
    let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    VerifyingKey::from_bytes(&bytes).ok()
}

/// What is signed: five lines.
fn message(region: RegionId, position: i64, hash: &str, at: DateTime<Utc>) -> Vec<u8> {
    format!("{FORMAT}\n{region}\n{position}\n{hash}\n{}\n", instant(at)).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn key(secret: &str) -> AuditKey {
        AuditKey::new(&SecretSlice::from(secret.as_bytes().to_vec()))
    }

    #[test]
    fn a_state_is_signed_and_nothing_of_it_can_be_changed() {
        let own = key("one secret");
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let signed = own.sign(Uuid::from_u128(1).into(), 5, "ab", at);
        let trusted = [own.public()];
        assert_eq!(signed.verify(&trusted), Ok(()));
        let changes: [fn(&mut Checkpoint); 5] = [
            |signed| signed.region = Uuid::from_u128(2).into(),
            |signed| signed.position = 6,
            |signed| signed.hash.push('c'),
            |signed| signed.at += chrono::TimeDelta::microseconds(1),
            |signed| signed.signature.clear(),
        ];
        for change in changes {
            let mut other = signed.clone();
            change(&mut other);
            assert_eq!(other.verify(&trusted), Err(CheckpointFault::Signature), "{other:?}");
        }
    }

    #[test]
    fn another_secret_is_another_key_and_not_trusted() {
        let (own, other) = (key("one secret"), key("another secret"));
        assert_eq!(own.public(), key("one secret").public());
        assert!(key_from(&own.public()).is_some() && own.public().len() == 43);
        let forged = other.sign(Uuid::from_u128(1).into(), 5, "ab", DateTime::UNIX_EPOCH);
        assert_eq!(forged.verify(&[own.public()]), Err(CheckpointFault::ForeignKey));
        assert_eq!(forged.verify(&[own.public(), other.public()]), Ok(()));
        // The key of the server with the signature of another one.
        let mixed = Checkpoint { key: own.public(), ..forged };
        assert_eq!(mixed.verify(&[own.public()]), Err(CheckpointFault::Signature));
        assert!(!format!("{own:?}").contains("secret"));
    }
}
