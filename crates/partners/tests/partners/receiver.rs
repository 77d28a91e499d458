//! A partner's server that is told that something has changed.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A message that has come in.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    head: String,
    pub(crate) body: String,
}

impl Heard {
    /// A header; names are written in small letters.
    pub(crate) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines();
        let mut pairs = lines.filter_map(|line| line.split_once(": "));
        let found = pairs.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.expect(name).1
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Its `type`.
    pub(crate) fn event(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

/// Takes messages at a port of this machine, and answers them as it was told to, then with 204.
pub(crate) struct Receiver {
    port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
    task: JoinHandle<()>,
}

impl Receiver {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<Vec<Heard>>>::default();
        let answers = Arc::<Mutex<VecDeque<&'static str>>>::default();
        let (kept, told) = (Arc::clone(&heard), Arc::clone(&answers));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let next = told.lock().unwrap().pop_front().unwrap_or("204 No Content");
                serve(stream, next, &kept).await;
            }
        });
        Self {
            port,
            heard,
            answers,
            task,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hooks?tenant=7", self.port)
    }

    /// What the next messages are answered with: a status line without its version, and headers behind it.
    pub(crate) fn answer(&self, answers: &[&'static str]) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// What has come in since the last time.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, answer: &str, kept: &Mutex<Vec<Heard>>) {
    let mut text = String::new();
    let mut part = [0; 4096];
    let heard = loop {
        let count = stream.read(&mut part).await.unwrap();
        assert!(count > 0, "half a message: {text}");
        text.push_str(std::str::from_utf8(&part[..count]).unwrap());
        let Some((top, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let heard = Heard {
            head: top.to_owned(),
            body: body.to_owned(),
        };
        if heard.header("content-length") == body.len().to_string() {
            break heard;
        }
    };
    kept.lock().unwrap().push(heard);
    let answer = format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.unwrap();
}
