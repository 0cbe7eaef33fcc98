//! What the nodes of IMS ask of the HSS: Cx for registrations and calls, Sh for the services of telephony.

use super::super::clock::Time;
use super::super::encode::diameter::{self, Avps};
use super::super::encode::profile::{self, assignment, command};
use super::ims::Registration;
use super::peers::Question;
use super::{Card, Interface, Link, Net};

impl Net {
    fn ask_cx(
        &mut self,
        command: u32,
        at: Time,
        request: impl FnOnce(&mut Avps),
        answer: impl FnOnce(&mut Avps),
    ) -> Time {
        self.ask_peer(Question { link: Link::Cx, command, from_client: true, session: None }, at, request, answer)
    }

    /// What follows a REGISTER between CSCF and HSS: may it, which vector or profile; gives when it is known.
    pub(super) fn registered_at_home(&mut self, card: &Card, why: Registration, proven: bool, at: Time) -> Time {
        if !self.on(Interface::Cx) && !self.on(Interface::Sh) {
            return at;
        }
        let private = self.impi(card);
        let public = format!("sip:{private}");
        let numbers = [format!("sip:+{}@{}", card.msisdn, self.nodes.ims), format!("tel:+{}", card.msisdn)];
        let network = self.nodes.ims.clone();
        let server = format!("sip:scscf.{network}:5060");
        let first = why == Registration::Initial;
        let allowed = self.ask_cx(
            command::USER_AUTHORIZATION,
            at,
            |avps| {
                avps.base(1, private.as_bytes());
                profile::public(avps, &public);
                profile::visited(avps, &network);
            },
            |avps| {
                if first && !proven {
                    profile::first_registration(avps);
                } else {
                    diameter::success(avps);
                    profile::server(avps, &server);
                }
            },
        ) + self.hop();
        if !proven {
            let vector = self.vector();
            return self.ask_cx(
                command::MULTIMEDIA_AUTH,
                allowed,
                |avps| {
                    avps.base(1, private.as_bytes());
                    profile::public(avps, &public);
                    profile::vector_wanted(avps);
                    profile::server(avps, &server);
                },
                |avps| {
                    diameter::success(avps);
                    avps.base(1, private.as_bytes());
                    profile::public(avps, &public);
                    profile::vector(avps, &vector.rand, vector.parts());
                },
            );
        }
        let kind = match why {
            Registration::Initial => assignment::REGISTRATION,
            Registration::Refresh => assignment::RE_REGISTRATION,
            Registration::Off => assignment::USER_DEREGISTRATION,
        };
        let assigned = self.ask_cx(
            command::SERVER_ASSIGNMENT,
            allowed,
            |avps| {
                avps.base(1, private.as_bytes());
                profile::public(avps, &public);
                profile::server(avps, &server);
                profile::assigned(avps, kind, !first);
            },
            |avps| {
                diameter::success(avps);
                avps.base(1, private.as_bytes());
                if first {
                    let [uri, number] = &numbers;
                    let telephony = format!("sip:tas01.{network}:5060");
                    profile::service_profile(avps, &private, &[&public, uri, number], &telephony);
                }
            },
        );
        if first {
            let told = assigned + self.span(0.02, 0.1);
            self.services(card, told);
        }
        assigned
    }

    /// The application server reads what it keeps of a subscriber.
    fn services(&mut self, card: &Card, at: Time) -> Time {
        let msisdn = card.msisdn;
        self.ask_peer(
            Question { link: Link::Sh, command: command::USER_DATA, from_client: true, session: None },
            at,
            |avps| {
                profile::user(avps, msisdn);
                profile::repository_wanted(avps);
            },
            |avps| {
                diameter::success(avps);
                profile::repository(avps);
            },
        )
    }

    /// Which S-CSCF serves the called; gives when it is known.
    pub(super) fn served_where(&mut self, card: &Card, at: Time) -> Time {
        let public = format!("tel:+{}", card.msisdn);
        let server = format!("sip:scscf.{}:5060", self.nodes.ims);
        self.ask_cx(
            command::LOCATION_INFO,
            at,
            |avps| profile::public(avps, &public),
            |avps| {
                diameter::success(avps);
                profile::server(avps, &server);
            },
        )
    }
}
