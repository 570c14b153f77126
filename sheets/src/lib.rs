//! Tables from and to spreadsheet files.
