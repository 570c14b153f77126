//! The file that keeps the token secret between two starts.
//!
//! It is made at the first start, readable by its owner only. A secret that
//! others can read, or that is too short, stops the start: whoever knows it can
//! sign in as anybody.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{SecretBox, SecretSlice};

use super::entropy::Entropy;
use super::token::MIN_SECRET_BYTES;

/// The longest secret file read, in bytes. Anything longer is another file.
const MAX_FILE_BYTES: u64 = 4096;

/// Random bytes in a secret made here; written as 64 base64url characters.
const MADE_BYTES: usize = 48;

/// Why the secret file cannot be used; each is one sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileFault {
    /// Group or others may read or write the file.
    #[error(
        "the token secret {} has mode {mode:04o}, so others can read it; \
         run chmod 600 on it, and delete it instead if it may have been read", path.display()
    )]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file has too few bytes.
    #[error(
        "the token secret {} has {found} bytes but needs at least {MIN_SECRET_BYTES}; \
         delete it, and the next start makes a new one", path.display()
    )]
    TooShort {
        /// The file.
        path: PathBuf,
        /// The bytes found, without white space at the end.
        found: usize,
    },
    /// The path leads to something that cannot be a secret.
    #[error("the token secret {} is not a small ordinary file; move it away", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error(
        "the token secret {} cannot be {action} ({source}); \
         make its directory writable for the server, or set JIANYAN_TOKEN_SECRET", path.display()
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What was tried: "read" or "written".
        action: &'static str,
        /// What the operating system said.
        source: io::Error,
    },
}

/// Reads the secret, or `None` when the file does not exist.
///
/// White space at the end is not part of the secret, so that an editor may
/// have left a line break there.
///
/// # Errors
///
/// [`SecretFileFault`] when there is such a file but it must not be used.
pub fn read(path: &Path) -> Result<Option<SecretSlice<u8>>, SecretFileFault> {
    let fault = |source| io_fault(path, "read", source);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(fault(source)),
    };
    // Asked of the open file, so that it cannot be exchanged in between.
    let about = file.metadata().map_err(fault)?;
    if !about.is_file() || about.len() > MAX_FILE_BYTES {
        return Err(SecretFileFault::NotAFile { path: path.to_owned() });
    }
    check_mode(path, &about)?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(fault)?;
    bytes.truncate(bytes.trim_ascii_end().len());
    if bytes.len() < MIN_SECRET_BYTES {
        return Err(SecretFileFault::TooShort { path: path.to_owned(), found: bytes.len() });
    }
    Ok(Some(SecretBox::from(bytes)))
}

/// Reads the secret, or makes it when the file does not exist.
///
/// Two servers that start at once end up with the same secret: each writes a
/// file of its own and then links it to the name, which succeeds for one only,
/// and the file appears under that name complete.
///
/// # Errors
///
/// [`SecretFileFault`].
pub fn read_or_make(path: &Path, entropy: &dyn Entropy) -> Result<SecretSlice<u8>, SecretFileFault> {
    if let Some(secret) = read(path)? {
        return Ok(secret);
    }
    make(path, entropy).map_err(|source| io_fault(path, "written", source))?;
    read(path)?.ok_or_else(|| io_fault(path, "read", io::ErrorKind::NotFound.into()))
}

/// Writes a new secret, unless another process was faster.
fn make(path: &Path, entropy: &dyn Entropy) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let mut secret = [0_u8; MADE_BYTES];
    entropy.fill(&mut secret);
    let mut name = [0_u8; 12];
    entropy.fill(&mut name);
    let draft = path.with_extension(format!("draft-{}", URL_SAFE_NO_PAD.encode(name)));
    let made = write_private(&draft, &URL_SAFE_NO_PAD.encode(secret)).and_then(|()| fs::hard_link(&draft, path));
    // The draft goes in any case; if it cannot go, the secret still stands.
    let _ = fs::remove_file(&draft);
    match made {
        Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists && path.exists() => Ok(()),
        other => other,
    }
}

/// Writes a file that did not exist and that only its owner may read, and
/// waits until it is on the disk.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

/// Refuses a file that anybody but its owner may use.
#[cfg(unix)]
fn check_mode(path: &Path, about: &fs::Metadata) -> Result<(), SecretFileFault> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(SecretFileFault::OpenToOthers { path: path.to_owned(), mode })
}

/// Other systems have no such mode; the directory must protect the file there.
#[cfg(not(unix))]
fn check_mode(_path: &Path, _about: &fs::Metadata) -> Result<(), SecretFileFault> {
    Ok(())
}

/// Wraps what the operating system said.
fn io_fault(path: &Path, action: &'static str, source: io::Error) -> SecretFileFault {
    SecretFileFault::Io { path: path.to_owned(), action, source }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use secrecy::ExposeSecret;
    use uuid::Uuid;

    use super::*;
    use crate::auth::entropy::OsEntropy;

    /// A directory that goes away with the test.
    struct Place(PathBuf);

    impl Place {
        fn new() -> Self {
            let path = std::env::temp_dir().join(format!("secret-{}", Uuid::new_v4()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn file(&self) -> PathBuf {
            self.0.join("token.secret")
        }

        fn with(&self, text: &str, mode: u32) {
            fs::write(self.file(), text).unwrap();
            fs::set_permissions(self.file(), fs::Permissions::from_mode(mode)).unwrap();
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_secret_is_made_once_and_kept() {
        let place = Place::new();
        let path = place.0.join("new").join("token.secret");
        assert!(read(&path).unwrap().is_none());
        let first = read_or_make(&path, &OsEntropy).unwrap();
        assert_eq!(first.expose_secret().len(), 64);
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        let again = read_or_make(&path, &OsEntropy).unwrap();
        assert_eq!(first.expose_secret(), again.expose_secret());
        // No draft is left behind.
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn starts_at_once_agree() {
        let place = Place::new();
        let path = place.file();
        let start = std::sync::Barrier::new(8);
        let found: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        read_or_make(&path, &OsEntropy).unwrap().expose_secret().to_vec()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(found.iter().all(|secret| *secret == found[0]));
        assert_eq!(fs::read_dir(&place.0).unwrap().count(), 1);
    }

    #[test]
    fn a_secret_open_to_others_stops_the_start() {
        let place = Place::new();
        for mode in [0o640, 0o604, 0o660, 0o644, 0o666, 0o620, 0o610] {
            place.with(&"s".repeat(64), mode);
            let sentence = read_or_make(&place.file(), &OsEntropy).unwrap_err().to_string();
            assert!(sentence.contains(&format!("{mode:04o}")), "{sentence}");
            assert!(sentence.contains("chmod 600") && !sentence.contains("sss"), "{sentence}");
        }
        place.with(&"s".repeat(64), 0o400);
        assert!(read(&place.file()).unwrap().is_some());
    }

    #[test]
    fn a_short_secret_stops_the_start_and_is_not_replaced() {
        let place = Place::new();
        for text in ["", "\n", "hunter2", &format!("{}\n\n", "s".repeat(31))] {
            place.with(text, 0o600);
            let fault = read_or_make(&place.file(), &OsEntropy).unwrap_err();
            assert!(matches!(fault, SecretFileFault::TooShort { .. }), "{fault}");
            assert_eq!(fs::read_to_string(place.file()).unwrap(), text);
        }
        place.with(&format!("{}\r\n", "s".repeat(32)), 0o600);
        assert_eq!(read(&place.file()).unwrap().unwrap().expose_secret(), "s".repeat(32).as_bytes());
    }

    #[test]
    fn other_things_under_the_name_stop_the_start() {
        let place = Place::new();
        place.with(&"s".repeat(5_000), 0o600);
        let fault = read(&place.file()).unwrap_err();
        assert!(matches!(fault, SecretFileFault::NotAFile { .. }), "{fault}");
        let fault = read(&place.0).unwrap_err();
        assert!(matches!(fault, SecretFileFault::NotAFile { .. }), "{fault}");
        // A dangling link: nothing to read, and nothing may be written through it.
        fs::remove_file(place.file()).unwrap();
        std::os::unix::fs::symlink(place.0.join("elsewhere"), place.file()).unwrap();
        let fault = read_or_make(&place.file(), &OsEntropy).unwrap_err();
        assert!(matches!(fault, SecretFileFault::Io { .. }), "{fault}");
        assert!(!place.0.join("elsewhere").exists());
        // A directory that is a file.
        let path = place.0.join("plain");
        fs::write(&path, "x").unwrap();
        let fault = read_or_make(&path.join("token.secret"), &OsEntropy).unwrap_err();
        assert!(matches!(fault, SecretFileFault::Io { .. }), "{fault}");
    }
}
