//! One request and the head of its answer, over a connection that is there.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    HeaderMap, Request,
    client::conn::http1,
    header::{CONNECTION, CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT},
    rt::{Read, Write},
};

use crate::{Message, Target, Unsent};

/// Who we say we are.
const AGENT: &str = concat!("DreamTree/", env!("CARGO_PKG_VERSION"));

/// More of the head of an answer is not read.
const LONGEST_HEAD: usize = 16 * 1024;

/// What came back: no word of the other side's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status, 100 to 999.
    pub status: u16,
    /// How long the other side wants to be left alone, if it says so.
    pub retry_after: Option<Duration>,
}

/// Posts the message, and reads the head of the answer; its body is left behind.
pub(crate) async fn exchange<T>(
    connection: T,
    target: &Target,
    message: Message,
) -> Result<Reply, Unsent>
where
    T: Read + Write + Unpin + Send + 'static,
{
    let request = request(target, message)?;
    let mut builder = http1::Builder::new();
    builder.max_buf_size(LONGEST_HEAD);
    let (mut sender, driver) = builder
        .handshake(connection)
        .await
        .map_err(|_| Unsent::Broken)?;
    let answer = sender.send_request(request);
    tokio::pin!(driver, answer);
    let mut ended = false;
    let answer = loop {
        tokio::select! {
            answer = &mut answer => break answer,
            // What it says, the answer says as well.
            _ = &mut driver, if !ended => ended = true,
        }
    };
    let answer = answer.map_err(|_| Unsent::Broken)?;
    Ok(Reply {
        status: answer.status().as_u16(),
        retry_after: retry_after(answer.headers(), SystemTime::now()),
    })
}

fn request(target: &Target, message: Message) -> Result<Request<Full<Bytes>>, Unsent> {
    let mut request = Request::post(target.path())
        .header(HOST, target.authority())
        .header(USER_AGENT, AGENT)
        .header(CONTENT_TYPE, message.content_type)
        .header(CONNECTION, "close");
    for (name, value) in message.headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(message.body.into()));
    request.map_err(|_| Unsent::Broken)
}

/// `Retry-After`: seconds, or a time (RFC 9110, 10.2.3). What has passed already is no time at all.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_to_wait_is_read_in_both_forms() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let read = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers, now)
        };
        assert_eq!(read("120"), Some(Duration::from_mins(2)));
        let at = "Sun, 06 Nov 1994 08:50:37 GMT";
        assert_eq!(read(at), Some(Duration::from_mins(1)));
        let gone = "Sun, 06 Nov 1994 08:49:36 GMT";
        assert_eq!(read(gone), Some(Duration::ZERO));
        assert_eq!((read("soon"), read("-1"), read("")), (None, None, None));
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
