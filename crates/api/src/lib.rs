//! The words that every domain's GraphQL shares
