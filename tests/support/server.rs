//! The real binary, started on a free port with a folder and a database of its own.

use std::{
    fs::File,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use super::client::Client;

/// A running server. Dropping it kills it.
pub(crate) struct Server {
    process: Child,
    address: String,
    setup: Setup,
}

/// What a server is started with; the same again after a crash.
#[derive(Clone)]
pub(crate) struct Setup {
    /// Where its files are.
    pub(crate) folder: PathBuf,
    /// `DATABASE_URL`.
    pub(crate) url: String,
    /// `DATABASE_OWNER_URL`.
    pub(crate) owner_url: Option<String>,
}

impl Server {
    /// Starts a server and waits until it is ready.
    pub(crate) fn start(setup: Setup) -> Self {
        Self::start_with_content(setup, "seed-data")
    }

    /// Does the same with the content of a folder of the project.
    pub(crate) fn start_with_content(setup: Setup, content: &str) -> Self {
        std::fs::create_dir_all(&setup.folder).expect("a folder");
        make_keys(&setup.folder.join("keys"));
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|one| one.local_addr())
            .expect("a port")
            .port();
        let address = format!("http://127.0.0.1:{port}");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let log = File::options()
            .create(true)
            .append(true)
            .open(setup.folder.join("server.log"))
            .expect("a log");
        let mut command = Command::new(env!("CARGO_BIN_EXE_dreamtree"));
        command
            .arg("serve")
            .current_dir(root)
            .env("DATABASE_URL", &setup.url)
            .env("DREAMTREE_CONTENT_FOLDER", content)
            .env("DREAMTREE_KEYS_FILE", setup.folder.join("keys"))
            .env("DREAMTREE_MAIL_FOLDER", setup.folder.join("mail"))
            .env("DREAMTREE_SERVER_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(Stdio::from(log.try_clone().expect("a second handle")))
            .stderr(Stdio::from(log));
        if let Some(owner) = &setup.owner_url {
            command.env("DATABASE_OWNER_URL", owner);
        }
        configure(&mut command, &setup);
        let process = command.spawn().expect("the server starts");
        let mut server = Self {
            process,
            address,
            setup,
        };
        server.wait();
        server
    }

    fn wait(&mut self) {
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1) {
            if self.client().ready() {
                return;
            }
            if let Some(status) = self.process.try_wait().expect("a status") {
                panic!("the server ended with {status}:\n{}", self.log());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the server is not ready after a minute:\n{}", self.log());
    }

    /// Runs a subcommand on the same data as the server; what it printed.
    pub(crate) fn command(&self, arguments: &[&str]) -> String {
        let (done, said) = self.tried(arguments);
        assert!(done, "{arguments:?}: {said}");
        said
    }

    /// The same for a subcommand that may fail: whether it did not, and what it printed.
    pub(crate) fn tried(&self, arguments: &[&str]) -> (bool, String) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut command = Command::new(env!("CARGO_BIN_EXE_dreamtree"));
        command
            .args(arguments)
            .current_dir(root)
            .env("DATABASE_URL", &self.setup.url)
            .env("DREAMTREE_KEYS_FILE", self.setup.folder.join("keys"));
        if let Some(owner) = &self.setup.owner_url {
            command.env("DATABASE_OWNER_URL", owner);
        }
        configure(&mut command, &self.setup);
        let output = command.output().expect("the command runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let wrong = String::from_utf8_lossy(&output.stderr);
        (output.status.success(), said + &wrong)
    }

    /// A client without a session.
    pub(crate) fn client(&self) -> Client {
        Client::new(&self.address)
    }

    /// What the server has logged so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.setup.folder.join("server.log")).expect("the log")
    }

    /// The newest mail to this address with a link to this page of the site; the token of the link.
    pub(crate) fn mailed_token(&self, to: &str, page: &str) -> String {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            let mails = self.mails();
            let mine = mails.iter().filter(|mail| mail.contains(to));
            let token = mine.filter_map(|mail| token_of(mail, page)).next_back();
            if let Some(token) = token {
                return token;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no mail has come:\n{}", self.log());
    }

    /// All mails so far, the oldest first.
    pub(crate) fn mails(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.setup.folder.join("mail"));
        let mut paths: Vec<PathBuf> = files
            .into_iter()
            .flatten()
            .map(|file| file.expect("a file").path())
            .filter(|path| path.extension().is_some_and(|one| one == "eml"))
            .collect();
        paths.sort();
        let read = |path| std::fs::read_to_string(path).expect("a mail");
        paths.into_iter().map(read).collect()
    }

    /// Does something while no mail can be sent: its folder is out of the way.
    pub(crate) fn without_mail(&self, work: impl FnOnce()) {
        let folder = self.setup.folder.join("mail");
        let aside = self.setup.folder.join("mail.aside");
        std::fs::rename(&folder, &aside).expect("the folder goes aside");
        std::fs::write(&folder, "").expect("something is in its place");
        work();
        std::fs::remove_file(&folder).expect("nothing is in its place");
        std::fs::rename(&aside, &folder).expect("the folder comes back");
    }

    /// How many SQL statements the request with this id has cost, those that begin and end transactions not counted.
    pub(crate) fn statements(&self, request: &str) -> u64 {
        let log = self.log();
        let mut lines = log.lines().filter(|line| line.contains(request));
        let field = lines.find_map(|line| line.split_once("statements="));
        let number = field.expect("a line of the request").1;
        let end = number.find(|one: char| !one.is_ascii_digit());
        let digits = &number[..end.unwrap_or(number.len())];
        digits.parse().expect("a number")
    }

    /// Asks the server to end, and waits until it has.
    pub(crate) fn stop(mut self) {
        let asked = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        assert!(asked.is_ok_and(|status| status.success()), "SIGTERM");
        let status = self.process.wait().expect("an end");
        assert!(status.success(), "{status}:\n{}", self.log());
    }

    /// Ends the server at once, as a power cut would, and starts it again on the same data.
    pub(crate) fn crash_and_restart(mut self) -> Self {
        let setup = self.setup.clone();
        self.process.kill().expect("SIGKILL");
        self.process.wait().expect("an end");
        Self::start(setup)
    }
}

/// A test may put a configuration into the folder.
fn configure(command: &mut Command, setup: &Setup) {
    let file = setup.folder.join("dreamtree.toml");
    if file.exists() {
        command.env("DREAMTREE_CONFIG", file);
    }
}

/// What stands behind the `#` of the link to a page; long lines of a mail are broken with `=`.
fn token_of(mail: &str, page: &str) -> Option<String> {
    let whole = mail.replace("=\r\n", "");
    let (_, rest) = whole.split_once(&format!("/{page}#"))?;
    let end = rest.find(|one: char| !one.is_ascii_alphanumeric() && one != '-' && one != '_');
    Some(rest[..end.unwrap_or(rest.len())].to_owned())
}

/// Keys of its own for each server; a restarted one keeps them.
fn make_keys(file: &Path) {
    if !file.exists() {
        let keys = Command::new(env!("CARGO_BIN_EXE_dreamtree"))
            .arg("keys")
            .output()
            .expect("keys");
        assert!(
            keys.status.success(),
            "{}",
            String::from_utf8_lossy(&keys.stderr)
        );
        std::fs::write(file, keys.stdout).expect("a key file");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended already cannot be killed; either way it is gone.
        if self.process.kill().is_ok() {
            self.process.wait().expect("an end");
        }
    }
}
