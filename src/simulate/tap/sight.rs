//! Which links pass where a probe sits.

use super::super::network::Link;
use super::super::scenario::Sight;

/// True when the link passes at one of these places.
pub fn sees(places: &[Sight], link: Link) -> bool {
    places.iter().any(|place| match place {
        Sight::All => true,
        // The home register is behind the signaling transfer point, as all of the circuit switched core is.
        Sight::Hlr => matches!(link, Link::Sigtran(_) | Link::SmscHlr | Link::S6a(_)),
        Sight::Roaming => matches!(link, Link::Sigtran(_)),
        Sight::AIu => false,
        Sight::PacketCore => matches!(link, Link::S6a(_) | Link::S13(_)),
        Sight::Ims => matches!(link, Link::SipUdp(_) | Link::SipTcp(..)),
    })
}
