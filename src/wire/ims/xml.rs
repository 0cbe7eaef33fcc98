//! The little of XML that is needed to find identities in documents: start tags with their attributes and the text that
//! follows them (XML 1.0). Prefixes of namespaces are left out; entities are as sent.

/// One start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// The name without a prefix.
    pub name: &'a [u8],
    /// Everything else within the tag.
    attributes: &'a [u8],
    /// The text up to the next tag, without white space around it.
    pub text: &'a [u8],
}

impl<'a> Element<'a> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &[u8]) -> Option<&'a [u8]> {
        let mut rest = self.attributes;
        loop {
            let (before, after) = rest.split_at_checked(memchr::memchr(b'=', rest)?)?;
            let after = after.get(1..)?.trim_ascii_start();
            let (quote, after) = after.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
            let (value, after) = after.split_at_checked(memchr::memchr(*quote, after)?)?;
            if before.trim_ascii() == name {
                return Some(value);
            }
            rest = after.get(1..)?;
        }
    }
}

/// How many tags of one document are looked at.
const MOST_TAGS: usize = 8192;

/// The start tags of a document, in order.
pub fn elements(document: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let mut rest = document;
    let mut tags = 0..MOST_TAGS;
    std::iter::from_fn(move || {
        loop {
            tags.next()?;
            let (_, tag) = rest.split_at_checked(memchr::memchr(b'<', rest)?.checked_add(1)?)?;
            if let Some(comment) = tag.strip_prefix(b"!--") {
                rest = comment.get(memchr::memmem::find(comment, b"-->")?..)?;
                continue;
            }
            let (tag, after) = tag.split_at_checked(memchr::memchr(b'>', tag)?)?;
            rest = after.get(1..)?;
            if matches!(tag.first(), None | Some(b'/' | b'?' | b'!')) {
                continue;
            }
            let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(tag.len());
            let (name, attributes) = tag.split_at_checked(end)?;
            let prefix = memchr::memchr(b':', name).map_or(0, |at| at.saturating_add(1));
            let text = rest.get(..memchr::memchr(b'<', rest).unwrap_or(rest.len()))?;
            let empty = attributes.ends_with(b"/");
            return Some(Element {
                name: name.get(prefix..)?,
                attributes,
                text: if empty { &[] } else { text.trim_ascii() },
            });
        }
    })
}

/// The octets of a text in base64 (RFC 4648 §4); `None` where it is none or does not fit.
pub fn base64<'b>(text: &[u8], buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let (mut bits, mut count, mut len) = (0u32, 0u32, 0usize);
    for byte in text.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count = count.wrapping_add(6);
        if count >= 8 {
            count = count.wrapping_sub(8);
            *buffer.get_mut(len)? = (bits >> count) as u8;
            len = len.saturating_add(1);
        }
    }
    buffer.get(..len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_attributes_and_texts() {
        let document = br#"<?xml version="1.0"?><!-- <a>1</a> --><r xmlns:x="urn:x"><x:b c='1' d = "2">text
            </x:b><e f="3"/>more</r>"#;
        let all: Vec<_> = elements(document).collect();
        let names: Vec<_> = all.iter().map(|element| (element.name, element.text)).collect();
        let expected: [(&[u8], &[u8]); 3] = [(b"r", b""), (b"b", b"text"), (b"e", b"")];
        assert_eq!(names, expected);
        assert_eq!(all[1].attribute(b"d"), Some(b"2".as_slice()));
        assert_eq!((all[1].attribute(b"c"), all[1].attribute(b"e")), (Some(b"1".as_slice()), None));
    }

    #[test]
    fn octets_in_text() {
        let mut buffer = [0; 7];
        assert_eq!(base64(b"APEQAAcACQ==", &mut buffer), Some([0, 0xf1, 0x10, 0, 7, 0, 9].as_slice()));
        assert_eq!(base64(b"APEQAAcACQkJ", &mut buffer), None);
        assert_eq!(base64(b"AP*Q", &mut buffer), None);
    }

    proptest! {
        #[test]
        fn any_text(text in "[<>/!=\"'a-c \\-:]{0,80}") {
            for element in elements(text.as_bytes()) {
                let _ = element.attribute(b"a");
            }
            let _ = base64(text.as_bytes(), &mut [0; 8]);
        }
    }
}
