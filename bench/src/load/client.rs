//! HTTP over one kept connection. Blocking and plain, so that the generator takes little of the machine.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

use crate::Outcome;

const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a server on this machine.
pub(crate) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer; its body borrows the connection's buffer.
pub(crate) struct Reply<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

impl Client {
    /// Connects; refuses any other machine.
    pub(crate) fn connect(server: SocketAddr) -> Outcome<Self> {
        if !server.ip().is_loopback() {
            return Err(
                format!("{server} is not on this machine; the benchmark stays on it").into(),
            );
        }
        let stream = TcpStream::connect_timeout(&server, PATIENCE)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            buffer: vec![0; 256 * 1024],
        })
    }

    /// Sends a request that is written already and reads the whole answer.
    pub(crate) fn send(&mut self, request: &[u8]) -> Outcome<Reply<'_>> {
        self.stream.write_all(request)?;
        let mut filled = 0;
        let (status, start, length) = loop {
            filled += self.read(filled)?;
            if let Some(head) = head(&self.buffer[..filled])? {
                break head;
            }
        };
        let end = start + length;
        if end > self.buffer.len() {
            self.buffer.resize(end, 0);
        }
        while filled < end {
            filled += self.read(filled)?;
        }
        Ok(Reply {
            status,
            body: &self.buffer[start..end],
        })
    }

    fn read(&mut self, filled: usize) -> Outcome<usize> {
        match self.stream.read(&mut self.buffer[filled..])? {
            0 => Err("the server closed the connection".into()),
            count => Ok(count),
        }
    }

    /// The body of `path`, which must be there.
    pub(crate) fn get(&mut self, path: &str) -> Outcome<String> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        let reply = self.send(request.as_bytes())?;
        match reply.status {
            200 => Ok(String::from_utf8(reply.body.to_vec())?),
            status => Err(format!("{path} answers {status}").into()),
        }
    }

    /// The JSON answer to a request, which must succeed.
    pub(crate) fn ask(&mut self, request: &[u8]) -> Outcome<Value> {
        let reply = self.send(request)?;
        let body = String::from_utf8_lossy(reply.body);
        if reply.status != 200 || failed(reply.body) {
            return Err(format!("the server answers {}: {body}", reply.status).into());
        }
        Ok(serde_json::from_str(&body)?)
    }
}

/// True for a GraphQL answer with errors.
pub(crate) fn failed(body: &[u8]) -> bool {
    std::str::from_utf8(body).is_ok_and(|text| text.contains("\"errors\":"))
}

/// A JSON request, written once and sent many times.
pub(crate) fn post(path: &str, token: Option<&str>, body: &Value) -> Vec<u8> {
    let body = body.to_string();
    let session = token.map(|token| format!("authorization: Bearer {token}\r\n"));
    let session = session.unwrap_or_default();
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n\
         content-type: application/json\r\n{session}content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Status, where the body begins, and its length; `None` until the head is there.
fn head(bytes: &[u8]) -> Outcome<Option<(u16, usize, usize)>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(&bytes[..end])?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let status = status.ok_or("an answer without a status")?.parse()?;
    let length = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .ok_or("an answer without a length")?;
    Ok(Some((status, end + 4, length.1.trim().parse()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let whole = b"HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nnothing";
        assert!(matches!(head(&whole[..40]), Ok(None)));
        assert!(matches!(head(whole), Ok(Some((404, 45, 7)))));
    }

    #[test]
    fn another_machine_is_refused() {
        assert!(Client::connect(([192, 0, 2, 1], 80).into()).is_err());
    }
}
