//! SIP and tel URIs: RFC 3261 §19, RFC 3966.

use super::network::imsi_at;
use super::{hex, is};
use crate::identity::{Digits, Imsi, LongDigits, Nature, Number};

/// A URI that names a party, borrowed and cut into its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uri<'a> {
    /// What kind.
    pub scheme: Scheme,
    /// User or number, without password and parameters. Empty where there is none.
    pub user: &'a [u8],
    /// Host without port. Empty for tel.
    pub host: &'a [u8],
}

/// The schemes that name parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `sip:` and `sips:`
    Sip,
    /// `tel:`
    Tel,
}

impl<'a> Uri<'a> {
    /// Cuts a sip, sips or tel URI; `None` for another scheme.
    pub fn parse(text: &'a [u8]) -> Option<Self> {
        let (scheme, rest) = match text {
            [s, i, p, b':', rest @ ..] if is(&[*s, *i, *p], b"sip") => (Scheme::Sip, rest),
            [t, e, l, b':', rest @ ..] if is(&[*t, *e, *l], b"tel") => (Scheme::Tel, rest),
            [s, i, p, s2, b':', rest @ ..] if is(&[*s, *i, *p, *s2], b"sips") => (Scheme::Sip, rest),
            _ => return None,
        };
        if scheme == Scheme::Tel {
            return Some(Self { scheme, user: before(rest, |byte| byte == b';'), host: &[] });
        }
        let (user, host) = match memchr::memchr(b'@', rest) {
            Some(at) => (rest.get(..at)?, rest.get(at.saturating_add(1)..)?),
            None => (Default::default(), rest),
        };
        let host = match host {
            [b'[', ..] => before(host, |byte| byte == b']'),
            _ => before(host, |byte| matches!(byte, b':' | b';' | b'?')),
        };
        Some(Self { scheme, user: before(user, |byte| matches!(byte, b':' | b';')), host })
    }

    /// The IMSI, where the URI is an IMPU made from it (TS 23.003 §13.4B).
    pub fn imsi(&self) -> Option<Imsi> {
        imsi_at(self.user, self.host)
    }

    /// The number. The user of a SIP URI is one where nothing but digits, `*`, `#`, a leading `+` and separators stand
    /// in it, with or without `user=phone`, and it is not an IMSI in its home domain.
    pub fn number(&self) -> Option<Number> {
        if self.scheme == Scheme::Sip && self.imsi().is_some() {
            return None;
        }
        self.user_number()
    }

    /// As [`Self::number`], where it is known that the URI is not made from an IMSI.
    pub fn user_number(&self) -> Option<Number> {
        number(self.user)
    }
}

/// The text before the first octet that ends it.
fn before(text: &[u8], ends: impl Fn(u8) -> bool) -> &[u8] {
    let end = text.iter().position(|&byte| ends(byte));
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

/// A number in text: visual separators (RFC 3966 §5.1.1) are dropped, `%2B` and its like resolved.
fn number(text: &[u8]) -> Option<Number> {
    // Nearly all: nothing but digits that fit in half the width.
    let (nature, plain) = match text {
        [b'+', plain @ ..] => (Nature::International, plain),
        plain => (Nature::Unknown, plain),
    };
    match Digits::from_decimals(plain) {
        Some(digits) if !digits.is_empty() => Some(Number::new(digits.into(), nature)),
        _ => written_number(text),
    }
}

/// A number with whatever may stand in it.
fn written_number(text: &[u8]) -> Option<Number> {
    let mut plain = [0u8; LongDigits::CAPACITY];
    let (mut len, mut international, mut any) = (0usize, false, false);
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let byte = match (byte, after) {
            (b'%', [high, low, after @ ..]) => {
                rest = after;
                u8::try_from(hex(&[*high, *low])?).ok()?
            }
            _ => byte,
        };
        match byte {
            b'0'..=b'9' | b'*' | b'#' => {
                any |= byte.is_ascii_digit();
                *plain.get_mut(len)? = byte;
                len = len.saturating_add(1);
            }
            b'+' if len == 0 && !international => international = true,
            b'-' | b'.' | b'(' | b')' => {}
            _ => return None,
        }
    }
    let plain = plain.get(..len).filter(|_| any)?;
    let digits = LongDigits::from_ascii(plain)?;
    let nature = if international { Nature::International } else { Nature::Unknown };
    Some(Number::new(digits, nature))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number_in(text: &str) -> Option<String> {
        Some(format!("{:?}", Uri::parse(text.as_bytes())?.number()?))
    }

    #[test]
    fn numbers_in_uris() {
        let international = Some("15550100 (International)".to_owned());
        for text in [
            "tel:+1-555-0100",
            "tel:+1(555)01.00;ext=5",
            "sip:+15550100@example.com;user=phone",
            "sips:%2B15550100:secret@[2001:db8::1]:5060",
            "SIP:+15550100;rn=1@example.com",
        ] {
            assert_eq!(number_in(text), international, "{text}");
        }
        assert_eq!(number_in("sip:5550100@192.0.2.1:5060").as_deref(), Some("5550100 (Unknown)"));
        for text in [
            "sip:alice@example.com",
            "sip:cab@example.com",
            "sip:192.0.2.1:5060",
            "sip:+@example.com",
            "urn:service:sos",
            "mailto:1@example.com",
            "sip:001011234567890@ims.mnc001.mcc001.3gppnetwork.org",
        ] {
            assert_eq!(number_in(text), None, "{text}");
        }
    }
}
