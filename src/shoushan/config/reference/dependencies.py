"""dependencies.md: what is installed, in which version, and why."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from shoushan.config.reference.markdown import code, page, table

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def render() -> str:
    """The page."""
    lead = "What `script/bootstrap` installs, by hash. Reasons stand in [decision 0004](../decisions/0004-dependencies.md)."
    root = settings.CHECKOUT
    runtime, everything = locked(root / "requirements.lock"), locked(root / "requirements-dev.lock")
    direct = wanted(root / "requirements.in")
    sections = [
        "## At run time\n\n" + _direct(direct, runtime),
        "Brought along: " + _brought(direct, runtime),
        "## For tests, checks and benchmarks\n\n" + _direct(wanted(root / "requirements-dev.in"), everything),
    ]
    return page("Dependencies", lead, sections)


def normal(name: str) -> str:
    """One spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(path: Path) -> dict[str, str]:
    """Name -> range as it is asked for."""
    lines = [line.split("#")[0].strip() for line in path.read_text().splitlines()]
    found = {}
    for line in lines:
        match = NAME.match(line)
        if match:
            found[match.group()] = line[match.end() :].strip()
    return found


def locked(path: Path) -> dict[str, str]:
    """Normal name -> versions that are locked (several where Python versions differ)."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", path.read_text(), re.MULTILINE):
        found.setdefault(normal(name), []).append(version)
    return {name: " or ".join(dict.fromkeys(versions)) for name, versions in found.items()}


def reasons() -> dict[str, str]:
    """Normal name -> the reason that the decision gives."""
    text = (settings.CHECKOUT / "docs/decisions/0004-dependencies.md").read_text()
    found: dict[str, str] = {}
    for names, reason in re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE):
        found |= {normal(name.strip()): reason for name in names.split(",")}
    return found


def _direct(direct: dict[str, str], versions: dict[str, str]) -> str:
    why = reasons()
    rows = [
        (code(name), code(span), versions.get(normal(name), ""), why.get(normal(name), ""))
        for name, span in direct.items()
    ]
    return table(("Package", "Asked for", "Locked", "Why"), rows)


def _brought(direct: dict[str, str], versions: dict[str, str]) -> str:
    asked = {normal(name) for name in direct}
    return ", ".join(f"{name} {version}" for name, version in sorted(versions.items()) if name not in asked) + "."
