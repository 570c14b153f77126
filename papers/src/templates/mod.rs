//! Templates: text files that a region can replace, one for each kind of paper.
//!
//! A template is Jinja text that yields markup (see [`crate::markup`]). Every value is escaped, no filter can undo that,
//! and a field that does not exist, or is empty where it is printed, is an error with file and line.

mod clean;
mod filters;
mod places;

pub(crate) use filters::numeral;

use std::collections::BTreeMap;
use std::path::Path;

use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, UndefinedBehavior};

use crate::data::Paper;
use crate::error::PaperError;
use crate::markup;
use crate::model::Document;

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        /// Names and texts of the templates that come with the program.
        const EMBEDDED: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../templates/", $name)))),+];
    };
}

embedded! {
    "assignment-notice.xml",
    "assignment-schedule.xml",
    "bulletin.xml",
    "contact-record.xml",
    "feedback-form-congress.xml",
    "feedback-form-cppcc.xml",
    "parts.xml",
    "pre-handling-analysis.xml",
    "reply-letter.xml",
    "statistics-report.xml",
    "submission-form.xml",
    "yearly-report.xml",
}

/// The templates in force.
#[derive(Debug)]
pub struct Templates {
    env: Environment<'static>,
}

impl Templates {
    /// Those that come with the program.
    pub fn embedded() -> Result<Self, PaperError> {
        Self::compile(BTreeMap::new())
    }

    /// Those that come with the program, except that a file of the same name in `folder` wins.
    ///
    /// Files that do not end in `.xml` are ignored; an `.xml` file that replaces nothing is an error, since its name is
    /// most likely mistyped.
    pub fn with_overrides(folder: &Path) -> Result<Self, PaperError> {
        let unreadable = |path: &Path| {
            let path = path.to_path_buf();
            move |source| PaperError::Read { path, source }
        };
        let mut overrides = BTreeMap::new();
        for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
            let path = entry.map_err(unreadable(folder))?.path();
            if path.extension().is_none_or(|ending| ending != "xml") {
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !EMBEDDED.iter().any(|(known, _)| *known == name) {
                let known = EMBEDDED.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ");
                return Err(PaperError::UnknownTemplate { path, known });
            }
            let text = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
            overrides.insert(name, text);
        }
        Self::compile(overrides)
    }

    /// Names of all templates, and the texts that come with the program: a region begins with a copy.
    pub fn defaults() -> &'static [(&'static str, &'static str)] {
        EMBEDDED
    }

    fn compile(mut overrides: BTreeMap<String, String>) -> Result<Self, PaperError> {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|_| AutoEscape::Html);
        env.set_formatter(print);
        filters::add(&mut env);
        for (name, default) in EMBEDDED {
            let text = overrides.remove(*name).unwrap_or_else(|| (*default).to_owned());
            env.add_template_owned(*name, places::mark(name, &text)).map_err(|error| faulty(name, &error))?;
        }
        Ok(Self { env })
    }

    /// Lays out a paper: data into the template, the markup into the model.
    pub(crate) fn lay_out(&self, paper: &Paper) -> Result<Document, PaperError> {
        let name = paper.template();
        let mut data = paper.data()?;
        clean::clean(&mut data);
        let template = self.env.get_template(name).map_err(|error| faulty(name, &error))?;
        let text = template.render(Serde(&data)).map_err(|error| faulty(name, &error))?;
        markup::parse(name, &text)
    }
}

/// Prints a value into markup. Refuses what no reader of a paper should see: nothing, `true`, a list.
fn print(out: &mut Output<'_>, state: &mut minijinja::State<'_, '_>, value: &Value) -> Result<(), Error> {
    // What a macro or a `set` block yields has been through here before.
    if value.is_safe() {
        return minijinja::escape_formatter(out, state, value);
    }
    let text = match value.kind() {
        ValueKind::String | ValueKind::Number => value.to_string(),
        ValueKind::Undefined => return Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::None => {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                "this field is empty; test it with `if`, or use `blank`",
            ));
        }
        kind => return Err(Error::new(ErrorKind::InvalidOperation, format!("a {kind} cannot be printed"))),
    };
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // A line end of the data is a line break; one of the template is layout of its source.
            '\n' => escaped.push_str("&#10;"),
            c => escaped.push(c),
        }
    }
    out.write_str(&escaped).map_err(Error::from)
}

/// The innermost place a template error names.
fn faulty(name: &str, error: &Error) -> PaperError {
    let mut innermost = error;
    while let Some(cause) = std::error::Error::source(innermost).and_then(|e| e.downcast_ref::<Error>()) {
        innermost = cause;
    }
    let placed = if innermost.line().is_some() { innermost } else { error };
    let message = match innermost.detail() {
        Some(detail) => format!("{}: {detail}", innermost.kind()),
        None => innermost.kind().to_string(),
    };
    PaperError::Template { file: placed.name().unwrap_or(name).to_owned(), line: placed.line().unwrap_or(1), message }
}
