//! The steps of procedures on a connection, and what becomes of them.

use super::paging::Pages;
use super::ue::{Id, Ue};
use crate::event::{Direction, Event, EventKind, ResolvedBy, Result};
use crate::session::temporary::{System, Temporary};
use crate::session::{Context, Origin, sms};
use crate::wire::layer3::{Layer3, Service, Step};
use crate::wire::sms::{Tpdu, TpduKind};
use crate::wire::ss7;

/// The flag of a transaction identifier: the side that it was sent by did not choose it (TS 24.007 §11.2.3.1.3).
const TO_ORIGINATOR: u8 = 0x80;

/// The transaction of a message, equal for both directions.
fn transaction(message: &Layer3<'_>, uplink: Option<bool>) -> Id {
    let value = message.transaction.unwrap_or(0);
    let flag = value & TO_ORIGINATOR != 0;
    (value & !TO_ORIGINATOR, uplink.map(|uplink| uplink != flag))
}

fn direction(uplink: Option<bool>) -> Direction {
    match uplink {
        Some(false) => Direction::Mt,
        _ => Direction::Mo,
    }
}

impl Ue {
    pub(super) fn layer3(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        uplink: Option<bool>,
        message: &Layer3<'_>,
        pages: &mut Pages,
    ) {
        self.learn(context, origin, message);
        self.authenticated(context, message.step);
        let id = transaction(message, uplink);
        match message.step {
            Step::Register { .. } => {
                if let Some(event) = self.registration.take() {
                    self.tell(context, event);
                }
                self.registration = Some(self.event(EventKind::Register, Direction::Mo, origin));
            }
            Step::Registered => self.registered(context, origin, Result::Success),
            Step::RegistrationRejected => self.registered(context, origin, Result::Failure),
            Step::RegistrationComplete | Step::ReallocationComplete => {
                if let Some(imsi) = self.imsi {
                    context.resolver.settle_temporary(imsi, self.link.system());
                }
            }
            Step::Deregister => {
                let event = self.event(EventKind::Deregister, direction(uplink), origin);
                self.tell(context, Event { outcome: Result::Success, ..event });
            }
            Step::AuthenticationRequest => {
                self.challenge = Some(self.event(EventKind::Authenticate, Direction::None, origin));
            }
            Step::AuthenticationResponse => self.authentication = Some(self.answered(origin)),
            Step::AuthenticationFailure => {
                let event = self.answered(origin);
                self.tell(context, Event { outcome: Result::Failure, ..event });
            }
            Step::AuthenticationRejected => {
                let event = self.authentication.take().unwrap_or_else(|| self.answered(origin));
                self.tell(context, Event { outcome: Result::Failure, ..event });
            }
            Step::ServiceRequest(service) => {
                let kind = match service {
                    Service::Call | Service::EmergencyCall => EventKind::CallAttempt,
                    Service::ShortMessage => EventKind::SmsSubmit,
                    Service::SupplementaryService => EventKind::Ussd,
                    Service::Data | Service::Other => EventKind::DataStart,
                };
                self.service = Some((service, self.event(kind, Direction::Mo, origin)));
            }
            Step::ServiceRejected => {
                if let Some((service, event)) = self.service.take()
                    && service != Service::Other
                {
                    self.tell(context, Event { outcome: Result::Failure, ..event });
                }
            }
            Step::PagingResponse => pages.answered(context, self),
            Step::Setup => self.setup(context, origin, id, uplink, message),
            Step::Connect => self.connect(context, origin, id),
            Step::Disconnect | Step::Release => self.disconnect(context, origin, id, message.cause),
            Step::ShortMessage => self.short_message(context, origin, id, message),
            Step::ShortMessageAccepted | Step::ShortMessageRejected => {
                let accepted = message.step == Step::ShortMessageAccepted;
                let outcome = if accepted { Result::Success } else { Result::Failure };
                self.conclude(context, id, &[EventKind::SmsSubmit, EventKind::SmsDeliver], outcome);
            }
            Step::SupplementaryService => {
                let ussd = message.operation.is_none_or(is_unstructured);
                let kind = if ussd { EventKind::Ussd } else { EventKind::SupplementaryService };
                let event = self.event(kind, direction(uplink), origin);
                self.begin(context, id, event);
            }
            Step::SupplementaryServiceEnd => {
                let outcome = if message.cause.is_some() { Result::Failure } else { Result::Success };
                self.conclude(context, id, &[EventKind::Ussd, EventKind::SupplementaryService], outcome);
            }
            Step::SessionRequest => {
                let event = self.event(EventKind::DataStart, direction(uplink), origin);
                self.begin(context, id, event);
            }
            Step::SessionAccepted | Step::SessionRejected => {
                let accepted = message.step == Step::SessionAccepted;
                let outcome = if accepted { Result::Success } else { Result::Failure };
                if !self.conclude(context, id, &[EventKind::DataStart], outcome) && accepted {
                    let event = self.event(EventKind::DataStart, Direction::Mo, origin);
                    self.tell(context, Event { outcome, ..event });
                }
            }
            Step::SessionEnd => {
                let event = self.event(EventKind::DataEnd, direction(uplink), origin);
                self.tell(context, Event { outcome: Result::Success, ..event });
            }
            Step::IdentityRequest
            | Step::IdentityResponse
            | Step::ServiceAccepted
            | Step::Reallocation
            | Step::Alerting
            | Step::Other => {}
        }
    }

    /// Who the message says it is.
    fn learn(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, message: &Layer3<'_>) {
        let named = &message.named;
        let system = self.link.system();
        let gives = matches!(message.step, Step::Registered | Step::Reallocation);
        if gives && named.cell.is_some() {
            self.area = named.cell;
        }
        self.device(context, origin, named.imei);
        if let Some(imsi) = named.imsi {
            self.identify(context, imsi, ResolvedBy::Direct, origin.source);
        }
        let guti = message.given.or(named.guti).map(Temporary::of_guti);
        let area = match message.step {
            Step::Register { .. } | Step::Registered | Step::Reallocation => named.cell,
            _ => self.area.or(self.cell),
        };
        let area = area.or(self.area).or(self.cell).filter(|_| matches!(system, System::Circuit | System::Packet));
        let temporary = guti.or(named.tmsi.map(|tmsi| Temporary::in_area(system, tmsi, area)));
        match temporary {
            Some(temporary) if gives => self.given(context, temporary),
            Some(temporary) => self.has(context, origin, temporary),
            // Granted without a new temporary identity: the old one holds in the new area.
            None if message.step == Step::Registered => {
                if let (Some(old), Some(area)) = (self.temporary(), named.cell)
                    && matches!(old.system, System::Circuit | System::Packet)
                {
                    self.given(context, Temporary::in_area(old.system, old.tmsi, Some(area)));
                }
            }
            None => {}
        }
    }

    /// The network goes on: it took the answer to its challenge.
    fn authenticated(&mut self, context: &mut Context<'_>, step: Step) {
        let undecided = matches!(
            step,
            Step::AuthenticationRequest
                | Step::AuthenticationResponse
                | Step::AuthenticationFailure
                | Step::AuthenticationRejected
        );
        if undecided && step != Step::AuthenticationRequest {
            return;
        }
        if let Some(event) = self.authentication.take() {
            let outcome = if undecided { Result::Unknown } else { Result::Success };
            self.tell(context, Event { outcome, ..event });
        }
    }

    /// The challenge is answered: an event with its latency.
    fn answered(&mut self, origin: &Origin<'_>) -> Event {
        let challenge = self.challenge.take();
        let latency = challenge.map(|challenge| origin.time.saturating_sub(challenge.time).max(0) / 1_000_000);
        let event = challenge.unwrap_or_else(|| self.event(EventKind::Authenticate, Direction::None, origin));
        Event { auth_latency_ms: latency.and_then(|latency| u32::try_from(latency).ok()), ..event }
    }

    fn registered(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, outcome: Result) {
        let event = self.registration.take();
        let mut event = event.unwrap_or_else(|| self.event(EventKind::Register, Direction::Mo, origin));
        event.cell = event.cell.or(self.area);
        self.tell(context, Event { outcome, ..event });
    }

    fn short_message(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, id: Id, message: &Layer3<'_>) {
        let Some((octets, way)) = message.tpdu else { return };
        let kind = Tpdu::parse(octets, way).map(|tpdu| tpdu.kind);
        if !matches!(kind, Ok(TpduKind::Submit | TpduKind::Deliver)) {
            return;
        }
        self.service = None;
        let (kind, direction) = match way {
            ss7::Direction::Originating => (EventKind::SmsSubmit, Direction::Mo),
            ss7::Direction::Terminating => (EventKind::SmsDeliver, Direction::Mt),
        };
        let mut event = self.event(kind, direction, origin);
        sms::fill(context, &mut event, octets);
        self.begin(context, id, event);
    }
}

/// processUnstructuredSS-Request, unstructuredSS-Request and -Notify, and -Data of phase 1 (TS 24.080 §4.5).
fn is_unstructured(operation: i64) -> bool {
    matches!(operation, 19 | 59..=61)
}
