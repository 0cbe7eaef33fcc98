//! Partial sight: which features a set of interfaces can show.
//!
//! A tap shows some interfaces. What none of them shows is not zero but unknown, and a row says so. A view is one thing
//! that has to be seen for a feature. Some interfaces always show it when it happens; others only as an operator has set
//! them up (a CAP dialogue for incoming calls, an IMEI in updateLocation): these count once one event had it.

use super::{Definition, registry};
use crate::event::{Direction, Event, EventKind, Interface};

/// A set of interfaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Interfaces(u128);

const _: () = assert!(Interface::ALL.len() <= 128, "a set of interfaces has 128 places");

impl Interfaces {
    /// All there are.
    pub fn all() -> Self {
        Interface::ALL.iter().copied().collect()
    }
    /// Adds one.
    pub fn insert(&mut self, interface: Interface) {
        self.0 |= 1u128 << interface as u8;
    }
    /// True where it is in the set.
    pub fn contains(self, interface: Interface) -> bool {
        self.0 >> interface as u8 & 1 == 1
    }
    /// True where one of them is in the set.
    fn meets(self, interfaces: &[Interface]) -> bool {
        interfaces.iter().any(|interface| self.contains(*interface))
    }
    /// Those in the set, in their order.
    pub fn iter(self) -> impl Iterator<Item = Interface> {
        Interface::ALL.iter().copied().filter(move |interface| self.contains(*interface))
    }
}

impl FromIterator<Interface> for Interfaces {
    fn from_iter<T: IntoIterator<Item = Interface>>(interfaces: T) -> Self {
        let mut set = Self::default();
        interfaces.into_iter().for_each(|interface| set.insert(interface));
        set
    }
}

macro_rules! views {
    ($($(#[$doc:meta])* $view:ident $name:literal: always [$($sure:ident)*], perhaps [$($perhaps:ident)*];)*) => {
        /// What has to be seen for a feature.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum View { $($(#[$doc])* $view,)* }

        impl View {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$view,)*];

            /// As written in tables.
            pub fn name(self) -> &'static str {
                match self { $(Self::$view => $name,)* }
            }
            /// Interfaces that always show it, and those that show it where the network is set up so.
            pub fn interfaces(self) -> (&'static [Interface], &'static [Interface]) {
                match self { $(Self::$view => (&[$(Interface::$sure,)*], &[$(Interface::$perhaps,)*]),)* }
            }
        }
    };
}

views! {
    /// Which device the card is in.
    Device "device": always [MapF S6a S6d S13 Sip Gn S11 S5 S4 Cdr],
        perhaps [MapD MapGr Map Cap A IuCs IuPs S1 N2 Sgs Gx Gy Ro Rf Cx Sh Gsup Sbi S2a S2b SWm SGd];
    /// Where it is.
    Cell "cell": always [Cap A IuCs S1 N2 Sip],
        perhaps [MapD MapGr MapSms Map S6a S6d Sgs Gn S11 S5 S4 Gx Gy Ro Rf Sh SLg SGd N26 Sbi Cdr Inap AnsiMap IuPs];
    /// Calls that it makes.
    CallsOut "outgoing calls": always [Cap Sip A IuCs Isup Ro Rf Cdr], perhaps [Inap AnsiMap S1 Sgs Rx Gsup];
    /// Calls that it gets.
    CallsIn "incoming calls": always [Sip A IuCs Isup Cdr], perhaps [Cap MapD Map Ro Rf Inap AnsiMap S1 Sgs Gsup];
    /// When calls end.
    CallEnds "ends of calls": always [Sip A IuCs Isup Cdr], perhaps [Cap Ro Rf Inap AnsiMap];
    /// Short messages that it sends.
    SmsOut "messages sent": always [MapSms SGd Sgs A IuCs Cdr], perhaps [Map Sip Cap Ro Rf N2 S1 Gsup AnsiMap Sbi];
    /// Short messages that it gets.
    SmsIn "messages received": always [MapSms SGd Sgs A IuCs Cdr], perhaps [Map Sip Ro Rf N2 S1 Gsup AnsiMap Sbi];
    /// The text of a message, of which a fingerprint is kept.
    SmsText "texts": always [], perhaps [MapSms Map SGd Sgs A IuCs Sip N2 S1 Gsup Sbi];
    /// Registrations.
    Registers "registrations": always [MapD MapGr S6a S6d A IuCs IuPs S1 N2 Sgs Cx Sip Gsup],
        perhaps [Map AnsiMap Sbi SWx];
    /// Being switched off or cancelled.
    Leaves "departures": always [MapD MapGr S6a S6d A IuCs IuPs S1 N2 Sgs Cx Sip Gsup], perhaps [Map AnsiMap Sbi SWx Cap];
    /// Authentications.
    Authentications "authentications": always [MapD MapGr S6a S6d A IuCs IuPs S1 N2 Cx Sip Gsup SWx],
        perhaps [Map AnsiMap Sbi STa SWm];
    /// The time from a challenge to its answer.
    Latency "latency of answers": always [], perhaps [A IuCs IuPs S1 N2 Sip Sbi];
    /// Data sessions.
    Data "data sessions": always [Gn S11 S5 S4 Gx Gy N4 S1 N2 IuPs S2a S2b], perhaps [Cap MapGr Gtp Sbi Rf S6b A Cdr];
    /// Services that it uses: USSD, changes of supplementary services.
    Services "services": always [MapD A IuCs], perhaps [Map Sip Gsup AnsiMap Cdr];
    /// Questions about it: routes and places.
    Queries "questions": always [MapD MapSms S6c Cx Sh], perhaps [Map MapGc SLg SLh AnsiMap Sbi];
    /// Pages.
    Pages "pages": always [A IuCs IuPs S1 N2 Sgs], perhaps [];
    /// The generation of its radio.
    Radio "radio": always [MapD MapGr S6a S6d A IuCs IuPs S1 N2 Sgs S11 Gn], perhaps [S5 S4 Gx Gy Cap Sbi Cdr Rf Ro];
    /// The software of its device.
    Client "client": always [Sip], perhaps [];
}

/// What was seen of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    interfaces: Interfaces,
    /// Views of which there was an event, by their order.
    shown: u32,
    told: bool,
}

impl Sight {
    /// What a tap at these interfaces shows when all is set up for it.
    pub fn of(interfaces: Interfaces) -> Self {
        Self { interfaces, shown: 0, told: true }
    }

    /// Takes in what an event shows; nothing where the interfaces were told.
    pub fn take(&mut self, event: &Event) {
        if self.told {
            return;
        }
        self.interfaces.insert(event.interface);
        self.shown |= shown(event);
    }

    /// True where it is seen when it happens.
    pub fn sees(self, view: View) -> bool {
        let (sure, perhaps) = view.interfaces();
        let told = self.told && self.interfaces.meets(perhaps);
        told || self.interfaces.meets(sure) || self.shown >> view as u8 & 1 == 1
    }

    /// True where all is seen that a feature needs.
    pub fn can_tell(self, definition: &Definition) -> bool {
        definition.needs.iter().all(|view| self.sees(*view))
    }

    /// For each feature of the [`registry`], whether it can be told.
    pub fn features(self) -> Vec<bool> {
        registry().iter().map(|definition| self.can_tell(definition)).collect()
    }

    /// The interfaces.
    pub fn interfaces(self) -> Interfaces {
        self.interfaces
    }
}

/// The views of which an event is one, by their places.
fn shown(event: &Event) -> u32 {
    let one = |view: View| 1u32 << view as u8;
    let outgoing = event.direction == Direction::Mo;
    let kind = match event.kind {
        EventKind::CallAttempt | EventKind::CallAnswer if outgoing => one(View::CallsOut),
        EventKind::CallAttempt | EventKind::CallAnswer => one(View::CallsIn),
        EventKind::CallEnd => one(View::CallEnds),
        EventKind::SmsSubmit => one(View::SmsOut),
        EventKind::SmsDeliver => one(View::SmsIn),
        EventKind::Register => one(View::Registers),
        EventKind::Deregister | EventKind::Moved => one(View::Leaves),
        EventKind::Authenticate => one(View::Authentications),
        EventKind::DataStart | EventKind::DataUpdate | EventKind::DataEnd => one(View::Data),
        EventKind::Ussd | EventKind::SupplementaryService => one(View::Services),
        EventKind::RouteQuery | EventKind::Locate => one(View::Queries),
        EventKind::Paging => one(View::Pages),
        EventKind::EquipmentCheck | EventKind::Handover => 0,
    };
    let part = |present: bool, view: View| if present { one(view) } else { 0 };
    kind | part(event.imei.is_some(), View::Device)
        | part(event.cell.is_some(), View::Cell)
        | part(event.rat.is_some(), View::Radio)
        | part(event.client.is_some(), View::Client)
        | part(event.sms_digest.is_some(), View::SmsText)
        | part(event.auth_latency_ms.is_some(), View::Latency)
}

/// The features that a tap at these interfaces can show.
pub fn seen_by(interfaces: Interfaces) -> Vec<&'static Definition> {
    let sight = Sight::of(interfaces);
    registry().iter().copied().filter(|definition| sight.can_tell(definition)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Source;

    fn names(interfaces: &[Interface]) -> Vec<&'static str> {
        seen_by(interfaces.iter().copied().collect()).iter().map(|definition| definition.name).collect()
    }

    #[test]
    fn all_interfaces_show_everything_and_none_shows_little() {
        assert_eq!(seen_by(Interfaces::all()).len(), registry().len());
        let none = names(&[]);
        assert!(none.contains(&"present_share"), "{none:?}");
        assert!(!none.contains(&"calls_out_per_hour"));
    }

    #[test]
    fn a_tap_at_the_hss_shows_no_call() {
        let names = names(&[Interface::S6a, Interface::S13]);
        assert!(names.contains(&"imeis") && names.contains(&"registers_per_hour"));
        assert!(!names.contains(&"calls_out_per_hour") && !names.contains(&"inbound_share"));
    }

    #[test]
    fn what_an_interface_may_show_counts_once_it_did() {
        let mut sight = Sight::default();
        let mut call = Event::new(EventKind::CallAttempt, 0, Interface::Cap, Source::default());
        call.direction = Direction::Mo;
        sight.take(&call);
        assert!(sight.sees(View::CallsOut) && !sight.sees(View::CallsIn));
        call.direction = Direction::Mt;
        sight.take(&call);
        assert!(sight.sees(View::CallsIn));
        assert!(Sight::of([Interface::Cap].into_iter().collect()).sees(View::CallsIn));
    }

    #[test]
    fn each_view_can_be_seen_by_some_interface() {
        for view in View::ALL {
            let (sure, perhaps) = view.interfaces();
            assert!(!sure.is_empty() || !perhaps.is_empty(), "{}", view.name());
        }
    }
}
