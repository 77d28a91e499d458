//! Everything that is the same for everybody
