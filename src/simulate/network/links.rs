//! Links before and beside the traffic: ASP state and heartbeat of M3UA, capabilities and watchdog of Diameter.

use super::super::clock::{SECOND, Time};
use super::super::encode::diameter::{self, Party, application, command};
use super::super::encode::m3ua::{self, kind, parameter};
use super::super::transport::Way;
use super::super::transport::sctp::ppid;
use super::dialogue::routing_context;
use super::nodes::Nodes;
use super::peers;
use super::{Carrier, Interface, Link, Net};

impl Net {
    /// All links that are there from the start.
    pub fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = (0..self.nodes.mscs).map(Link::Sigtran).collect();
        links.extend([Link::SmscHlr, Link::Roaming, Link::Hlr, Link::Cx, Link::Sh, Link::Mw]);
        links.extend((0..self.nodes.mscs).flat_map(|msc| [Link::A(msc), Link::Isup(msc)]));
        links.push(Link::Isup(self.nodes.mscs)); // the gateway of IMS
        links.extend((0..self.nodes.mmes).flat_map(|mme| {
            let gateway = [Link::Gx(mme), Link::Gy(mme), Link::S11(mme)];
            [Link::S6a(mme), Link::S13(mme), Link::Sgd(mme), Link::S1(mme)].into_iter().chain(gateway)
        }));
        links.extend((0..self.nodes.mscs).flat_map(|index| [Link::IuCs(index), Link::IuPs(index), Link::Gn(index)]));
        let vlrs = self.nodes.mscs;
        links.extend((0..self.nodes.mmes).flat_map(|mme| (0..vlrs).map(move |vlr| Link::Sgs(mme, vlr))));
        links.retain(|&link| self.on(link.interface()) || matches!(link, Link::Sigtran(_)) && self.on(Interface::Cap));
        links
    }

    /// What the ends say once the transport stands.
    pub fn bring_up(&mut self, link: Link, at: Time) {
        match link {
            _ if link.carrier() == Carrier::Sctp(ppid::M3UA) => {
                self.asp_up(link, at);
                self.reset(link, at + SECOND / 2);
            }
            Link::S1(mme) => self.s1_setup(mme, at),
            Link::Sgs(mme, vlr) => self.sgs_reset(mme, vlr, at),
            Link::S11(_) | Link::Gn(_) | Link::Mw | Link::SipUdp(_) | Link::SipTcp(..) => (),
            _ => self.base_exchange(link, command::CAPABILITIES_EXCHANGE, at),
        }
    }

    /// BEAT and BEAT ACK, or Device-Watchdog.
    pub fn beat(&mut self, link: Link, at: Time) {
        match link {
            _ if link.carrier() == Carrier::Sctp(ppid::M3UA) => {
                let data = self.dice.octets::<8>();
                let beat = |kind| m3ua::message(kind, &[(parameter::HEARTBEAT_DATA, &data)]);
                let back = at + self.hop();
                self.push(at, link, Way::Forward, 0, vec![beat(kind::BEAT)]);
                self.push(back, link, Way::Back, 0, vec![beat(kind::BEAT_ACK)]);
            }
            Link::S11(mme) => self.echo(mme, at),
            Link::Gn(sgsn) => self.echo_gn(sgsn, at),
            Link::S1(_) | Link::Sgs(..) | Link::Mw | Link::SipUdp(_) | Link::SipTcp(..) => (),
            _ => self.base_exchange(link, command::DEVICE_WATCHDOG, at),
        }
    }

    /// RFC 4666 §4.3: ASP Up, its acknowledgement, Notify (inactive), ASP Active, its acknowledgement, Notify (active).
    fn asp_up(&mut self, link: Link, at: Time) {
        let context = routing_context(link).to_be_bytes();
        let loadshare = 2u32.to_be_bytes();
        let status = |state: u8| [0, 1, 0, state]; // application server state change
        let steps = [
            (Way::Forward, m3ua::message(kind::ASP_UP, &[(parameter::ASP_IDENTIFIER, &context)])),
            (Way::Back, m3ua::message(kind::ASP_UP_ACK, &[])),
            (
                Way::Back,
                m3ua::message(kind::NOTIFY, &[(parameter::STATUS, &status(2)), (parameter::ROUTING_CONTEXT, &context)]),
            ),
            (
                Way::Forward,
                m3ua::message(
                    kind::ASP_ACTIVE,
                    &[(parameter::TRAFFIC_MODE, &loadshare), (parameter::ROUTING_CONTEXT, &context)],
                ),
            ),
            (
                Way::Back,
                m3ua::message(
                    kind::ASP_ACTIVE_ACK,
                    &[(parameter::TRAFFIC_MODE, &loadshare), (parameter::ROUTING_CONTEXT, &context)],
                ),
            ),
            (
                Way::Back,
                m3ua::message(kind::NOTIFY, &[(parameter::STATUS, &status(3)), (parameter::ROUTING_CONTEXT, &context)]),
            ),
        ];
        let mut time = at;
        for (way, message) in steps {
            self.push(time, link, way, 0, vec![message]);
            time += self.hop();
        }
    }

    /// A request of the base protocol and its answer, between the two ends of a link.
    fn base_exchange(&mut self, link: Link, command: u32, at: Time) {
        let hosts = self.hosts(link);
        let (opener, listener) = Nodes::ends(link);
        self.hops = self.hops.wrapping_add(1);
        self.end_to_end = self.end_to_end.wrapping_add(1);
        let (hop, end) = (self.hops, self.end_to_end);
        let mut time = at;
        let ends = [(true, opener.ip, Way::Forward), (false, listener.ip, Way::Back)];
        for ((request, address, way), host) in ends.into_iter().zip(&hosts) {
            let realm = host.split_once('.').map_or(host.as_str(), |(_, realm)| realm);
            let header = diameter::Header { application: application::BASE, command, request, hop, end };
            let message = diameter::message(header, |avps| {
                if !request {
                    diameter::success(avps);
                }
                diameter::origin(avps, Party { host, realm });
                if command == command::CAPABILITIES_EXCHANGE {
                    diameter::capabilities(avps, address, peers::application(link));
                }
            });
            self.push(time, link, way, 0, vec![message]);
            time += self.hop();
        }
    }
}
