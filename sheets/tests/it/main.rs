//! Files to lines and back, with the ledgers of the sample region.

mod faulty;
mod figures;
mod forms;
mod hostile;
mod round_trip;
mod stage;
