//! Whole lives told through the API, as the people who live them.

mod arbitration;
mod calendar;
mod disclosure;
mod extensions;
mod handling_year;
mod instructions;
mod ledgers;
mod live;
mod live_board;
mod meetings;
mod merged_proposals;
pub mod office_records;
mod promises;
mod public_promises;
mod return_and_reassign;
mod review;
mod rules;
mod separate_handling;
mod sign_off;
mod stage_lags;
mod supervision_board;
mod two_hats;
mod two_rounds;
mod urging;
mod withdrawal;
