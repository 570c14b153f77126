//! What a new password must be like.
//!
//! The rules follow NIST SP 800-63B-4: length is what counts, well-known
//! passwords are refused, and nobody is asked for a capital, a digit and a
//! sign. They hold for new passwords only; signing in takes whatever was set.

use std::collections::BTreeSet;

use super::blocklist::{COMMON_PHRASES, COMMON_WORDS, KEYBOARD_RUNS};
use super::password::MAX_PASSWORD_BYTES;

/// The shortest new password, in characters: the minimum of NIST SP 800-63B-4
/// for a password that is the only factor.
pub const MIN_PASSWORD_CHARS: usize = 15;

/// Fewer different characters than this are a repetition.
const MIN_DIFFERENT_CHARS: usize = 5;

/// User names shorter than this, in bytes, are not searched for: two Latin
/// letters occur in any sentence. One Chinese character has three bytes.
const MIN_NAME_BYTES: usize = 3;

/// Why a new password was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Fewer than [`MIN_PASSWORD_CHARS`] characters.
    #[error("the password has fewer than {MIN_PASSWORD_CHARS} characters")]
    TooShort,
    /// More than [`MAX_PASSWORD_BYTES`] bytes.
    #[error("the password is longer than {MAX_PASSWORD_BYTES} bytes")]
    TooLong,
    /// Contains a control character (NUL, tabulator, line break …), which many
    /// keyboards and forms cannot enter again.
    #[error("the password contains a control character")]
    ControlCharacter,
    /// Contains the user name.
    #[error("the password contains the user name")]
    ContainsUserName,
    /// Is one of the well-known passwords, or one of them with digits or signs
    /// around it.
    #[error("the password is one of the well-known ones")]
    Common,
    /// Repeats a few characters, or follows the alphabet or the keyboard.
    #[error("the password only repeats or counts characters")]
    Pattern,
}

/// Checks a password that somebody wants to set.
///
/// # Errors
///
/// The first [`PasswordFault`] found.
pub fn check_new_password(password: &str, username: &str) -> Result<(), PasswordFault> {
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(PasswordFault::TooLong);
    }
    if password.chars().count() < MIN_PASSWORD_CHARS {
        return Err(PasswordFault::TooShort);
    }
    if password.chars().any(char::is_control) {
        return Err(PasswordFault::ControlCharacter);
    }
    let lower = password.to_lowercase();
    let name = username.trim().to_lowercase();
    if name.len() >= MIN_NAME_BYTES && lower.contains(&name) {
        return Err(PasswordFault::ContainsUserName);
    }
    let chars: Vec<char> = lower.chars().collect();
    if is_repetition(&chars) || is_run(&chars) {
        return Err(PasswordFault::Pattern);
    }
    if is_common(&lower) {
        return Err(PasswordFault::Common);
    }
    Ok(())
}

/// Whether the text has hardly any different characters, or is one piece
/// written at least twice (the last time perhaps not to its end).
fn is_repetition(chars: &[char]) -> bool {
    let different: BTreeSet<char> = chars.iter().copied().collect();
    if different.len() < MIN_DIFFERENT_CHARS {
        return true;
    }
    (1..=chars.len() / 2)
        .any(|period| chars.iter().zip(&chars[period..]).all(|(here, one_piece_on)| here == one_piece_on))
}

/// Whether the text mostly steps from a character to its neighbour, in the
/// alphabet, in the digits or on the keyboard.
fn is_run(chars: &[char]) -> bool {
    let jumps = chars.windows(2).filter(|pair| !are_neighbours(pair[0], pair[1])).count();
    // A sentence jumps almost everywhere; "abcdefg12345678" jumps once.
    jumps <= chars.len() / 5
}

/// Whether two characters follow each other, in either direction, or are equal.
fn are_neighbours(first: char, second: char) -> bool {
    if u32::from(first).abs_diff(u32::from(second)) <= 1 {
        return true;
    }
    KEYBOARD_RUNS.iter().any(|run| {
        let places = (run.find(first), run.find(second));
        matches!(places, (Some(one), Some(other)) if one.abs_diff(other) <= 1)
    })
}

/// Whether the text is a well-known password in one of its usual disguises.
fn is_common(lower: &str) -> bool {
    // Without white space and punctuation: "to be or not to be …".
    let spoken: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    if COMMON_PHRASES.contains(&spoken.as_str()) {
        return true;
    }
    // Digits and signs alone are telephone numbers and dates in most cases, and
    // a guesser simply counts through them.
    if lower.is_ascii() && !lower.contains(|c: char| c.is_ascii_alphabetic()) {
        return true;
    }
    // "Password1234567!" is "password" in disguise, and so is "P@ssw0rd-2024".
    let letters: String = spoken.chars().filter(|c| c.is_alphabetic()).collect();
    let unmasked: String =
        lower.trim_matches(|c: char| !c.is_alphabetic()).chars().map(unmask).filter(|c| c.is_alphabetic()).collect();
    is_made_of_common_words(&letters) || is_made_of_common_words(&unmasked)
}

/// Whether the text is one well-known word, or two of them in a row. Three and
/// more are a passphrase.
fn is_made_of_common_words(letters: &str) -> bool {
    let is_common = |text: &str| COMMON_WORDS.contains(&text) || COMMON_PHRASES.contains(&text);
    is_common(letters)
        || letters.char_indices().any(|(middle, _)| is_common(&letters[..middle]) && is_common(&letters[middle..]))
}

/// The letter that a look-alike stands for.
fn unmask(c: char) -> char {
    match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '$' | '5' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_passwords_pass_without_any_rule_of_composition() {
        for good in [
            "granite sparrow forty lamps",
            "onlylowercaseletterstogether",
            "下雨天我喜欢在阳台上慢慢喝茶看书",
            "кофе на террасе утром",
            "9fKq2-Lm7Rt0-Zx4Vb8",
            "🌊🏔🌲🦉🍄🌧🐟🦊🌻🐝🍁🦌🐸🌙🦆",
            "🌊 waves under the old pier 🌊",
            "mypasswordliesundertherug",
            "1 garden, 2 ponds and 3 frogs",
        ] {
            assert_eq!(check_new_password(good, "wang.fang"), Ok(()), "{good}");
        }
    }

    #[test]
    fn length_counts_characters_below_and_bytes_above() {
        assert_eq!(check_new_password("Fk29xLmq7Rt0Zv", "u"), Err(PasswordFault::TooShort));
        assert_eq!(check_new_password("Fk29xLmq7Rt0ZvW", "u"), Ok(()));
        // 14 and 15 Chinese characters.
        assert_eq!(check_new_password("山间小路通向一座安静的古老寺", "u"), Err(PasswordFault::TooShort));
        assert_eq!(check_new_password("山间小路通向一座安静的古老寺庙", "u"), Ok(()));
        assert_eq!(check_new_password("", "u"), Err(PasswordFault::TooShort));
        let words = "plain words and more words, ".repeat(37);
        let base = format!("unrepeated {words}");
        assert_eq!(check_new_password(&base[..1024], "u"), Ok(()));
        let long = "x".repeat(1_025);
        assert_eq!(check_new_password(&long, "u"), Err(PasswordFault::TooLong));
    }

    #[test]
    fn control_characters_are_refused() {
        for sign in ['\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}'] {
            let text = format!("granite sparrow{sign}forty lamps");
            assert_eq!(check_new_password(&text, "u"), Err(PasswordFault::ControlCharacter), "{sign:?}");
        }
    }

    #[test]
    fn the_user_name_is_refused_in_any_case() {
        let text = "My Wang.Fang likes rivers";
        assert_eq!(check_new_password(text, "wang.fang"), Err(PasswordFault::ContainsUserName));
        assert_eq!(check_new_password(text, "WANG.FANG"), Err(PasswordFault::ContainsUserName));
        assert_eq!(check_new_password(text, "li.na"), Ok(()));
        // Two letters would forbid half of all sentences.
        assert_eq!(check_new_password(text, "ri"), Ok(()));
        assert_eq!(check_new_password(text, ""), Ok(()));
        assert_eq!(
            check_new_password("下雨天王芳喜欢在阳台上慢慢喝茶看书", "王芳"),
            Err(PasswordFault::ContainsUserName)
        );
    }

    #[test]
    fn repetitions_and_runs_are_refused() {
        for text in [
            "aaaaaaaaaaaaaaaa",
            "abababababababab",
            "abcabcabcabcabcd",
            "1234512345123451",
            "passwordpassword",
            "correct horse correct horse ",
            "为人民服务为人民服务为人民服务",
            "abcdefghijklmnop",
            "ponmlkjihgfedcba",
            "123456789012345",
            "12345678987654321",
            "abcdefg12345678",
            "qwertyuiopasdfgh",
            "QWERTYUIOPASDFGHJKL",
            "1qaz2wsx3edc4rfv",
            "zxcvbnm,./asdfghjkl",
            "1q2w3e4r5t6y7u8i9o",
            "!@#$%^&*()_+!@#$",
            "                    ",
        ] {
            assert_eq!(check_new_password(text, "u"), Err(PasswordFault::Pattern), "{text}");
        }
    }

    #[test]
    fn well_known_passwords_are_refused_in_disguise() {
        for text in [
            "Password2024!!!!",
            "P@ssw0rd-2024-11-30",
            "!!!password!!!2019",
            "admin-1984-2077-06",
            "AdminPassword2025",
            "Welcome2Welcome2025",
            "woaini5201314-9981",
            "Jianyan@2025-06-18",
            "correct horse battery staple",
            "Correct-Horse-Battery-Staple!",
            "To be, or not to be, that is the question",
            "the quick brown fox jumps over the lazy dog",
            "床前明月光，疑是地上霜",
            "不忘初心，牢记使命，方得始终。",
            "富强民主文明和谐自由平等公正法治",
            "2024-11-30 08:15",
            "13907316588-20240",
        ] {
            let found = check_new_password(text, "u");
            assert!(matches!(found, Err(PasswordFault::Common | PasswordFault::TooShort)), "{text}: {found:?}");
        }
    }

    #[test]
    fn every_phrase_of_the_list_is_refused_and_can_match() {
        assert!(COMMON_PHRASES.len() + COMMON_WORDS.len() >= 150);
        for phrase in COMMON_PHRASES {
            assert!(check_new_password(phrase, "u").is_err(), "{phrase}");
        }
        for entry in COMMON_PHRASES {
            assert!(
                entry.chars().all(char::is_alphanumeric) && entry.to_lowercase() == *entry,
                "{entry} could never match"
            );
        }
        for entry in COMMON_WORDS {
            assert!(
                entry.chars().all(char::is_alphabetic) && entry.to_lowercase() == *entry,
                "{entry} could never match"
            );
            let dressed = format!("{entry}-8402-9517-3360-28");
            assert_eq!(check_new_password(&dressed, "u"), Err(PasswordFault::Common), "{entry}");
        }
    }
}
