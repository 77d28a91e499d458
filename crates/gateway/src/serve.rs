//! The server loop: connections with deadlines, and an end that lets running requests finish.

use std::{io, pin::pin, time::Duration};

use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    signal,
    sync::watch,
    time::{sleep, timeout},
};

use crate::{Gateway, peer::Peered};

/// Time for a request's head to arrive, and for the next one on an open connection.
const HEAD_PATIENCE: Duration = Duration::from_secs(15);

/// Bytes of a request's head.
const LARGEST_HEAD: usize = 32 * 1024;

/// Time for running requests to finish once the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Pause after the system refused a connection, most likely for want of file descriptors.
const BREATH: Duration = Duration::from_millis(200);

/// Serves until `stop` completes, then ends what stays open and finishes what is running, for ten seconds at most.
pub async fn serve(listener: TcpListener, gateway: &Gateway, stop: impl Future<Output = ()>) {
    let router = gateway.router();
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_header_size(LARGEST_HEAD);
    // Every connection holds a receiver: when there is none left, nothing runs any more.
    let (ends, end) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, address)) => {
                let service = Peered::new(router.clone(), address);
                let connection = connection(&server, stream, service);
                tokio::spawn(run(connection, end.clone()));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                sleep(BREATH).await;
            }
        }
    }
    drop((listener, end));
    ends.send_replace(true);
    let farewell = async { tokio::join!(gateway.live.end(), ends.closed()) };
    if timeout(FAREWELL, farewell).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

type Connection = http1::UpgradeableConnection<TokioIo<TcpStream>, TowerToHyperService<Peered>>;

fn connection(server: &http1::Builder, stream: TcpStream, service: Peered) -> Connection {
    // Without it small answers wait for the client's acknowledgement; a failure costs only time.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was not set");
    }
    let service = TowerToHyperService::new(service);
    server
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
}

/// Serves a connection; once the server ends, only what is running on it.
async fn run(connection: Connection, mut end: watch::Receiver<bool>) {
    let mut connection = pin!(connection);
    // A client that breaks off is no concern of ours.
    tokio::select! {
        done = connection.as_mut() => done.unwrap_or_default(),
        _ = end.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await.unwrap_or_default();
        }
    }
}

/// Completes when the process is asked to end: SIGTERM or ctrl-c.
pub async fn terminated() -> io::Result<()> {
    #[cfg(unix)]
    {
        let mut term = signal::unix::signal(signal::unix::SignalKind::terminate())?;
        tokio::select! {
            done = signal::ctrl_c() => done,
            _ = term.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    signal::ctrl_c().await
}
