"""The bill of materials (CycloneDX): what Samråd is installed with, read from the files that pin it."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

NAMESPACE = UUID("6f0c1c9e-6a1b-5f0e-9a37-52a1e1f3b7d4")  # of the serial numbers: same content, same number
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def bill(requirements: str, npm: str, version: str) -> str:
    """The CycloneDX 1.6 document of pinned Python packages and an npm lock, the same for the same content.

    `requirements` is a pinned pip file, `npm` a package-lock.json, `version` Samråd's own.
    """
    bom = Bom(serial_number=uuid5(NAMESPACE, requirements + npm + version))
    bom.metadata.component = Component(
        name="samraad",
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref="samraad",
        licenses=[LicenseFactory().make_from_string("EUPL-1.2")],
    )
    for component in [*_python(requirements), *_npm(npm)]:
        bom.components.add(component)
        bom.register_dependency(bom.metadata.component, [component])
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    written["metadata"].pop("timestamp", None)  # when it was written says nothing of what is in it
    return json.dumps(written, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _python(requirements: str) -> Iterator[Component]:
    for name, version in PINNED.findall(requirements):
        yield _library(PackageURL("pypi", name=name, version=version))


def _npm(lock: str) -> Iterator[Component]:
    for place, package in json.loads(lock)["packages"].items():
        group, _, name = place.rpartition("node_modules/")[2].rpartition("/")
        if not name:
            continue  # our own
        component = _library(PackageURL("npm", namespace=group, name=name, version=package["version"]))
        component.licenses.add(LicenseFactory().make_from_string(package["license"].strip("()")))
        yield component


def _library(url: PackageURL) -> Component:
    return Component(
        name=url.name,
        group=url.namespace,
        version=url.version,
        type=ComponentType.LIBRARY,
        purl=url,
        bom_ref=url.to_string(),
    )


def bill_of(root: Path) -> str:
    """The bill of the project whose folder is `root`."""
    requirements = (root / "requirements" / "base.txt").read_text("utf-8")
    npm = (root / "assets" / "package-lock.json").read_text("utf-8")
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return bill(requirements, npm, version)
