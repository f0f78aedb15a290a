"""Rewrite ``data/embedded/studies``: the atlases, the coalition and the power's own interest that a brief tells of.

Every study is made by its own command, one after another, in minutes; the same world gives
the same bytes.
"""

from __future__ import annotations

import subprocess
import sys

from hedgerow.reporting.studies.stored import file_of, packed
from hedgerow.reporting.studies.study import Study, Verb
from hedgerow.world.io import embedded_path, write_manifest

STUDIES = {
    (Verb.ATLAS, "USA"): ("--power", "USA", "--processes", "1"),
    (Verb.ATLAS, "CHN"): ("--power", "CHN", "--processes", "1"),
    (Verb.COALITION, "USA"): ("--power", "USA"),
    (Verb.PATRON, "USA"): ("USA",),
}
"""What ships, and the words after its verb."""


def main() -> None:
    """Make, pack and list them."""
    for (verb, power), words in STUDIES.items():
        command = [sys.executable, "-m", "hedgerow", verb.value, *words, "--json"]
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603  our own command
        target = embedded_path() / file_of(verb, power)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(packed(Study.model_validate_json(text)))
        print(target.name, flush=True)
    write_manifest(embedded_path())


if __name__ == "__main__":
    main()
