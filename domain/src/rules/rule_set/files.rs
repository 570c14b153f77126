//! Which files a region takes, and how large they may be.
//!
//! The formats themselves are the program's, which must be able to tell them by their bytes ([`crate::files`]); a region
//! may close some and set the size of each. As with [`super::timing`], texts that were stored before this part existed
//! leave it out.

use super::RuleSet;
use super::timing::default_of;
use crate::files::{FileType, Format, TYPES};
use crate::rules::document::{Faults, record};

/// The most MiB that a region may allow: what proxies must let pass, and what the disk of drafts is measured for.
const MOST_MEBIBYTES: u16 = 500;

record! {
    /// The largest file of each type in MiB; with 0 none of the type is taken (附件类型与大小上限).
    pub struct FileLimits {
        /// Portable documents (PDF).
        pub pdf "pdf": u16,
        /// National fixed-layout documents (OFD 版式文档).
        pub ofd "ofd": u16,
        /// Text documents (DOCX).
        pub docx "docx": u16,
        /// Tables (XLSX).
        pub xlsx "xlsx": u16,
        /// Photographs (JPEG).
        pub jpeg "jpeg": u16,
        /// Pictures (PNG).
        pub png "png": u16,
        /// Films (MP4).
        pub mp4 "mp4": u16,
        /// Plain texts (TXT).
        pub text "text": u16,
    }
    when missing default_of("files")
}

impl FileLimits {
    /// The most MiB of a file of this format; 0 when none is taken.
    pub const fn mebibytes(&self, format: Format) -> u16 {
        match format {
            Format::Pdf => self.pdf,
            Format::Ofd => self.ofd,
            Format::Docx => self.docx,
            Format::Xlsx => self.xlsx,
            Format::Jpeg => self.jpeg,
            Format::Png => self.png,
            Format::Mp4 => self.mp4,
            Format::Text => self.text,
        }
    }

    /// The most bytes of a file of this format.
    pub const fn max_bytes(&self, format: Format) -> i32 {
        (self.mebibytes(format) as i32).saturating_mul(1024 * 1024)
    }

    /// The types that are taken.
    pub fn taken(&self) -> impl Iterator<Item = &'static FileType> {
        TYPES.iter().filter(|one| self.mebibytes(one.format) > 0)
    }

    /// The type with this media type, if it is taken.
    pub fn of_media_type(&self, media_type: &str) -> Option<&'static FileType> {
        self.taken().find(|one| one.media_type == media_type)
    }

    /// The media types that are taken, for people.
    pub fn allowed(&self) -> String {
        self.taken().map(|one| one.media_type).collect::<Vec<_>>().join(", ")
    }
}

/// Notes every fault of sense.
pub(super) fn check(rules: &RuleSet, faults: &mut Faults) {
    // Whoever wants no files closes the lists of attachments.
    if rules.files.taken().next().is_none() {
        faults.add("$.files", "至少应允许一种文件类型", "needs at least one type");
    }
    let (zh, en) = (format!("最大{MOST_MEBIBYTES} MiB"), format!("at most {MOST_MEBIBYTES} MiB"));
    // Written out, so that the names of the members stand in one place.
    let Ok(serde_json::Value::Object(members)) = serde_json::to_value(&rules.files) else {
        return;
    };
    for (name, _) in members.iter().filter(|(_, most)| most.as_u64() > Some(MOST_MEBIBYTES.into())) {
        faults.add(format!("$.files.{name}"), &zh, &en);
    }
}

#[cfg(test)]
mod tests {
    use crate::files::{Format, TYPES};
    use crate::rules::rule_set::{PRESETS, RuleSet, overlay};

    fn over(choices: &str) -> Result<RuleSet, Vec<String>> {
        let faults =
            |found: Vec<crate::rules::document::DocumentFault>| found.iter().map(ToString::to_string).collect();
        RuleSet::parse(&overlay(PRESETS[0].json, choices).map_err(faults)?).map_err(faults)
    }

    #[test]
    fn texts_without_them_have_the_defaults() {
        for preset in PRESETS {
            let rules = RuleSet::parse(preset.json).unwrap();
            let sizes: Vec<u16> = TYPES.iter().map(|one| rules.files.mebibytes(one.format)).collect();
            assert_eq!(sizes, [50, 50, 50, 50, 20, 20, 500, 2], "{}", preset.name);
            assert_eq!(rules.files.taken().count(), TYPES.len());
        }
    }

    #[test]
    fn a_region_closes_types_and_sets_sizes() {
        let files = over(r#"{ "files": { "mp4": 0, "pdf": 10 } }"#).unwrap().files;
        assert_eq!((files.mebibytes(Format::Pdf), files.mebibytes(Format::Docx)), (10, 50));
        assert_eq!(files.of_media_type("video/mp4"), None);
        assert!(files.of_media_type("application/pdf").is_some() && !files.allowed().contains("video/mp4"));
        assert_eq!(files.max_bytes(Format::Pdf), 10_485_760);
    }

    #[test]
    fn faults_are_named() {
        for (choices, fault) in [
            (r#"{ "files": { "mp4": 501 } }"#, "$.files.mp4: at most 500 MiB"),
            (r#"{ "files": { "mp4": null } }"#, "$.files.mp4: must be a whole number from 0 to 65535"),
            (r#"{ "files": { "zip": 1 } }"#, "$.files.zip: unknown member"),
            (
                r#"{ "files": { "pdf": 0, "ofd": 0, "docx": 0, "xlsx": 0, "jpeg": 0, "png": 0, "mp4": 0, "text": 0 } }"#,
                "$.files: needs at least one type",
            ),
        ] {
            assert_eq!(over(choices).unwrap_err(), [fault]);
        }
        assert!(over(r#"{ "files": { "mp4": 500 } }"#).is_ok());
    }
}
