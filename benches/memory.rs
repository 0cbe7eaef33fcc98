//! Memory of the window that is open: octets for each subscriber who is only on the air, and for each who is active.
//!
//! `cargo bench --bench memory` measures a million made-up subscribers in a day, as resident memory with the allocator of
//! the program; `cargo bench --bench memory -- 100000` as many as named. Idle: a registration with its authentication
//! every three hours, in one device and one cell. Active beside that: six calls out and five in, five messages received
//! and one sent, twelve data sessions, three cells. An earlier window leaves what is remembered of a subscriber.

use simhound::event::{Direction, Event, EventKind, Interface, Peer, Rat, Result, Source};
use simhound::feature::Extractor;
use simhound::identity::{CellId, CellKind, Imei, Imsi, Number, Plmn};
use simhound::time::{DAY, HOUR, MINUTE, SECOND};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Octets that the process has in memory; Linux tells.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024.0)
}

struct Town {
    extractor: Extractor,
    subscribers: u64,
    frame: u64,
}

impl Town {
    /// Something happens to every subscriber in turn, within `length`.
    fn all(&mut self, start: i64, length: i64, what: impl Fn(u64, &mut Event)) {
        for subscriber in 0..self.subscribers {
            self.frame += 1;
            let time = start + length / self.subscribers as i64 * subscriber as i64;
            let source = Source { file: 0, frame: self.frame };
            let mut event = Event::new(EventKind::Register, time, Interface::S6a, source);
            event.imsi = format!("00101{subscriber:010}").parse::<Imsi>().ok();
            event.imei = format!("35693803{:06}0", subscriber % 1_000_000).parse::<Imei>().ok();
            event.outcome = Result::Success;
            event.rat = Some(Rat::Eutran);
            let cell = subscriber % 20_000;
            let plmn = Plmn::new(1, 1, 2).expect("a network");
            event.cell = Some(CellId { plmn, area: Some(7), cell: Some(cell), kind: CellKind::Ecgi });
            what(subscriber, &mut event);
            assert!(self.extractor.push(&event).is_none(), "one window");
        }
    }
}

fn party(subscriber: u64, which: u64) -> Option<Peer> {
    Number::from_text(format!("+99917{:07}", (subscriber * 7919 + which * 104_729) % 10_000_000).as_bytes())
        .map(Peer::Number)
}

fn main() {
    // As a test it only shows that it runs.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bench = arguments.iter().any(|argument| argument == "--bench");
    let named = arguments.iter().find_map(|argument| argument.parse().ok());
    let subscribers: u64 = named.unwrap_or(if bench { 1_000_000 } else { 1000 });
    let mut town = Town { extractor: Extractor::new(DAY, 0), subscribers, frame: 0 };
    let Some(empty) = resident() else {
        println!("memory is measured on Linux only");
        return;
    };
    for hour in (0..21).step_by(3) {
        town.all(hour * HOUR, HOUR, |_, event| event.kind = EventKind::Authenticate);
        town.all(hour * HOUR + HOUR, HOUR, |_, _| {});
    }
    let idle = resident().unwrap_or(empty);
    for call in 0..6u64 {
        let start = 21 * HOUR + call as i64 * 25 * MINUTE;
        let kinds = [EventKind::CallAttempt, EventKind::CallAnswer, EventKind::CallEnd];
        for (step, kind) in kinds.into_iter().enumerate() {
            town.all(start + step as i64 * MINUTE, 30 * SECOND, |subscriber, event| {
                event.kind = kind;
                event.direction = Direction::Mo;
                event.peer = party(subscriber, call * call);
                event.duration_ms = (kind == EventKind::CallEnd).then_some(call as u32 * 20_000 + 7000);
                if let Some(cell) = &mut event.cell {
                    cell.cell = Some((subscriber * 3 + call % 3) % 20_000);
                }
            });
        }
        for kind in [EventKind::CallAttempt, EventKind::SmsDeliver].into_iter().filter(|_| call < 5) {
            town.all(start + 4 * MINUTE, MINUTE, |subscriber, event| {
                event.kind = kind;
                event.direction = Direction::Mt;
                event.peer = party(subscriber, call + 1);
            });
        }
        for session in 0..2 {
            for kind in [EventKind::DataStart, EventKind::DataEnd] {
                town.all(start + (6 + session * 4) * MINUTE, MINUTE, |_, event| event.kind = kind);
            }
        }
    }
    town.all(24 * HOUR - MINUTE, 30 * SECOND, |subscriber, event| {
        event.kind = EventKind::SmsSubmit;
        event.direction = Direction::Mo;
        event.peer = party(subscriber, 3);
        event.sms_digest = Some(subscriber);
    });
    let active = resident().unwrap_or(idle);
    let each = |octets: f64| octets / subscribers as f64;
    println!("subscribers of one window: {subscribers}");
    println!("octets of an idle one:     {:.0}", each(idle - empty));
    println!("octets of an active one:   {:.0}", each(active - empty));
}
