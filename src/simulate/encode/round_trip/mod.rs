//! What is encoded here, read by the decoders: they share nothing, so that one checks the other.

#![allow(clippy::arithmetic_side_effects)]

mod access;
mod circuit;
mod iu;
mod packet;
mod sgs;

use crate::identity::{Imei, Imsi, Msisdn};

fn imsi() -> Imsi {
    "001010123456789".parse().unwrap()
}

fn msisdn(last: u32) -> Msisdn {
    format!("99971555{last:04}").parse().unwrap()
}

fn imei() -> Imei {
    "001017000000018".parse().unwrap()
}
