//! One schema over HTTP
