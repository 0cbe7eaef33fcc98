//! Signaling as octets: what the network says, in the encoding of each interface. Nothing here decodes, and nothing is
//! shared with the decoders of [`crate::wire`], so that one checks the other.

pub mod aper;
pub mod ber;
pub mod bssap;
pub mod cap;
pub mod connection;
pub mod diameter;
pub mod digits;
pub mod dtap;
pub mod gmm;
pub mod gtp;
pub mod gtp1;
pub mod isup;
pub mod m3ua;
pub mod map;
pub mod nas;
pub mod policy;
pub mod profile;
pub mod ranap;
pub mod s1ap;
pub mod sccp;
pub mod sgd;
pub mod sgsap;
pub mod sip;
pub mod sms;
pub mod tcap;

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;
