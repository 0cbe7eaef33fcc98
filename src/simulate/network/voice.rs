//! The legs of a call on the A interface: caller and called with their MSC.

use super::super::clock::{MILLISECOND, Time};
use super::super::encode::dtap::{self, Identity, Service, Transaction};
use super::call::{Outcome, Timeline};
use super::luck::Luck;
use super::radio::Radio;
use super::{Card, Net};
use crate::identity::Msisdn;

/// Q.850 causes.
const NORMAL: u8 = 16;
const BUSY: u8 = 17;
const NO_ANSWER: u8 = 19;
const ABSENT: u8 = 20;

impl Net {
    /// A mobile asks for a service; gives its connection once it may go on. A card that is rarely asked proves itself.
    pub(super) fn serve(&mut self, card: &Card, service: Service, at: Time) -> Radio {
        let msc = card.vlr.unwrap_or(card.msc);
        let known = self.in_vlr(card, msc);
        let request = dtap::service_request(service, Identity::Tmsi(known.tmsi));
        let mut radio = self.radio_open(card, msc, &request, at);
        self.secure(&mut radio, card, Luck::of(card, at));
        radio
    }

    /// Authentication, with a vector that the VLR still has, now and then; ciphering always.
    pub(super) fn secure(&mut self, radio: &mut Radio, card: &Card, luck: Luck) {
        if luck.proves() {
            let vector = self.vector();
            self.prove(radio, card, &vector, luck);
        }
        self.cipher(radio, card);
    }

    /// The caller's leg; gives when the MSC has the called number.
    pub(super) fn caller_leg(&mut self, card: &Card, called: Msisdn, line: &Timeline) -> Time {
        let mut radio = self.serve(card, Service::Call, line.dialled);
        let call = Transaction { number: 0, from_mobile: true };
        let wait = self.span(0.03, 0.09);
        self.mobile(&mut radio, wait, call.setup_to(called));
        let known = radio.last;
        self.downlink(&mut radio, &call.proceeding());
        self.assign(&mut radio);
        self.reallocate(&mut radio, card);
        if line.rings() {
            radio.wait(line.ringing + 30 * MILLISECOND);
            self.downlink(&mut radio, &call.alerting(false));
        }
        radio.wait(line.decided);
        match line.outcome {
            Outcome::Answered(_, by_caller) => {
                self.downlink(&mut radio, &call.connect(false));
                let wait = self.span(0.02, 0.08);
                self.mobile(&mut radio, wait, call.connected(true));
                radio.wait(line.over);
                self.hang_up(&mut radio, call, by_caller, NORMAL);
            }
            Outcome::Abandoned => self.hang_up(&mut radio, call, true, NORMAL),
            Outcome::Busy | Outcome::Engaged => self.hang_up(&mut radio, call, false, BUSY),
            Outcome::NoAnswer => self.hang_up(&mut radio, call, false, NO_ANSWER),
            Outcome::Absent => self.hang_up(&mut radio, call, false, ABSENT),
        }
        known
    }

    /// The leg of a called mobile that is there, from its paging on. Of one in another call the MSC knows that.
    pub(super) fn called_leg(&mut self, card: &Card, msc: usize, calling: Msisdn, at: Time, line: &Timeline) {
        if line.outcome == Outcome::Engaged {
            return;
        }
        let mut radio = self.page(card, msc, at);
        self.secure(&mut radio, card, Luck::of(card, line.dialled));
        let call = Transaction { number: 0, from_mobile: false };
        self.downlink(&mut radio, &call.setup_from(calling));
        let wait = self.span(0.04, 0.12);
        self.mobile(&mut radio, wait, call.confirmed());
        self.assign(&mut radio);
        radio.wait(line.ringing);
        self.mobile(&mut radio, 0, call.alerting(true));
        radio.wait(line.decided);
        match line.outcome {
            Outcome::Answered(_, by_caller) => {
                self.mobile(&mut radio, 0, call.connect(true));
                self.downlink(&mut radio, &call.connected(false));
                radio.wait(line.over);
                self.hang_up(&mut radio, call, !by_caller, NORMAL);
            }
            Outcome::Busy => self.hang_up(&mut radio, call, true, BUSY),
            Outcome::NoAnswer => self.hang_up(&mut radio, call, false, NO_ANSWER),
            Outcome::Abandoned | Outcome::Absent | Outcome::Engaged => self.hang_up(&mut radio, call, false, NORMAL),
        }
    }

    /// DISCONNECT of one side, RELEASE of the other, RELEASE COMPLETE, and the channel is cleared.
    fn hang_up(&mut self, radio: &mut Radio, call: Transaction, by_mobile: bool, cause: u8) {
        let wait = self.span(0.02, 0.08);
        if by_mobile {
            self.mobile(radio, 0, call.disconnect(true, cause));
            self.downlink(radio, &call.release(false, cause));
            self.mobile(radio, wait, call.released(true));
        } else {
            self.downlink(radio, &call.disconnect(false, cause));
            self.mobile(radio, wait, call.release(true, cause));
            self.downlink(radio, &call.released(false));
        }
        self.radio_close(radio);
    }
}
