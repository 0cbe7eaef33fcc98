//! Other implementations agree: what they encode, we decode to the same values; what our simulator encodes, they decode.

mod gsm_cap;
mod gsm_map;
mod isup;
mod m2pa;
mod m3ua;
mod pycrate;
mod sccp;
mod sua;
mod tcap;
mod tpdu;
