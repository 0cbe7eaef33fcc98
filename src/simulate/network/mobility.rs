//! Registration: location update in a VLR, attach in an MME, authentication, equipment check, purge.

use super::super::clock::{SECOND, Time};
use super::super::encode::diameter::{self, Avps, application, command};
use super::super::encode::dtap::{self, Identity, Updating};
use super::super::encode::map::{self, ac, operation};
use super::super::encode::s1ap::Cause;
use super::super::encode::tcap::Component::{Invoke, Result};
use super::super::person::Access;
use super::dialogue::{Side, Speaker};
use super::luck::Luck;
use super::nodes::{Node, Nodes, subsystem};
use super::peers::Question;
use super::radio::Radio;
use super::{Card, Link, Net};

/// The equipment of a mobile that is registered is checked so long after its update began.
const CHECKED_AFTER: Time = SECOND / 2;

/// An authentication vector: RAND, and XRES, CK, IK and AUTN behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vector {
    pub rand: [u8; 16],
    pub rest: [u8; 56],
}

impl Vector {
    /// What the card answers.
    pub fn xres(&self) -> &[u8] {
        self.rest.get(..8).unwrap_or_default()
    }

    /// XRES, CK, IK, AUTN.
    pub fn parts(&self) -> [&[u8]; 4] {
        [0..8, 8..24, 24..40, 40..56].map(|range| self.rest.get(range).unwrap_or_default())
    }

    /// What proves the network to the card.
    pub fn autn(&self) -> &[u8] {
        self.rest.get(40..).unwrap_or_default()
    }
}

impl Net {
    pub(super) fn home(card: &Card) -> Side {
        let node = if card.visitor { Node::ForeignHlr } else { Node::Hlr };
        (node, subsystem::HLR)
    }

    /// A vector that a node still has.
    pub(super) fn vector(&mut self) -> Vector {
        Vector { rand: self.dice.octets(), rest: self.dice.octets() }
    }

    /// sendAuthenticationInfo; gives the time of the vectors and the first.
    fn vectors_circuit(&mut self, card: &Card, msc: usize, at: Time) -> (Time, Vector) {
        let wanted = self.dice.pick(&[1, 2, 3, 5]).unwrap_or(1);
        let vectors: Vec<Vector> = (0..wanted).map(|_| self.vector()).collect();
        let quintuplets: Vec<_> = vectors.iter().map(|vector| (vector.rand, vector.rest)).collect();
        let done = self.ask(
            (Node::Msc(msc), subsystem::VLR),
            Self::home(card),
            ac::INFO_RETRIEVAL,
            at,
            Invoke(1, operation::SEND_AUTHENTICATION_INFO, map::send_authentication_info(card.imsi, wanted)),
            Result(1, operation::SEND_AUTHENTICATION_INFO, map::send_authentication_info_result(&quintuplets)),
        );
        (done, vectors.first().copied().unwrap_or(Vector { rand: [0; 16], rest: [0; 56] }))
    }

    /// The timer of a mobile that did not move: a periodic update with fresh vectors, and sometimes a check.
    pub fn renew_circuit(&mut self, card: &Card, msc: usize, checked: bool, at: Time) {
        // Over SGs the timer is that of the MME alone.
        if self.over_sgs(card) {
            return;
        }
        let known = self.in_vlr(card, msc);
        let request = dtap::location_updating_request(Updating::Periodic, known.area, Identity::Tmsi(known.tmsi));
        let mut radio = self.radio_open(card, msc, &request, at);
        let (time, vector) = self.vectors_circuit(card, msc, radio.last);
        radio.wait(time);
        self.prove(&mut radio, card, &vector, Luck::of(card, at));
        self.cipher(&mut radio, card);
        self.ask_device(&mut radio, card);
        self.reallocate(&mut radio, card);
        self.downlink(&mut radio, &dtap::location_updating_accept(known.area, None));
        self.radio_close(&mut radio);
        if checked {
            self.check_circuit(card, msc, at + CHECKED_AFTER);
        }
    }

    /// Switched off: the mobile says so.
    pub fn detach_circuit(&mut self, card: &Card, msc: usize, at: Time) {
        if self.over_sgs(card) {
            return self.sgs_detach(card, msc, at);
        }
        let known = self.in_vlr(card, msc);
        let mut radio = self.radio_open(card, msc, &dtap::detach(Identity::Tmsi(known.tmsi)), at);
        self.radio_close(&mut radio);
    }

    /// The first part of a location update on the A interface: the mobile asks, and says who it is where the VLR does
    /// not know.
    fn location_updating(&mut self, card: &Card, old: Option<usize>, at: Time) -> Radio {
        let known = self.vlrs.get(&card.index).copied();
        let [a, b, c, _, _] = Self::area(card);
        let (identity, area) = match known {
            Some(known) => (Identity::Tmsi(known.tmsi), known.area),
            None => (Identity::Imsi(card.imsi), [a, b, c, 0xff, 0xfe]),
        };
        let kind = if old.is_none_or(|old| old == card.msc) { Updating::Attach } else { Updating::Normal };
        let request = dtap::location_updating_request(kind, area, identity);
        let mut radio = self.radio_open(card, card.msc, &request, at);
        if known.is_some_and(|known| known.msc != card.msc) {
            self.downlink(&mut radio, &dtap::identity_request());
            let wait = self.span(0.05, 0.15);
            self.mobile(&mut radio, wait, dtap::identity_response(Identity::Imsi(card.imsi)));
        }
        radio
    }

    /// Its last part: accepted with a TMSI.
    fn location_updated(&mut self, radio: &mut Radio, card: &Card) {
        let known = self.enter_vlr(card, card.msc);
        self.downlink(radio, &dtap::location_updating_accept(known.area, Some(known.tmsi)));
        let wait = self.span(0.05, 0.15);
        self.mobile(radio, wait, dtap::reallocation_complete());
        self.radio_close(radio);
    }

    /// checkIMEI: the EIR is told the device and nothing of the subscriber.
    fn check_circuit(&mut self, card: &Card, msc: usize, at: Time) -> Time {
        self.ask(
            (Node::Msc(msc), subsystem::MSC),
            (Node::Eir, subsystem::EIR),
            ac::EQUIPMENT_MNGT,
            at,
            Invoke(1, operation::CHECK_IMEI, map::check_imei(card.imei)),
            Result(1, operation::CHECK_IMEI, map::check_imei_result()),
        )
    }

    /// A location update in the VLR of `card.msc`, coming from another one or from none; gives its end.
    pub fn register_circuit(&mut self, card: &Card, old: Option<usize>, checked: bool, at: Time) -> Time {
        if self.over_sgs(card) {
            let moved = old.is_some_and(|old| old != card.msc);
            let asked = self.sgs_update(card, moved, at);
            let granted = self.updated_at_home(card, old, checked, asked);
            return self.sgs_updated(card, granted);
        }
        let mut radio = self.location_updating(card, old, at);
        let asked = radio.last + self.hop();
        let (vectors, vector) = self.vectors_circuit(card, card.msc, asked);
        radio.wait(vectors);
        self.prove(&mut radio, card, &vector, Luck::of(card, at));
        self.cipher(&mut radio, card);
        self.ask_device(&mut radio, card);
        let known = radio.last + self.hop();
        let granted = self.updated_at_home(card, old, checked, known);
        radio.wait(granted);
        self.location_updated(&mut radio, card);
        radio.last
    }

    /// What a VLR asks others for a new subscriber: the register of equipment, its home; gives when all is answered.
    fn updated_at_home(&mut self, card: &Card, old: Option<usize>, checked: bool, at: Time) -> Time {
        let mut time = at;
        if checked {
            time = self.check_circuit(card, card.msc, time) + self.hop();
        }
        let vlr = (Node::Msc(card.msc), subsystem::VLR);
        let home = Self::home(card);
        let mut dialogue = self.dialogue(vlr, home, ac::NETWORK_LOC_UP);
        let phase = Nodes::cap_phase(card.msc);
        let title = self.nodes.title(Node::Msc(card.msc));
        let argument = map::update_location(card.imsi, title, Some((card.imei, card.version)), phase);
        self.say(&mut dialogue, Speaker::First, time, false, &[Invoke(1, operation::UPDATE_LOCATION, argument)]);
        time += self.hop();
        if let Some(old) = old.filter(|&old| old != card.msc) {
            self.ask(
                home,
                (Node::Msc(old), subsystem::VLR),
                ac::LOCATION_CANCELLATION,
                time,
                Invoke(1, operation::CANCEL_LOCATION, map::cancel_location(card.imsi)),
                Result(1, operation::CANCEL_LOCATION, Vec::new()),
            );
        }
        time += self.hop();
        let scf = (!card.visitor).then_some((self.nodes.scf, phase));
        let data = map::insert_subscriber_data(card.imsi, card.msisdn, scf);
        self.say(&mut dialogue, Speaker::Second, time, false, &[Invoke(1, operation::INSERT_SUBSCRIBER_DATA, data)]);
        time += self.hop() + self.hop();
        let done = Result(1, operation::INSERT_SUBSCRIBER_DATA, Vec::new());
        self.say(&mut dialogue, Speaker::First, time, false, &[done]);
        time += self.hop() + self.hop();
        let hlr = self.nodes.title(home.0);
        let result = Result(1, operation::UPDATE_LOCATION, map::update_location_result(hlr));
        self.say(&mut dialogue, Speaker::Second, time, true, &[result]);
        time
    }

    /// purgeMS: the VLR forgets a subscriber that was long away.
    pub fn purge_circuit(&mut self, card: &Card, vlr: usize, at: Time) -> Time {
        let title = self.nodes.title(Node::Msc(vlr));
        self.ask(
            (Node::Msc(vlr), subsystem::VLR),
            Self::home(card),
            ac::MS_PURGING,
            at,
            Invoke(1, operation::PURGE_MS, map::purge_ms(card.imsi, title)),
            Result(1, operation::PURGE_MS, map::purge_ms_result()),
        )
    }

    /// A request and its answer between an MME and the HSS or EIR; gives the time of the answer.
    fn exchange(
        &mut self,
        mme: usize,
        (application, command): (u32, u32),
        from_mme: bool,
        at: Time,
        request: impl FnOnce(&mut Avps),
        answer: impl FnOnce(&mut Avps),
    ) -> Time {
        let link = if application == application::S13 { Link::S13(mme) } else { Link::S6a(mme) };
        self.ask_peer(Question { link, command, from_client: from_mme, session: None }, at, request, |avps| {
            diameter::success(avps);
            answer(avps);
        })
    }

    /// Authentication-Information; gives the time of the vectors and the first.
    fn vectors_packet(&mut self, card: &Card, at: Time) -> (Time, [u8; 72]) {
        let plmn = self.plmn;
        let wanted = self.dice.whole(1, 3) as u32;
        let vectors: Vec<[u8; 72]> = (0..wanted).map(|_| self.dice.octets()).collect();
        let done = self.exchange(
            card.mme,
            (application::S6A, command::AUTHENTICATION_INFORMATION),
            true,
            at,
            |avps| {
                diameter::user_name(avps, card.imsi);
                diameter::vectors_wanted(avps, wanted);
                diameter::visited_plmn(avps, plmn);
            },
            |avps| diameter::vectors(avps, &vectors),
        );
        (done, vectors.first().copied().unwrap_or([0; 72]))
    }

    /// A mobile that is attached proves itself anew when its timer has run out, and uses its data.
    pub fn renew_packet(&mut self, card: &Card, checked: bool, at: Time) {
        let mut station = self.update_begins(card, true, at);
        let asked = station.last + self.hop();
        let (time, vector) = self.vectors_packet(card, asked);
        station.wait(time);
        self.prove_packet(&mut station, card, &vector, Luck::of(card, at));
        let used = self.use_data(card, station.last);
        station.wait(used);
        self.update_ends(&mut station, card, false);
        if checked {
            self.check_packet(card, at + CHECKED_AFTER);
        }
    }

    /// Switched off.
    pub fn detach_packet(&mut self, card: &Card, at: Time) {
        let known = self.station_detach(card, at);
        self.disconnect(card, known);
    }

    /// ME-Identity-Check on S13, with the IMSI.
    fn check_packet(&mut self, card: &Card, at: Time) -> Time {
        self.exchange(
            card.mme,
            (application::S13, command::ME_IDENTITY_CHECK),
            true,
            at,
            |avps| {
                diameter::terminal(avps, card.imei, card.version);
                diameter::user_name(avps, card.imsi);
            },
            |avps| {
                avps.number(1445, 0); // Equipment-Status WHITELISTED
            },
        )
    }

    /// An attach in the MME of `card.mme`, coming from another one or from none; gives its end.
    pub fn register_packet(&mut self, card: &Card, old: Option<usize>, checked: bool, at: Time) -> Time {
        let plmn = self.plmn;
        let moved = old.filter(|&old| old != card.mme && !matches!(self.attached.get(&card.index), Some(None)));
        let mut station =
            if moved.is_some() { self.update_begins(card, false, at) } else { self.attach_begins(card, at) };
        let asked = station.last + self.hop();
        let (vectors, vector) = self.vectors_packet(card, asked);
        station.wait(vectors);
        self.prove_packet(&mut station, card, &vector, Luck::of(card, at));
        let mut time = station.last + self.hop();
        if checked {
            time = self.check_packet(card, time) + self.hop();
        }
        if let Some(old) = old.filter(|&old| old != card.mme) {
            let cancelled = time + self.hop();
            self.exchange(
                old,
                (application::S6A, command::CANCEL_LOCATION),
                false,
                cancelled,
                |avps| {
                    diameter::user_name(avps, card.imsi);
                    avps.number(1420, 0); // MME_UPDATE_PROCEDURE
                },
                |_| (),
            );
        }
        let apns: &[&str] = if card.access == Access::Volte { &["internet", "ims"] } else { &["internet"] };
        let initial = old.is_none();
        time = self.exchange(
            card.mme,
            (application::S6A, command::UPDATE_LOCATION),
            true,
            time,
            |avps| {
                diameter::user_name(avps, card.imsi);
                avps.number(1032, 1004); // RAT-Type EUTRAN
                avps.number(1405, if initial { 0x22 } else { 0x02 }); // S6a, Initial-Attach
                diameter::visited_plmn(avps, plmn);
                diameter::terminal(avps, card.imei, card.version);
            },
            |avps| {
                avps.number(1406, 1); // ULA-Flags: separation
                diameter::subscription(avps, card.msisdn, apns);
            },
        );
        if let Some(old) = moved {
            time = self.relocate(card, old, time);
            station.wait(time);
            self.update_ends(&mut station, card, true);
        } else {
            time = self.connect(card, time);
            station.wait(time);
            self.attach_ends(&mut station, card);
            time = self.connected(card, station.last);
            self.station_close(&mut station, Cause::Inactivity);
        }
        if self.dice.chance(0.2) {
            time += self.span(0.1, 0.5);
            time = self.notify(card, time);
        }
        time
    }

    /// Notify: the MME tells the HSS of the terminal.
    pub fn notify(&mut self, card: &Card, at: Time) -> Time {
        self.exchange(
            card.mme,
            (application::S6A, command::NOTIFY),
            true,
            at,
            |avps| {
                diameter::user_name(avps, card.imsi);
                diameter::terminal(avps, card.imei, card.version);
                avps.number(1443, 0);
            },
            |_| (),
        )
    }

    /// Purge-UE.
    pub fn purge_packet(&mut self, card: &Card, mme: usize, at: Time) -> Time {
        self.exchange(
            mme,
            (application::S6A, command::PURGE_UE),
            true,
            at,
            |avps| diameter::user_name(avps, card.imsi),
            |avps| {
                avps.number(1442, 1); // PUA-Flags: freeze M-TMSI
            },
        )
    }
}
