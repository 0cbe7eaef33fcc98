//! What pycrate encodes from the ASN.1 of the specifications (`scripts/encode-with-pycrate`): every operation of MAP and
//! CAP that names somebody. Each identity that was put in is named.

use simhound::wire::Named;
use simhound::wire::ss7::{cap, map};

/// Application, version, operation, code, role, identities, parameter.
const TABLE: &str = include_str!("pycrate.tsv");

/// What is not read, by operation and identity, with the reason.
const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("insertSubscriberData", "number", "addresses of location servers and clients, and the STN-SR"),
    ("reset", "number", "the subscription data of a reset has them as well"),
    ("reset", "imsi", "the IMSI of the second of its lists may be that of the first"),
    ("activateTraceMode", "number", "the operations and maintenance centre"),
    ("traceSubscriberActivity", "number", "the operations and maintenance centre"),
    ("requestReportBCSMEvent", "cell", "a cell that the subscriber may come to, not one where it is"),
    ("requestReportBCSMEvent", "area", "likewise"),
    ("subscriberLocationReport", "number", "the number that the client dialled"),
    ("subscriberLocationReport", "lmsi", "of the node: a client has an ENUMERATED at that tag"),
];

fn octets(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// All that is named, as the table writes it.
fn named(named: &Named) -> Vec<String> {
    use simhound::wire::Identity;
    let mut texts = Vec::new();
    let mut cell = |cell: &simhound::identity::CellId| {
        texts.extend(cell.area.map(|area| format!("area={area}")));
        texts.extend(cell.cell.map(|number| format!("cell={number}")));
    };
    named.cell.iter().for_each(&mut cell);
    let cells = named.more.iter().filter_map(|further| match further {
        Identity::Cell(cell) => Some(cell),
        _ => None,
    });
    cells.for_each(&mut cell);
    texts.extend(named.imsi.map(|imsi| format!("imsi={imsi}")));
    texts.extend(named.imei.map(|imei| format!("imei={}", imei.device())));
    texts.extend(named.msisdn.map(|msisdn| format!("number={msisdn}")));
    texts.extend(named.tmsi.map(|tmsi| format!("tmsi={tmsi:08x}")));
    let numbers = [named.calling, named.called, named.serving_node];
    texts.extend(numbers.into_iter().flatten().map(|number| format!("number={number}")));
    texts.extend(named.more.iter().map(|further| match further {
        Identity::Msisdn(msisdn) => format!("number={msisdn}"),
        Identity::Calling(number) | Identity::Called(number) | Identity::Node(number) => format!("number={number}"),
        Identity::Imei(imei) => format!("imei={}", imei.device()),
        other => other.to_string(),
    }));
    texts
}

#[test]
fn every_identity_is_named() {
    let mut seen = 0;
    let mut missing = Vec::new();
    for line in TABLE.lines() {
        let columns: Vec<_> = line.split('\t').collect();
        let [application, _, name, code, role, identities, hex] = columns[..] else { panic!("{line}") };
        let parameter = octets(hex);
        let mut found = Named::default();
        let read = match (application, role) {
            ("map", "error") => map::error(code.parse().unwrap(), &parameter, &mut found),
            ("map", _) => {
                let operation = map::Operation::ALL.iter().find(|operation| operation.name() == name);
                let operation = *operation.unwrap_or_else(|| panic!("{name}"));
                assert_eq!(operation.code().to_string(), code, "{name}");
                let mut extra = map::MapExtra::default();
                match role {
                    "invoke" => map::argument(operation, &parameter, &mut found, &mut extra),
                    _ => map::result(operation, &parameter, &mut found, &mut extra),
                }
            }
            _ if role == "invoke" => {
                let operation = cap::Operation::ALL.iter().find(|operation| operation.code().to_string() == code);
                cap::argument(*operation.unwrap(), &parameter, &mut found, &mut cap::CallExtra::default())
            }
            _ => Ok(()),
        };
        assert_eq!(read, Ok(()), "{line}");
        let found = named(&found);
        for identity in identities.split(' ').filter(|identity| !identity.is_empty()) {
            seen += 1;
            let kind = identity.split('=').next().unwrap();
            let left_out = LEFT_OUT.iter().any(|(operation, what, _)| *operation == name && *what == kind);
            if !left_out && !found.iter().any(|text| text == identity) {
                missing.push(format!("{application} {name} {role}: {identity} not in {found:?}"));
            }
        }
    }
    assert!(seen > 500, "{seen}");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
