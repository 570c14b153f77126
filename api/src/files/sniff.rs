//! Whether bytes are what their media type says.
//!
//! Looked at from outside alone: no picture is decoded, no document opened, and of a package (DOCX, XLSX,
//! OFD) the list of its parts is read, within bounds, and never the parts themselves. So nothing can blow
//! up here, however it was made.

use domain::files::Format;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// How many bytes of the beginning are looked at.
pub const HEAD: usize = 8 * 1024;

/// The longest list of parts that is read, in bytes.
const MAX_DIRECTORY: u64 = 1024 * 1024;
/// The most parts of a package.
const MAX_PARTS: usize = 1_000;
/// What all parts may unpack to, by their own word, in bytes.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;
/// How many times the size of the package that may be.
const MAX_RATIO: u64 = 100;
/// The end of a package: 22 bytes, and a remark of up to 64 KiB.
const MAX_END: u64 = 22 + 65_535;

/// Looks at a file while it arrives.
#[derive(Debug)]
pub struct Sniffer {
    format: Format,
    head: Vec<u8>,
    /// Bytes of a character that is not complete yet.
    rest: Vec<u8>,
    is_text: bool,
}

impl Sniffer {
    /// For a file that is said to be of this format.
    #[must_use]
    pub fn new(format: Format) -> Self {
        Self { format, head: Vec::new(), rest: Vec::new(), is_text: true }
    }

    /// The next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        let room = HEAD.saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if self.format == Format::Text && self.is_text {
            self.rest.extend_from_slice(bytes);
            self.read_text();
        }
    }

    /// Judges the characters that are complete.
    fn read_text(&mut self) {
        let whole = match std::str::from_utf8(&self.rest) {
            Ok(_) => self.rest.len(),
            // A character may be cut by the end of the bytes so far.
            Err(cut) if cut.error_len().is_none() => cut.valid_up_to(),
            Err(_) => {
                self.is_text = false;
                return;
            }
        };
        let control = |byte: &u8| (*byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n')) || *byte == 0x7f;
        self.is_text = !self.rest[..whole].iter().any(control);
        self.rest.drain(..whole);
    }

    /// Whether the whole file is of its format.
    ///
    /// # Errors
    /// What the disk said.
    pub fn judge(self, mut file: File) -> io::Result<bool> {
        let looks = infer::get(&self.head).map(|kind| kind.mime_type());
        Ok(match self.format {
            Format::Pdf => looks == Some("application/pdf"),
            Format::Jpeg => looks == Some("image/jpeg"),
            Format::Png => looks == Some("image/png"),
            Format::Mp4 => looks == Some("video/mp4"),
            Format::Text => self.is_text && self.rest.is_empty() && looks.is_none(),
            Format::Docx => has(&mut file, &self.head, &["[Content_Types].xml", "word/document.xml"])?,
            Format::Xlsx => has(&mut file, &self.head, &["[Content_Types].xml", "xl/workbook.xml"])?,
            Format::Ofd => has(&mut file, &self.head, &["OFD.xml"])?,
        })
    }
}

/// Whether the file is a package with these parts, without macros, and of sensible size.
fn has(file: &mut File, head: &[u8], parts: &[&str]) -> io::Result<bool> {
    if !head.starts_with(b"PK\x03\x04") {
        return Ok(false);
    }
    let Some(names) = names(file)? else { return Ok(false) };
    let macros = names.iter().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin"));
    Ok(!macros && parts.iter().all(|part| names.iter().any(|name| name == part)))
}

/// The names in the list of parts; none when there is no such list or it asks for too much.
fn names(file: &mut File) -> io::Result<Option<Vec<String>>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail = read_at(file, length - length.min(MAX_END), length.min(MAX_END))?;
    let Some(end) = tail.windows(4).rposition(|four| four == b"PK\x05\x06") else { return Ok(None) };
    let end = &tail[end..];
    let (Some(count), Some(size), Some(start)) = (u16_at(end, 10), u32_at(end, 12), u32_at(end, 16)) else {
        return Ok(None);
    };
    let (size, start) = (u64::from(size), u64::from(start));
    // Packages beyond 4 GiB have a longer end; none of that size is allowed.
    if usize::from(count) > MAX_PARTS || size > MAX_DIRECTORY || start + size > length {
        return Ok(None);
    }
    let list = read_at(file, start, size)?;
    let (mut names, mut at, mut unpacked) = (Vec::new(), 0, 0_u64);
    for _ in 0..count {
        let Some(entry) = list.get(at..).filter(|rest| rest.starts_with(b"PK\x01\x02")) else { return Ok(None) };
        let sizes = (u32_at(entry, 24), u16_at(entry, 28), u16_at(entry, 30), u16_at(entry, 32));
        let (Some(plain), Some(name), Some(extra), Some(remark)) = sizes else { return Ok(None) };
        let Some(bytes) = entry.get(46..46 + usize::from(name)) else { return Ok(None) };
        names.push(String::from_utf8_lossy(bytes).into_owned());
        unpacked += u64::from(plain);
        at += 46 + usize::from(name) + usize::from(extra) + usize::from(remark);
    }
    let sensible = unpacked <= MAX_UNPACKED && unpacked <= length.saturating_mul(MAX_RATIO);
    Ok(sensible.then_some(names))
}

fn read_at(file: &mut File, start: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn judged(format: Format, bytes: &[u8]) -> bool {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let mut sniffer = Sniffer::new(format);
        // Byte by byte, so that every character is cut somewhere.
        bytes.iter().for_each(|byte| sniffer.take(&[*byte]));
        sniffer.judge(file).unwrap()
    }

    /// A package with these parts, each said to unpack to so many bytes.
    fn package(parts: &[&str], plain: u32) -> Vec<u8> {
        let (mut bytes, mut list) = (b"PK\x03\x04".to_vec(), Vec::new());
        bytes.resize(200, 0);
        for name in parts {
            let mut entry = [0_u8; 46];
            entry[..4].copy_from_slice(b"PK\x01\x02");
            entry[24..28].copy_from_slice(&plain.to_le_bytes());
            entry[28..30].copy_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
            list.extend_from_slice(&entry);
            list.extend_from_slice(name.as_bytes());
        }
        let start = u32::try_from(bytes.len()).unwrap();
        bytes.extend_from_slice(&list);
        let mut end = [0_u8; 22];
        end[..4].copy_from_slice(b"PK\x05\x06");
        end[10..12].copy_from_slice(&u16::try_from(parts.len()).unwrap().to_le_bytes());
        end[12..16].copy_from_slice(&u32::try_from(list.len()).unwrap().to_le_bytes());
        end[16..20].copy_from_slice(&start.to_le_bytes());
        bytes.extend_from_slice(&end);
        bytes
    }

    #[test]
    fn bytes_are_what_they_begin_with() {
        assert!(judged(Format::Pdf, b"%PDF-1.7\n..."));
        assert!(judged(Format::Png, b"\x89PNG\r\n\x1a\n...."));
        assert!(judged(Format::Jpeg, b"\xff\xd8\xff\xe0...."));
        assert!(judged(Format::Mp4, b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"));
        for format in [Format::Pdf, Format::Png, Format::Jpeg, Format::Mp4, Format::Docx, Format::Ofd, Format::Text] {
            assert!(!judged(format, b"MZ\x90\0\x03\0\0\0"), "{format:?}");
            assert!(!judged(format, b"#!/bin/sh\nrm -rf /\n"), "{format:?}");
            assert!(!judged(format, b"\x7fELF\x02\x01\x01\0"), "{format:?}");
        }
    }

    #[test]
    fn text_is_utf8_without_controls_to_its_last_byte() {
        assert!(judged(Format::Text, "关于助餐点的调研\r\n\t一、现状".as_bytes()));
        assert!(!judged(Format::Text, "调研\0".as_bytes()));
        assert!(!judged(Format::Text, &"调研".as_bytes()[..4]));
        assert!(!judged(Format::Text, b"\xb5\xf7\xd1\xd0"));
        assert!(!judged(Format::Text, b"%PDF-1.7\n"));
    }

    #[test]
    fn packages_are_told_apart_by_their_parts_and_bombs_by_their_own_word() {
        let docx = ["[Content_Types].xml", "word/document.xml"];
        assert!(judged(Format::Docx, &package(&docx, 100)));
        assert!(!judged(Format::Xlsx, &package(&docx, 100)));
        assert!(judged(Format::Xlsx, &package(&["[Content_Types].xml", "xl/workbook.xml"], 100)));
        assert!(judged(Format::Ofd, &package(&["OFD.xml", "Doc_0/Document.xml"], 100)));
        assert!(!judged(Format::Docx, &package(&["a.txt"], 100)));
        assert!(!judged(Format::Docx, &package(&[docx[0], docx[1], "word/vbaProject.bin"], 100)));
        assert!(!judged(Format::Docx, &package(&docx, 100_000_000)));
        let many = vec!["x"; MAX_PARTS + 1];
        assert!(!judged(Format::Ofd, &package(&many, 0)));
        for cut in [4, 30, 210, 250] {
            assert!(!judged(Format::Docx, &package(&docx, 100)[..cut]), "{cut}");
        }
    }
}
