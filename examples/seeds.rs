//! Fills the corpora of the fuzz targets with what a simulated network says, layer by layer:
//! `cargo run --example seeds scenarios/tiny.toml fuzz/corpus`.

use simhound::capture::{Batch, Filled, Input, LinkType, PacketSource, Savefiles, expand};
use simhound::dissect::{Dissected, StreamFramer, dissect};
use simhound::health::Health;
use simhound::reassembly::{Carrier, PduBatch, Reassembler};
use simhound::simulate::{Scenario, run};
use simhound::wire::sigtran::m3ua::M3ua;
use simhound::wire::ss7::{cap, map};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

/// Seeds of one target.
const SEEDS: usize = 300;

/// What no simulated network says: radio access networks. Head octets as the targets want them.
const ACCESS: &[(&str, &[u8])] = &[
    // COMPLETE LAYER 3 INFORMATION at 001-01-7-9, LOCATION UPDATING REQUEST
    ("bssap", b"\x00\x1e\x57\x05\x08\x00\x00\xf1\x10\x00\x07\x00\x09\x17\x0f\x05\x08\x70\x00\xf1\x10\x00\x06\x57\x05\xf4\x11\x22\x33\x44\x21\x98"),
    // PAGING: IMSI, TMSI, two areas; COMMON ID
    ("bssap", b"\x52\x08\x08\x09\x10\x10\x00\x00\x00\x00\x10\x09\x04\x11\x22\x33\x44\x1a\x0b\x04\x00\xf1\x10\x00\x07\x00\xf1\x10\x00\x08"),
    ("bssap", b"\x2f\x08\x08\x09\x10\x10\x00\x00\x00\x00\x10\x7b\x05\x91\x51\x55\x10\x10"),
    // LOCATION UPDATING ACCEPT, CM SERVICE REQUEST, SETUP, DISCONNECT, RP-DATA, REGISTER, ATTACH REQUEST and ACCEPT
    ("dtap", b"\x02\x05\x02\x00\xf1\x10\x00\x08\x17\x05\xf4\x55\x66\x77\x88\xa1"),
    ("dtap", b"\x01\x05\x24\x74\x03\x57\x18\xa6\x08\x09\x10\x10\x00\x00\x00\x00\x10"),
    ("dtap", b"\x01\x03\x45\x04\x06\x60\x04\x02\x00\x05\x81\x5e\x06\x91\x51\x55\x10\x30\xf0\xa1"),
    ("dtap", b"\x02\x13\x05\x34\x01\x5c\x07\x11\x83\x51\x55\x10\x20\xf0\x74\x05\x91\x51\x55\x10\x40"),
    ("dtap", b"\x02\x83\x25\x02\xe0\x91"),
    ("dtap", b"\x01\x09\x01\x1a\x00\x01\x00\x05\x91\x51\x55\x10\x20\x10\x01\x07\x08\x91\x51\x55\x10\x30\x00\x00\x05\xe8\x32\x9b\xfd\x06"),
    ("dtap", b"\x01\x0b\x7b\x1c\x08\xa1\x06\x02\x01\x01\x02\x01\x3b\x7f\x01\x00"),
    ("dtap", b"\x01\x08\x01\x02\xe5\xe0\x01\x0a\x00\x05\xf4\xc0\x00\x00\x01\x00\xf1\x10\x00\x07\x01\x02\x10\x00\x19\x01\x02\x03"),
    ("dtap", b"\x02\x08\x02\x01\x2a\x44\x00\xf1\x10\x00\x08\x01\x19\x01\x02\x03\x18\x05\xf4\xc0\x00\x00\x02\x23\x05\xf4\x55\x66\x77\x88"),
    // CR with the first of them, CC, IDENTITY RESPONSE in two DT1, RLSD, RLC
    (
        "connections",
        b"\x00\x2d\x01\x00\x00\x07\x02\x02\x04\x02\x42\xfe\x0f\x20\x00\x1e\x57\x05\x08\x00\x00\xf1\x10\x00\x07\x00\x09\x17\x0f\x05\x08\x70\x00\xf1\x10\x00\x06\x57\x05\xf4\x11\x22\x33\x44\x21\x98\x00\
          \x02\x09\x02\x00\x00\x07\x00\x00\x09\x02\x00\
          \x00\x0c\x06\x00\x00\x09\x01\x01\x05\x01\x00\x0b\x05\x59\
          \x00\x10\x06\x00\x00\x09\x00\x01\x09\x08\x09\x10\x10\x00\x00\x00\x00\x10\
          \x02\x09\x04\x00\x00\x07\x00\x00\x09\x00\x00\
          \x00\x07\x05\x00\x00\x09\x00\x00\x07",
    ),
];

struct Corpora {
    folder: PathBuf,
    written: BTreeMap<&'static str, usize>,
}

impl Corpora {
    fn add(&mut self, target: &'static str, octets: &[u8]) -> std::io::Result<()> {
        let count = self.written.entry(target).or_default();
        if *count >= SEEDS {
            return Ok(());
        }
        *count += 1;
        let folder = self.folder.join(target);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("seed-{count}")), octets)
    }

    /// Each packet with its link type, and runs of them.
    fn packets(&mut self, batch: &Batch) -> std::io::Result<()> {
        let mut run = Vec::new();
        for packet in &batch.packets {
            let octets = batch.bytes(packet);
            self.add("frame", &[&packet.link.0.to_be_bytes(), octets].concat())?;
            // 0 is Ethernet, 1 raw IP
            run.extend([u8::from(packet.link != LinkType::ETHERNET), 1]);
            run.extend(u16::try_from(octets.len()).unwrap_or(u16::MAX).to_be_bytes());
            run.extend(octets);
            if run.len() > 3000 {
                self.add("reassembly", &std::mem::take(&mut run))?;
            }
        }
        Ok(())
    }

    fn pdu(&mut self, kind: u8, octets: &[u8], what: &Dissected<'_>, scene: &mut Vec<u8>) -> std::io::Result<()> {
        // a record of the target `dissect`
        scene.extend([kind, 1]);
        scene.extend(u16::try_from(octets.len()).unwrap_or(u16::MAX).to_be_bytes());
        scene.extend(octets);
        if scene.len() > 3000 {
            self.add("dissect", scene)?;
            scene.clear();
        }
        match what {
            Dissected::Diameter(..) => self.add("diameter", octets),
            Dissected::Sip(_) => self.add("sip", octets),
            Dissected::Gtp(..) => self.add("gtp", octets),
            Dissected::Pfcp(_) => self.add("pfcp", octets),
            Dissected::Gsup(_) => self.add("gsup", octets),
            Dissected::Http1(_) => self.add("http1", octets),
            Dissected::Http2(_) => self.add("http2", octets),
            Dissected::Transaction(transaction) => {
                self.add("m3ua", octets)?;
                self.add("tcap", transaction.octets)?;
                if let Some(data) = M3ua::parse(octets).ok().and_then(|message| message.data) {
                    self.add("sccp", data.user_data)?;
                }
                for component in transaction.tcap.components.flatten() {
                    let Some(code) = component.code.and_then(|code| code.local()) else { continue };
                    let maps = map::Operation::ALL.iter().map(|operation| operation.code());
                    let caps = cap::Operation::ALL.iter().map(|operation| operation.code());
                    for (number, _) in maps.chain(caps).enumerate().filter(|(_, other)| *other == code) {
                        let number = u8::try_from(number).unwrap_or(u8::MAX);
                        self.add("map_cap", &[&[number], component.parameter].concat())?;
                    }
                    let mut extra = map::MapExtra::default();
                    let forward = map::Operation::MtForwardSm;
                    if map::argument(forward, component.parameter, &mut Default::default(), &mut extra).is_ok() {
                        extra.tpdu.map_or(Ok(()), |tpdu| self.add("sms", tpdu))?;
                    }
                }
                Ok(())
            }
            Dissected::Segment(..) => self.add("m3ua", octets),
            Dissected::Ran(message) => self.add("ran", &[&[message.part as u8], octets].concat()),
            Dissected::Nas(_) => self.add("ran", &[&[3], octets].concat()),
            Dissected::Connection(..) | Dissected::Access(..) | Dissected::Layer3(..) | Dissected::Management(..) => {
                Ok(())
            }
            Dissected::Sgs(_) | Dissected::Nothing => Ok(()),
            Dissected::Isup(message) => self.add("isup", message.octets.get(2..).unwrap_or_default()),
        }
    }
}

/// Of what the simulator does not send: one message each, with synthetic numbers.
const BY_HAND: &[(&str, &[u8])] = &[
    ("isup", b"\x01\x00\x60\x01\x0a\x00\x02\x07\x05\x84\x90\x51\x55\x0f\x0a\x05\x04\x13\x51\x55\x01\x00"),
    ("isup", b"\x0c\x02\x00\x02\x80\x91"),
    ("mtp", b"\x9d\x1f\x0b\x85\x02\x40\x00\x90\x0c\x00\x0c\x02\x00\x02\x80\x91"),
    ("m2pa", b"\x01\x00\x0b\x01\x00\x00\x00\x19\x00\x00\x00\x07\x00\x00\x00\x08\x40\x83\x05\x00\xc0\x00\x09\x00\x01"),
    ("m2ua", b"\x01\x00\x06\x01\x00\x00\x00\x14\x03\x00\x00\x0b\x83\x05\x00\xc0\x00\x09\x00\x00"),
    (
        "sua",
        b"\x01\x00\x07\x01\x00\x00\x00\x28\x01\x02\x00\x10\x00\x02\x00\x01\x80\x03\x00\x08\x00\x00\x00\x07\
        \x01\x17\x00\x08\x82\x01\x02\x03\x01\x0b\x00\x06\xaa\xbb\x00\x00",
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [scenario, folder] = arguments.as_slice() else { return Err("usage: seeds SCENARIO CORPUS".into()) };
    let simulated = std::env::temp_dir().join(format!("simhound-seed-{}", std::process::id()));
    run(&Scenario::load(Path::new(scenario))?, 1, &simulated, &mut |_| {})?;
    let mut corpora = Corpora { folder: folder.into(), written: BTreeMap::new() };
    for (target, octets) in BY_HAND {
        corpora.add(target, octets)?;
    }
    let inputs: Vec<Input> = expand(&[simulated.display().to_string()]).inputs;
    for (target, octets) in ACCESS {
        corpora.add(target, octets)?;
    }
    for input in &inputs {
        let octets = std::fs::read(&input.path)?;
        corpora.add("capture", octets.get(..16_000.min(octets.len())).unwrap_or_default())?;
    }
    let mut files = Savefiles::open(inputs);
    let (mut reassembler, mut health) = (Reassembler::new(StreamFramer), Health::default());
    let (mut batch, mut pdus, mut scene) = (Batch::default(), PduBatch::default(), Vec::new());
    loop {
        let filled = files.fill(&mut batch)?;
        corpora.packets(&batch)?;
        reassembler.push(&mut batch, &mut pdus, &mut health);
        for pdu in &pdus.pdus {
            let octets = pdus.bytes(pdu);
            let kind = match pdu.carrier {
                Carrier::Udp => 0,
                Carrier::Tcp => 1,
                Carrier::Sctp { ppid: 3, .. } => 4,
                Carrier::Sctp { .. } => 2,
                Carrier::Told(_) => continue,
            };
            let back = if pdu.flow.src < pdu.flow.dst { 0 } else { 8 };
            corpora.pdu(kind | back, octets, &dissect(pdu, octets, &mut health), &mut scene)?;
        }
        if filled == Filled::Done {
            break;
        }
    }
    std::fs::remove_dir_all(&simulated)?;
    Ok(())
}
