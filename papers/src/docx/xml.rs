//! Writes XML into a string. Text goes in escaped, always.

/// XML under construction.
#[derive(Debug, Default)]
pub struct Xml(String);

impl Xml {
    /// A file's beginning.
    pub fn file() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".into())
    }

    /// Markup of ours; never data.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text, escaped; characters that XML cannot hold are left out.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => self.0.push(c),
                _ => {}
            }
        }
        self
    }

    /// The file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}
