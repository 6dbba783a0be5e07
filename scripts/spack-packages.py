"""What a Spack knows of packages, as the table that `hpcdk diff --packages FILE` reads.

    spack python scripts/spack-packages.py > packages.json
    spack python scripts/spack-packages.py cdktf.out/sites/*/spack/*/*/*/spack.lock gromacs > packages.json

Licences come from the recipes; of packages that are installed here, and of those that are named or stand in a spack.lock
that is. Times come from what Spack wrote when it built what is installed here; what came from a build cache has none.
"""
import argparse
import datetime
import json
import os
import sys

import spack
import spack.repo
import spack.store


def arguments():
    parser = argparse.ArgumentParser(prog="spack python spack-packages.py", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="further packages, or files of the form of spack.lock")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="the day of the table (default: today)")
    return parser.parse_args()


def names_in_lock(path):
    """The packages of a spack.lock, those of environments that it includes too."""
    with open(path, encoding="utf-8") as stream:
        lock = json.load(stream)
    parts = [lock, *lock.get("include_concrete", {}).values()]
    return {node["name"] for part in parts for node in part.get("concrete_specs", {}).values()}


def licences_of(name):
    """What the recipe states; nothing when it states none, or no repository has it."""
    try:
        stated = spack.repo.PATH.get_pkg_class(name).licenses
    except spack.repo.UnknownEntityError:
        print(f"no repository has the package {name}", file=sys.stderr)
        return []
    found = []
    for when, licence in stated.items():
        condition = str(when).strip()
        found.append({"when": condition, "licence": licence} if condition else {"licence": licence})
    return sorted(found, key=lambda one: (one.get("when", ""), one["licence"]))


def seconds_of(spec):
    """How long Spack built it here; nothing when it came from a cache, or that is not written."""
    try:
        with open(os.path.join(spec.prefix, ".spack", "install_times.json"), encoding="utf-8") as stream:
            times = json.load(stream)
    except (OSError, ValueError):
        return None
    total = times.get("total")
    return None if times.get("cache") or not isinstance(total, (int, float)) else round(total, 1)


def main():
    args = arguments()
    installed = [spec for spec in spack.store.STORE.db.query_local() if not spec.external]
    names = {spec.name for spec in installed}
    for name in args.names:
        names |= names_in_lock(name) if os.path.isfile(name) else {name}
    builds = {}
    for spec in installed:
        seconds = seconds_of(spec)
        if seconds is not None:
            versions = builds.setdefault(spec.name, {})
            # of several builds of one version the longest
            versions[str(spec.version)] = max(seconds, versions.get(str(spec.version), 0))
    packages = {}
    for name in sorted(names):
        facts = {"licences": licences_of(name)}
        facts["builds"] = [{"version": v, "seconds": s} for v, s in sorted(builds.get(name, {}).items())]
        facts = {key: value for key, value in facts.items() if value}
        if facts:
            packages[name] = facts
    timed = sum(len(versions) for versions in builds.values())
    table = {
        "format": "hpcdk-packages",
        "version": 1,
        "date": args.date,
        "source": f"Spack {spack.spack_version}: licences of its recipes, times of {timed} builds",
        "packages": packages,
    }
    json.dump(table, sys.stdout, indent=2)
    print()


main()
