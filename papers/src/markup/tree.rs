//! Markup as a small tree, each element with its place in the template.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::error::PaperError;

/// An element and what it holds.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Its content.
    pub children: Vec<Child>,
    file: String,
    line: usize,
}

/// What an element can hold.
#[derive(Debug)]
pub enum Child {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
    /// A line end inside a value.
    Break,
}

impl Element {
    /// Checks the name, and that no other attributes are there.
    pub fn expect(&self, name: &str, attributes: &[&str]) -> Result<(), PaperError> {
        if self.name != name {
            return Err(self.fault(format!("<{name}> belongs here, not <{}>", self.name)));
        }
        match self.attributes.iter().find(|(key, _)| !attributes.contains(&key.as_str())) {
            Some((key, _)) => Err(self.fault(format!("<{name}> has no attribute “{key}”"))),
            None => Ok(()),
        }
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// An attribute's value as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, PaperError> {
        let Some(text) = self.attribute(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.fault(format!("{name}=“{text}” is not a number")))
    }

    /// The elements in it; text between them is an error.
    pub fn elements(&self) -> Result<Vec<&Element>, PaperError> {
        let mut found = Vec::new();
        for child in &self.children {
            match child {
                Child::Element(element) => found.push(element),
                Child::Break => {}
                Child::Text(text) if text.trim().is_empty() => {}
                Child::Text(text) => {
                    return Err(self.fault(format!("text stands outside of a paragraph: {}", text.trim())));
                }
            }
        }
        Ok(found)
    }

    /// An error at this element.
    pub fn fault(&self, message: impl Into<String>) -> PaperError {
        PaperError::Template { file: self.file.clone(), line: self.line, message: message.into() }
    }

    /// An error: nobody knows this element here.
    pub fn unknown(&self) -> PaperError {
        self.fault(format!("<{}> is not known here", self.name))
    }
}

/// The last place passed.
struct Place {
    file: String,
    line: usize,
}

impl Place {
    fn fault(&self, message: impl Into<String>) -> PaperError {
        PaperError::Template { file: self.file.clone(), line: self.line, message: message.into() }
    }

    fn read(&mut self, mark: &str) {
        let mut words = mark.split_whitespace();
        if let (Some("at"), Some(file), Some(line)) = (words.next(), words.next(), words.next()) {
            self.file = file.to_owned();
            self.line = line.parse().unwrap_or(self.line);
        }
    }
}

/// Reads markup.
pub fn read(file: &str, text: &str) -> Result<Element, PaperError> {
    let mut reader = Reader::from_str(text);
    let mut place = Place { file: file.to_owned(), line: 1 };
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|error| place.fault(error.to_string()))?;
        match event {
            Event::PI(mark) => place.read(&mark),
            Event::Comment(_) => {}
            Event::Start(start) => open.push(begin(&start, &place)?),
            Event::Empty(start) => {
                let element = begin(&start, &place)?;
                finish(element, &mut open, &mut root, &place)?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| place.fault("an end without a beginning"))?;
                finish(element, &mut open, &mut root, &place)?;
            }
            Event::Text(text) => add_text(&squeeze(&text), &mut open, &place)?,
            Event::GeneralRef(reference) => match resolve(&reference, &place)? {
                '\n' => match open.last_mut() {
                    Some(element) => element.children.push(Child::Break),
                    None => return Err(place.fault("text stands outside of the paper")),
                },
                c => add_text(c.encode_utf8(&mut [0; 4]), &mut open, &place)?,
            },
            Event::CData(_) | Event::Decl(_) | Event::DocType(_) => {
                return Err(place.fault("only elements and text belong into a paper"));
            }
            Event::Eof => break,
        }
    }
    if let Some(element) = open.last() {
        return Err(element.fault(format!("<{}> is not closed", element.name)));
    }
    root.ok_or_else(|| place.fault("<paper> is missing"))
}

fn begin(start: &BytesStart<'_>, place: &Place) -> Result<Element, PaperError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| place.fault(error.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::default()).map_err(|e| place.fault(e.to_string()))?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    let name = start.name().as_ref().to_owned();
    Ok(Element { name, attributes, children: Vec::new(), file: place.file.clone(), line: place.line })
}

fn finish(element: Element, open: &mut [Element], root: &mut Option<Element>, place: &Place) -> Result<(), PaperError> {
    match open.last_mut() {
        Some(parent) => parent.children.push(Child::Element(element)),
        None if root.is_none() => *root = Some(element),
        None => return Err(place.fault("something stands after the paper")),
    }
    Ok(())
}

fn add_text(text: &str, open: &mut [Element], place: &Place) -> Result<(), PaperError> {
    if text.is_empty() {
        return Ok(());
    }
    match open.last_mut() {
        Some(element) => match element.children.last_mut() {
            Some(Child::Text(before)) => before.push_str(text),
            _ => element.children.push(Child::Text(text.to_owned())),
        },
        None if text.trim().is_empty() => {}
        None => return Err(place.fault("text stands outside of the paper")),
    }
    Ok(())
}

/// Takes out white space that holds a line end.
fn squeeze(text: &str) -> String {
    let is_space = |c: char| c == ' ' || c == '\n' || c == '\r' || c == '\t';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let space = is_space(first);
        let end = rest.find(|c| is_space(c) != space).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        if !(space && piece.contains('\n')) {
            out.push_str(piece);
        }
        rest = after;
    }
    out
}

fn resolve(reference: &BytesRef<'_>, place: &Place) -> Result<char, PaperError> {
    if let Some(c) = reference.resolve_char_ref().map_err(|error| place.fault(error.to_string()))? {
        return Ok(c);
    }
    let name: &str = reference;
    match name {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(place.fault(format!("&{other}; is not known"))),
    }
}
