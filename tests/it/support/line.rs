//! A line between a client and a site on this machine: fair, foul, hung or down. Foul weather is drawn from a seed.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// No more connections at once than this; whoever comes after finds a closed door.
const MOST: usize = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Weather {
    Fair,
    /// Delays, resets, answers that are lost, and answers of which half comes.
    Foul,
    /// Everything is taken and nothing answered.
    Hung,
    /// Nobody is there.
    Down,
}

/// The line; it goes down with its value.
pub struct Line {
    /// Where clients find it: `http://127.0.0.1:port`.
    pub base: String,
    air: Arc<Air>,
}

struct Air {
    to: String,
    weather: AtomicU8,
    over: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
    count: AtomicUsize,
    dice: Mutex<Dice>,
    faults: AtomicUsize,
}

impl Line {
    /// A fair line to the site at `base`.
    pub fn to(base: &str, seed: u64) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let air = Arc::new(Air {
            to: base.trim_start_matches("http://").to_owned(),
            weather: AtomicU8::new(Weather::Fair as u8),
            over: AtomicBool::new(false),
            open: Mutex::default(),
            count: AtomicUsize::new(0),
            dice: Mutex::new(Dice::new(seed)),
            faults: AtomicUsize::new(0),
        });
        let inside = Arc::clone(&air);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if inside.over.load(Ordering::SeqCst) {
                    break;
                }
                if inside.is(Weather::Down) || inside.count.load(Ordering::SeqCst) >= MOST {
                    continue; // dropped: the door is shut
                }
                let air = Arc::clone(&inside);
                air.count.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || {
                    let _ = air.connect(&client);
                    let _ = client.shutdown(Shutdown::Both);
                    air.count.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Line { base: format!("http://{address}"), air }
    }

    /// Changes the weather. What is under way is cut when the line goes down, and when it comes back.
    pub fn set(&self, weather: Weather) {
        self.air.weather.store(weather as u8, Ordering::SeqCst);
        if weather != Weather::Foul {
            for stream in self.air.open.lock().unwrap().drain(..) {
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    }

    /// How many requests met a fault so far.
    pub fn faults(&self) -> usize {
        self.air.faults.load(Ordering::SeqCst)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.set(Weather::Down);
        self.air.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.base.trim_start_matches("http://"));
    }
}

/// What happens to a piece of a request.
enum Fault {
    None,
    Delay(Duration),
    /// It never arrives.
    Reset,
    /// It arrives, and the answer is lost.
    Lost,
    /// It arrives, and so many bytes of the answer come back; then the line hangs for a while.
    Half(usize, Duration),
}

impl Air {
    fn is(&self, weather: Weather) -> bool {
        self.weather.load(Ordering::SeqCst) == weather as u8
    }

    fn connect(self: &Arc<Air>, client: &TcpStream) -> std::io::Result<()> {
        let server = TcpStream::connect(&self.to)?;
        server.set_nodelay(true)?;
        client.set_nodelay(true)?;
        {
            let mut open = self.open.lock().unwrap();
            open.retain(|stream| stream.peer_addr().is_ok());
            open.extend([client.try_clone()?, server.try_clone()?]);
        }
        let most = Arc::new(Mutex::new(None));
        let (back, to_client, cut) = (server.try_clone()?, client.try_clone()?, Arc::clone(&most));
        let down = thread::spawn(move || answers(&back, &to_client, &cut));
        let outcome = self.requests(client, &server, &most);
        let _ = server.shutdown(Shutdown::Both);
        let _ = down.join();
        outcome
    }

    /// Carries requests to the server, piece by piece, through whatever the weather does to them.
    fn requests(
        &self,
        mut client: &TcpStream,
        mut server: &TcpStream,
        most: &Mutex<Option<(usize, Duration)>>,
    ) -> std::io::Result<()> {
        let mut piece = [0; 64 * 1024];
        loop {
            let length = client.read(&mut piece)?;
            if length == 0 {
                return Ok(());
            }
            while self.is(Weather::Hung) {
                thread::sleep(Duration::from_millis(20));
            }
            let fault = if self.is(Weather::Foul) { self.dice.lock().unwrap().fault() } else { Fault::None };
            if !matches!(fault, Fault::None) {
                self.faults.fetch_add(1, Ordering::SeqCst);
            }
            match fault {
                Fault::None => {}
                Fault::Delay(time) => thread::sleep(time),
                Fault::Reset => return Ok(()),
                Fault::Lost => *most.lock().unwrap() = Some((0, Duration::ZERO)),
                Fault::Half(bytes, time) => *most.lock().unwrap() = Some((bytes, time)),
            }
            server.write_all(&piece[..length])?;
        }
    }
}

/// Carries answers back, as many bytes as `most` lets through.
fn answers(mut server: &TcpStream, mut client: &TcpStream, most: &Mutex<Option<(usize, Duration)>>) {
    let mut piece = [0; 64 * 1024];
    while let Ok(length @ 1..) = server.read(&mut piece) {
        let limit = *most.lock().unwrap();
        if let Some((bytes, time)) = limit {
            let _ = client.write_all(&piece[..bytes.min(length)]);
            thread::sleep(time);
            break;
        }
        if client.write_all(&piece[..length]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}

/// Numbers drawn from a seed (SplitMix64), so that a run can be had again.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn fault(&mut self) -> Fault {
        match self.roll(100) {
            0..8 => Fault::Reset,
            8..16 => Fault::Lost,
            16..24 => Fault::Half(self.roll(300) as usize, Duration::from_millis(self.roll(800))),
            24..44 => Fault::Delay(Duration::from_millis(5 + self.roll(200))),
            _ => Fault::None,
        }
    }
}
