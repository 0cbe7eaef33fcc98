//! Taking parts off a layer 3 message (TS 24.007 §11.2.1.1).

use crate::health::Layer;
use crate::wire::DecodeError;

pub(super) const LAYER: Layer = Layer::Dtap;

/// Takes octets off the front, knowing where they stood.
pub(super) struct Reader<'a> {
    octets: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(octets: &'a [u8]) -> Self {
        Self { octets, rest: octets }
    }

    pub(super) fn offset(&self) -> usize {
        self.octets.len().saturating_sub(self.rest.len())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// A value of fixed length (V).
    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8], DecodeError> {
        let short = DecodeError::short(LAYER, self.offset(), len, self.rest.len());
        let (value, rest) = self.rest.split_at_checked(len).ok_or(short)?;
        self.rest = rest;
        Ok(value)
    }

    /// One octet.
    pub(super) fn octet(&mut self) -> Result<u8, DecodeError> {
        let short = DecodeError::short(LAYER, self.offset(), 1, 0);
        let (octet, rest) = self.rest.split_first().ok_or(short)?;
        self.rest = rest;
        Ok(*octet)
    }

    /// A value after its length (LV).
    pub(super) fn sized(&mut self) -> Result<&'a [u8], DecodeError> {
        let len = self.octet()?;
        self.take(usize::from(len))
    }

    /// The next optional element, identifier and value: of half an octet where the highest bit is set (T, TV), of fixed
    /// length where `fixed` says so (TV), else with its length (TLV).
    pub(super) fn element(
        &mut self,
        fixed: impl FnOnce(u8) -> Option<usize>,
    ) -> Result<Option<(u8, &'a [u8])>, DecodeError> {
        if self.is_empty() {
            return Ok(None);
        }
        let identifier = self.octet()?;
        if identifier & 0x80 != 0 {
            return Ok(Some((identifier & 0xf0, &[])));
        }
        let value = match fixed(identifier) {
            Some(len) => self.take(len)?,
            None => self.sized()?,
        };
        Ok(Some((identifier, value)))
    }

    /// A defect at this place.
    pub(super) fn malformed(&self, what: &'static str) -> DecodeError {
        DecodeError::malformed(LAYER, self.offset(), what)
    }
}
