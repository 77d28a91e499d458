//! A partner's server that is told that something has changed.

use std::{
    collections::VecDeque,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// How long a message may take to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a message is answered with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    /// This status.
    Status(u16),
    /// Nothing, for as long as the other side waits.
    Silence,
}

/// A message that has come in.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// Names in small letters, and values.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Heard {
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known == name);
        &found.unwrap_or_else(|| panic!("no {name}")).1
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

/// Takes messages at a port of this machine. They are answered as it was told to, then with 204.
pub(crate) struct Receiver {
    port: u16,
    heard: Arc<Mutex<VecDeque<Heard>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
}

impl Receiver {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let heard = Arc::<Mutex<VecDeque<Heard>>>::default();
        let answers = Arc::<Mutex<VecDeque<Answer>>>::default();
        let (kept, told) = (Arc::clone(&heard), Arc::clone(&answers));
        // Ends with the process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, told) = (Arc::clone(&kept), Arc::clone(&told));
                thread::spawn(move || serve(stream, &kept, &told));
            }
        });
        Self {
            port,
            heard,
            answers,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hooks?word=of-mouth", self.port)
    }

    /// What the next messages are answered with.
    pub(crate) fn answer(&self, answers: &[Answer]) {
        self.answers.lock().expect("answers").extend(answers);
    }

    /// The next message, which may take a while to come.
    pub(crate) fn next(&self) -> Heard {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(heard) = self.heard.lock().expect("messages").pop_front() {
                return heard;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("no message has come");
    }

    /// True when no message comes for this long.
    pub(crate) fn is_silent_for(&self, pause: Duration) -> bool {
        thread::sleep(pause);
        self.heard.lock().expect("messages").is_empty()
    }
}

/// A connection that breaks is the other side's end, which tests bring about.
fn serve(
    mut stream: TcpStream,
    kept: &Mutex<VecDeque<Heard>>,
    told: &Mutex<VecDeque<Answer>>,
) -> Option<()> {
    let mut text = String::new();
    let mut part = [0; 4096];
    let heard = loop {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        text.push_str(std::str::from_utf8(&part[..count]).expect("UTF-8"));
        let Some((top, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let pairs = top.lines().filter_map(|line| line.split_once(": "));
        let heard = Heard {
            headers: pairs
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect(),
            body: body.to_owned(),
        };
        if heard.header("content-length") == body.len().to_string() {
            break heard;
        }
    };
    let answer = told.lock().expect("answers").pop_front();
    kept.lock().expect("messages").push_back(heard);
    match answer.unwrap_or(Answer::Status(204)) {
        Answer::Status(status) => {
            let answer = format!("HTTP/1.1 {status} So\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).ok()
        }
        Answer::Silence => stream.read(&mut part).ok().map(drop),
    }
}
