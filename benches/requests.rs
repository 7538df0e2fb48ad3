//! What the product costs beside its database alone: `cargo bench --bench requests`.
//!
//! One run starts a Postgres of its own and the real program on it, puts sixteen interviewers at work on a demo
//! organisation, and has `pgbench` send the statements of a save to the same server right after: what is compared is a
//! ratio of one run on one machine. Load generator, program and database share the processors.
//! `ATTUNE_BENCH_BINARY` names another program to measure; `ATTUNE_BENCH_SECONDS` how long each row takes.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use attune::{
    postgres::{Embedded, Settings},
    store::{self, Conn, migrations, operation},
    usecases::{demo, password::Hashing},
    web::session::Keys,
};
use diesel::{QueryableByName, connection::InstrumentationEvent, sql_types::Text};
use diesel_async::{AsyncConnection, RunQueryDsl};
use uuid::Uuid;

const CLIENTS: usize = 16;
const SECRET: &str = "a key for measuring, longer than needed";

fn main() -> anyhow::Result<()> {
    // `cargo bench` passes `--bench`; `cargo test --benches` does not, and must not take minutes.
    if !env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let seconds = env::var("ATTUNE_BENCH_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let binary = env::var_os("ATTUNE_BENCH_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_attune").into(), PathBuf::from);
    let folder = env::temp_dir().join(format!("attune-bench-{}", std::process::id()));
    let outcome = measure(&folder, &binary, Duration::from_secs(seconds));
    fs::remove_dir_all(&folder).context("the folder of the bench")?;
    outcome
}

fn measure(folder: &Path, binary: &Path, span: Duration) -> anyhow::Result<()> {
    let server = Embedded::start(&Settings { data_folder: folder.to_owned(), bin: None, for_tests: false })?;
    let url = server.url("attune");
    let desk = tokio::runtime::Runtime::new()?.block_on(Desk::new(&url))?;

    // The first start may still warm the disk; the second is the one that counts.
    drop(Program::start(binary, &url)?);
    let program = Program::start(binary, &url)?;
    println!("start to ready on a migrated database {:>8} ms   goal 150", program.started_in.as_millis());
    println!("resident memory, idle                  {:>8} MiB  goal 40", program.resident()? >> 10);
    println!("binary                                 {:>8} MiB  goal 60\n", fs::metadata(binary)?.len() >> 20);
    println!("{:<34}{:>9}{:>10}{:>10}{:>10}  goal", "", "per s", "p50 ms", "p99 ms", "CPU µs");

    let save = program.row("save one note", 0.0, CLIENTS, span, |client, n| desk.save(client, n))?;
    program.row("kit, one dimension", 2500.0, CLIENTS, span, |client, _| desk.get(&desk.kits[client]))?;
    let path = format!("/candidates/{}", desk.candidate);
    program.row("candidate", 2500.0, CLIENTS, span, |_, _| desk.get(&path))?;
    let path = format!("/jobs/{}", desk.job);
    program.row("job with its grid", 1500.0, CLIENTS, span, |_, _| desk.get(&path))?;
    let path = format!("/jobs/{}/comparison", desk.job);
    program.row("comparison", 1500.0, CLIENTS, span, |_, _| desk.get(&path))?;
    // What one reader waits for, once it has been computed: below 10 ms.
    program.row("comparison, one reader", 100.0, 1, span, |_, _| desk.get(&path))?;
    // As many as are let in at once.
    program.row("job's export with all notes", 600.0, 4, span, |_, _| desk.export())?;
    println!("\nresident memory, after the load        {:>8} MiB  goal 120", program.resident()? >> 10);
    drop(program);

    let alone = desk.pgbench(folder, &url, span)?;
    println!("pgbench with the statements of a save  {alone:>8.0} per s");
    println!("a save of the product beside it        {:>8.2}      goal 0.6", save / alone);
    Ok(())
}

/// What there is to work on: sixteen drafts for the program and sixteen for pgbench, of one interviewer.
struct Desk {
    cookie: String,
    hr_cookie: String,
    org: String,
    member: String,
    job: String,
    candidate: String,
    kits: Vec<String>,
    scorecards: Vec<String>,
    /// The statement that tells who asks, with its values.
    who_asks: String,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    value: String,
}

impl Desk {
    async fn new(url: &str) -> anyhow::Result<Desk> {
        migrations::run(url).await?;
        let mut conn = Conn::establish(url).await?;
        let hash = Hashing::strong()?.hash(demo::PASSWORD.to_owned()).await?;
        demo::load(&mut conn, &hash, jiff::Timestamp::now(), "http://127.0.0.1:8080").await?;
        for statement in DESK.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            diesel::sql_query(statement).execute(&mut conn).await.with_context(|| statement.to_owned())?;
        }
        let mut all = async |sql: &str| -> anyhow::Result<Vec<String>> {
            let rows: Vec<Row> = diesel::sql_query(sql).load(&mut conn).await?;
            Ok(rows.into_iter().map(|row| row.value).collect())
        };
        let one = |rows: Vec<String>| rows.into_iter().next().context("the demo has changed: nothing to measure on");
        let org = one(all("SELECT org_id::text AS value FROM desk").await?)?;
        let member = one(all("SELECT member_id::text AS value FROM desk").await?)?;
        let session = one(all("SELECT session_id::text AS value FROM desk").await?)?;
        let hr_session = one(all("SELECT hr_session_id::text AS value FROM desk").await?)?;
        let job = one(all("SELECT job_id::text AS value FROM desk").await?)?;
        let candidate = one(all("SELECT candidate_id::text AS value FROM desk").await?)?;
        let kits = all("SELECT '/interviews/' || md5('interview app' || n)::uuid || '/kit/listening' AS value
             FROM generate_series(0, 15) n")
        .await?;
        let scorecards = all("SELECT md5('card app' || n)::uuid::text AS value FROM generate_series(0, 15) n").await?;
        let until = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24);
        let keys = Keys::new(SECRET, &[]);
        let token =
            |session: &str| -> anyhow::Result<String> { Ok(keys.token(org.parse()?, session.parse()?, until)?) };
        let (cookie, hr_cookie) = (token(&session)?, token(&hr_session)?);
        let who_asks = who_asks(&mut conn, &org, &session).await?;
        Ok(Desk { cookie, hr_cookie, org, member, job, candidate, kits, scorecards, who_asks })
    }

    fn save(&self, client: usize, n: u64) -> String {
        let body = format!(
            r#"{{"op_id":"{}","field":"listening.note","base_revision":{n},"value":"Said the number back, {n}"}}"#,
            Uuid::now_v7()
        );
        format!(
            "POST /scorecards/{}/operations HTTP/1.1\r\nHost: a\r\nCookie: attune={}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.scorecards[client],
            self.cookie,
            body.len()
        )
    }

    /// HR reads everything but kits, which are read by those who sit in the interview.
    fn get(&self, path: &str) -> String {
        let cookie = if path.starts_with("/interviews/") { &self.cookie } else { &self.hr_cookie };
        format!("GET {path} HTTP/1.1\r\nHost: a\r\nCookie: attune={cookie}\r\n\r\n")
    }

    fn export(&self) -> String {
        let body = format!("job={}&form=long", self.job);
        format!(
            "POST /records/exports HTTP/1.1\r\nHost: a\r\nCookie: attune={}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.hr_cookie,
            body.len()
        )
    }

    /// The same two statements as a save, each client on a scorecard of its own.
    fn pgbench(&self, folder: &Path, url: &str, span: Duration) -> anyhow::Result<f64> {
        let values = [
            format!("'{}'", self.org),
            "md5('card pg' || :client_id)::uuid".to_owned(),
            format!("'{}'", self.member),
            ":revision".to_owned(),
            "now()".to_owned(),
            "'listening.note'".to_owned(),
            "'Said the number back, ' || :revision".to_owned(),
            "gen_random_uuid()".to_owned(),
            "decode(md5(random()::text) || md5(random()::text), 'hex')".to_owned(),
            r#"'{"revision": 1, "saved_at": "2026-11-23T13:02:00Z"}'::jsonb"#.to_owned(),
            "'listening'".to_owned(),
        ];
        let mut save = operation::NOTE.to_owned();
        for (n, value) in values.iter().enumerate().rev() {
            save = save.replace(&format!("${}", n + 1), value);
        }
        let script = folder.join("save.sql");
        fs::write(&script, format!("{};\n{};\n\\set revision :revision + 1\n", self.who_asks, one_line(&save)))?;
        let output = Command::new("pgbench")
            .args(["-n", "-M", "prepared", "-D", "revision=0", "-c", &CLIENTS.to_string(), "-j", "2"])
            .args(["-T", &span.as_secs().to_string(), "-f"])
            .arg(&script)
            .arg(url)
            .output()
            .context("pgbench is not there; Debian's package postgresql-contrib or postgresql brings it")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let tps = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        tps.with_context(|| format!("pgbench said: {text}{}", String::from_utf8_lossy(&output.stderr)))
    }
}

fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first statement of every request, as it is sent, with the values that it has for this session.
async fn who_asks(conn: &mut Conn, org: &str, session: &str) -> anyhow::Result<String> {
    let sent = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&sent);
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let (InstrumentationEvent::StartQuery { query, .. }, Ok(mut heard)) = (event, heard.lock()) {
            *heard = query.to_string();
        }
    });
    store::session::identify(conn, org.parse()?, session.parse()?, jiff::Timestamp::now()).await?;
    let sent = sent.lock().map_err(|_| anyhow::anyhow!("nothing was heard"))?.clone();
    let sql = sent.split(" -- binds: ").next().unwrap_or_default();
    let (now, idle) = ("now()".to_owned(), "now() - interval '12 hours'".to_owned());
    let values = [format!("'{org}'"), format!("'{session}'"), now, idle, "1".to_owned()];
    let mut sql = one_line(sql);
    for (n, value) in (1..).zip(&values) {
        ensure!(sql.contains(&format!("${n}")), "the statement that tells who asks has changed: {sql}");
        sql = sql.replace(&format!("${n}"), value);
    }
    Ok(sql)
}

/// The running program.
struct Program {
    child: Child,
    port: u16,
    started_in: Duration,
}

impl Program {
    fn start(binary: &Path, url: &str) -> anyhow::Result<Program> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let begun = Instant::now();
        let child = Command::new(binary)
            .arg("serve")
            .env("DATABASE_URL", url)
            .env("ATTUNE_SECRET_KEY", SECRET)
            .env("ATTUNE_LISTEN", format!("127.0.0.1:{port}"))
            .env("ATTUNE_LOG", "error")
            .env("ATTUNE_REQUESTS_PER_MINUTE", "100000000")
            .spawn()
            .with_context(|| format!("{} cannot be run", binary.display()))?;
        let mut program = Program { child, port, started_in: Duration::ZERO };
        while program.ask_once("/health/ready").is_err() {
            ensure!(begun.elapsed() < Duration::from_secs(30), "the program is not ready after half a minute");
            thread::sleep(Duration::from_millis(2));
        }
        program.started_in = begun.elapsed();
        Ok(program)
    }

    fn ask_once(&self, path: &str) -> anyhow::Result<()> {
        let mut client = Client::new(self.port)?;
        client.ask(&format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"))
    }

    /// KiB.
    fn resident(&self) -> anyhow::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// The processor time of the program so far; the kernel counts in hundredths of a second.
    fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks: u64 = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
        Ok(Duration::from_millis(ticks * 10))
    }

    /// Measures one kind of request, prints the row, and answers how many a second there were.
    fn row(
        &self,
        name: &str,
        goal: f64,
        clients: usize,
        span: Duration,
        request: impl Fn(usize, u64) -> String + Sync,
    ) -> anyhow::Result<f64> {
        let cpu = self.cpu()?;
        let begun = Instant::now();
        let mut times = thread::scope(|scope| {
            let workers: Vec<_> = (0..clients)
                .map(|client| {
                    let request = &request;
                    scope.spawn(move || -> anyhow::Result<Vec<Duration>> {
                        let mut connection = Client::new(self.port)?;
                        let mut times = Vec::new();
                        while begun.elapsed() < span {
                            let request = request(client, times.len() as u64);
                            let sent = Instant::now();
                            connection.ask(&request).with_context(|| name.to_owned())?;
                            times.push(sent.elapsed());
                        }
                        Ok(times)
                    })
                })
                .collect();
            let times = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| bail!("a client broke")));
            times.collect::<anyhow::Result<Vec<Vec<Duration>>>>()
        })?
        .concat();
        let elapsed = begun.elapsed();
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        let per_second = times.len() as f64 / elapsed.as_secs_f64();
        let cpu = (self.cpu()? - cpu).as_secs_f64() * 1e6 / times.len() as f64;
        let (p50, p99) = (at(0.5), at(0.99));
        let goal = if goal > 0.0 { format!("{goal:.0}") } else { String::new() };
        println!("{name:<34}{per_second:>9.0}{p50:>10.2}{p99:>10.2}{cpu:>10.0}  {goal}");
        Ok(per_second)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Asked to stop as by its operator; what it does not do in time is done to it.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        if asked.is_err() {
            drop(self.child.kill());
        }
        drop(self.child.wait());
    }
}

/// One connection that is kept.
struct Client(BufReader<TcpStream>);

impl Client {
    fn new(port: u16) -> anyhow::Result<Client> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Client(BufReader::new(stream)))
    }

    /// Sends a request and reads its answer to the end.
    fn ask(&mut self, request: &str) -> anyhow::Result<()> {
        self.0.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
            chunked |= line.starts_with("transfer-encoding:") && line.contains("chunked");
        }
        if chunked {
            loop {
                let size = usize::from_str_radix(self.line()?.trim(), 16)?;
                self.skip(size + 2)?;
                if size == 0 {
                    break;
                }
            }
        } else {
            self.skip(length)?;
        }
        ensure!(status.contains(" 200 "), "{status}");
        Ok(())
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        ensure!(self.0.read_line(&mut line)? > 0, "the connection was closed");
        Ok(line.trim_end().to_owned())
    }

    fn skip(&mut self, bytes: usize) -> anyhow::Result<()> {
        let mut rest = vec![0; bytes];
        Ok(self.0.read_exact(&mut rest)?)
    }
}

/// The job with the most scorecards, HR to read it, and 32 drafts of an interviewer in it.
const DESK: &str = "
CREATE TABLE desk AS
  SELECT a.org_id, a.job_id, min(a.candidate_id::text)::uuid AS candidate_id,
    min(s.member_id::text)::uuid AS member_id, md5('session')::uuid AS session_id, md5('hr session')::uuid AS hr_session_id
  FROM scorecards c JOIN seats s ON s.org_id = c.org_id AND s.id = c.seat_id
  JOIN interviews i ON i.org_id = s.org_id AND i.id = s.interview_id
  JOIN applications a ON a.org_id = i.org_id AND a.id = i.application_id
  JOIN jobs j ON j.org_id = a.org_id AND j.id = a.job_id AND j.state = 'open'
  WHERE c.state = 'submitted' GROUP BY a.org_id, a.job_id ORDER BY count(*) DESC LIMIT 1;
INSERT INTO sessions (org_id, id, member_id, device_key, user_agent, address, created_at, seen_at, confirmed_at, expires_at)
  SELECT org_id, session_id, member_id, '\\x00'::bytea, 'bench', '127.0.0.1', now(), now(), now() + interval '1 day', now() + interval '1 day' FROM desk
  UNION ALL
  SELECT d.org_id, d.hr_session_id, m.id, '\\x00'::bytea, 'bench', '127.0.0.1', now(), now(), now() + interval '1 day', now() + interval '1 day'
  FROM desk d JOIN LATERAL (SELECT id FROM members m WHERE m.org_id = d.org_id AND 'hr' = ANY (roles) ORDER BY id LIMIT 1) m ON true;
CREATE TABLE desk_drafts AS SELECT kind || n AS key FROM unnest('{app,pg}'::text[]) kind, generate_series(0, 15) n;
INSERT INTO candidates (org_id, id, name, note, created_at)
  SELECT org_id, md5('candidate ' || key)::uuid, 'Candidate ' || key, '', now() FROM desk, desk_drafts;
INSERT INTO jobs (org_id, id, title, place, state, rubric_version_id, weights, recruiter_id, hiring_manager_id, created_at)
  SELECT j.org_id, md5('job')::uuid, 'Measured', '', 'open', j.rubric_version_id, j.weights, j.recruiter_id, j.hiring_manager_id, now()
  FROM desk d JOIN jobs j ON j.org_id = d.org_id AND j.id = d.job_id;
INSERT INTO rounds (org_id, id, job_id, position, name, medium, minutes, dimensions, questions)
  SELECT org_id, md5('round')::uuid, md5('job')::uuid, 1, 'Round', 'video', 45, '{listening,growth}', '{}' FROM desk;
INSERT INTO applications (org_id, id, job_id, candidate_id, created_at)
  SELECT org_id, md5('application ' || key)::uuid, md5('job')::uuid, md5('candidate ' || key)::uuid, now() FROM desk, desk_drafts;
INSERT INTO interviews (org_id, id, application_id, round_id, starts_at, time_zone, minutes, place, state, created_by, created_at)
  SELECT org_id, md5('interview ' || key)::uuid, md5('application ' || key)::uuid, md5('round')::uuid, now(), 'Europe/Oslo', 45, '',
    'scheduled', member_id, now() FROM desk, desk_drafts;
INSERT INTO seats (org_id, id, interview_id, member_id)
  SELECT org_id, md5('seat ' || key)::uuid, md5('interview ' || key)::uuid, member_id FROM desk, desk_drafts;
INSERT INTO scorecards (org_id, id, seat_id, state, started_at)
  SELECT org_id, md5('card ' || key)::uuid, md5('seat ' || key)::uuid, 'draft', now() FROM desk, desk_drafts;
INSERT INTO ratings (org_id, scorecard_id, dimension)
  SELECT org_id, md5('card ' || key)::uuid, d FROM desk, desk_drafts, unnest('{listening,growth}'::text[]) d;
ANALYZE;
";
