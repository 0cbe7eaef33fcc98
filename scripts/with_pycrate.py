"""pycrate for the scripts that need it: the one that is installed, else one that is put into target/pycrate."""
import importlib
import os
import pathlib
import subprocess
import sys

TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", pathlib.Path(__file__).resolve().parent.parent / "target"))


def ready():
    """Makes `import pycrate_...` work."""
    folder = TARGET / "pycrate"
    sys.path.append(str(folder))
    try:
        import pycrate_core  # noqa: F401
        return
    except ImportError:
        print(f"installing pycrate into {folder}", file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore",
           "--target", str(folder), "pycrate"]
    if subprocess.run(pip, stdout=sys.stderr).returncode != 0:
        sys.exit("pycrate could not be installed; it needs pip: python3 -m pip install pycrate")
    # The folder was not there when it was looked at first.
    importlib.invalidate_caches()
