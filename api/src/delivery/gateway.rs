//! What a channel must be able to do, and how it says that it could not.

use super::message::Message;
use async_trait::async_trait;

/// Takes messages and passes them on.
#[async_trait]
pub trait Gateway: std::fmt::Debug + Send + Sync + 'static {
    /// Passes a message on. It may come twice under one id; the receiver can tell by it.
    ///
    /// # Errors
    /// [`GatewayFault`] when the other side did not take it, or nobody knows whether it did.
    async fn send(&self, message: &Message) -> Result<(), GatewayFault>;
}

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayFault {
    /// Whether trying again is of no use.
    pub permanent: bool,
    /// For the administrator, in English. It is shown: it must hold no address and nothing of a matter, so
    /// it never quotes the other side.
    pub text: String,
}

impl GatewayFault {
    /// A fault that may be over at the next attempt.
    pub fn passing(text: impl Into<String>) -> Self {
        Self { permanent: false, text: text.into() }
    }

    /// A fault that stays.
    pub fn permanent(text: impl Into<String>) -> Self {
        Self { permanent: true, text: text.into() }
    }
}
