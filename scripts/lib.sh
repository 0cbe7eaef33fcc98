# What the scripts of this folder share: finding the project, installing packages. To be sourced by sh.

root=$(cd "$(dirname "$0")/.." && pwd)

say() { printf '%s\n' "simhound: $*" >&2; }
die() { say "$*"; exit 1; }

# The package manager of this system, or nothing.
manager() {
    for name in apt-get dnf yum zypper pacman apk brew; do
        if command -v "$name" >/dev/null 2>&1; then printf '%s' "$name"; return; fi
    done
}

# as_root COMMAND...: runs it as root, asking nothing.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else die "this needs root, and neither are you root nor does sudo work without a password; as root, run: $*"
    fi
}

# install WHY APT DNF ZYPPER PACMAN APK BREW: installs the packages that the system's manager calls so.
install() {
    why=$1
    case $(manager) in
        apt-get) packages=$2 ;; dnf | yum) packages=$3 ;; zypper) packages=$4 ;;
        pacman) packages=$5 ;; apk) packages=$6 ;; brew) packages=$7 ;;
        *) die "no package manager that this script knows (apt-get, dnf, yum, zypper, pacman, apk, brew); install $why by hand and run it again" ;;
    esac
    say "installing $why: $packages"
    # Unquoted on purpose: a list of package names.
    case $(manager) in
        apt-get)
            as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages >&2 ;;
        dnf | yum) as_root "$(manager)" install -q -y $packages >&2 ;;
        zypper) as_root zypper --non-interactive install $packages >&2 ;;
        pacman) as_root pacman -S --noconfirm --needed $packages >&2 ;;
        apk) as_root apk add --quiet $packages >&2 ;;
        brew) brew install -q $packages >&2 ;;
    esac || die "installing $why failed: $packages"
}

# What building needs: cargo, a C compiler (the linker; zstd), libpcap with its headers.
need_build() {
    if ! command -v cargo >/dev/null 2>&1; then
        [ -x "$HOME/.cargo/bin/cargo" ] && PATH="$HOME/.cargo/bin:$PATH" && export PATH
    fi
    command -v cargo >/dev/null 2>&1 ||
        die "no cargo; install the Rust toolchain from https://rustup.rs and run this again"
    command -v cc >/dev/null 2>&1 && printf 'int main(void){return 0;}' | cc -x c -o /dev/null - 2>/dev/null ||
        install "a C compiler" "gcc libc6-dev" "gcc glibc-devel" "gcc glibc-devel" "gcc" "gcc musl-dev" "gcc"
    printf '#include <pcap.h>\nint main(void){return 0;}' | cc -x c -o /dev/null - -lpcap 2>/dev/null ||
        install "libpcap with its headers" libpcap-dev libpcap-devel libpcap-devel libpcap libpcap-dev libpcap
}

# What the tests need beside: tshark, the oracle, and python3, in which the comparison with it is written.
need_tests() {
    command -v tshark >/dev/null 2>&1 ||
        install "tshark, which the decoders are compared with" tshark wireshark-cli wireshark wireshark-cli tshark wireshark
    command -v python3 >/dev/null 2>&1 || install "python3" python3 python3 python3 python python3 python3
}

# measured COMMAND...: runs it, and prints seconds by the clock, seconds of processors, and peak memory in MB. What the
# command prints goes to the file that MEASURED_OUT names, or nowhere; its errors are shown where it fails.
measured() {
    measured_errors=$(mktemp)
    if ! python3 - "$@" 2>"$measured_errors" <<'PYTHON'
import os, sys, time
prints = os.environ.get("MEASURED_OUT", os.devnull)
to_file = [(os.POSIX_SPAWN_OPEN, 1, prints, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
start = time.monotonic()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=to_file)
_, status, used = os.wait4(child, 0)
seconds = time.monotonic() - start
octets = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(f"{seconds:.3f} {used.ru_utime + used.ru_stime:.3f} {octets / 1e6:.0f}")
sys.exit(os.waitstatus_to_exitcode(status))
PYTHON
    then
        cat "$measured_errors" >&2
        rm -f "$measured_errors"
        exit 1
    fi
    rm -f "$measured_errors"
}
