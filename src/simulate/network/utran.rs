//! What differs on 3G: security, bearers and release are those of RANAP, and the device says what it is when it is asked.

use super::super::clock::{SECOND, Time};
use super::super::encode::dtap::{self, Identity};
use super::super::encode::gtp::End;
use super::super::encode::{connection, ranap};
use super::super::transport::Way;
use super::radio::{Radio, domain, subsystem};
use super::{Card, Link, Net};
use crate::identity::Plmn;

/// A mobile with data is released when it was silent for so long.
const SILENCE: Time = 8 * SECOND;

impl Net {
    /// The controller of a link, as it calls itself.
    pub(super) fn controller(&self, link: Link) -> (Plmn, u16) {
        let (Link::IuCs(index) | Link::IuPs(index)) = link else { return (self.plmn, 0) };
        (self.plmn, 1 + index as u16)
    }

    /// The core tells who it is, and integrity and ciphering start.
    pub(super) fn secure_utran(&mut self, radio: &mut Radio, card: &Card) {
        self.center(radio, &ranap::common_id(card.imsi));
        let [integrity, ciphering] = [self.dice.octets(), self.dice.octets()];
        self.center(radio, &ranap::security_command(&integrity, &ciphering, radio.proven));
        let wait = self.span(0.06, 0.18);
        self.station(radio, wait, &ranap::security_complete());
    }

    /// On 3G a mobile that registers is asked which device it is.
    pub(super) fn ask_device(&mut self, radio: &mut Radio, card: &Card) {
        if domain(radio.link).is_none() {
            return;
        }
        self.downlink(radio, &dtap::device_request());
        let wait = self.span(0.05, 0.15);
        self.mobile(radio, wait, dtap::identity_response(Identity::Imeisv(card.imei, card.version)));
    }

    /// A bearer between the radio network and a gateway of the core.
    pub(super) fn bearer(&mut self, radio: &mut Radio, bearer: ranap::Bearer) {
        let (Link::IuCs(index) | Link::IuPs(index)) = radio.link else { return };
        let gateway = if bearer == ranap::Bearer::Speech { [10, 10] } else { [10, 31] };
        let end = |[a, b]: [u8; 2], teid| End { teid, ip: [a, b, 1 + index as u8, 2] };
        let [core, station] = [self.dice.word(), self.dice.word()];
        // Of data the number is that of its session (NSAPI).
        let number = if bearer == ranap::Bearer::Speech { 1 } else { 5 };
        self.center(radio, &ranap::bearer_request(bearer, number, end(gateway, core)));
        let wait = self.span(0.12, 0.4);
        self.station(radio, wait, &ranap::bearer_response(bearer, number, end([10, 12], station)));
    }

    /// A mobile with data was silent for a while: the controller wants it released.
    pub(super) fn release_silent(&mut self, radio: &mut Radio) {
        let silent = ranap::Cause::Inactivity;
        self.station(radio, SILENCE, &ranap::release_request(silent));
        self.release(radio, &ranap::release_command(silent), &ranap::release_complete());
    }

    /// RESET of a controller whose link came up, and its acknowledgement.
    pub(super) fn reset(&mut self, link: Link, at: Time) {
        let Some(domain) = domain(link) else { return };
        let answered = at + self.hop();
        let steps = [(Way::Forward, at), (Way::Back, answered)];
        for ((way, at), message) in steps.into_iter().zip(ranap::reset(domain, self.controller(link))) {
            self.unconfirmed(link, way, 0, at, &connection::unitdata(subsystem(link), &message));
        }
    }
}
