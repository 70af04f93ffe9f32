"""The command `lotse`: `python -m lotse --help`."""

import signal
import sys

from lotse._lotse import run_command_line


def main() -> int:
    """Runs the command with the arguments of the process, and returns its exit code."""
    # Ctrl-C ends the command at once: no Python code is interrupted by it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command_line(["lotse", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
