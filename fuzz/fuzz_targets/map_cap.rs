//! Any octets as the argument, the result and the dialogue opening of every operation of MAP, CAP and INAP.
#![no_main]

use simhound::wire::Named;
use simhound::wire::ss7::{cap, inap, map};
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    let Some((first, parameter)) = data.split_first() else { return };
    let mut named = Named::default();
    let number = usize::from(*first);
    let of_cap = number.wrapping_sub(map::Operation::ALL.len());
    let of_inap = of_cap.wrapping_sub(cap::Operation::ALL.len());
    if let Some(operation) = map::Operation::ALL.get(number) {
        let mut extra = map::MapExtra::default();
        within(map::argument(*operation, parameter, &mut named, &mut extra).err(), parameter);
        within(map::result(*operation, parameter, &mut named, &mut extra).err(), parameter);
    } else if let Some(operation) = cap::Operation::ALL.get(of_cap) {
        let mut extra = cap::CallExtra::default();
        within(cap::argument(*operation, parameter, &mut named, &mut extra).err(), parameter);
    } else if let Some(operation) = inap::Operation::ALL.get(of_inap) {
        let mut extra = cap::CallExtra::default();
        within(inap::argument(*operation, parameter, &mut named, &mut extra).err(), parameter);
    } else {
        within(map::open(parameter, &mut named).err(), parameter);
        within(map::error(i32::from(*first), parameter, &mut named).err(), parameter);
        let _ = map::error_cause(i32::from(*first), parameter);
    }
    let _ = format!("{named:?}");
});
