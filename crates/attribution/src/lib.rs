//! Whose ideas the workbook stands on
