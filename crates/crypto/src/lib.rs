//! Key schedule, envelopes and tokens
