//! Messages against real sockets of this machine, by names that the tests make up.

use std::{
    io,
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{
    RootCertStore, ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use crate::{Courier, Message, Reach, Reply, Resolve, TargetFault, Unsent};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers with these lists, one after the other, the last one again and again; and counts.
#[derive(Debug, Default)]
struct Names {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

#[async_trait]
impl Resolve for Names {
    async fn resolve(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        let times = self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers.get(times).or(self.answers.last());
        answer
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

fn names(answers: &[&[&str]]) -> Arc<Names> {
    let read = |list: &&[&str]| list.iter().map(|one| one.parse().unwrap()).collect();
    Arc::new(Names {
        answers: answers.iter().map(read).collect(),
        asked: AtomicUsize::new(0),
    })
}

fn message() -> Message {
    Message {
        content_type: "application/json",
        headers: vec![("webhook-id", "msg_1".to_owned())],
        body: b"{\"a\":1}".to_vec(),
    }
}

/// A server that answers each connection with the same bytes, and what it was sent.
struct Door {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Door {
    async fn open(answer: &'static str) -> Self {
        Self::with(answer, None).await
    }

    async fn with(answer: &'static str, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind((HERE, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, tls) = (Arc::clone(&kept), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, answer, &kept).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, answer, &kept).await;
                            }
                        }
                    }
                });
            }
        });
        Self { port, heard }
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn serve<T>(mut stream: T, answer: &str, kept: &Mutex<Vec<String>>)
where
    T: AsyncRead + AsyncWrite + Unpin,
{
    let mut text = String::new();
    let mut part = [0; 1024];
    while !text.ends_with("{\"a\":1}") {
        match stream.read(&mut part).await {
            Ok(count) if count > 0 => text.push_str(&String::from_utf8_lossy(&part[..count])),
            _ => return,
        }
    }
    kept.lock().unwrap().push(text);
    if answer.is_empty() {
        tokio::time::sleep(Duration::from_mins(1)).await;
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
}

const GOOD: &str = "HTTP/1.1 204 No Content\r\n\r\n";

#[tokio::test]
async fn a_message_arrives_as_it_was_written() {
    let door = Door::open(GOOD).await;
    let courier = Courier::new(Reach::AndThisMachine, PATIENCE);
    let address = format!("http://127.0.0.1:{}/a/b?c=d", door.port);
    let reply = courier.post(&address, message()).await;
    let expected = Reply {
        status: 204,
        retry_after: None,
    };
    assert_eq!(reply, Ok(expected));
    let heard = door.heard().remove(0).to_lowercase();
    let (top, body) = heard.split_once("\r\n\r\n").unwrap();
    assert!(top.starts_with("post /a/b?c=d http/1.1\r\n"), "{top}");
    for line in [
        &format!("host: 127.0.0.1:{}", door.port),
        "content-type: application/json",
        "content-length: 7",
        "webhook-id: msg_1",
    ] {
        assert!(top.lines().any(|one| one == line), "{line} of {top}");
    }
    assert_eq!(body, "{\"a\":1}");
}

#[tokio::test]
async fn a_redirect_is_an_answer_like_any_other() {
    let other = Door::open(GOOD).await;
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:{}/\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n",
        other.port
    );
    let door = Door::open(answer.leak()).await;
    let courier = Courier::new(Reach::AndThisMachine, PATIENCE);
    let address = format!("http://127.0.0.1:{}/", door.port);
    let expected = Reply {
        status: 307,
        retry_after: Some(Duration::from_secs(7)),
    };
    assert_eq!(courier.post(&address, message()).await, Ok(expected));
    assert_eq!((door.heard().len(), other.heard().len()), (1, 0));
}

#[tokio::test]
async fn a_name_is_looked_up_once_and_the_connection_goes_where_that_said() {
    let door = Door::open(GOOD).await;
    // The second time the name would mean something else, as in a rebinding.
    let names = names(&[&["127.0.0.1"], &["127.0.0.2"]]);
    let courier = Courier::asking(names.clone(), Reach::AndThisMachine, PATIENCE);
    let address = format!("http://localhost:{}/", door.port);
    assert_eq!(courier.post(&address, message()).await.unwrap().status, 204);
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    let refused = courier.post(&address, message()).await;
    assert_eq!(refused, Err(Unsent::Unreachable), "nobody is there");
    assert_eq!(
        (names.asked.load(Ordering::SeqCst), door.heard().len()),
        (2, 1)
    );
}

#[tokio::test]
async fn a_name_that_has_become_private_is_refused_before_anybody_is_asked() {
    let door = Door::open(GOOD).await;
    let address = "https://hooks.example/";
    for answer in [
        "127.0.0.1",
        "10.0.0.7",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "fd00::1",
    ] {
        // Public when it was written down; private now, alone or among others.
        for list in [&[answer][..], &["1.1.1.1", answer]] {
            let courier = Courier::asking(names(&[list]), Reach::Internet, PATIENCE);
            let refused = courier.post(address, message()).await;
            assert_eq!(refused, Err(Unsent::Private), "{list:?}");
        }
    }
    for list in [&["10.0.0.7"][..], &["127.0.0.1", "10.0.0.7"]] {
        let courier = Courier::asking(names(&[list]), Reach::AndThisMachine, PATIENCE);
        let address = format!("https://hooks.example:{}/", door.port);
        let refused = courier.post(&address, message()).await;
        assert_eq!(refused, Err(Unsent::Private), "{list:?}");
    }
    let courier = Courier::new(Reach::Internet, PATIENCE);
    let refused = courier.post("https://127.0.0.1/", message()).await;
    assert_eq!(refused, Err(Unsent::Target(TargetFault::Private)));
    assert!(door.heard().is_empty());
}

#[tokio::test]
async fn who_cannot_be_found_or_does_not_answer_is_given_up() {
    let nobody = Courier::asking(names(&[]), Reach::Internet, PATIENCE);
    let address = "https://hooks.example/";
    assert_eq!(
        nobody.post(address, message()).await,
        Err(Unsent::Unresolved)
    );
    let empty = Courier::asking(names(&[&[]]), Reach::Internet, PATIENCE);
    assert_eq!(
        empty.post(address, message()).await,
        Err(Unsent::Unresolved)
    );

    let silent = Door::open("").await;
    let patience = Duration::from_millis(300);
    let courier = Courier::new(Reach::AndThisMachine, patience);
    let begun = Instant::now();
    let address = format!("http://127.0.0.1:{}/", silent.port);
    assert_eq!(courier.post(&address, message()).await, Err(Unsent::Late));
    assert!(begun.elapsed() < PATIENCE);
    assert_eq!(silent.heard().len(), 1);

    for nonsense in ["HTTP/1.1 200 OK\r\nno header", "SSH-2.0-x\r\n\r\n"] {
        let door = Door::open(nonsense).await;
        let courier = Courier::new(Reach::AndThisMachine, PATIENCE);
        let address = format!("http://127.0.0.1:{}/", door.port);
        assert_eq!(courier.post(&address, message()).await, Err(Unsent::Broken));
    }
    let endless = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(1 << 20));
    let door = Door::open(endless.leak()).await;
    let courier = Courier::new(Reach::AndThisMachine, PATIENCE);
    let address = format!("http://127.0.0.1:{}/", door.port);
    assert_eq!(courier.post(&address, message()).await, Err(Unsent::Broken));
}

/// A certificate for `hooks.example`, made once; tests trust it as if it were an authority.
fn certificate() -> &'static CertifiedKey<rcgen::KeyPair> {
    static MADE: OnceLock<CertifiedKey<rcgen::KeyPair>> = OnceLock::new();
    MADE.get_or_init(|| generate_simple_self_signed(vec!["hooks.example".to_owned()]).unwrap())
}

fn known() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add(certificate().cert.der().clone()).unwrap();
    roots
}

async fn secure_door() -> Door {
    let chain: Vec<CertificateDer<'static>> = vec![certificate().cert.der().clone()];
    let key = certificate().signing_key.serialize_der();
    let key = PrivateKeyDer::try_from(key).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    Door::with(GOOD, Some(TlsAcceptor::from(Arc::new(config)))).await
}

#[tokio::test]
async fn the_other_side_proves_its_name_although_its_number_was_looked_up_before() {
    let door = secure_door().await;
    let reach = Reach::AndThisMachine;
    let patient = |patience| Courier::asking(names(&[&["127.0.0.1"]]), reach, patience);
    let courier = || patient(PATIENCE);
    let right = format!("https://hooks.example:{}/", door.port);
    let sent = courier().trusting(known).post(&right, message()).await;
    assert_eq!(sent.map(|reply| reply.status), Ok(204));
    let wrong = format!("https://other.example:{}/", door.port);
    let refused = courier().trusting(known).post(&wrong, message()).await;
    assert_eq!(refused, Err(Unsent::Insecure), "another name");
    let refused = courier().post(&right, message()).await;
    assert_eq!(
        refused,
        Err(Unsent::Insecure),
        "an authority that nobody knows"
    );
    let plain = Door::open(GOOD).await;
    let address = format!("https://hooks.example:{}/", plain.port);
    let hasty = patient(Duration::from_millis(300)).trusting(known);
    let refused = hasty.post(&address, message()).await;
    assert_eq!(refused, Err(Unsent::Late), "who knows no TLS");
    assert_eq!((door.heard().len(), plain.heard().len()), (1, 0));
}
