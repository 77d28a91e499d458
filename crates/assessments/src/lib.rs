//! Competency self-assessment
