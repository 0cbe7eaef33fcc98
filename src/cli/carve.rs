//! `simhound carve`: the packets of some subscribers, numbers or devices, with comments, for Wireshark.

use super::identities::Identities;
use super::inputs::Inputs;
use super::output::{spare, target};
use super::{Common, DONE, FAILED, Failure, Misused};
use crate::capture::{Batch, Filled, PacketSource, PcapngWriter};
use crate::carve::{Frames, Search};
use crate::message::Wanted;
use crate::report::lookup;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

/// Write only the packets that concern a subscriber, a device or a farm
///
/// Over all protocols at once: the dialogues, connections, sessions, calls and tunnels in which one of them is named,
/// or in which somebody is who is known to be one of them. Packets that hold parts of a message come with it. The
/// captures are read several times.
#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("who").multiple(true).required(true)
        .args(["imsi", "msisdn", "imei", "farm", "device", "case"]),
    after_help = "Examples:\n  \
        simhound carve day/ --imsi 001010000000001 -o one.pcapng\n  \
        simhound carve day/ --run out --farm farm-1 -o farm.pcapng\n  \
        simhound carve capture.pcap --msisdn 999712320183 | wireshark -k -i -\n  \
        simhound carve capture.pcap --imei @devices.txt --print-filter"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    identities: Identities,
    /// The folder that `simhound analyze --out` wrote, for --farm, --device and --case
    #[arg(long, value_name = "DIR")]
    run: Option<PathBuf>,
    /// The cards of this farm of the run
    #[arg(long, value_name = "ID", requires = "run", value_delimiter = ',')]
    farm: Vec<String>,
    /// This device of the run
    #[arg(long, value_name = "ID", requires = "run", value_delimiter = ',')]
    device: Vec<String>,
    /// The card of this case of the run
    #[arg(long, value_name = "ID", requires = "run", value_delimiter = ',')]
    case: Vec<String>,
    /// Write the packets to this file (pcapng) instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print Wireshark's display filter for the packets instead, for each file a line
    #[arg(long, conflicts_with = "output")]
    print_filter: bool,
}

impl Arguments {
    fn wanted(&self) -> Result<Wanted, Failure> {
        let mut wanted = self.identities.wanted();
        let Some(run) = &self.run else { return Ok(wanted) };
        let mut add = |found: Wanted| {
            wanted.imsis.extend(found.imsis);
            wanted.imeis.extend(found.imeis);
        };
        self.farm.iter().try_for_each(|id| lookup::farm(run, id).map(&mut add))?;
        self.device.iter().try_for_each(|id| lookup::device(run, id).map(&mut add))?;
        self.case.iter().try_for_each(|id| lookup::case(run, id).map(&mut add))?;
        Ok(wanted)
    }
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    if arguments.output.is_none() && !arguments.print_filter && std::io::stdout().is_terminal() {
        return Err(Misused("packets are not for a terminal: give -o FILE, or a pipe".to_owned()).into());
    }
    let mut search = Search::new(arguments.wanted()?);
    let (mut code, mut paths) = (DONE, Vec::new());
    for reading in 1..=Search::READINGS {
        search.again();
        // What is wrong with the inputs is told once.
        let opened = if reading == 1 { arguments.inputs.open(common) } else { arguments.inputs.open_again() }?;
        if opened.is_once() {
            return Err("what can be read only once cannot be carved, since it is read several times: \
                        write it to a file first"
                .into());
        }
        paths.clone_from(&opened.paths);
        let done =
            if reading == 1 { opened.read(common, &mut search) } else { opened.read_again(common, &mut search) }?;
        code = done.code();
        log::info!("reading {reading}: {} subscribers", search.wanted().imsis.len());
        if !search.has_grown() {
            break;
        }
    }
    if search.has_grown() {
        log::warn!("{} readings still found more: the result may lack some packets", Search::READINGS);
    }
    let frames = search.into_frames();
    if frames.is_empty() {
        eprintln!("simhound: no packet concerns what was asked for");
        return Ok(FAILED);
    }
    if arguments.print_filter {
        print_filters(&frames, &paths)?;
        return Ok(code);
    }
    spare(arguments.output.as_deref(), &paths)?;
    copy(arguments, &frames, &paths)?;
    if !common.quiet {
        eprintln!("simhound: {} packets", frames.len());
    }
    Ok(code)
}

fn print_filters(frames: &Frames, paths: &[String]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for (file, path) in paths.iter().enumerate() {
        if let Some(filter) = u32::try_from(file).ok().and_then(|file| frames.display_filter(file)) {
            if paths.len() > 1 {
                write!(out, "{path}: ")?;
            }
            writeln!(out, "{filter}")?;
        }
    }
    out.flush()
}

fn copy(arguments: &Arguments, frames: &Frames, paths: &[String]) -> Result<(), Failure> {
    let mut files = arguments.inputs.open_again()?.into_files();
    let out = BufWriter::with_capacity(1 << 16, target(arguments.output.as_deref())?);
    let mut writer = PcapngWriter::new(out)?;
    let mut batch = Batch::default();
    loop {
        let filled = files.fill(&mut batch)?;
        for packet in &batch.packets {
            if let Some(comment) = frames.get(packet.file, packet.frame) {
                let path = paths.get(packet.file as usize).map_or("", String::as_str);
                writer.packet(packet, batch.bytes(packet), path, &format!("frame {}\n{comment}", packet.frame))?;
            }
        }
        batch.clear();
        if filled == Filled::Done {
            break;
        }
    }
    writer.finish()?.flush()?;
    Ok(())
}
