//! Papers as their readers get them.

mod samples;
