//! Any octets as a body and as a path of a service based interface.
#![no_main]

use simhound::wire::sbi::{Facts, Path, service, template};
use simhound_fuzz::within;

simhound_fuzz::target!(|data: &[u8]| {
    let mut facts = Facts::default();
    facts.body(data);
    within(facts.stop, data);
    facts.path(data);
    let _ = format!("{:?}", facts.named);
    if let Some(path) = Path::parse(data) {
        let _ = (template(b"GET", &path), service(None, &path), path.within().count());
    }
});
