//! Which files can be attached, and how they may be called.
//!
//! A list of what is allowed: formats that everybody can open and that run nothing. Macros, archives,
//! web pages and programs are not among them.

/// How a file is built, as far as its bytes can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Portable document.
    Pdf,
    /// The national fixed-layout document (GB/T 33190).
    Ofd,
    /// Text document in a package of parts.
    Docx,
    /// Table in a package of parts.
    Xlsx,
    /// Photograph.
    Jpeg,
    /// Picture.
    Png,
    /// Film.
    Mp4,
    /// Plain text in UTF-8.
    Text,
}

/// A kind of file that can be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileType {
    /// How it is built.
    pub format: Format,
    /// Its media type.
    pub media_type: &'static str,
    /// How names of such files end.
    pub extensions: &'static [&'static str],
}

const fn of(format: Format, media_type: &'static str, extensions: &'static [&'static str]) -> FileType {
    FileType { format, media_type, extensions }
}

/// Everything that can be attached; which of it a region takes, and how large, its rules say
/// ([`crate::rules::rule_set::FileLimits`]).
pub const TYPES: &[FileType] = &[
    of(Format::Pdf, "application/pdf", &["pdf"]),
    of(Format::Ofd, "application/ofd", &["ofd"]),
    of(Format::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    of(Format::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    of(Format::Jpeg, "image/jpeg", &["jpg", "jpeg"]),
    of(Format::Png, "image/png", &["png"]),
    of(Format::Mp4, "video/mp4", &["mp4"]),
    of(Format::Text, "text/plain", &["txt"]),
];

/// The kind of file with this media type, if it can be attached.
#[must_use]
pub fn of_media_type(media_type: &str) -> Option<&'static FileType> {
    TYPES.iter().find(|one| one.media_type == media_type)
}

/// The last part of a path: some programs send where a file lay on the machine of its owner.
#[must_use]
pub fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// A name that every system can store, for a file of this kind; none when nothing is left of it or its end
/// belongs to another kind.
///
/// The name is data: no file of the server is called by it. It is cleaned for those who save the file.
#[must_use]
pub fn clean_name(name: &str, kind: &FileType) -> Option<String> {
    let plain: String = name.chars().map(|c| if "<>:\"|?*/\\".contains(c) { '_' } else { c }).collect();
    let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, end) = plain.rsplit_once('.')?;
    if stem.trim_end_matches(['.', ' ']).is_empty() || !kind.extensions.iter().any(|e| e.eq_ignore_ascii_case(end)) {
        return None;
    }
    // Windows takes these for devices, whatever follows the first dot.
    let first = plain.split('.').next().unwrap_or_default().trim_end();
    Some(if is_device(first) { format!("_{plain}") } else { plain.to_owned() })
}

fn is_device(stem: &str) -> bool {
    let upper = stem.to_uppercase();
    let numbered = |prefix: &str| {
        let mut rest = upper.strip_prefix(prefix).unwrap_or_default().chars();
        matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_for_every_system() {
        let pdf = of_media_type("application/pdf").unwrap();
        for (name, cleaned) in [
            ("关于养老的调研.pdf", "关于养老的调研.pdf"),
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\Users\\me\\报告.PDF", "报告.PDF"),
            ("a<b>c:d\"e|f?g*.pdf", "a_b_c_d_e_f_g_.pdf"),
            ("  ..隐藏.pdf. . ", "隐藏.pdf"),
            ("CON.pdf", "_CON.pdf"),
            ("com1.x.pdf", "_com1.x.pdf"),
            ("lpt¹.pdf", "_lpt¹.pdf"),
            ("nul .pdf", "_nul .pdf"),
            ("CONTRACT.pdf", "CONTRACT.pdf"),
            ("com10.pdf", "com10.pdf"),
        ] {
            assert_eq!(clean_name(base_name(name), pdf).as_deref(), Some(cleaned), "{name}");
        }
        for name in ["", ".", "..", "/", "a/", ".pdf", "报告", "报告.exe", "报告.pdf.exe", "报告.pdf/", " . .pdf"]
        {
            assert_eq!(clean_name(base_name(name), pdf), None, "{name}");
        }
    }

    #[test]
    fn each_kind_stands_once() {
        for (i, one) in TYPES.iter().enumerate() {
            assert_eq!(of_media_type(one.media_type), Some(one));
            assert!(!TYPES[..i].iter().any(|other| other.media_type == one.media_type));
        }
    }
}
