//! The server and its tools.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod cli;
mod command;
mod config;
mod failure;
mod jobs;
mod keys;
mod log;
mod mail;
mod secret_file;
mod signing;
mod storage;

use std::process::ExitCode;

use clap::Parser;

use cli::Cli;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match command::run(Cli::parse()).await {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("dreamtree: {failure}");
            ExitCode::FAILURE
        }
    }
}
