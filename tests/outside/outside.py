"""What the programs of this folder share: files laid out in a temporary folder, bylaw's answer, and the count."""
import collections
import itertools
import pathlib
import re
import subprocess
import sys
import tempfile

FINDING = re.compile(r"(\S+?):(\d+):\d+: (?:error|warning|note)\[.*?\] (.*)")

Link = collections.namedtuple("Link", "name target detail")

LINK = re.compile(r"  (?:export from )?(.*) → (unresolved|file|Go package|library|a file that is not read)(?:: | |$)(.*)")


class Project(tempfile.TemporaryDirectory):
    """A folder with these files: path → text."""

    def __init__(self, files=None):
        super().__init__()
        self.root = pathlib.Path(self.name).resolve()
        for path, text in (files or {}).items():
            self.write(path, text)

    def __enter__(self):
        super().__enter__()
        return self

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", errors="surrogateescape")

    def why(self, bylaw, file):
        return subprocess.run([bylaw, "why", file], cwd=self.root, capture_output=True, text=True, check=False).stdout

    def findings(self, bylaw, rule):
        """What a rule says: path, line and message."""
        command = [bylaw, "check", "-o", "concise", "--rule", rule, "."]
        said = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False).stdout
        return [(path, int(line), text) for path, line, text in FINDING.findall(said)]

    def fix(self, bylaw, rule):
        """Does what findings of a rule offer."""
        subprocess.run([bylaw, "check", "--fix", "--rule", rule, "."], cwd=self.root, capture_output=True, check=False)

    def links(self, bylaw, file):
        """Where the imports of a file lead, in order."""
        return links_of(self.why(bylaw, file))


def links_of(why):
    rows = why.partition("\nimports: ")[2].split("\n")[1:]
    matches = itertools.takewhile(bool, map(LINK.fullmatch, rows))
    return [Link(*match.groups()) for match in matches]


class Tally:
    """Cases that agree, those that differ (printed as they come), and those left out by reason."""

    def __init__(self):
        self.agreed = self.compared = 0
        self.left_out = collections.Counter()

    def compare(self, case, expected, found):
        self.compared += 1
        if expected == found:
            self.agreed += 1
        else:
            print(f"{case}: expected {expected}, found {found}")

    def leave_out(self, reason):
        self.left_out[reason] += 1

    def report(self):
        share = 100 * self.agreed / max(self.compared, 1)
        print(f"{self.agreed} of {self.compared} agree ({share:.1f} %)")
        for reason, count in self.left_out.most_common():
            print(f"left out: {count}, {reason}")


def arguments(what):
    """The checkout, or what stands for it, and the binary."""
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} {what} BYLAW")
    return pathlib.Path(sys.argv[1]).resolve(), str(pathlib.Path(sys.argv[2]).resolve())
