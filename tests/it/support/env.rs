//! The settings of a test run, all from the environment.

/// The text of a variable; none when it is not set.
#[expect(clippy::disallowed_methods, reason = "the one place where tests read the environment")]
pub fn text(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// How many connections the application may open (`JIANYAN_TEST_POOL`); with one, reading and writing
/// share it, and whoever uses the pool inside a transaction waits for himself.
pub fn pool() -> u32 {
    text("JIANYAN_TEST_POOL").map_or(4, |size| size.parse().expect("JIANYAN_TEST_POOL is a number"))
}
