//! SGs: phones of LTE whose calls fall back to circuits register there over their MME, which pages them for calls, and
//! carries their short messages.

use super::super::clock::{MILLISECOND, Time};
use super::super::encode::dtap::{self, Transaction};
use super::super::encode::s1ap::Cause;
use super::super::encode::sgsap::{self, Service};
use super::super::encode::sms;
use super::super::person::Access;
use super::super::transport::Way;
use super::station::Station;
use super::{Card, Interface, Link, Net};

impl Net {
    /// It is in the circuit network by way of its MME.
    pub(super) fn over_sgs(&self, card: &Card) -> bool {
        card.access == Access::Fallback && !card.visitor && self.on(Interface::Sgs)
    }

    fn on_sgs(&mut self, card: &Card, vlr: usize, way: Way, at: Time, message: Vec<u8>) {
        let stream = (card.index % 7) as u16 + 1;
        self.push(at, Link::Sgs(card.mme, vlr), way, stream, vec![message]);
    }

    /// As TS 23.003 §19.4.2.4 has it.
    fn mme_name(&self, mme: usize) -> String {
        format!("mmec{:02x}.mmegi8001.mme.{}", mme + 1, self.nodes.realm)
    }

    fn vlr_name(&self, vlr: usize) -> String {
        format!("vlr{:02}.{}", vlr + 1, self.nodes.realm)
    }

    /// The MME asks for a registration; gives when the VLR has it.
    pub(super) fn sgs_update(&mut self, card: &Card, moved: bool, at: Time) -> Time {
        let mme = self.mme_name(card.mme);
        let request = sgsap::update_request(card.imsi, &mme, moved, Self::area(card), (self.plmn, card.ecgi));
        self.on_sgs(card, card.msc, Way::Forward, at, request);
        at + self.hop()
    }

    /// The VLR grants it with a TMSI; gives when the mobile has it.
    pub(super) fn sgs_updated(&mut self, card: &Card, at: Time) -> Time {
        let known = self.enter_vlr(card, card.msc);
        self.on_sgs(card, card.msc, Way::Back, at, sgsap::update_accept(card.imsi, known.area, known.tmsi));
        let done = at + self.span(0.06, 0.2);
        self.on_sgs(card, card.msc, Way::Forward, done, sgsap::reallocation_complete(card.imsi));
        done
    }

    /// The mobile is switched off.
    pub(super) fn sgs_detach(&mut self, card: &Card, vlr: usize, at: Time) {
        let mme = self.mme_name(card.mme);
        let answered = at + self.hop();
        let steps = [(Way::Forward, at), (Way::Back, answered)];
        for ((way, at), message) in steps.into_iter().zip(sgsap::detach(card.imsi, &mme)) {
            self.on_sgs(card, vlr, way, at, message);
        }
    }

    /// The mobile is called, which makes it fall back; gives when it asks for service there.
    pub(super) fn sgs_call(&mut self, card: &Card, vlr: usize, at: Time) -> Time {
        let paged = self.sgs_page(card, vlr, Service::Call, at);
        let served = paged + self.span(0.3, 0.8);
        self.sgs_serve(card, vlr, Service::Call, served);
        served + self.span(0.5, 1.2)
    }

    /// The VLR wants a mobile paged; gives when.
    fn sgs_page(&mut self, card: &Card, vlr: usize, service: Service, at: Time) -> Time {
        let known = self.in_vlr(card, vlr);
        let name = self.vlr_name(vlr);
        let paged = at + self.hop();
        let page = sgsap::paging(card.imsi, &name, service, known.tmsi, known.area);
        self.on_sgs(card, vlr, Way::Back, paged, page);
        paged
    }

    /// It answers on LTE.
    fn sgs_serve(&mut self, card: &Card, vlr: usize, service: Service, at: Time) {
        let request = sgsap::service_request(card.imsi, service, (self.plmn, card.ecgi));
        self.on_sgs(card, vlr, Way::Forward, at, request);
    }

    /// A message of the mobile goes on to the VLR, or one for it comes from there.
    fn sgs_carry(&mut self, card: &Card, vlr: usize, station: &mut Station, uplink: bool, wait: Time, layer3: &[u8]) {
        if uplink {
            self.carry(station, true, wait, layer3);
            let at = station.last + self.hop();
            self.on_sgs(card, vlr, Way::Forward, at, sgsap::uplink(card.imsi, layer3, (self.plmn, card.ecgi)));
            station.wait(at);
        } else {
            let at = station.last + wait;
            self.on_sgs(card, vlr, Way::Back, at, sgsap::downlink(card.imsi, layer3));
            station.wait(at);
            self.carry(station, false, 0, layer3);
        }
    }

    /// A short message of the mobile; `stored` says when the service centre has what came at a time.
    pub(super) fn sgs_submit(
        &mut self,
        card: &Card,
        reference: u8,
        rp: &[u8],
        at: Time,
        store: impl FnOnce(&mut Self, Time) -> Time,
    ) -> Time {
        let vlr = card.vlr.unwrap_or(card.msc);
        let transfer = Transaction { number: 0, from_mobile: true };
        let mut station = self.station_serve(card, false, at);
        let wait = self.span(0.1, 0.3);
        self.sgs_carry(card, vlr, &mut station, true, wait, &transfer.cp_data(true, rp));
        self.sgs_carry(card, vlr, &mut station, false, 0, &transfer.cp_ack(false));
        let stored = store(self, station.last);
        station.wait(stored);
        let answer = transfer.cp_data(false, &dtap::rp_ack(false, reference));
        self.sgs_carry(card, vlr, &mut station, false, 0, &answer);
        let wait = self.span(0.05, 0.2);
        self.sgs_carry(card, vlr, &mut station, true, wait, &transfer.cp_ack(true));
        self.sgs_end(card, vlr, &mut station);
        stored
    }

    /// A short message for the mobile, which is paged; gives when the MSC has its answer.
    pub(super) fn sgs_deliver(&mut self, card: &Card, vlr: usize, tpdu: &[u8], at: Time) -> Time {
        let paged = self.sgs_page(card, vlr, Service::ShortMessage, at) + self.hop();
        let mut station = self.station_serve(card, true, paged);
        let served = station.last + self.hop();
        self.sgs_serve(card, vlr, Service::ShortMessage, served);
        station.wait(served + MILLISECOND);
        let transfer = Transaction { number: 0, from_mobile: false };
        let reference = self.dice.word() as u8;
        let smsc = self.nodes.smsc;
        let sent = transfer.cp_data(false, &sms::rp_data(false, reference, smsc, tpdu));
        self.sgs_carry(card, vlr, &mut station, false, 0, &sent);
        let wait = self.span(0.2, 0.6);
        self.sgs_carry(card, vlr, &mut station, true, wait, &transfer.cp_ack(true));
        let wait = self.span(0.1, 0.4);
        let answer = transfer.cp_data(true, &dtap::rp_ack(true, reference));
        self.sgs_carry(card, vlr, &mut station, true, wait, &answer);
        let stored = station.last;
        self.sgs_carry(card, vlr, &mut station, false, 0, &transfer.cp_ack(false));
        self.sgs_end(card, vlr, &mut station);
        stored
    }

    fn sgs_end(&mut self, card: &Card, vlr: usize, station: &mut Station) {
        let at = station.last + self.hop();
        self.on_sgs(card, vlr, Way::Back, at, sgsap::release(card.imsi));
        self.station_close(station, Cause::Inactivity);
    }

    /// RESET of an MME towards a VLR, and its acknowledgement.
    pub(super) fn sgs_reset(&mut self, mme: usize, vlr: usize, at: Time) {
        let [from, to] = [self.mme_name(mme), self.vlr_name(vlr)];
        let answered = at + self.hop();
        let steps = [(Way::Forward, at), (Way::Back, answered)];
        for ((way, at), message) in steps.into_iter().zip(sgsap::reset(&from, &to)) {
            self.push(at, Link::Sgs(mme, vlr), way, 0, vec![message]);
        }
    }
}
