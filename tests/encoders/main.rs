//! Other implementations agree: what they encode, we decode to the same values; what our simulator encodes, they decode.

mod sccp;
mod tpdu;
