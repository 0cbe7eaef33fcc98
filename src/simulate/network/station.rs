//! S1: a mobile on LTE with its MME, from its first message to the release of its context; NAS within.

use super::super::clock::{MILLISECOND, SECOND, Time};
use super::super::encode::dtap::Identity;
use super::super::encode::nas::{self, Guti, security};
use super::super::encode::s1ap::{self, Cause, Establishment, Ids, Place};
use super::super::transport::Way;
use super::luck::{Luck, PROOF_ON_LTE};
use super::{Card, Interface, Link, Net};

/// The group of all MMEs.
const GROUP: u16 = 0x8001;
/// A mobile is released when it was silent for so long.
const SILENCE: Time = 10 * SECOND;

/// One connection.
#[derive(Debug)]
pub(super) struct Station {
    mme: usize,
    ids: Ids,
    place: Place,
    /// Of the security context, up and down.
    counts: [u8; 2],
    /// The time of its last message.
    pub last: Time,
}

impl Station {
    /// Nothing is said before a time.
    pub fn wait(&mut self, until: Time) {
        self.last = self.last.max(until);
    }
}

impl Net {
    fn guti(&self, mme: usize, tmsi: u32) -> Guti {
        Guti { plmn: self.plmn, group: GROUP, code: mme as u8 + 1, tmsi }
    }

    /// A GUTI that nobody has; the two highest bits of an M-TMSI are set (TS 23.003 §2.8).
    pub(super) fn fresh_guti(&mut self, card: &Card, mme: usize) -> Guti {
        let tmsi = self.fresh_tmsi() | 0xc000_0000;
        self.gutis.insert(card.index, (mme, tmsi));
        self.guti(mme, tmsi)
    }

    /// The GUTI of a mobile; who was attached before the beginning has one too.
    pub(super) fn in_mme(&mut self, card: &Card) -> Guti {
        match self.gutis.get(&card.index) {
            Some(&(mme, tmsi)) => self.guti(mme, tmsi),
            None => self.fresh_guti(card, card.mme),
        }
    }

    fn place(&self, card: &Card) -> Place {
        Place { plmn: self.plmn, at: card.ecgi }
    }

    /// The first message of a mobile.
    fn station_open(&mut self, card: &Card, nas: &[u8], why: Establishment, known: Option<Guti>, at: Time) -> Station {
        self.stations = self.stations.wrapping_add(1) & 0x00ff_ffff;
        let ids = Ids { mme: self.stations.wrapping_mul(7) | 0x0100_0000, enb: self.stations };
        let place = self.place(card);
        let station = Station { mme: card.mme, ids, place, counts: [self.dice.word() as u8 & 0x0f; 2], last: at };
        self.on_s1(&station, Way::Forward, s1ap::initial(ids, nas, place, why, known));
        station
    }

    fn on_s1(&mut self, station: &Station, way: Way, message: Vec<u8>) {
        let stream = (station.ids.enb % 7) as u16 + 1;
        self.push(station.last, Link::S1(station.mme), way, stream, vec![message]);
    }

    /// A NAS message in its security header, counted.
    fn protect(&mut self, station: &mut Station, header: u8, uplink: bool, message: &[u8]) -> Vec<u8> {
        let [up, down] = &mut station.counts;
        let count = if uplink { up } else { down };
        let sent = *count;
        *count = count.wrapping_add(1);
        nas::protected(header, self.dice.octets(), sent, message)
    }

    fn ue_says(&mut self, station: &mut Station, wait: Time, nas: &[u8]) {
        station.last += wait;
        self.on_s1(station, Way::Forward, s1ap::uplink(station.ids, nas, station.place));
    }

    fn mme_says(&mut self, station: &mut Station, nas: &[u8]) {
        station.last += self.hop() / 2;
        self.on_s1(station, Way::Back, s1ap::downlink(station.ids, nas));
    }

    /// A mobile attaches, with the GUTI that it has or its IMSI.
    pub(super) fn attach_begins(&mut self, card: &Card, at: Time) -> Station {
        let old = self.gutis.get(&card.index).map(|&(mme, tmsi)| self.guti(mme, tmsi));
        let request = nas::attach_request(old, Identity::Imsi(card.imsi));
        self.station_open(card, &request, Establishment::Signalling, None, at)
    }

    /// A mobile has moved, or its timer has run out.
    pub(super) fn update_begins(&mut self, card: &Card, periodic: bool, at: Time) -> Station {
        let old = self.in_mme(card);
        let request = nas::update_request(periodic, old);
        let code = self.dice.octets();
        let request = nas::protected(security::INTEGRITY, code, self.dice.word() as u8 & 0x1f, &request);
        self.station_open(card, &request, Establishment::Signalling, Some(old), at)
    }

    /// The card proves itself with a vector (RAND, XRES, AUTN), however far it is; then security begins anew.
    pub(super) fn prove_packet(&mut self, station: &mut Station, card: &Card, vector: &[u8; 72], luck: Luck) {
        let part = |range| vector.get::<std::ops::Range<usize>>(range).unwrap_or_default();
        self.mme_says(station, &nas::authentication_request(part(0..16), part(24..40)));
        let wait = luck.answers_after(PROOF_ON_LTE) + card.latency;
        self.ue_says(station, wait, &nas::authentication_response(part(16..24)));
        station.counts = [0, 0];
        let command = self.protect(station, security::NEW_INTEGRITY, false, &nas::security_command());
        self.mme_says(station, &command);
        let complete = nas::security_complete(card.imei, card.version);
        let complete = self.protect(station, security::NEW_CIPHERED, true, &complete);
        let wait = self.span(0.03, 0.09);
        self.ue_says(station, wait, &complete);
    }

    /// Accepted: context, bearers, GUTI; the mobile is silent later and released.
    pub(super) fn attach_ends(&mut self, station: &mut Station, card: &Card) {
        let guti = self.fresh_guti(card, card.mme);
        let (apn, address) = self.default_session(card);
        let accept = nas::attach_accept(guti, card.ecgi.0, apn, address);
        let accept = self.protect(station, security::CIPHERED, false, &accept);
        self.context(station, card, Some(&accept));
        let complete = self.protect(station, security::CIPHERED, true, &nas::attach_complete());
        let wait = self.span(0.02, 0.06);
        self.ue_says(station, wait, &complete);
    }

    /// The base station gets the context of a mobile.
    fn context(&mut self, station: &mut Station, card: &Card, nas: Option<&[u8]>) {
        let tunnels = self.tunnels(card);
        let key = self.dice.octets();
        let down: Vec<_> = tunnels.iter().map(|&(bearer, class, [gateway, _])| (bearer, class, gateway)).collect();
        let up: Vec<_> = tunnels.iter().map(|&(bearer, _, [_, station])| (bearer, station)).collect();
        station.last += self.hop() / 2;
        self.on_s1(station, Way::Back, s1ap::context_request(station.ids, &down, nas, &key));
        station.last += self.span(0.04, 0.12);
        self.on_s1(station, Way::Forward, s1ap::context_response(station.ids, &up));
    }

    /// An update is accepted, with a new GUTI where the MME is new.
    pub(super) fn update_ends(&mut self, station: &mut Station, card: &Card, moved: bool) {
        let guti = (moved || self.dice.chance(0.3)).then(|| self.fresh_guti(card, card.mme));
        let accept = nas::update_accept(guti, self.plmn, card.ecgi.0);
        let accept = self.protect(station, security::CIPHERED, false, &accept);
        self.mme_says(station, &accept);
        if guti.is_some() {
            let complete = self.protect(station, security::CIPHERED, true, &nas::update_complete());
            let wait = self.span(0.03, 0.08);
            self.ue_says(station, wait, &complete);
        }
        self.station_close(station, Cause::Normal);
    }

    /// The context is released: by the MME, or after silence.
    pub(super) fn station_close(&mut self, station: &mut Station, why: Cause) {
        if why == Cause::Inactivity {
            station.last += SILENCE;
            self.on_s1(station, Way::Forward, s1ap::release_request(station.ids, why));
        }
        station.last += self.hop() / 2;
        self.on_s1(station, Way::Back, s1ap::release_command(station.ids, why));
        station.last += self.span(0.01, 0.05);
        self.on_s1(station, Way::Forward, s1ap::release_complete(station.ids));
    }

    /// A mobile that was silent gets its bearers: it asks, or is paged first.
    pub(super) fn station_serve(&mut self, card: &Card, paged: bool, at: Time) -> Station {
        let guti = self.in_mme(card);
        let mut at = at;
        if paged {
            let index = (card.imsi.digits().value().unwrap_or(0) % 1024) as u16;
            let page = s1ap::paging(index, guti, self.place(card));
            self.push(at, Link::S1(card.mme), Way::Back, 0, vec![page]);
            at += self.span(0.1, 0.5);
        }
        let request = nas::service_request(self.dice.word() as u8, self.dice.octets());
        let why = if paged { Establishment::Called } else { Establishment::Data };
        let mut station = self.station_open(card, &request, why, Some(guti), at);
        self.context(&mut station, card, None);
        station
    }

    /// How long a mobile takes to its bearers, paged first or not.
    pub(super) fn waking(&self, paged: bool) -> Time {
        match (self.on(Interface::S1ap), paged) {
            (true, true) => 700 * MILLISECOND,
            (true, false) => 150 * MILLISECOND,
            (false, true) if self.on(Interface::Mw) => 5 * MILLISECOND,
            (false, _) => 0,
        }
    }

    /// Bearers while something is going on over data, from a time to another.
    pub(super) fn awake(&mut self, card: &Card, paged: bool, from: Time, until: Time) {
        if !self.on(Interface::S1ap) {
            return;
        }
        let mut station = self.station_serve(card, paged, from);
        if self.dice.chance(0.1) {
            let guti = self.fresh_guti(card, card.mme);
            let command = self.protect(&mut station, security::CIPHERED, false, &nas::reallocation_command(guti));
            self.mme_says(&mut station, &command);
            let complete = self.protect(&mut station, security::CIPHERED, true, &nas::reallocation_complete());
            let wait = self.span(0.03, 0.08);
            self.ue_says(&mut station, wait, &complete);
        }
        station.wait(until);
        self.station_close(&mut station, Cause::Inactivity);
    }

    /// A short message in NAS, up or down.
    pub(super) fn carry(&mut self, station: &mut Station, uplink: bool, wait: Time, message: &[u8]) {
        let carried = nas::transport(uplink, message);
        let carried = self.protect(station, security::CIPHERED, uplink, &carried);
        if uplink {
            self.ue_says(station, wait, &carried);
        } else {
            station.last += wait;
            self.mme_says(station, &carried);
        }
    }

    /// A mobile switches off.
    pub(super) fn station_detach(&mut self, card: &Card, at: Time) -> Time {
        let guti = self.in_mme(card);
        let code = self.dice.octets();
        let count = self.dice.word() as u8 & 0x1f;
        let request = nas::protected(security::INTEGRITY, code, count, &nas::detach_request(guti));
        let mut station = self.station_open(card, &request, Establishment::Signalling, Some(guti), at);
        let known = station.last + self.hop();
        self.station_close(&mut station, Cause::Detach);
        known
    }

    /// S1 SETUP of the base stations of an MME.
    pub(super) fn s1_setup(&mut self, mme: usize, at: Time) {
        let link = Link::S1(mme);
        let areas: Vec<u16> = self.nodes.areas(mme);
        let ask = s1ap::setup_request(self.plmn, 0x0f000 + mme as u32, &areas);
        let answer = s1ap::setup_response(self.plmn, GROUP, mme as u8 + 1);
        let back = at + self.hop();
        self.push(at, link, Way::Forward, 0, vec![ask]);
        self.push(back, link, Way::Back, 0, vec![answer]);
    }
}
