//! Papers as their readers get them.

mod fonts;
mod injection;
mod letters;
mod samples;
mod support;
mod tables;
mod templates;
mod texts;
