"""Packs a folder into a tar archive with nothing of this machine in it, and prints a checksum for each file."""

import hashlib
import pathlib
import sys
import tarfile

source, archive, target = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with tarfile.open(archive, "w") as tar:
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        name = path.relative_to(source).as_posix()
        entry = tarfile.TarInfo(name)
        entry.size = path.stat().st_size
        entry.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
        entry.mtime = int(path.stat().st_mtime)
        with path.open("rb") as content:
            tar.addfile(entry, content)
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {target}{name}")
