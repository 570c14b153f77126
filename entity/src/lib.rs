//! Tables as sea-orm models: columns and types, nothing else.
//!
//! Names of states and ids come from `domain`; the pinned text of each value is in the database.
//! Deliberately absent: queries (see the repositories of `api`) and rules.

pub mod assignment;
pub mod attachment;
pub mod calendar_day;
pub mod calendar_year;
pub mod category;
pub mod channel_preference;
pub mod co_opinion;
pub mod commitment;
pub mod contact;
pub mod cosignature;
pub mod delivery;
pub mod digest;
pub mod distinct_pair;
pub mod due_day;
pub mod event;
pub mod extension_request;
pub mod feedback;
pub mod feedback_form;
pub mod idempotency;
pub mod instruction;
pub mod job_run;
pub mod json;
pub mod ledger_line;
pub mod meeting;
pub mod meeting_matter;
pub mod notification;
pub mod number_series;
pub mod office_event;
pub mod organization;
pub mod person;
pub mod portfolio;
pub mod position;
pub mod progress_report;
pub mod refresh_token;
pub mod region;
pub mod region_calendar_day;
pub mod reminder;
pub mod reply;
pub mod return_request;
pub mod review;
pub mod rule_set;
pub mod search_text;
pub mod session;
pub mod sign_in;
pub mod snapshot;
pub mod stage_pace;
pub mod submission;
pub mod supervision;
pub mod throttle;
pub mod urging;
