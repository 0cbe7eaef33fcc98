//! Values: addresses, lists and parameters, RFC 3261 §25.1. Line breaks of a folded value count as white space.

/// Name and value of a parameter; a flag has an empty value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param<'a> {
    /// The name as sent.
    pub name: &'a [u8],
    /// The value, without quotes around it.
    pub value: &'a [u8],
}

impl Param<'_> {
    /// True where the name is that, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// Parameters, each after its separator: `;` after an address or value, `,` in the credentials of Authorization.
#[derive(Debug, Clone)]
pub struct Params<'a> {
    rest: &'a [u8],
    separator: u8,
}

impl<'a> Params<'a> {
    /// `;name=value;flag`, up to a comma that begins the next value of a list.
    pub fn new(text: &'a [u8]) -> Self {
        Self { rest: text, separator: b';' }
    }

    /// `name=value, name=value`.
    pub fn with_commas(text: &'a [u8]) -> Self {
        Self { rest: text, separator: b',' }
    }

    /// The first of that name.
    pub fn find(mut self, name: &str) -> Option<&'a [u8]> {
        Iterator::find(&mut self, |param| param.is(name)).map(|param| param.value)
    }
}

impl<'a> Iterator for Params<'a> {
    type Item = Param<'a>;

    fn next(&mut self) -> Option<Param<'a>> {
        let rest = self.rest.trim_ascii_start();
        let rest = match rest.split_first()? {
            (&first, after) if first == self.separator => after,
            (b',', _) => return None,
            _ => rest,
        };
        let end = unquoted(rest, b',', self.separator).unwrap_or(rest.len());
        let (text, after) = rest.split_at_checked(end)?;
        self.rest = after;
        let (name, value) = match memchr::memchr(b'=', text).and_then(|at| text.split_at_checked(at)) {
            Some((name, value)) => (name, value.get(1..).unwrap_or_default().trim_ascii()),
            None => (text, Default::default()),
        };
        let value = match value {
            [b'"', inner @ .., b'"'] => inner,
            _ => value,
        };
        Some(Param { name: name.trim_ascii(), value })
    }
}

/// Where one of two separators stands outside quoted strings.
fn unquoted(text: &[u8], first: u8, second: u8) -> Option<usize> {
    let mut from = 0usize;
    loop {
        let at = memchr::memchr3(first, second, b'"', text.get(from..)?)?;
        let at = from.saturating_add(at);
        if text.get(at) != Some(&b'"') {
            return Some(at);
        }
        from = after_quote(text, at)?;
    }
}

/// The offset after the quoted string that begins at `at`.
fn after_quote(text: &[u8], at: usize) -> Option<usize> {
    let mut from = at.checked_add(1)?;
    loop {
        let hit = memchr::memchr2(b'"', b'\\', text.get(from..)?)?;
        let hit = from.checked_add(hit)?;
        if text.get(hit) == Some(&b'"') {
            return hit.checked_add(1);
        }
        from = hit.checked_add(2)?;
    }
}

/// An address: `"display" <uri>;params`, or `uri;params`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameAddr<'a> {
    /// The URI, or `*` in Contact.
    pub uri: &'a [u8],
    /// Everything after the URI that belongs to the address.
    params: &'a [u8],
}

impl<'a> NameAddr<'a> {
    /// The parameters of the address (not those within the angle brackets).
    pub fn params(&self) -> Params<'a> {
        Params::new(self.params)
    }
}

/// The addresses of a comma-separated list. An address that cannot be read is an error and ends the list.
#[derive(Debug, Clone)]
pub struct NameAddrs<'a> {
    rest: &'a [u8],
}

/// An address that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenAddress;

impl<'a> NameAddrs<'a> {
    /// Over a header's value.
    pub fn new(value: &'a [u8]) -> Self {
        Self { rest: value }
    }

    fn step(&mut self) -> Option<NameAddr<'a>> {
        let text = self.rest;
        // A display name in quotes may hold anything. Where its quotes do not match, the bracket still tells the URI.
        let from = match text.first() {
            Some(b'"') => after_quote(text, 0).unwrap_or(0),
            _ => 0,
        };
        let rest = text.get(from..)?;
        let end = match from {
            0 => unquoted(rest, b',', b'<'),
            _ => None,
        };
        let end = end.or_else(|| memchr::memchr(b'<', rest));
        let bracket = end.filter(|&at| rest.get(at) == Some(&b'<'));
        let (uri, after) = match bracket {
            Some(open) => {
                let rest = rest.get(open.checked_add(1)?..)?;
                let (uri, after) = rest.split_at_checked(memchr::memchr(b'>', rest)?)?;
                (uri, after.get(1..)?)
            }
            // Without brackets a parameter is the address's, not the URI's (RFC 3261 §20).
            None if from == 0 && !rest.starts_with(b"\"") => {
                let end = memchr::memchr2(b';', b',', rest).unwrap_or(rest.len());
                rest.split_at_checked(end)?
            }
            None => return None,
        };
        let len = unquoted(after, b',', b',').unwrap_or(after.len());
        let (params, next) = after.split_at_checked(len)?;
        self.rest = next.get(1..).unwrap_or_default();
        let uri = uri.trim_ascii();
        (!uri.is_empty()).then_some(NameAddr { uri, params })
    }
}

impl<'a> Iterator for NameAddrs<'a> {
    type Item = Result<NameAddr<'a>, BrokenAddress>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_ascii_start();
        if self.rest.is_empty() {
            return None;
        }
        let step = self.step().ok_or(BrokenAddress);
        if step.is_err() {
            self.rest = &[];
        }
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uris(value: &str) -> Vec<String> {
        NameAddrs::new(value.as_bytes())
            .map(|address| match address {
                Ok(address) => String::from_utf8_lossy(address.uri).into_owned(),
                Err(BrokenAddress) => "broken".to_owned(),
            })
            .collect()
    }

    #[test]
    fn addresses_of_lists() {
        assert_eq!(
            uris(r#""A, \"B\" <x>" <sip:a@example.com;p=1>;q=1, <tel:+15550100>,sip:c@example.com;x=","#),
            ["sip:a@example.com;p=1", "tel:+15550100", "sip:c@example.com"]
        );
        assert_eq!(uris("Alice <sip:a,b@example.com>"), ["sip:a,b@example.com"]);
        assert_eq!(uris("\r\n <sip:a@b>\r\n ,\r\n\t<sip:c@d>"), ["sip:a@b", "sip:c@d"]);
        assert_eq!(uris("*"), ["*"]);
        assert_eq!(uris(r#"\"A\" <sip:a@b>"#), ["sip:a@b"]);
        assert_eq!(uris(r#""A <sip:a@b>;tag=1"#), ["sip:a@b"]);
        for broken in ["\"Alice", "<sip:a@b", "\"Alice\"", "<>"] {
            assert_eq!(uris(broken), ["broken"], "{broken}");
        }
        assert_eq!(uris(""), [""; 0]);
    }

    #[test]
    fn parameters() {
        let address =
            NameAddrs::new(br#"<sip:a@b;x=1>; Tag = t1 ;+sip.instance="<urn:x;y=1>";lr"#).next().unwrap().unwrap();
        let params: Vec<_> = address.params().map(|param| (param.name, param.value)).collect();
        let expected: [(&[u8], &[u8]); 3] = [(b"Tag", b"t1"), (b"+sip.instance", b"<urn:x;y=1>"), (b"lr", b"")];
        assert_eq!(params, expected);
        assert_eq!(address.params().find("tag"), Some(b"t1".as_slice()));
        assert_eq!(address.params().find("x"), None);
    }

    #[test]
    fn credentials() {
        let text = br#"uri="sip:x,y",username="u@h", realm="r""#;
        assert_eq!(Params::with_commas(text).find("username"), Some(b"u@h".as_slice()));
    }
}
