//! The `simhound` command: reads the command line, runs one command.

/// Sessions make and drop many small things, on other threads than those that made the octets around them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    simhound::cli::main()
}
