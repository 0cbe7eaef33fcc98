//! The `simhound` command: reads the command line, runs one command.

fn main() -> std::process::ExitCode {
    simhound::cli::main()
}
