//! Where random bytes come from.

/// A source of random bytes fit for secrets.
///
/// Salts, secrets and tokens take it as an argument, so that a test can hand
/// in known bytes.
pub trait Entropy: std::fmt::Debug + Send + Sync {
    /// Fills the whole buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The random source of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    /// Fills the buffer from the operating system.
    ///
    /// # Panics
    ///
    /// Panics when the operating system has no randomness to give. There is no
    /// honest answer to that: a predictable token would be worse than a failed
    /// request.
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(fault) = getrandom::fill(buffer) {
            panic!("the operating system gave no random bytes: {fault}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entropy, OsEntropy};

    #[test]
    fn the_system_source_fills_and_does_not_repeat() {
        let (mut first, mut second) = ([0_u8; 32], [0_u8; 32]);
        OsEntropy.fill(&mut first);
        OsEntropy.fill(&mut second);
        assert_ne!(first, [0; 32]);
        assert_ne!(first, second);
    }
}
