//! Letters on their way, on both databases: into files, and to a mail server that is sometimes away.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{path::PathBuf, sync::Arc};

use dreamtree_crypto::{EmailAddress, Seeded, ServerKeys};
use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_mail::{Carrier, Letter, Postman, Relay, Sender, Tls, outbox};
use dreamtree_types::{Clock, UserId};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use time::{Duration, macros::datetime};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

on_both!(
    a_letter_is_sent_and_gone,
    what_is_rolled_back_is_never_sent,
    a_letter_waits_for_a_mail_server_that_is_away,
    what_nobody_takes_is_given_up_and_emptied,
    many_postmen_send_each_letter_once,
    what_a_dead_postman_held_is_sent_again_as_the_same_mail,
);

const TO: &str = "Someone@example.org";

struct Post {
    keys: Arc<ServerKeys>,
    folder: PathBuf,
}

impl Post {
    fn new() -> Self {
        let name = format!("dreamtree-mail-{}", uuid::Uuid::now_v7());
        Self {
            keys: Arc::new(ServerKeys::generate(&mut Seeded::new(7)).expect("keys")),
            folder: std::env::temp_dir().join(name),
        }
    }

    fn postman(&self, carrier: Carrier) -> Postman {
        let sender = Sender {
            from: "DreamTree <hello@dreamtree.example>"
                .parse()
                .expect("an address"),
            site: "https://dreamtree.example".to_owned(),
        };
        Postman::new(Arc::clone(&self.keys), sender, carrier)
    }

    fn filing(&self) -> Postman {
        self.postman(Carrier::Folder(self.folder.clone()))
    }

    fn to_server(&self, port: u16) -> Postman {
        let relay = Relay {
            host: "127.0.0.1".to_owned(),
            port,
            tls: Tls::None,
            credentials: None,
        };
        self.postman(Carrier::relay(&relay).expect("a relay"))
    }

    async fn put(&self, test: &TestDatabase, scope: &Scope) {
        let to = EmailAddress::parse(TO).expect("an address");
        let letter = Letter::ResetPassword {
            token: "a-secret-token".to_owned(),
        };
        assert_eq!(scope.now(), test.database.clock().now());
        outbox::put(scope, &self.keys, &to, letter)
            .await
            .expect("in the outbox");
    }

    async fn send(&self, test: &TestDatabase) {
        let scope = Scope::write(&test.database, UserId::new()).await;
        let scope = scope.expect("a scope");
        self.put(test, &scope).await;
        scope.commit().await.expect("committed");
    }

    fn files(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.folder).into_iter().flatten();
        let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        paths.sort();
        let read = |path| std::fs::read_to_string(path).expect("a mail");
        paths.into_iter().map(read).collect()
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        if self.folder.exists() {
            std::fs::remove_dir_all(&self.folder).expect("the folder goes");
        }
    }
}

async fn rows(test: &TestDatabase) -> Vec<QueryResult> {
    let backend = test.owner.get_database_backend();
    let sql = "SELECT kind, letter, attempts, failed_at IS NOT NULL AS failed FROM outbox";
    let rows = test
        .owner
        .query_all_raw(Statement::from_string(backend, sql))
        .await;
    rows.expect("rows")
}

async fn a_letter_is_sent_and_gone(test: &TestDatabase) {
    let office = Post::new();
    office.send(test).await;
    let row = rows(test).await.pop().expect("a row");
    let sealed: String = row.try_get("", "letter").expect("sealed");
    for secret in ["omeone", "example.org", "a-secret-token"] {
        assert!(!sealed.contains(secret), "{sealed}");
    }
    let sent = office.filing().round(&test.database).await;
    assert_eq!(sent.expect("a round"), 1);
    assert!(rows(test).await.is_empty());
    let [mail] = &office.files()[..] else {
        panic!("one mail")
    };
    for part in [
        "To: Someone@example.org\r\n",
        "From: DreamTree <hello@dreamtree.example>\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n",
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
    ] {
        assert!(mail.contains(part), "{part}\n{mail}");
    }
    let whole = mail.replace("=\r\n", "");
    let link = "https://dreamtree.example/reset-password#a-secret-token";
    assert_eq!(whole.matches(link).count(), 3, "as text, as link, to copy");
    let again = office.filing().round(&test.database).await;
    assert_eq!(again.expect("a round"), 0);
}

async fn what_is_rolled_back_is_never_sent(test: &TestDatabase) {
    let office = Post::new();
    let scope = Scope::write(&test.database, UserId::new()).await;
    let scope = scope.expect("a scope");
    office.put(test, &scope).await;
    drop(scope);
    office.send(test).await;
    let sent = office.filing().round(&test.database).await;
    assert_eq!(sent.expect("a round"), 1, "the other one");
}

async fn a_letter_waits_for_a_mail_server_that_is_away(test: &TestDatabase) {
    let office = Post::new();
    office.send(test).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let postman = office.to_server(port);
    assert_eq!(postman.round(&test.database).await.expect("a round"), 0);
    let row = rows(test).await.pop().expect("it waits");
    assert_eq!(row.try_get::<i32>("", "attempts").expect("a number"), 1);

    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .expect("the port");
    assert_eq!(postman.round(&test.database).await.expect("a round"), 0);
    test.database.clock().advance(Duration::minutes(1));
    let (sent, mail) = tokio::join!(postman.round(&test.database), take(&listener, "451 later"));
    assert_eq!(
        (sent.expect("a round"), mail),
        (0, None),
        "a refusal is no loss"
    );
    test.database.clock().advance(Duration::minutes(2));
    let (sent, mail) = tokio::join!(postman.round(&test.database), take(&listener, "250 ok"));
    assert_eq!(sent.expect("a round"), 1);
    assert!(mail.expect("a mail").contains("/reset-password#"));
    assert!(rows(test).await.is_empty());
}

/// Takes one mail as a mail server does, or answers its end otherwise.
async fn take(listener: &TcpListener, verdict: &str) -> Option<String> {
    let (stream, _) = listener.accept().await.expect("a visitor");
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 ready").await;
    let mut mail = String::new();
    loop {
        let line = line(&mut stream).await?;
        match line.get(..4).unwrap_or(&line).to_uppercase().as_str() {
            "DATA" => {
                say(&mut stream, "354 go on").await;
                loop {
                    let line = self::line(&mut stream).await?;
                    if line == "." {
                        break;
                    }
                    mail.push_str(&line);
                    mail.push('\n');
                }
                say(&mut stream, verdict).await;
                return verdict.starts_with("250").then(|| mail.replace("=\n", ""));
            }
            "EHLO" => say(&mut stream, "250 post.example").await,
            _ => say(&mut stream, "250 ok").await,
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) {
    let line = format!("{line}\r\n");
    let said = stream.get_mut().write_all(line.as_bytes()).await;
    said.expect("said");
}

async fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let count = stream.read_line(&mut line).await.expect("a line");
    (count > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn what_nobody_takes_is_given_up_and_emptied(test: &TestDatabase) {
    let office = Post::new();
    office.send(test).await;
    // A file where the folder would have to be.
    std::fs::write(&office.folder, "in the way").expect("a file");
    for attempt in 1..=outbox::MOST_ATTEMPTS {
        let sent = office.filing().round(&test.database).await;
        assert_eq!(sent.expect("a round"), 0);
        let row = rows(test).await.pop().expect("it is kept");
        assert_eq!(
            row.try_get::<i32>("", "attempts").expect("a number"),
            attempt
        );
        test.database.clock().advance(Duration::hours(2));
    }
    let row = rows(test).await.pop().expect("it is counted");
    assert!(row.try_get::<bool>("", "failed").expect("a flag"));
    assert_eq!(
        row.try_get::<Option<String>>("", "letter").expect("empty"),
        None
    );
    std::fs::remove_file(&office.folder).expect("the way is free");
    let sent = office.filing().round(&test.database).await;
    assert_eq!(sent.expect("a round"), 0);
}

async fn many_postmen_send_each_letter_once(test: &TestDatabase) {
    let office = Post::new();
    for _ in 0..20 {
        office.send(test).await;
    }
    let rounds = (0..4).map(|_| {
        let (postman, database) = (office.filing(), test.database.clone());
        tokio::spawn(async move { postman.round(&database).await.expect("a round") })
    });
    let mut sent = 0;
    for round in rounds.collect::<Vec<_>>() {
        sent += round.await.expect("an end");
    }
    assert_eq!((sent, office.files().len()), (20, 20));
    assert!(rows(test).await.is_empty());
}

async fn what_a_dead_postman_held_is_sent_again_as_the_same_mail(test: &TestDatabase) {
    let office = Post::new();
    office.send(test).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let postman = office.to_server(port);
    // The server has taken it, and the postman dies before he hears of it.
    let dying = {
        let (postman, database) = (postman.clone(), test.database.clone());
        tokio::spawn(async move { postman.round(&database).await })
    };
    let first = {
        let (stream, _) = listener.accept().await.expect("a visitor");
        held(stream).await
    };
    dying.abort();
    assert!(dying.await.is_err());
    assert_eq!(rows(test).await.len(), 1, "it is not lost");
    test.database.clock().advance(Duration::minutes(1));
    let (sent, second) = tokio::join!(postman.round(&test.database), take(&listener, "250 ok"));
    assert_eq!(sent.expect("a round"), 1);
    let id = |mail: &str| {
        let line = mail.lines().find(|line| line.starts_with("Message-ID: <"));
        line.expect("a Message-ID").to_owned()
    };
    assert_eq!(id(&first), id(&second.expect("a mail")));
}

/// Takes a mail and says nothing more.
async fn held(stream: TcpStream) -> String {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 ready").await;
    let mut mail = String::new();
    let mut in_data = false;
    loop {
        let line = line(&mut stream).await.expect("a line");
        match line.as_str() {
            "." if in_data => return mail,
            _ if in_data => {
                mail.push_str(&line);
                mail.push('\n');
            }
            "DATA" => {
                in_data = true;
                say(&mut stream, "354 go on").await;
            }
            _ => say(&mut stream, "250 ok").await,
        }
    }
}
