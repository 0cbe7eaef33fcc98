//! Procedures, as the steps of any radio access network would bring them.

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::event::{Direction, Event, EventKind, Peer, ResolvedBy, Result, Source};
use crate::health::Health;
use crate::identity::{CellId, CellKind, Imei, Imsi, Names, Number, Plmn};
use crate::message::Protocol;
use crate::reassembly::Flow;
use crate::session::Resolver;
use crate::session::acts::Acts;
use crate::session::call::Calls;
use crate::session::sms::Parts;
use crate::time::SECOND;
use crate::wire::layer3::{Service, Step};
use std::net::{IpAddr, Ipv4Addr};

#[derive(Default)]
struct Events(Vec<Event>);

impl crate::session::Listener for Events {
    fn event(&mut self, event: &Event, _names: &Names) {
        self.0.push(*event);
    }
}

/// A network with one tap: each message is a second after the one before.
#[derive(Default)]
struct Tap {
    access: Access,
    resolver: Resolver,
    calls: Calls,
    acts: Acts,
    parts: Parts,
    names: Names,
    health: Health,
    events: Events,
    frame: u64,
}

fn imsi(last: u8) -> Imsi {
    format!("00101000000000{last}").parse().unwrap()
}

fn area(number: u32) -> CellId {
    CellId { plmn: Plmn::new(1, 1, 2).unwrap(), area: Some(number), cell: None, kind: CellKind::Lai }
}

fn cell(number: u32) -> CellId {
    CellId { cell: Some(9), kind: CellKind::Cgi, ..area(number) }
}

fn step<'a>(step: Step, fill: impl FnOnce(&mut Layer3<'a>)) -> Layer3<'a> {
    let mut message = Layer3::new("", step);
    fill(&mut message);
    message
}

impl Tap {
    fn then<T>(&mut self, act: impl FnOnce(&mut Access, &mut Context<'_>, &Origin<'_>) -> T) -> T {
        self.frame += 1;
        let address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
        let flow = Flow { src: address, dst: address, src_port: 1, dst_port: 2 };
        let source = Source { file: 0, frame: self.frame };
        let time = self.frame as i64 * SECOND;
        let origin = Origin { source, frames: &[], time, flow };
        let mut context = Context {
            names: &mut self.names,
            resolver: &mut self.resolver,
            calls: &mut self.calls,
            acts: &mut self.acts,
            parts: &mut self.parts,
            health: &mut self.health,
            listener: &mut self.events,
        };
        act(&mut self.access, &mut context, &origin)
    }

    fn link(number: u8) -> Link {
        Link { key: Exchange::of(Protocol::Sccp, number), interface: Interface::A, rat: Rat::Geran }
    }

    fn up(&mut self, number: u8, message: Layer3<'_>) {
        self.then(|access, context, origin| {
            access.layer3(context, origin, Self::link(number), Some(true), &message);
        });
    }

    fn down(&mut self, number: u8, message: Layer3<'_>) {
        self.then(|access, context, origin| {
            access.layer3(context, origin, Self::link(number), Some(false), &message);
        });
    }

    fn at(&mut self, number: u8, cell: CellId) {
        let named = Named { cell: Some(cell), ..Named::default() };
        self.then(|access, context, origin| access.names(context, origin, Self::link(number), &named));
    }

    fn release(&mut self, number: u8) {
        self.then(|access, context, origin| access.release(context, origin, Self::link(number).key));
    }

    fn kinds(&self) -> Vec<(EventKind, Result)> {
        self.events.0.iter().map(|event| (event.kind, event.outcome)).collect()
    }

    /// IMSI 1 registers in area 1 and is given a TMSI.
    fn register(&mut self, number: u8, tmsi: u32) {
        self.at(number, cell(1));
        self.up(number, step(Step::Register { periodic: false }, |message| message.named.imsi = Some(imsi(1))));
        self.down(
            number,
            step(Step::Registered, |message| {
                (message.named.cell, message.named.tmsi) = (Some(area(1)), Some(tmsi));
            }),
        );
        self.up(number, step(Step::ReallocationComplete, |_| {}));
        self.release(number);
    }
}

/// The identity response comes after the challenge; both events know the subscriber, the registration the device.
#[test]
fn events_wait_for_the_identity() {
    let mut tap = Tap::default();
    let imei: Imei = "001010123456780".parse().unwrap();
    tap.at(1, cell(1));
    tap.up(
        1,
        step(Step::Register { periodic: false }, |message| {
            (message.named.tmsi, message.named.cell) = (Some(7), Some(area(3)));
        }),
    );
    tap.down(1, step(Step::AuthenticationRequest, |_| {}));
    tap.up(1, step(Step::AuthenticationResponse, |_| {}));
    tap.down(1, step(Step::IdentityRequest, |_| {}));
    assert_eq!(tap.kinds(), []);
    tap.up(1, step(Step::IdentityResponse, |message| message.named.imsi = Some(imsi(1))));
    tap.up(1, step(Step::IdentityResponse, |message| message.named.imei = Some(imei)));
    tap.down(1, step(Step::Registered, |message| message.named.cell = Some(area(1))));
    tap.release(1);
    assert_eq!(
        tap.kinds(),
        [
            (EventKind::Authenticate, Result::Success),
            (EventKind::EquipmentCheck, Result::Success),
            (EventKind::Register, Result::Success),
        ]
    );
    let [challenge, device, register] = tap.events.0[..] else { panic!("three") };
    assert_eq!((challenge.auth_latency_ms, challenge.imsi), (Some(1000), Some(imsi(1))));
    assert_eq!(challenge.resolved_by, ResolvedBy::Dialogue);
    assert_eq!(device.source.frame, 7);
    assert_eq!((register.imei, register.cell, register.source.frame), (Some(imei), Some(cell(1)), 2));
    // What it came with, where it came from; and the same where it is now.
    for place in [area(3), area(1)] {
        let found = tap.resolver.of_temporary(Temporary::in_area(System::Circuit, 7, Some(place)));
        assert_eq!(found, Some(imsi(1)));
    }
}

/// A call by a temporary identity that was given before, answered and ended; and one to it, with paging.
#[test]
fn a_temporary_identity_tells() {
    let mut tap = Tap::default();
    tap.register(1, 7);
    tap.events.0.clear();
    tap.at(2, cell(1));
    tap.up(2, step(Step::ServiceRequest(Service::Call), |message| message.named.tmsi = Some(7)));
    let called = Number::from_text(b"+15550103");
    tap.up(2, step(Step::Setup, |message| message.named.called = called));
    tap.down(2, step(Step::Connect, |message| message.transaction = Some(0x80)));
    tap.up(2, step(Step::Disconnect, |message| message.cause = Some(16)));
    tap.release(2);
    let events = std::mem::take(&mut tap.events.0);
    let kinds: Vec<_> = events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::CallAttempt, EventKind::CallAnswer, EventKind::CallEnd]);
    let [attempt, _, end] = events[..] else { panic!("three") };
    assert_eq!((attempt.imsi, attempt.resolved_by), (Some(imsi(1)), ResolvedBy::Tmsi));
    assert_eq!((attempt.direction, attempt.peer), (Direction::Mo, called.map(Peer::Number)));
    assert_eq!((end.duration_ms, end.outcome), (Some(1000), Result::Success));

    let anywhere = Temporary::in_area(System::Circuit, 7, None);
    for _ in 0..2 {
        tap.then(|access, context, origin| {
            access.page(context, origin, (Interface::A, Rat::Geran), &Named::default(), Some(anywhere));
        });
    }
    tap.at(3, cell(1));
    tap.up(3, step(Step::PagingResponse, |message| message.named.tmsi = Some(7)));
    tap.down(3, step(Step::Setup, |message| message.named.calling = called));
    tap.up(3, step(Step::Release, |message| (message.cause, message.transaction) = (Some(17), Some(0x80))));
    assert_eq!(
        tap.kinds(),
        [
            (EventKind::Paging, Result::Success),
            (EventKind::CallAttempt, Result::Unknown),
            (EventKind::CallEnd, Result::Busy),
        ]
    );
    assert!(tap.events.0.iter().all(|event| event.imsi == Some(imsi(1)) && event.direction == Direction::Mt));
}

/// Whoever stays unknown is told so at the end, and a page that nobody answers too.
#[test]
fn what_never_came() {
    let mut tap = Tap::default();
    tap.up(1, step(Step::ServiceRequest(Service::Call), |message| message.named.tmsi = Some(7)));
    tap.down(1, step(Step::AuthenticationRequest, |_| {}));
    tap.up(1, step(Step::Setup, |_| {}));
    assert_eq!(tap.kinds(), []);
    tap.release(1);
    assert_eq!(
        tap.kinds(),
        [
            (EventKind::Authenticate, Result::NoAnswer),
            (EventKind::CallAttempt, Result::Unknown),
            (EventKind::CallEnd, Result::Unknown),
        ]
    );
    assert!(tap.events.0.iter().all(|event| event.imsi.is_none()));
    tap.events.0.clear();
    let named = Named { imsi: Some(imsi(1)), ..Named::default() };
    tap.then(|access, context, origin| access.page(context, origin, (Interface::A, Rat::Geran), &named, None));
    tap.then(|access, context, _| access.finish(context));
    assert_eq!(tap.kinds(), [(EventKind::Paging, Result::NoAnswer)]);
}

/// Where a mobile is, asked by the network; and a handover to another cell.
#[test]
fn located_and_moved() {
    let mut tap = Tap::default();
    let named = Named { imsi: Some(imsi(1)), cell: Some(cell(1)), ..Named::default() };
    tap.then(|access, context, origin| access.names(context, origin, Tap::link(1), &named));
    tap.then(|access, context, origin| access.locate(context, origin, Tap::link(1), None));
    tap.then(|access, context, origin| access.locate(context, origin, Tap::link(1), Some(Result::Success)));
    tap.then(|access, context, origin| access.handover(context, origin, Tap::link(1), Handover::Failed));
    tap.then(|access, context, origin| access.handover(context, origin, Tap::link(1), Handover::Asked));
    tap.then(|access, context, origin| access.handover(context, origin, Tap::link(1), Handover::Failed));
    tap.at(1, cell(2));
    tap.then(|access, context, origin| access.handover(context, origin, Tap::link(1), Handover::Done));
    assert_eq!(
        tap.kinds(),
        [
            (EventKind::Locate, Result::Success),
            (EventKind::Handover, Result::Failure),
            (EventKind::Handover, Result::Success),
        ]
    );
    assert_eq!(tap.events.0[2].cell, Some(cell(2)));
}

/// A short message, a supplementary service and a data session end with their outcome; a service that is refused is what
/// it was asked for; a registration refused.
#[test]
fn outcomes() {
    let mut tap = Tap::default();
    let named = |message: &mut Layer3<'_>| message.named.imsi = Some(imsi(1));
    tap.up(1, step(Step::ServiceRequest(Service::ShortMessage), named));
    let submit = [0x01, 0x07, 0x08, 0x91, 0x51, 0x55, 0x10, 0x30, 0x00, 0x00, 0x05, 0xe8, 0x32, 0x9b, 0xfd, 0x06];
    let way = crate::wire::ss7::Direction::Originating;
    tap.up(1, step(Step::ShortMessage, |message| message.tpdu = Some((&submit, way))));
    tap.down(1, step(Step::ShortMessageRejected, |message| message.transaction = Some(0x80)));
    tap.up(1, step(Step::SupplementaryService, |message| message.operation = Some(59)));
    tap.down(1, step(Step::SupplementaryServiceEnd, |message| message.transaction = Some(0x80)));
    tap.up(1, step(Step::SessionRequest, |message| message.transaction = Some(2)));
    tap.down(1, step(Step::SessionAccepted, |message| message.transaction = Some(0x82)));
    tap.up(1, step(Step::SessionEnd, |message| message.transaction = Some(2)));
    tap.up(1, step(Step::ServiceRequest(Service::Call), |_| {}));
    tap.down(1, step(Step::ServiceRejected, |_| {}));
    tap.up(1, step(Step::Register { periodic: true }, |_| {}));
    tap.down(1, step(Step::RegistrationRejected, |_| {}));
    tap.down(1, step(Step::AuthenticationRequest, |_| {}));
    tap.up(1, step(Step::AuthenticationFailure, |_| {}));
    tap.down(1, step(Step::AuthenticationRequest, |_| {}));
    tap.up(1, step(Step::AuthenticationResponse, |_| {}));
    tap.down(1, step(Step::AuthenticationRejected, |_| {}));
    tap.up(1, step(Step::Deregister, |_| {}));
    assert_eq!(
        tap.kinds(),
        [
            (EventKind::SmsSubmit, Result::Failure),
            (EventKind::Ussd, Result::Success),
            (EventKind::DataStart, Result::Success),
            (EventKind::DataEnd, Result::Success),
            (EventKind::CallAttempt, Result::Failure),
            (EventKind::Register, Result::Failure),
            (EventKind::Authenticate, Result::Failure),
            (EventKind::Authenticate, Result::Failure),
            (EventKind::Deregister, Result::Success),
        ]
    );
    let sms = tap.events.0[0];
    assert!(matches!(sms.peer, Some(Peer::Number(number)) if number.to_string() == "15550103"));
    assert!(sms.sms_digest.is_some());
}
