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
use failure::Failure;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a thread has for what it works on. A request is one deep nest of futures, which a program that is not optimized
/// moves about by the kilobyte; only what is used is taken from memory.
const STACK: usize = 8 << 20;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(command::run(Cli::parse())),
        Err(error) => Err(Failure::during("starting threads")(error)),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("dreamtree: {failure}");
            ExitCode::FAILURE
        }
    }
}
