"""Where things are on this machine and what the person has chosen; one TOML file in `home()`.

The TOML that we write is small and flat: text, numbers, truth values, lists of them, and tables of those.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from umair.errors import LibraryError, UmairError

Scalar = str | int | float | bool
TomlValue = Scalar | Sequence[Scalar]

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


@dataclass(frozen=True)
class Settings:
    """The choices that hold for every library."""

    device: str = "auto"  # auto | cpu | cuda | mps
    image_encoder: str = "shipped"  # shipped | a run or folder | timm:NAME | torchvision:NAME
    text_encoder: str = "shipped"  # shipped | a folder | a hub name
    style_pooling: str = "learnt"  # learnt (measured best) | paper (eq. 4 as printed)


def home() -> Path:
    """The folder for this person's libraries and settings: $UMAIR_HOME, else the platform's place for data."""
    chosen = os.environ.get("UMAIR_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "umair"


def assets() -> Path:
    """What is shipped with the code: demo library, weights, icons; $UMAIR_ASSETS overrides it."""
    chosen = os.environ.get("UMAIR_ASSETS")
    return Path(chosen).expanduser().absolute() if chosen else Path(__file__).resolve().parent.parent / "assets"


def demo_library() -> Path:
    """The person's own copy of the shipped demo library, made on first use: it can be liked, encoded, trained on.

    A new edition of the demo (other contents, vectors or active run) gets a folder of its own.
    """
    shipped = assets() / "demo"
    if not (shipped / "library.toml").is_file():
        raise LibraryError(
            f"The demo library is not at {shipped}. Draw it with `python -m umair demo build`, "
            "or name a library of your own with --library."
        )
    copy = home() / "libraries" / f"demo-{_edition(shipped)}"
    if not copy.is_dir():
        copy.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".demo-", dir=copy.parent))
        try:
            shutil.copytree(shipped, aside / "demo")
            os.rename(aside / "demo", copy)
        except OSError:
            if not copy.is_dir():  # else another process was faster, and its copy is as good
                raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return copy


def _edition(shipped: Path) -> str:
    """12 hex digits that change with the demo's contents (its stamp), its vectors and its active run."""
    told = [shipped / "library.toml", shipped / "vectors" / "active.toml"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in told if file.is_file())).hexdigest()[:12]


def open_library_path() -> Path:
    """The library that the app has open: $UMAIR_LIBRARY, else the one chosen last, or the demo if that is gone."""
    chosen = os.environ.get("UMAIR_LIBRARY") or _read_home().get("open_library")
    if isinstance(chosen, str) and (Path(chosen) / "library.toml").is_file():
        return Path(chosen)
    return demo_library()


def set_open_library(path: Path) -> None:
    """Remember which library the app has open."""
    write_toml(_home_file(), {**_read_home(), "open_library": str(path.absolute())})


def known_libraries() -> tuple[Path, ...]:
    """The libraries on this person's shelf, in the order in which they came."""
    kept = _read_home().get("libraries", [])
    return tuple(Path(str(p)) for p in kept) if isinstance(kept, list) else ()


def set_known_libraries(paths: Sequence[Path]) -> None:
    """Write the shelf anew, each library once."""
    unique = list(dict.fromkeys(str(p.absolute()) for p in paths))
    write_toml(_home_file(), {**_read_home(), "libraries": unique})


def read_settings() -> Settings:
    """The person's choices; what is not chosen has its default. UmairError for a value of the wrong kind."""
    kept = _read_home().get("settings", {})
    known = {f.name: kept[f.name] for f in fields(Settings) if isinstance(kept, dict) and f.name in kept}
    for name, value in known.items():
        if not isinstance(value, str):
            raise UmairError(f"{name} = {value!r} in {_home_file()} must be text in quotes. Correct it there.")
    return Settings(**known)


def write_settings(settings: Settings) -> None:
    write_toml(_home_file(), {**_read_home(), "settings": asdict(settings)})


def read_toml(path: Path) -> dict[str, object]:
    """A TOML file as a dict; UmairError names the file if it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UmairError(
            f"{path} is not a readable TOML file ({error}). Restore it from a backup or delete it."
        ) from error


def write_toml(path: Path, content: Mapping[str, object]) -> None:
    """Write a TOML file so that a reader meets the old or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, aside = tempfile.mkstemp(prefix=f".{path.name}.tmp-", dir=path.parent)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(toml_text(content))
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def toml_text(content: Mapping[str, object]) -> str:
    """`content` as TOML: plain values first, then one [table] for each mapping."""
    plain = [f"{_key(k)} = {_value(v)}" for k, v in content.items() if not isinstance(v, Mapping)]
    tables = [
        "\n".join([f"\n[{_key(name)}]", *(f"{_key(k)} = {_value(v)}" for k, v in table.items())])
        for name, table in content.items()
        if isinstance(table, Mapping)
    ]
    return "\n".join([*plain, *tables]) + "\n"


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else _value(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(ESCAPES.get(c) or (f"\\u{ord(c):04x}" if _control(c) else c) for c in value) + '"'
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    raise TypeError(f"TOML cannot hold {value!r}")


def _control(char: str) -> bool:
    return ord(char) < 32 or ord(char) == 127


def _home_file() -> Path:
    return home() / "settings.toml"


def _read_home() -> dict[str, object]:
    return read_toml(_home_file()) if _home_file().is_file() else {}
