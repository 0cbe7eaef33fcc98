//! Any octets as the parameters of ANSI MAP.
#![no_main]

use simhound::wire::Named;
use simhound::wire::ss7::ansi_map;
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    let (mut named, mut extra) = (Named::default(), ansi_map::Extra::default());
    within(ansi_map::parameters(data, &mut named, &mut extra).err(), data);
    let _ = named.more.iter().map(|identity| identity.to_string().len()).sum::<usize>();
});
