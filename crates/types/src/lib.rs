//! Typed ids, the clock, the actor and the error taxonomy
