//! A slow count, day by day.
