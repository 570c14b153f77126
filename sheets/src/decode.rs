//! From bytes to text: UTF-8, UTF-16 with its mark, or GB 18030, as Excel and WPS save on Chinese machines.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// The text of a file; none when it is not a text.
pub(crate) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => strictly(encoding, &bytes[length..])?,
        // Without a mark UTF-8 comes first: Chinese text in GB 18030 is hardly ever valid UTF-8.
        None => strictly(UTF_8, bytes).or_else(|| strictly(GB18030, bytes))?,
    };
    // Pictures and programs are full of them, texts have none.
    (!text.contains('\0')).then_some(text)
}

fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    debug_assert!([UTF_8, GB18030, UTF_16LE, UTF_16BE].contains(&encoding));
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_usual_encoding_is_found_out() {
        let text = "案号,标题\n1,㐂𠮷养老〔2019〕1号";
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let files = [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            GB18030.encode(text).0.into_owned(),
            [b"\xFF\xFE".to_vec(), utf_16(u16::to_le_bytes)].concat(),
            [b"\xFE\xFF".to_vec(), utf_16(u16::to_be_bytes)].concat(),
        ];
        for file in files {
            assert_eq!(decode(&file).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_not_a_text_is_none() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
        assert_eq!(decode(b"\xFF\xFF\xFF\xFF"), None);
        assert_eq!(decode(b"\xEF\xBB\xBF\xD6\xD0"), None, "a mark that lies");
    }
}
