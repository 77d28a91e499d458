//! How long a server takes to be ready, and how much memory it holds when nobody asks.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use clap::Args;

use crate::{
    Outcome,
    client::Client,
    figures::{Figures, Idle, add},
    process,
};

const PATIENCE: Duration = Duration::from_secs(30);
const REST: Duration = Duration::from_secs(2);

/// Starts of a server whose environment is that of this program.
#[derive(Args)]
pub(crate) struct Cold {
    /// Where the server will listen.
    #[arg(long)]
    address: SocketAddr,
    /// How often to start it.
    #[arg(long, default_value_t = 5)]
    times: usize,
    /// The file for the figures.
    #[arg(long)]
    figures: PathBuf,
    /// The program and its arguments.
    #[arg(last = true, required = true)]
    program: Vec<String>,
}

impl Cold {
    /// Starts the server, waits until it is ready, ends it; the last time it may rest before it is weighed.
    pub(crate) fn run(&self) -> Outcome<()> {
        let mut idle = Idle {
            ready: Vec::new(),
            resident: 0,
        };
        for time in 1..=self.times {
            let begun = Instant::now();
            let mut server = self.start()?;
            let weighed = self.wait(&mut server).and_then(|()| {
                idle.ready.push(begun.elapsed().as_secs_f64() * 1_000.0);
                if time == self.times {
                    thread::sleep(REST);
                    idle.resident = process::resident(server.id())?;
                }
                Ok(())
            });
            end(&mut server)?;
            weighed?;
        }
        println!(
            "ready after {:.0?} ms, {} KiB when idle",
            idle.ready, idle.resident
        );
        add(&self.figures, &Figures::Cold(idle))
    }

    fn start(&self) -> Outcome<Child> {
        let (program, arguments) = self.program.split_first().ok_or("no program")?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Ok(command.spawn()?)
    }

    fn wait(&self, server: &mut Child) -> Outcome<()> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let ready = Client::connect(self.address).and_then(|mut client| client.get("/readyz"));
            if ready.is_ok() {
                return Ok(());
            }
            if let Some(status) = server.try_wait()? {
                return Err(format!("the server ended with {status}").into());
            }
            thread::sleep(Duration::from_millis(1));
        }
        Err("the server is not ready after half a minute".into())
    }
}

/// Asks the server to end, so that the next start finds everything in order.
fn end(server: &mut Child) -> Outcome<()> {
    Command::new("kill").arg(server.id().to_string()).status()?;
    server.wait()?;
    Ok(())
}
