//! The embedded server through its life: made, found again, killed, orphaned, shared, refused.

use std::env;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use attune::postgres::{Embedded, EmbeddedError, Settings};
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid};

/// Names the folder for [`own_a_server_until_killed`].
const OWNED_FOLDER: &str = "ATTUNE_TEST_OWNED_FOLDER";

#[test]
fn a_cold_start_makes_a_database_and_a_warm_start_keeps_its_rows() {
    let folder = Folder::new();
    let cold = Instant::now();
    let embedded = start(&folder);
    println!("cold start: {} ms", cold.elapsed().as_millis());
    run(&embedded, "CREATE TABLE kept (n bigint); INSERT INTO kept VALUES (7)");
    let stop = Instant::now();
    embedded.stop();
    println!("stop: {} ms", stop.elapsed().as_millis());
    assert!(!embedded.is_alive());

    let warm = Instant::now();
    let embedded = start(&folder);
    println!("warm start: {} ms", warm.elapsed().as_millis());

    assert_eq!(number(&embedded, "SELECT n AS number FROM kept"), 7);
}

#[test]
fn the_database_is_safe_private_and_in_utf8() {
    let folder = Folder::new();
    let embedded = Embedded::start(&Settings { for_tests: false, ..settings(&folder) }).unwrap();

    let setting = |name: &str, value: &str| {
        let matches = format!("SELECT (current_setting('{name}') = '{value}')::int::bigint AS number");
        assert_eq!(number(&embedded, &matches), 1, "{name} should be {value:?}");
    };

    setting("fsync", "on");
    setting("synchronous_commit", "on");
    setting("full_page_writes", "on");
    setting("data_checksums", "on");
    setting("listen_addresses", "");
    setting("server_encoding", "UTF8");
    setting("jit", "off");
    setting("TimeZone", "UTC");
    assert_eq!(number(&embedded, "SELECT (lower('Å') = 'å')::int::bigint AS number"), 1);
    for private in ["postgres/cluster", "postgres/socket"] {
        let mode = fs::metadata(folder.0.join(private)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{private}");
    }
}

#[test]
fn the_server_never_runs_as_root() {
    let folder = Folder::new();
    let embedded = start(&folder);

    let status = fs::read_to_string(format!("/proc/{}/status", embedded.pid().unwrap())).unwrap();

    let ids = |key: &str| status.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(!ids("Uid:").split_whitespace().skip(1).any(|id| id == "0"), "{}", ids("Uid:"));
    assert!(!ids("Gid:").split_whitespace().skip(1).any(|id| id == "0"), "{}", ids("Gid:"));
    assert!(!ids("Groups:").split_whitespace().skip(1).any(|id| id == "0"), "{}", ids("Groups:"));
}

#[test]
fn a_server_that_is_killed_comes_back_at_the_same_url_with_all_that_was_committed() {
    let folder = Folder::new();
    let embedded = start(&folder);
    let url = embedded.url("attune");
    run(&embedded, "CREATE TABLE kept (n bigint)");

    for round in 1..=3 {
        run(&embedded, "INSERT INTO kept VALUES (1)");
        let killed = embedded.pid().unwrap();
        kill_hard(killed);
        eventually("the server runs again", || embedded.pid().is_some_and(|pid| pid != killed));

        assert_eq!(number(&embedded, "SELECT count(*) AS number FROM kept"), round);
        assert_eq!(embedded.url("attune"), url);
    }
}

#[test]
fn a_server_whose_owner_is_killed_goes_with_it_and_the_folder_starts_again() {
    let folder = Folder::new();
    let mut owner = Owner::start(&folder);
    let left = postmaster(&folder);
    owner.kill();
    eventually("the server is gone", || !runs(left));

    let embedded = start(&folder);

    assert_ne!(embedded.pid().unwrap(), left);
    assert_eq!(number(&embedded, "SELECT n AS number FROM owned"), 11);
}

#[test]
fn an_owner_that_is_killed_while_it_makes_the_database_leaves_nothing_in_the_way() {
    for moment in [5, 200, 600] {
        let folder = Folder::new();
        let mut owner = Owner::spawn(&folder);
        let fresh = folder.0.join("postgres/cluster.new");
        eventually("the owner has begun", || fresh.exists());
        sleep(Duration::from_millis(moment));
        owner.kill();

        assert_eq!(number(&start(&folder), "SELECT 1::bigint AS number"), 1, "killed after {moment} ms");
        assert!(!fresh.exists());
    }
}

#[test]
fn a_server_that_lost_its_owner_is_stopped_and_started_anew() {
    let folder = Folder::new();
    let embedded = start(&folder);
    run(&embedded, "CREATE TABLE kept (n bigint); INSERT INTO kept VALUES (7)");
    let program = program(&embedded);
    embedded.stop();
    let mut orphan = start_by_hand(&folder, &program);
    let left = orphan.id();
    // In real life the system takes it over; here it is our child and somebody has to see it off.
    let reaper = std::thread::spawn(move || orphan.wait());

    let embedded = start(&folder);

    assert!(reaper.join().unwrap().unwrap().success());
    assert_ne!(embedded.pid().unwrap(), left);
    assert_eq!(number(&embedded, "SELECT n AS number FROM kept"), 7);
}

#[test]
fn a_number_that_now_belongs_to_another_process_does_not_keep_the_server_from_starting() {
    let folder = Folder::new();
    let embedded = start(&folder);
    let cluster = folder.0.join("postgres/cluster");
    let left = fs::read_to_string(cluster.join("postmaster.pid")).unwrap();
    embedded.stop();
    let mut stranger = as_owner_of(&cluster, "sleep").arg("60").spawn().unwrap();
    let rest = left.split_once('\n').unwrap().1;
    fs::write(cluster.join("postmaster.pid"), format!("{}\n{rest}", stranger.id())).unwrap();

    let embedded = Embedded::start(&settings(&folder));

    assert!(stranger.try_wait().unwrap().is_none(), "the other process was left alone");
    stranger.kill().unwrap();
    stranger.wait().unwrap();
    assert!(embedded.unwrap().is_alive());
}

#[test]
fn a_second_attune_uses_the_server_of_the_first_and_takes_over_when_the_first_is_gone() {
    let folder = Folder::new();
    let first = start(&folder);
    run(&first, "CREATE TABLE kept (n bigint); INSERT INTO kept VALUES (7)");
    let second = start(&folder);
    assert_eq!(second.pid(), first.pid());
    assert_eq!(second.url("attune"), first.url("attune"));
    assert_eq!(number(&second, "SELECT n AS number FROM kept"), 7);

    let before = first.pid();
    first.stop();

    eventually("the second runs a server of its own", || second.pid().is_some_and(|pid| Some(pid) != before));
    assert_eq!(number(&second, "SELECT n AS number FROM kept"), 7);
}

#[test]
fn a_second_attune_that_stops_leaves_the_server_to_the_first() {
    let folder = Folder::new();
    let first = start(&folder);
    let second = start(&folder);

    second.stop();

    assert_eq!(number(&first, "SELECT 1::bigint AS number"), 1);
}

#[test]
fn two_that_start_at_once_on_a_new_folder_share_one_server() {
    let folder = Folder::new();

    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| start(&folder));
        let other = scope.spawn(|| start(&folder));
        (one.join().unwrap(), other.join().unwrap())
    });

    assert_eq!(one.pid(), other.pid());
    assert!(one.pid().is_some());
}

#[test]
fn a_data_folder_with_a_long_path_gets_its_socket_elsewhere() {
    let folder = Folder::new();
    let long = Folder(folder.0.join("d".repeat(120)));

    let embedded = start(&long);

    let socket = PathBuf::from(embedded.url("attune").split(['@', '/']).nth(3).unwrap().replace("%2F", "/"));
    assert!(socket.is_dir() && !socket.starts_with(&long.0), "{}", socket.display());
    assert_eq!(number(&embedded, "SELECT 1::bigint AS number"), 1);
    embedded.stop();
    assert!(!socket.exists());
}

#[test]
fn a_database_made_by_another_major_version_says_which_programs_it_needs() {
    let folder = Folder::new();
    start(&folder).stop();
    fs::write(folder.0.join("postgres/cluster/PG_VERSION"), "9\n").unwrap();

    let error = Embedded::start(&settings(&folder)).unwrap_err();

    assert!(matches!(error, EmbeddedError::OtherMajor { made_by: 9, .. }), "{error}");
    assert!(error.to_string().contains("install postgresql-9 or set ATTUNE_PG_BIN"), "{error}");
}

#[test]
fn missing_programs_say_what_to_install_and_what_to_set() {
    let folder = Folder::new();
    let empty = Folder::new();

    let error = Embedded::start(&Settings { bin: Some(empty.0.clone()), ..settings(&folder) }).unwrap_err();

    assert!(matches!(error, EmbeddedError::MissingBinaries { .. }), "{error}");
    let message = error.to_string();
    assert!(message.contains("apt-get install postgresql"), "{message}");
    assert!(message.contains(&format!("{} (ATTUNE_PG_BIN)", empty.0.display())), "{message}");
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let folder = Folder::new();
    let cluster = folder.0.join("postgres/cluster");
    fs::create_dir_all(&cluster).unwrap();
    fs::write(cluster.join("thesis.txt"), "years of work").unwrap();

    let error = Embedded::start(&settings(&folder)).unwrap_err();

    assert!(matches!(error, EmbeddedError::NotACluster { .. }), "{error}");
    assert_eq!(fs::read_to_string(cluster.join("thesis.txt")).unwrap(), "years of work");
}

#[test]
fn a_disk_that_fills_while_the_database_is_made_says_so_and_leaves_nothing_behind() {
    let folder = Folder::new();
    let programs = Folder::new();
    write_program(&programs, "postgres", "echo 'postgres (PostgreSQL) 15.18'");
    write_program(&programs, "initdb", "echo 'initdb: error: could not write: No space left on device' >&2; exit 1");

    let error = Embedded::start(&Settings { bin: Some(programs.0.clone()), ..settings(&folder) }).unwrap_err();

    assert!(matches!(error, EmbeddedError::DiskFull { .. }), "{error}");
    assert!(!folder.0.join("postgres/cluster.new").exists());
    assert!(!folder.0.join("postgres/cluster").exists());
}

#[test]
fn a_disk_that_is_really_full_says_so_at_the_first_start_and_at_a_later_one() {
    let folder = Folder::new();
    let Some(_small) = SmallDisk::mount(&folder.0, "16m") else {
        println!("not tested: this account may not mount a small disk");
        return;
    };
    let error = Embedded::start(&settings(&folder)).unwrap_err();
    assert!(matches!(error, EmbeddedError::DiskFull { .. }), "{error}");
    assert!(!folder.0.join("postgres/cluster.new").exists());

    remount(&folder.0, "120m");
    start(&folder).stop();
    fill(&folder.0.join("ballast"));
    let error = Embedded::start(&settings(&folder)).unwrap_err();
    assert!(matches!(error, EmbeddedError::DiskFull { .. }), "{error}");

    fs::remove_file(folder.0.join("ballast")).unwrap();
    assert!(start(&folder).is_alive());
}

#[test]
fn a_folder_that_the_unprivileged_account_cannot_reach_is_named() {
    if !Uid::effective().is_root() {
        println!("not tested: only root runs the server as another account");
        return;
    }
    let outer = Folder::new();
    let closed = outer.0.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let inner = Folder(closed.join("data"));

    let error = Embedded::start(&settings(&inner)).unwrap_err();

    assert!(matches!(&error, EmbeddedError::NotEnterable { blocked, .. } if *blocked == closed), "{error}");
}

#[test]
fn a_copy_that_root_restored_is_given_back_to_the_account() {
    if !Uid::effective().is_root() {
        println!("not tested: only root can own the copy and run the server as another");
        return;
    }
    let folder = Folder::new();
    start(&folder).stop();
    own_by_root(&folder.0.join("postgres"));

    assert!(start(&folder).is_alive());
}

#[test]
fn whatever_else_keeps_the_server_from_starting_is_quoted_from_its_log() {
    let folder = Folder::new();
    start(&folder).stop();
    let conf = folder.0.join("postgres/cluster/postgresql.conf");
    fs::write(&conf, "wal_level = sideways\n").unwrap();

    let error = Embedded::start(&settings(&folder)).unwrap_err();

    assert!(matches!(error, EmbeddedError::Failed { .. }), "{error}");
    assert!(error.to_string().contains("sideways"), "{error}");
}

/// Not a test by itself: the process that [`a_server_whose_owner_is_killed_goes_with_it_and_the_folder_starts_again`]
/// starts and kills. Without the folder in the environment there is nothing to own.
#[test]
fn own_a_server_until_killed() {
    let Some(folder) = env::var_os(OWNED_FOLDER) else { return };
    let settings = Settings { data_folder: folder.into(), bin: None, for_tests: true };
    let embedded = Embedded::start(&settings).unwrap();
    run(&embedded, "CREATE TABLE owned (n bigint); INSERT INTO owned VALUES (11)");
    fs::write(settings.data_folder.join("owned"), "").unwrap();
    sleep(Duration::from_secs(60));
}

fn settings(folder: &Folder) -> Settings {
    Settings { data_folder: folder.0.clone(), bin: None, for_tests: true }
}

fn start(folder: &Folder) -> Embedded {
    Embedded::start(&settings(folder)).unwrap()
}

fn run(embedded: &Embedded, statements: &str) {
    within_runtime(async {
        let mut connection = AsyncPgConnection::establish(&embedded.url("attune")).await.unwrap();
        connection.batch_execute(statements).await.unwrap();
    });
}

fn number(embedded: &Embedded, query: &str) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    within_runtime(async {
        let mut connection = AsyncPgConnection::establish(&embedded.url("attune")).await.unwrap();
        diesel::sql_query(query).get_result::<Row>(&mut connection).await.unwrap().number
    })
}

fn within_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

fn postmaster(folder: &Folder) -> u32 {
    let text = fs::read_to_string(folder.0.join("postgres/cluster/postmaster.pid")).unwrap();
    text.lines().next().unwrap().parse().unwrap()
}

fn kill_hard(pid: u32) {
    kill(Pid::from_raw(pid.cast_signed()), Signal::SIGKILL).unwrap();
}

fn runs(pid: u32) -> bool {
    fs::read_link(format!("/proc/{pid}/cwd")).is_ok()
}

fn eventually(what: &str, mut happened: impl FnMut() -> bool) {
    let started = Instant::now();
    while !happened() {
        assert!(started.elapsed() < Duration::from_secs(20), "in time: {what}");
        sleep(Duration::from_millis(5));
    }
}

/// The program that the server runs from.
fn program(embedded: &Embedded) -> PathBuf {
    fs::read_link(format!("/proc/{}/exe", embedded.pid().unwrap())).unwrap()
}

fn write_program(folder: &Folder, name: &str, script: &str) {
    let path = folder.0.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn as_owner_of(path: &Path, program: impl AsRef<std::ffi::OsStr>) -> Command {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    let owner = fs::metadata(path).unwrap();
    let mut command = Command::new(program);
    if Uid::effective().is_root() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    command
}

/// A server on the folder's cluster that nobody owns.
fn start_by_hand(folder: &Folder, program: &Path) -> Child {
    let home = folder.0.join("postgres");
    let cluster = home.join("cluster");
    let mut command = as_owner_of(&cluster, program);
    command.arg("-D").arg(&cluster).args(["-c", "listen_addresses=", "-c", "fsync=off", "-k"]).arg(home.join("socket"));
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let file = cluster.join("postmaster.pid");
    eventually("a server by hand", || fs::read_to_string(&file).is_ok_and(|text| text.contains("\nready")));
    child
}

fn own_by_root(path: &Path) {
    chown(path, Some(0), Some(0)).unwrap();
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| own_by_root(&entry.unwrap().path()));
    }
}

fn fill(path: &Path) {
    use std::io::Write;
    let mut file = fs::File::create(path).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
}

fn remount(path: &Path, size: &str) {
    let options = format!("remount,size={size}");
    assert!(Command::new("mount").arg("-o").arg(options).arg(path).status().unwrap().success());
}

/// A folder for one test, which every account can pass through and which is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = env::temp_dir().join(format!("attune-test-{}", uuid::Uuid::now_v7().simple()));
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A process that owns the server of a folder.
struct Owner(Child);

impl Owner {
    fn start(folder: &Folder) -> Self {
        let owner = Self::spawn(folder);
        eventually("a server with an owner", || folder.0.join("owned").exists());
        owner
    }

    fn spawn(folder: &Folder) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "postgres::own_a_server_until_killed"]).env(OWNED_FOLDER, &folder.0);
        Self(command.stdout(Stdio::null()).spawn().unwrap())
    }

    fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A file system of a few megabytes, mounted for one test.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(path: &Path, size: &str) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size},mode=755"), "attune-test"]).arg(path);
        let mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        mounted.then(|| Self(path.to_path_buf()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
