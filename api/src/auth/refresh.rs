//! Refresh tokens: opaque random strings that are stored only as a hash.
//!
//! A refresh token carries no data. Whom it belongs to, whether it was used
//! and which family it is part of stands in the database under its
//! fingerprint, so a stolen database does not let anybody sign in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::entropy::Entropy;

/// Random bytes in a refresh token.
pub const REFRESH_BYTES: usize = 32;

/// Characters of a refresh token as sent to the client: base64url, unpadded.
pub const REFRESH_CHARS: usize = 43;

/// A refresh token that was just made.
///
/// `Debug` hides the secret.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    /// The text for the client. It is shown once and never stored.
    pub secret: SecretString,
    /// The fingerprint to store: SHA-256 of the random bytes, 64 lower-case
    /// hexadecimal digits.
    pub fingerprint: String,
}

impl RefreshToken {
    /// Makes a new token from 32 random bytes.
    #[must_use]
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0_u8; REFRESH_BYTES];
        entropy.fill(&mut bytes);
        Self { secret: SecretString::from(URL_SAFE_NO_PAD.encode(bytes)), fingerprint: hex_sha256(&bytes) }
    }
}

/// The fingerprint under which a presented token would be stored, or `None`
/// when the text cannot be a refresh token at all.
///
/// Only the one canonical spelling is accepted: no padding, no white space, no
/// stray bits in the last character.
#[must_use]
pub fn fingerprint(presented: &str) -> Option<String> {
    if presented.len() != REFRESH_CHARS {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(presented).ok()?;
    (bytes.len() == REFRESH_BYTES).then(|| hex_sha256(&bytes))
}

/// SHA-256 in lower-case hexadecimal digits.
fn hex_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;
    use crate::auth::entropy::OsEntropy;

    #[derive(Debug)]
    struct Zeros;
    impl Entropy for Zeros {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(0);
        }
    }

    #[test]
    fn a_known_token_has_the_known_fingerprint() {
        let token = RefreshToken::generate(&Zeros);
        assert_eq!(token.secret.expose_secret(), "A".repeat(REFRESH_CHARS));
        // sha256 of 32 zero bytes.
        assert_eq!(token.fingerprint, "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
    }

    #[test]
    fn a_made_token_is_found_again_by_its_fingerprint() {
        let token = RefreshToken::generate(&OsEntropy);
        assert_eq!(token.secret.expose_secret().len(), REFRESH_CHARS);
        assert_eq!(fingerprint(token.secret.expose_secret()), Some(token.fingerprint.clone()));
        let other = RefreshToken::generate(&OsEntropy);
        assert_ne!(other.fingerprint, token.fingerprint);
    }

    #[test]
    fn malformed_tokens_have_no_fingerprint() {
        let good = "A".repeat(REFRESH_CHARS);
        let wrong = [
            String::new(),
            "A".repeat(42),
            "A".repeat(44),
            format!("{good}="),
            format!(" {good}"),
            format!("{good}\n"),
            // Same bytes, other spelling: the last character has stray bits.
            format!("{}B", "A".repeat(42)),
            format!("{}+", "A".repeat(42)),
            format!("{}/", "A".repeat(42)),
            format!("{}.", "A".repeat(42)),
            format!("{}\0", "A".repeat(42)),
            // 43 bytes, but not ASCII.
            format!("{}é", "A".repeat(41)),
            "A".repeat(100_000),
        ];
        for text in wrong {
            assert_eq!(fingerprint(&text), None, "{text:.60}");
        }
    }

    #[test]
    fn debug_hides_the_secret() {
        let token = RefreshToken::generate(&OsEntropy);
        assert!(!format!("{token:?}").contains(token.secret.expose_secret()));
    }
}
