//! The runtime on which the program runs.

/// The stack of each thread, in bytes.
///
/// A resolver calls the next one inside its own frame, so that the deepest document that the edge lets through
/// needs some four megabytes in an unoptimised build; the usual two would end the whole process. Only pages that
/// are touched cost memory.
pub const STACK_BYTES: usize = 16 * 1024 * 1024;

/// A runtime with as many workers as there are cores.
///
/// # Errors
/// When the operating system gives no threads.
pub fn build() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK_BYTES).build()
}
