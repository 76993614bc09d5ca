"""Every figure at once: protocol, register, journal, papers, station, count, a reader's check, and the booth in a browser."""

import os
import sys

from benchmarks import booth, count, journal, paper, protocol, register, station, verify


def main() -> int:
    """Print all tables; the exit status tells whether each kept its limit; the protocol's is told only."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("The protocol in Python. Limit: checking a ballot with 15 candidates takes at most 40 ms.")
    protocol.main()
    print()
    slow = register.main()
    print()
    slow = journal.main() or slow
    print()
    slow = paper.main() or slow
    print()
    slow = station.main() or slow
    print()
    slow = count.main() or slow
    print()
    slow = verify.main() or slow
    print()
    return booth.main() or slow


if __name__ == "__main__":
    sys.exit(main())
