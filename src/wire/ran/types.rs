//! Types that the information elements of the three protocols share, for `rasn`.
//!
//! Only what is read is defined; what follows it in an element is left to the octets. The values are small, since an
//! open type is given to `rasn` only where it lies in one fragment (less than 16K octets).

use crate::identity::{CellId, CellKind, Imsi};
use rasn::error::DecodeErrorKind;
use rasn::prelude::*;
use rasn::types::Constraints;

/// PLMNidentity: `OCTET STRING (SIZE (3))`.
pub(super) type PlmnOctets = FixedOctetString<3>;

/// Reads the value of an information element. Octets that follow it are from later versions, and stepped over.
pub(super) fn value<T: Decode>(octets: &[u8]) -> Result<T, &'static str> {
    match rasn::aper::decode_with_remainder(octets) {
        Ok((value, _later)) => Ok(value),
        Err(error) => match *error.kind {
            DecodeErrorKind::ChoiceIndexNotFound { .. } => Err(super::LATER),
            _ => Err("value of an information element"),
        },
    }
}

/// An extension (`ProtocolExtensionField`), which is stepped over: only that it is there is kept, and that takes no
/// memory, however many there are said to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extension;

#[derive(AsnType, Decode)]
#[rasn(automatic_tags)]
#[allow(dead_code, reason = "the fields are only stepped over")]
struct ExtensionField {
    #[rasn(value("0..=65535"))]
    id: u16,
    criticality: Criticality,
    /// An open type is laid out as octets of any length.
    value: Span,
}

#[derive(AsnType, Decode, Debug, Clone, Copy, PartialEq)]
#[rasn(enumerated, automatic_tags)]
enum Criticality {
    Reject,
    Ignore,
    Notify,
}

impl AsnType for Extension {
    const TAG: Tag = Tag::SEQUENCE;
    const IDENTIFIER: rasn::types::Identifier = ExtensionField::IDENTIFIER;
}

impl Decode for Extension {
    fn decode_with_tag_and_constraints<D: Decoder>(
        decoder: &mut D,
        tag: Tag,
        constraints: &Constraints,
    ) -> Result<Self, D::Error> {
        ExtensionField::decode_with_tag_and_constraints(decoder, tag, constraints).map(|_| Self)
    }
}

/// ProtocolExtensionContainer: `SEQUENCE (SIZE (1..65535)) OF ProtocolExtensionField`.
#[derive(AsnType, Decode, Debug, Clone)]
#[rasn(delegate, size("1..=65535"))]
pub(super) struct Extensions(#[allow(dead_code)] pub(super) Vec<Extension>);

/// Where octets lie that `rasn` has borrowed: an `OCTET STRING` that is not copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    address: usize,
    len: usize,
}

impl Span {
    /// The octets, where they lie in `value`, from which they were decoded.
    pub(super) fn within(self, value: &[u8]) -> Option<&[u8]> {
        let start = self.address.checked_sub(value.as_ptr().addr())?;
        value.get(start..start.checked_add(self.len)?)
    }
}

impl From<&[u8]> for Span {
    fn from(octets: &[u8]) -> Self {
        Self { address: octets.as_ptr().addr(), len: octets.len() }
    }
}

/// A copy lies nowhere in the packet.
impl From<Vec<u8>> for Span {
    fn from(octets: Vec<u8>) -> Self {
        Self { address: 0, len: octets.len() }
    }
}

impl AsnType for Span {
    const TAG: Tag = Tag::OCTET_STRING;
    const IDENTIFIER: rasn::types::Identifier = rasn::types::Identifier::OCTET_STRING;
}

impl Decode for Span {
    fn decode_with_tag_and_constraints<D: Decoder>(
        decoder: &mut D,
        tag: Tag,
        constraints: &Constraints,
    ) -> Result<Self, D::Error> {
        decoder.decode_octet_string(tag, constraints)
    }
}

/// IMSI as S1AP and RANAP have it: `OCTET STRING (SIZE (3..8))` of digits, low nibble first.
#[derive(AsnType, Decode, Debug, Clone, Copy)]
#[rasn(delegate, size("3..=8"))]
pub(super) struct ImsiOctets(Span);

impl ImsiOctets {
    /// The IMSI, from the octets in which it was found.
    pub(super) fn value(self, octets: &[u8]) -> Result<Imsi, &'static str> {
        self.0.within(octets).and_then(Imsi::from_tbcd).ok_or("IMSI of an unknown form")
    }
}

/// An `ENUMERATED { ROOT values, ... }` by number: those of later versions follow on those of the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Enumerated<const ROOT: i128>(pub(super) u16);

impl<const ROOT: i128> Enumerated<ROOT> {
    const LAST: i128 = ROOT.saturating_sub(1);
}

impl<const ROOT: i128> AsnType for Enumerated<ROOT> {
    const TAG: Tag = Tag::ENUMERATED;
    const IDENTIFIER: rasn::types::Identifier = rasn::types::Identifier::ENUMERATED;
}

impl<const ROOT: i128> Decode for Enumerated<ROOT> {
    fn decode_with_tag_and_constraints<D: Decoder>(decoder: &mut D, _: Tag, _: &Constraints) -> Result<Self, D::Error> {
        // X.691 §14: a marker; an index of the root, or of the additions as a normally small number (§11.6).
        let later = decoder.decode_bool(Tag::BOOL)?;
        if !later {
            let root = const { &rasn::constraints!(rasn::value_constraint!(0, Self::LAST)) };
            return decoder.decode_integer::<u16>(Tag::INTEGER, root).map(Self);
        }
        let large = decoder.decode_bool(Tag::BOOL)?;
        let addition = if large {
            decoder
                .decode_integer::<u16>(Tag::INTEGER, const { &rasn::constraints!(rasn::value_constraint!(start: 0)) })?
        } else {
            decoder
                .decode_integer::<u16>(Tag::INTEGER, const { &rasn::constraints!(rasn::value_constraint!(0, 63)) })?
        };
        Ok(Self(addition.saturating_add(ROOT as u16)))
    }
}

/// The first `BITS` bits of a fixed string as a number.
pub(super) fn number<const BITS: usize>(bits: &FixedBitString<BITS>) -> u64 {
    let octets = bits.as_raw_slice().iter().take(BITS.div_ceil(8));
    let padded = octets.fold(0u64, |number, octet| number << 8 | u64::from(*octet));
    padded >> (BITS.next_multiple_of(8).saturating_sub(BITS) as u32 & 7)
}

/// LAI of RANAP and S1AP: PLMN and location area.
pub(super) fn area_of_two(plmn: &PlmnOctets, code: &FixedOctetString<2>, kind: CellKind) -> Option<CellId> {
    super::place(**plmn, Some(u32::from(u16::from_be_bytes(**code))), None, kind)
}

/// An alternative that is not read: nothing of it is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unread;

impl AsnType for Unread {
    const TAG: Tag = Tag::SEQUENCE;
    const IDENTIFIER: rasn::types::Identifier = rasn::types::Identifier::SEQUENCE;
}

impl Decode for Unread {
    fn decode_with_tag_and_constraints<D: Decoder>(_: &mut D, _: Tag, _: &Constraints) -> Result<Self, D::Error> {
        Ok(Self)
    }
}
