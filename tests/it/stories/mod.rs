//! Whole lives told through the API, as the people who live them.

mod calendar;
mod live;
mod merged_proposals;
mod promises;
mod return_and_reassign;
mod review;
mod rules;
mod separate_handling;
mod sign_off;
mod two_hats;
mod two_rounds;
mod withdrawal;
