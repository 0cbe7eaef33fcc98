//! Other implementations agree: what they encode, we decode to the same values; what our simulator encodes, they decode.

mod gsm_cap;
mod gsm_map;
mod pycrate;
mod sccp;
mod tcap;
mod tpdu;
