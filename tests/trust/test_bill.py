"""S14: what the program is installed with is written down, and no secret lies in what is kept."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from samraad.demo.bill import bill, bill_of

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
SECRETS = re.compile(
    rb"-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----|AKIA[0-9A-Z]{16}"
    rb"|gh[pousr]_[A-Za-z0-9]{36}|xox[baprs]-[0-9A-Za-z-]{10,}"
)


def test_s14_every_pinned_package_stands_in_the_bill_once() -> None:
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements/base.txt").read_text("utf-8"), re.M)
    lock = json.loads((ROOT / "assets/package-lock.json").read_text("utf-8"))
    parts = json.loads(bill_of(ROOT))["components"]
    python = [(part["name"], part["version"]) for part in parts if part["purl"].startswith("pkg:pypi/")]
    assert len(pinned) > 30
    assert sorted(python) == sorted(pinned)
    assert len(parts) - len(python) == len(lock["packages"]) - 1  # but for our own
    assert all(part["licenses"] for part in parts if part["purl"].startswith("pkg:npm/"))


def test_s14_the_bill_is_of_its_content_alone() -> None:
    lock = '{"packages": {"": {}, "node_modules/@a/b": {"version": "1.0.0", "license": "MIT"}}}'
    one, again = (bill("django==5.2 \\\n    --hash=sha256:00\n", lock, "1") for _ in range(2))
    assert one == again
    assert bill("django==5.3 \\\n    --hash=sha256:00\n", lock, "1") != one
    found = json.loads(one)
    assert found["bomFormat"] == "CycloneDX"
    assert [part["purl"] for part in found["components"]] == ["pkg:npm/%40a/b@1.0.0", "pkg:pypi/django@5.2"]
    assert [each["dependsOn"] for each in found["dependencies"] if each["ref"] == "samraad"] == [
        ["pkg:npm/%40a/b@1.0.0", "pkg:pypi/django@5.2"]
    ]


def test_s14_no_file_that_is_kept_holds_a_secret() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("Her er intet git-lager at se i.")
    files = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    found = [str(path) for path in files if path.is_file() and SECRETS.search(path.read_bytes())]
    assert files
    assert found == []
