//! Requests and answers: what they say, the resources that they are about, and the events that they are.
//!
//! The answer to a request that makes something names it: `Location: .../sm-contexts/17`. Later requests name the
//! resource and no subscriber; so resources lead to subscribers.

use super::Half;
use super::connection::Ends;
use crate::event::{Direction, Event, EventKind, Interface, Rat, ResolvedBy, Result, Source};
use crate::health::{Example, Layer, Outcome};
use crate::identity::{CellId, Imei, Imsi, Msisdn, Plmn};
use crate::message::{Dialogue, Exchange, Message, Operation, Party, Protocol, Role, Status};
use crate::session::aging::Aging;
use crate::session::{Context, status};
use crate::time::{DAY, SECOND};
use crate::wire::DecodeError;
use crate::wire::sbi::{Facts, Path, Purpose, service, template};
use std::hash::{BuildHasher, Hash};
use std::net::IpAddr;

/// Resources that are known at the same time, and how long without use.
const RESOURCES: usize = 1 << 19;
const KEEP: i64 = DAY;
/// Messages that are remembered, to tell the legs of a proxy; and how long.
const LEGS: usize = 1 << 17;
const REMEMBER: i64 = 32 * SECOND;

const NO_SERVICE: &str = "HTTP that is no service of the core";

/// What was asked, while the answer is on its way.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) event: Option<Event>,
    operation: Box<str>,
    purpose: Purpose,
    exchange: Exchange,
    about: About,
    /// Where resources of the one that was asked are.
    server: (IpAddr, u16),
    /// The resource that was asked of.
    name: Box<str>,
    /// Of what was asked, without who asked whom.
    digest: u64,
}

/// Whom a resource is about.
#[derive(Debug, Clone, Copy, Default)]
struct About {
    imsi: Option<Imsi>,
    msisdn: Option<Msisdn>,
    imei: Option<Imei>,
    cell: Option<CellId>,
    plmn: Option<Plmn>,
    /// When its subscriber was challenged.
    challenged: Option<i64>,
}

impl About {
    fn learn(&mut self, facts: &Facts) {
        let named = &facts.named;
        self.imsi = self.imsi.or(named.imsi);
        self.msisdn = self.msisdn.or(named.msisdn);
        self.imei = self.imei.or(named.imei);
        self.cell = named.cell.or(self.cell);
        self.plmn = named.plmn.or(self.plmn);
    }
}

/// What was made by requests.
#[derive(Debug)]
pub(super) struct Resources {
    known: Aging<u64, (Exchange, About)>,
    /// What was said of late, and on which connection: proxies (SCP, SEPP) say it again on another one.
    legs: Aging<u64, (Source, Ends)>,
}

impl Default for Resources {
    fn default() -> Self {
        Self { known: Aging::new(RESOURCES, KEEP), legs: Aging::new(LEGS, REMEMBER) }
    }
}

fn digest(seed: u64, of: impl Hash) -> u64 {
    foldhash::quality::FixedState::with_seed(seed).hash_one(of)
}

fn place(server: (IpAddr, u16), name: &str) -> u64 {
    digest(6, (server, name))
}

impl Resources {
    pub(super) fn pass(&mut self, now: i64) {
        self.known.pass(now);
        self.legs.pass(now);
    }

    /// One side said all that it will.
    pub(super) fn said(&mut self, context: &mut Context<'_>, key: (Ends, u32), half: Half, asked: &mut Option<Asked>) {
        let mut facts = Facts::default();
        if let Some(path) = &half.head.path {
            facts.path(path);
        }
        if let Some(location) = &half.head.location {
            facts.path(location);
        }
        facts.body(&half.body);
        if facts.concealed > 0 {
            also(context, &half, Outcome::Unresolved, "SUCI that is concealed");
        }
        if facts.binary > 0 {
            also(context, &half, Outcome::Unsupported, "parts that are not JSON");
        }
        // What one side said later than the other, of one stream, is the answer.
        let is_answer = asked.is_some() || half.head.asks == Some(false);
        count(context, &half, &facts);
        if is_answer {
            self.answer(context, key, &half, &facts, asked);
        } else {
            *asked = self.request(context, key, &half, &facts);
        }
    }

    /// The same words on another connection, where they were said before.
    fn repeat_of(&mut self, context: &mut Context<'_>, key: (Ends, u32), half: &Half, digest: u64) -> Option<Source> {
        match self.legs.peek(&digest) {
            Some((source, connection)) if *connection != key.0 => {
                let reason = "seen before (another leg, probe or retransmission)";
                context.health.note(Layer::Sbi, Outcome::Repeated, reason, example(half));
                Some(*source)
            }
            _ => {
                self.legs.insert(digest, (half.source, key.0));
                None
            }
        }
    }

    fn request(&mut self, context: &mut Context<'_>, key: (Ends, u32), half: &Half, facts: &Facts) -> Option<Asked> {
        let method = half.head.method.as_deref();
        let path = half.head.path.as_deref();
        let uri = path.and_then(Path::parse);
        let (operation, purpose): (Box<str>, _) = match (&uri, path) {
            (Some(uri), _) => match service(method, uri) {
                Some((name, purpose)) => (name.into(), purpose),
                None => (template(method.unwrap_or(b"?"), uri).into(), Purpose::Other),
            },
            (None, Some(_)) if facts.named.is_empty() => {
                also(context, half, Outcome::Unsupported, NO_SERVICE);
                return None;
            }
            (None, None) if half.is_doubtful && facts.named.is_empty() => {
                also(context, half, Outcome::Unsupported, NO_SERVICE);
                return None;
            }
            // Without its path the operation is not known.
            _ => (Box::from(""), Purpose::Other),
        };
        let server = (half.flow.dst, half.flow.dst_port);
        let known = uri.and_then(|uri| uri.within().find_map(|name| self.known.get_mut(&place(server, name)).copied()));
        let own = Exchange::of(Protocol::Sbi, (key, half.time, half.source.file));
        let (exchange, mut about) = known.unwrap_or((own, About::default()));
        about.learn(facts);
        if let (Some(_), Some(uri)) = (known, uri) {
            // The resource itself: whatever was asked of parts of it.
            if let Some(entry) = uri.within().find_map(|name| {
                let place = place(server, name);
                self.known.peek(&place).is_some().then_some(place)
            }) {
                self.known.insert(entry, (exchange, about));
            }
        }
        learn(context, half, &about);
        let target = uri.map(|uri| uri.name);
        let digest =
            digest(7, (method, target, path.and_then(|path| path.split(|octet| *octet == b'?').nth(1)), &half.body));
        let repeat_of = self.repeat_of(context, key, half, digest);
        record(context, half, facts, &operation, Role::Request, exchange, repeat_of);
        let event = if repeat_of.is_none() { event(half, facts, purpose, &about) } else { None };
        let name = target.unwrap_or_default().into();
        Some(Asked { event, operation, purpose, exchange, about, server, name, digest })
    }

    fn answer(
        &mut self,
        context: &mut Context<'_>,
        key: (Ends, u32),
        half: &Half,
        facts: &Facts,
        asked: &mut Option<Asked>,
    ) {
        let role = half.head.status.map_or(Role::Answer, Role::Status);
        let Some(Asked { event, operation, purpose, exchange, mut about, server, name, digest: own }) = asked.take()
        else {
            let own = Exchange::of(Protocol::Sbi, (key, half.time, half.source.file));
            if half.is_doubtful && facts.named.is_empty() {
                also(context, half, Outcome::Unsupported, NO_SERVICE);
            } else if half.head.status.is_some() || !facts.named.is_empty() {
                record(context, half, facts, "", role, own, None);
            }
            return;
        };
        about.learn(facts);
        learn(context, half, &about);
        let repeat_of = self.repeat_of(context, key, half, digest(8, (own, half.head.status, &half.body)));
        record(context, half, facts, &operation, role, exchange, repeat_of);
        let success = half.head.status.map(|code| (200..300).contains(&code));
        if success == Some(true) && purpose == Purpose::Authenticate {
            about.challenged = Some(half.time);
        }
        if let Some(made) = half.head.location.as_deref().and_then(|location| made(&name, location)) {
            self.known.insert(place(server, &made), (exchange, about));
        }
        let Some(mut event) = event else { return };
        // A challenge that was given is no authentication yet: its answer will be.
        if purpose == Purpose::Authenticate && success == Some(true) {
            return;
        }
        if event.imsi.is_none() && about.imsi.is_some() {
            (event.imsi, event.resolved_by) = (about.imsi, ResolvedBy::Dialogue);
        }
        event.msisdn = event.msisdn.or(about.msisdn);
        event.outcome = match (facts.authenticated, success) {
            (Some(false), _) | (_, Some(false)) => Result::Failure,
            (_, Some(true)) => Result::Success,
            (_, None) => Result::Unknown,
        };
        context.emit(event);
    }
}

/// The name of a resource that was made: of its URI, or of what some add to the name of where it was made.
fn made(within: &str, location: &[u8]) -> Option<String> {
    if let Some(uri) = Path::parse(location) {
        return Some(uri.name.trim_end_matches('/').to_owned());
    }
    let last = std::str::from_utf8(location).ok().filter(|last| !last.contains('/') && !within.is_empty())?;
    Some(format!("{}/{last}", within.trim_end_matches('/')))
}

fn example(half: &Half) -> Option<Example> {
    Some(Example { file: half.source.file, frame: half.source.frame, offset: 0 })
}

fn also(context: &mut Context<'_>, half: &Half, outcome: Outcome, reason: &'static str) {
    context.health.also(Layer::Sbi, outcome, reason, example(half));
}

fn defect(half: &Half, facts: &Facts) -> Option<DecodeError> {
    facts.stop.filter(|_| half.is_whole && !half.is_cut)
}

fn count(context: &mut Context<'_>, half: &Half, facts: &Facts) {
    context.health.seen(Layer::Sbi, half.body.len());
    match defect(half, facts) {
        _ if !half.is_whole => {
            context.health.note(Layer::Sbi, Outcome::Evicted, "message without an end", example(half))
        }
        None => context.health.decoded(Layer::Sbi),
        Some(error) => context.health.note(Layer::Sbi, error.outcome(), error.reason(), example(half)),
    }
}

fn learn(context: &mut Context<'_>, half: &Half, about: &About) {
    let Some(imsi) = about.imsi else { return };
    if let Some(msisdn) = about.msisdn {
        context.resolver.tie_msisdn(imsi, msisdn);
    }
    if let Some(imei) = about.imei {
        context.resolver.tie_imei(imsi, imei);
    }
    if let Some(cell) = about.cell {
        context.resolver.tie_cell(imsi, cell, half.time);
    }
}

fn record(
    context: &mut Context<'_>,
    half: &Half,
    facts: &Facts,
    operation: &str,
    role: Role,
    exchange: Exchange,
    repeat_of: Option<Source>,
) {
    if !context.listener.wants_messages() {
        return;
    }
    context.listener.message(&Message {
        source: half.source,
        frames: &half.frames,
        time: half.time,
        protocol: Protocol::Sbi,
        interface: Some(Interface::Sbi),
        operation: match operation {
            "" => Operation::Unknown,
            name => Operation::Text(name.as_bytes()),
        },
        version: None,
        role,
        dialogue: half.head.path.as_deref().map_or(Dialogue::None, Dialogue::Text),
        exchange,
        calling: Party::Address(half.flow.src),
        called: Party::Address(half.flow.dst),
        named: facts.named.clone(),
        cause: None,
        inferred: false,
        repeat_of,
        status: if half.is_whole && !half.is_cut { status(defect(half, facts)) } else { Status::Truncated },
    });
}

fn rat(rat_type: &str) -> Option<Rat> {
    Some(match rat_type {
        "NR" | "NR_U" => Rat::Nr,
        "EUTRA" | "EUTRA_U" | "NBIOT" | "LTE-M" => Rat::Eutran,
        "UTRA" => Rat::Utran,
        "GERA" => Rat::Geran,
        "WLAN" | "TRUSTED_WLAN" => Rat::Wlan,
        _ => return None,
    })
}

fn event(half: &Half, facts: &Facts, purpose: Purpose, about: &About) -> Option<Event> {
    let (kind, direction) = match purpose {
        Purpose::Register => (EventKind::Register, Direction::Mo),
        Purpose::RegisterUpdate if facts.purged => (EventKind::Deregister, Direction::None),
        Purpose::Deregister => (EventKind::Deregister, Direction::None),
        Purpose::Moved => (EventKind::Moved, Direction::None),
        Purpose::Vectors | Purpose::Authenticate | Purpose::Confirm => (EventKind::Authenticate, Direction::None),
        Purpose::EquipmentCheck => (EventKind::EquipmentCheck, Direction::None),
        Purpose::SessionStart => (EventKind::DataStart, Direction::Mo),
        Purpose::SessionUpdate => (EventKind::DataUpdate, Direction::None),
        Purpose::SessionEnd => (EventKind::DataEnd, Direction::None),
        Purpose::ShortMessage => (EventKind::SmsSubmit, Direction::Mo),
        Purpose::Locate => (EventKind::Locate, Direction::Mt),
        Purpose::RegisterUpdate | Purpose::Other => return None,
    };
    let named = &facts.named;
    let mut event = Event::new(kind, half.time, Interface::Sbi, half.source);
    event.direction = direction;
    (event.imsi, event.resolved_by) = match (named.imsi, about.imsi) {
        (Some(imsi), _) => (Some(imsi), ResolvedBy::Direct),
        (None, Some(imsi)) => (Some(imsi), ResolvedBy::Dialogue),
        (None, None) => (None, ResolvedBy::Unresolved),
    };
    event.msisdn = named.msisdn.or(about.msisdn);
    event.imei = named.imei.or(about.imei);
    event.cell = named.cell;
    event.plmn = named.plmn.or(about.plmn);
    event.rat = facts
        .rat_type
        .and_then(rat)
        .or(named.cell.and_then(|cell| (cell.kind == crate::identity::CellKind::Ncgi).then_some(Rat::Nr)));
    if purpose == Purpose::Confirm
        && let Some(challenged) = about.challenged
    {
        let nanoseconds = half.time.saturating_sub(challenged);
        event.auth_latency_ms = u32::try_from(nanoseconds / 1_000_000).ok();
    }
    Some(event)
}
