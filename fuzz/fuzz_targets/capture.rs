//! Any octets as a savefile, through the whole pipeline.
#![no_main]

use simhound::capture::{Input, PacketSource, Savefiles};
use simhound::pipeline::run;
use simhound_fuzz::Printer;

simhound_fuzz::target!(|data: &[u8]| {
    let path = std::env::temp_dir().join(format!("simhound-fuzz-{}", std::process::id()));
    std::fs::write(&path, data).expect("a temporary file can be written");
    let mut files = Savefiles::open(vec![Input::file(path.clone(), data.len() as u64)]);
    let totals = run(&mut files, 1, &mut Printer::default()).expect("a broken file is a fault, not an error");
    assert!(files.faults().len() + files.errors().len() <= 1);
    assert!(
        files.faults().iter().all(|fault| fault.packet > 0 && fault.packet <= totals.packets + 1 || fault.offset > 0)
    );
    std::fs::remove_file(&path).expect("the temporary file is there");
});
