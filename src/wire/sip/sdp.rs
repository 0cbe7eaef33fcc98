//! Session descriptions: RFC 8866, as far as they say where media go.
//!
//! ```text
//! v=0
//! c=IN IP4 192.0.2.1                  connection: network, family, address; of the session or of one medium
//! m=audio 49170 RTP/AVP 0 8           medium: kind, port, transport, formats
//! ```
//!
//! **Handled**: connection and media lines. **Not handled**: all others; ICE candidates and RTCP's own port among them.
//! **Limits**: [`Sdp::MEDIA`].

use std::net::IpAddr;

const MEDIA: usize = 4;

/// One medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Media<'a> {
    /// `audio`, `video`, `image` and so on.
    pub kind: &'a [u8],
    /// Its port; 0 where it is refused or ended.
    pub port: u16,
    /// Its address; `None` for a host by name.
    pub address: Option<IpAddr>,
}

/// A session description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sdp<'a> {
    /// The first media.
    media: [Option<Media<'a>>; MEDIA],
    /// Its first defect.
    pub stop: Option<&'static str>,
}

impl<'a> Sdp<'a> {
    /// How many media of one description are kept.
    pub const MEDIA: usize = MEDIA;

    /// Reads the lines that matter; what cannot be read is left out and told in [`Self::stop`].
    pub fn parse(text: &'a [u8]) -> Self {
        let mut sdp = Self::default();
        let mut session = None;
        let mut count = 0usize;
        // The medium before has no connection, neither its own nor the session's.
        let mut lacks = false;
        if !text.starts_with(b"v=") {
            sdp.wrong("SDP does not begin with its version");
        }
        for line in text.split(|&byte| byte == b'\n') {
            match line.trim_ascii_end() {
                [b'm', b'=', value @ ..] => {
                    if lacks {
                        sdp.wrong("SDP medium without a connection");
                    }
                    let read = media(value);
                    lacks = session.is_none() && read.is_some_and(|media| media.port != 0);
                    match (read, sdp.media.get_mut(count)) {
                        (Some(media), Some(place)) => *place = Some(Media { address: session.flatten(), ..media }),
                        (Some(_), None) => {}
                        (None, _) => sdp.wrong("SDP medium of a wrong form"),
                    }
                    count = count.saturating_add(1);
                }
                [b'c', b'=', value @ ..] => {
                    lacks = false;
                    match connection(value) {
                        Some(address) if count == 0 => session = Some(address),
                        Some(address) => {
                            let last = count.checked_sub(1).and_then(|last| sdp.media.get_mut(last));
                            if let Some(media) = last.and_then(Option::as_mut) {
                                media.address = address;
                            }
                        }
                        None => sdp.wrong("SDP connection of a wrong form"),
                    }
                }
                _ => {}
            }
        }
        if lacks {
            sdp.wrong("SDP medium without a connection");
        }
        sdp
    }

    fn wrong(&mut self, what: &'static str) {
        self.stop.get_or_insert(what);
    }

    /// Its media, in order.
    pub fn media(&self) -> impl Iterator<Item = Media<'a>> {
        self.media.iter().flatten().copied()
    }

    /// Where the first medium that is not refused goes.
    pub fn endpoint(&self) -> Option<(IpAddr, u16)> {
        self.media().find_map(|media| Some((media.address?, media.port)).filter(|(_, port)| *port != 0))
    }
}

/// `IN IP4 192.0.2.1/127`: an address, perhaps with time to live and count of a multicast; `Some(None)` for a host.
fn connection(value: &[u8]) -> Option<Option<IpAddr>> {
    let mut words = value.split(|&byte| byte == b' ').filter(|word| !word.is_empty());
    let (network, family, address) = (words.next()?, words.next()?, words.next()?);
    let known = network.eq_ignore_ascii_case(b"IN") && matches!(family, b"IP4" | b"IP6");
    let host = address.split(|&byte| byte == b'/').next()?;
    known.then(|| std::str::from_utf8(host).ok()?.parse().ok())
}

/// `audio 49170/2 RTP/AVP 0`
fn media(value: &[u8]) -> Option<Media<'_>> {
    let mut words = value.split(|&byte| byte == b' ').filter(|word| !word.is_empty());
    let (kind, port) = (words.next()?, words.next()?);
    let port = port.split(|&byte| byte == b'/').next()?;
    let port = u16::try_from(super::frame::number(port)?).ok()?;
    words.next()?;
    Some(Media { kind, port, address: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n\
        m=audio 49170 RTP/AVP 0 8\r\na=sendrecv\r\nm=video 0 RTP/AVP 31\r\n\
        m=message 2855/2 TCP/MSRP *\r\nc=IN IP6 2001:db8::1\r\n";

    #[test]
    fn media_with_their_endpoints() {
        let sdp = Sdp::parse(OFFER.as_bytes());
        assert_eq!(sdp.stop, None);
        let media: Vec<_> = sdp.media().map(|media| (media.port, media.address.unwrap().to_string())).collect();
        let expected = [(49170, "192.0.2.1"), (0, "192.0.2.1"), (2855, "2001:db8::1")];
        assert_eq!(media, expected.map(|(port, address)| (port, address.to_owned())));
        assert_eq!(sdp.endpoint(), Some(("192.0.2.1".parse().unwrap(), 49170)));
    }

    #[test]
    fn defects_are_told_and_the_rest_is_kept() {
        let stop = |from: &str, to: &str| Sdp::parse(OFFER.replace(from, to).as_bytes()).stop;
        assert_eq!(stop("v=0", "x=0"), Some("SDP does not begin with its version"));
        assert_eq!(stop("c=IN IP4 192.0.2.1", "c=IN"), Some("SDP connection of a wrong form"));
        assert_eq!(stop("49170", "nowhere"), Some("SDP medium of a wrong form"));
        assert_eq!(stop("c=IN IP4 192.0.2.1\r\n", ""), Some("SDP medium without a connection"));
        assert_eq!(stop("192.0.2.1", "host.example.com"), None);
        for end in 0..OFFER.len() {
            let _ = Sdp::parse(&OFFER.as_bytes()[..end]);
        }
    }

    proptest! {
        #[test]
        fn any_octets(text in "([vcm]=|IN|IP4| |1|/|\n){0,40}") {
            let _ = Sdp::parse(text.as_bytes()).endpoint();
        }
    }
}
