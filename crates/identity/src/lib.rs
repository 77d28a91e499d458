//! Who somebody is: visits, accounts, sessions, keys
