//! What a person writes, and how far they have come
