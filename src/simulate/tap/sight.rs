//! Which links pass where a probe sits, and which interfaces it therefore shows.

use super::super::network::{Interface, Link};
use super::super::scenario::{Scenario, Sight, Tap};
use crate::event::Interface as Shown;

/// True when the link passes at one of these places.
pub fn sees(places: &[Sight], link: Link) -> bool {
    // What the service centre asks the home register goes on a link of its own.
    let home = link == Link::SmscHlr && places.contains(&Sight::Hlr);
    home || places.iter().any(|&place| passes(place, link.interface()))
}

/// True when links of an interface pass at a place.
fn passes(place: Sight, interface: Interface) -> bool {
    use Interface::{
        Bssap, Cx, Gn, Gtp, Gx, Gy, Hlr, Isup, Map, Mw, Ranap, Roaming, S1ap, S6a, S13, Sgd, Sgs, Sh, Sip,
    };
    match place {
        Sight::All => true,
        Sight::Stp => interface == Map,
        Sight::Trunks => interface == Isup,
        Sight::Hlr => matches!(interface, Hlr | S6a | Cx | Sh),
        Sight::Roaming => interface == Roaming,
        Sight::A => interface == Bssap,
        Sight::Iu => interface == Ranap,
        Sight::AIu => matches!(interface, Bssap | Ranap),
        Sight::PacketCore => matches!(interface, S6a | S13 | Sgd | Gx | Gy | Gtp | S1ap | Gn | Sgs),
        Sight::Ims => matches!(interface, Sip | Mw | Cx | Sh),
    }
}

/// True when some link of the scenario passes where a probe is.
pub fn sees_any(scenario: &Scenario, probe: &Tap) -> bool {
    let carried = |interface: Interface| if interface == Interface::Cap { Interface::Map } else { interface };
    scenario.network.interfaces.iter().any(|&interface| {
        let home = interface == Interface::Map && probe.sees.contains(&Sight::Hlr);
        home || probe.sees.iter().any(|&place| passes(place, carried(interface)))
    })
}

/// The interfaces of the simulated network that give rise to an event; `abroad` for subscribers of the foreign network.
fn origins(shown: Shown, abroad: bool) -> &'static [Interface] {
    use Interface::{
        Bssap, Cap, Cx, Gn, Gtp, Gx, Gy, Hlr, Isup, Map, Mw, Ranap, Roaming, S1ap, S6a, S13, Sgd, Sgs, Sh, Sip,
    };
    match shown {
        Shown::MapD if abroad => &[Map, Roaming],
        Shown::MapD => &[Map, Hlr],
        Shown::MapF | Shown::MapSms => &[Map],
        Shown::Cap => &[Cap],
        Shown::A => &[Bssap],
        Shown::IuCs | Shown::IuPs => &[Ranap],
        Shown::Gn => &[Gn],
        Shown::Sgs => &[Sgs],
        Shown::Isup => &[Isup],
        Shown::S6a => &[S6a],
        Shown::S13 => &[S13],
        Shown::SGd => &[Sgd],
        Shown::Gx => &[Gx],
        Shown::Gy => &[Gy],
        Shown::Cx => &[Cx],
        Shown::Sh => &[Sh],
        Shown::Sip => &[Sip, Mw],
        Shown::S11 => &[Gtp],
        Shown::S1 => &[S1ap],
        _ => &[],
    }
}

/// True when the simulated network says what events of an interface are made of.
pub fn is_said(scenario: &Scenario, shown: Shown) -> bool {
    origins(shown, true).iter().any(|origin| scenario.network.interfaces.contains(origin))
}

/// True when a probe shows events of an interface.
pub fn shows(scenario: &Scenario, probe: &Tap, shown: Shown, abroad: bool) -> bool {
    origins(shown, abroad).iter().any(|origin| {
        // CAP travels on the links of MAP.
        let carried = if *origin == Interface::Cap { Interface::Map } else { *origin };
        scenario.network.interfaces.contains(origin) && probe.sees.iter().any(|&place| passes(place, carried))
    })
}
