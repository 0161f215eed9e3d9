"""A snapshot's folder: numpy arrays, one a file, and a manifest that names and vouches for them.

    var/index/17/manifest.json        format, generation, when, counts, lists, and a checksum a file
    var/index/17/entity_lat.npy       …
    var/index/current -> 17           what is served, moved by one atomic rename

A folder is written whole under a name that nobody reads, flushed, then renamed into place: a reader
sees all of a generation or nothing of it. The manifest is written last and carries a checksum of its
own, so a folder that was cut off says so.
"""

import fcntl
import os
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import orjson
import xxhash
from numpy.typing import NDArray

from gazetteer.errors import BadSnapshot

FORMAT = 3
MANIFEST = "manifest.json"
SMALL = 4096  # bytes; below it a file is read, since an empty one cannot be mapped
GENERATION = re.compile(r"\d+(\.\d+)?")
ABANDONED = 24 * 3600  # seconds after which a folder that is still being written is nobody's
KEEP = 2  # generations that stay: the one served, and the one before it for who still reads it


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot says of itself.

    `keys` is the fingerprint of what its keys were made by; `lists` holds the vocabularies that arrays point into.
    """

    generation: int
    created: str
    counts: dict[str, int]
    keys: str
    lists: dict[str, list[Any]]
    files: dict[str, dict[str, Any]]
    format: int = FORMAT

    def dump(self) -> bytes:
        """As JSON, its own checksum beside the body."""
        body = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return orjson.dumps({"checksum": checksum_of(body), "body": body}, option=orjson.OPT_INDENT_2)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of a folder; BadSnapshot where there is none that can be trusted."""
        try:
            whole = orjson.loads((folder / MANIFEST).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            raise BadSnapshot(f"no snapshot at {folder}; `gazetteer index build` makes one") from None
        except (OSError, orjson.JSONDecodeError) as error:
            raise BadSnapshot(f"the manifest of {folder} cannot be read: {error}") from None
        body = whole.get("body") if isinstance(whole, dict) else None
        if not isinstance(body, dict) or whole.get("checksum") != checksum_of(body):
            raise BadSnapshot(f"the manifest of {folder} is damaged")
        if body.get("format") != FORMAT:
            raise BadSnapshot(f"{folder} has format {body.get('format')}, this version reads {FORMAT}: build it anew")
        return cls(**body)


def checksum_of(body: Mapping[str, Any]) -> str:
    """A checksum over a manifest's body, whatever the order of its keys."""
    return xxhash.xxh3_128_hexdigest(orjson.dumps(body, option=orjson.OPT_SORT_KEYS))


def checksum_of_file(path: Path) -> str:
    """A checksum over a file's bytes, read in pieces."""
    digest = xxhash.xxh3_128()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def write(folder: Path, arrays: Mapping[str, NDArray[Any]], **manifest: Any) -> Manifest:
    """Write a whole snapshot into a new folder, flushed to disk."""
    folder.mkdir(parents=True)
    files = {}
    for name, array in arrays.items():
        path = folder / f"{name}.npy"
        with path.open("wb") as stream:
            np.save(stream, np.ascontiguousarray(array))
            stream.flush()
            os.fsync(stream.fileno())
        files[name] = {"bytes": path.stat().st_size, "checksum": checksum_of_file(path)}
    written = Manifest(files=files, **manifest)
    with (folder / MANIFEST).open("wb") as stream:
        stream.write(written.dump())
        stream.flush()
        os.fsync(stream.fileno())
    flush_folder(folder)
    return written


def read(folder: Path) -> tuple[Manifest, dict[str, NDArray[Any]]]:
    """Map a snapshot's arrays; a file that is missing or of another size is a BadSnapshot.

    The checksums are not read here, so that opening does not touch the pages: `problems` does that.
    """
    manifest = Manifest.read(folder)
    arrays = {}
    for name, said in manifest.files.items():
        path = folder / f"{name}.npy"
        if not path.is_file() or path.stat().st_size != said["bytes"]:
            raise BadSnapshot(f"{path} is missing or cut off: build the snapshot anew")
        try:
            arrays[name] = map_array(path)
        except (OSError, ValueError) as error:
            raise BadSnapshot(f"{path} cannot be mapped: {error}") from None
    return manifest, arrays


def map_array(path: Path) -> NDArray[Any]:
    """One array, mapped; a plain ndarray over the pages, for `memmap` slices ten times slower."""
    if path.stat().st_size <= SMALL:
        array: NDArray[Any] = np.load(path, allow_pickle=False)
        array.flags.writeable = False  # as a mapped one is: compiled loops tell the two apart
        return array
    return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)  # type: ignore[no-any-return]


def problems(folder: Path) -> list[str]:
    """Everything wrong with a snapshot, file by file; empty when it is sound."""
    try:
        manifest = Manifest.read(folder)
    except BadSnapshot as error:
        return [error.message]
    found = []
    for name, said in manifest.files.items():
        path = folder / f"{name}.npy"
        if not path.is_file():
            found.append(f"{path.name} is missing")
        elif path.stat().st_size != said["bytes"]:
            found.append(f"{path.name} has {path.stat().st_size} bytes, should have {said['bytes']}")
        elif checksum_of_file(path) != said["checksum"]:
            found.append(f"{path.name} does not have the bytes that were written")
    return found


def staging(index: Path) -> Path:
    """A folder to write into that no reader looks at."""
    index.mkdir(parents=True, exist_ok=True)
    return index / f".new-{uuid4().hex}"


def publish(index: Path, staged: Path, generation: int) -> Path:
    """Give a written folder its name and make it the current one, each by one rename.

    Two builds may end at once: one at a time publishes, and an older generation does not take a newer one's place.
    """
    with (index / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home = index / str(generation)
        rebuilt = 1
        while home.exists():
            home = index / f"{generation}.{rebuilt}"
            rebuilt += 1
        staged.rename(home)
        if generation >= generation_of((index / "current").resolve(), -1):
            link = index / f".current-{uuid4().hex}"
            link.symlink_to(home.name)
            link.rename(index / "current")
        flush_folder(index)
        prune(index)
    return home


def generation_of(folder: Path, other: int) -> int:
    """The generation that a folder is named for; `other` for another name."""
    return int(folder.name.split(".")[0]) if GENERATION.fullmatch(folder.name) else other


def prune(index: Path) -> None:
    """Remove all but the current generation and the newest beside it, and what builds that were killed left.

    Who has one mapped goes on reading it.
    """
    current = (index / "current").resolve()
    built = [each for each in index.iterdir() if GENERATION.fullmatch(each.name) and each != current]
    others = sorted(built, key=lambda each: (generation_of(each, -1), each.stat().st_mtime_ns), reverse=True)
    abandoned = [each for each in index.glob(".new-*") if time.time() - each.stat().st_mtime > ABANDONED]
    for old in [*others[KEEP - 1 :], *abandoned]:
        shutil.rmtree(old, ignore_errors=True)


def flush_folder(folder: Path) -> None:
    """Make a folder's entries durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
