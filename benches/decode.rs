//! One message through one decoder: the layer alone, without the ones around it.

mod common;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use simhound::dissect::{Dissected, dissect};
use simhound::health::Health;
use simhound::wire::sigtran::m3ua::M3ua;
use simhound::wire::ss7::tcap::Kind;
use simhound::wire::ss7::{Sccp, Tcap, cap, map};
use simhound::wire::{Named, diameter, sip};
use std::collections::BTreeMap;
use std::hint::black_box;

/// The first message of each kind that is measured, by the name of its bench.
fn samples() -> BTreeMap<&'static str, Vec<u8>> {
    let mut samples = BTreeMap::new();
    let mut health = Health::default();
    for batch in common::pdus() {
        for pdu in &batch.pdus {
            let octets = batch.bytes(pdu);
            let mut keep = |name, octets: &[u8]| {
                samples.entry(name).or_insert_with(|| octets.to_vec());
            };
            match dissect(pdu, octets, &mut health) {
                Dissected::Diameter(message, _) => {
                    let header = message.message.header;
                    if header.command == 316 && header.is_request() {
                        keep("diameter/ULR", octets);
                    }
                }
                Dissected::Sip(message)
                    if message.facts.method == Some(sip::Method::Invite) && octets.starts_with(b"INVITE") =>
                {
                    keep("sip/INVITE", octets);
                }
                Dissected::Transaction(transaction) if transaction.tcap.kind == Kind::Begin => {
                    let data = M3ua::parse(octets).ok().and_then(|message| message.data);
                    let is_udt = |octets: &[u8]| octets.first() == Some(&9);
                    let Some(sccp) = data.map(|data| data.user_data).filter(|octets| is_udt(octets)) else { continue };
                    let context = transaction.tcap.application_context();
                    for component in transaction.tcap.components.flatten() {
                        let code = component.code.and_then(|code| code.local()).unwrap_or(-1);
                        if map::operation(context, code) == Some(map::Operation::UpdateLocation) {
                            keep("m3ua/data", octets);
                            keep("sccp/udt", sccp);
                            keep("tcap/begin", transaction.octets);
                            keep("map/updateLocation", component.parameter);
                        }
                        if cap::operation(context, code) == Some(cap::Operation::InitialDp) {
                            keep("cap/initialDP", component.parameter);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    samples
}

fn measure(c: &mut Criterion, name: &'static str, octets: &[u8], decode: impl Fn(&[u8]) -> bool) {
    assert!(decode(octets), "{name} is decoded");
    let (layer, message) = name.split_once('/').expect("layer/message");
    let mut group = c.benchmark_group(layer);
    group.throughput(Throughput::Bytes(octets.len() as u64));
    group.bench_function(message, |b| b.iter(|| decode(black_box(octets))));
}

fn decode(c: &mut Criterion) {
    let samples = samples();
    let of = |name: &str| samples.get(name).unwrap_or_else(|| panic!("the town has no {name}")).as_slice();
    measure(c, "m3ua/data", of("m3ua/data"), |octets| M3ua::parse(octets).is_ok_and(|message| message.data.is_some()));
    measure(c, "sccp/udt", of("sccp/udt"), |octets| Sccp::parse(octets).is_ok_and(|message| message.stop.is_none()));
    measure(c, "tcap/begin", of("tcap/begin"), |octets| {
        Tcap::parse(octets).is_ok_and(|message| message.components.flatten().count() > 0)
    });
    measure(c, "map/updateLocation", of("map/updateLocation"), |octets| {
        let (mut named, mut extra) = (Named::default(), map::MapExtra::default());
        map::argument(map::Operation::UpdateLocation, octets, &mut named, &mut extra).is_ok() && named.imsi.is_some()
    });
    measure(c, "cap/initialDP", of("cap/initialDP"), |octets| {
        let (mut named, mut extra) = (Named::default(), cap::CallExtra::default());
        cap::argument(cap::Operation::InitialDp, octets, &mut named, &mut extra).is_ok() && named.imsi.is_some()
    });
    measure(c, "diameter/ULR", of("diameter/ULR"), |octets| {
        diameter::Diameter::parse(octets).is_ok_and(|message| diameter::facts(&message).0.named.imsi.is_some())
    });
    measure(c, "sip/INVITE", of("sip/INVITE"), |octets| {
        sip::Sip::parse(octets).is_ok_and(|message| sip::facts(&message).call_id.is_some())
    });
}

criterion_group!(benches, decode);
criterion_main!(benches);
