//! Connections, the owner's scope and test databases
