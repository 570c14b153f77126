//! The rules of a region as data, and the arithmetic of days that they need.
//!
//! - [`rule_set`]: what a region decides: periods, limits, outcomes, sign-off, versioned by its effective day.
//! - [`calendar`]: working days from the yearly notices; [`clock`]: the life of a clock, its reminders and lags.
//! - [`deadline`]: due days with how they came about.
//! - [`legal_day`]: which day of law an instant belongs to.
//! - [`feedback_form`]: the questions put to proposers.
//! - [`trial`]: what rules would give for a day, before they hold.
//! - [`document`]: reading such data from JSON with every fault named by its path.
//!
//! Deliberately absent: which version of a region's rules is in force, and where data is stored.

pub mod calendar;
pub mod clock;
pub mod deadline;
pub mod document;
pub mod feedback_form;
pub mod legal_day;
pub mod rule_set;
pub mod trial;
