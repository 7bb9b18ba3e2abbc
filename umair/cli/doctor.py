"""`doctor`: this machine and installation, for a bug report."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from umair.cli.options import JsonOption
from umair.cli.output import document, say
from umair.settings import assets, home, known_libraries, read_settings

PACKAGES = (
    "streamlit",
    "torch",
    "torchvision",
    "sentence-transformers",
    "plotly",
    "umap-learn",
    "scikit-learn",
    "timm",
    "lightning-fabric",
    "safetensors",
    "lancedb",
    "polars",
    "pyarrow",
    "numpy",
    "pillow",
    "opencv-python-headless",
    "accelerate",
    "datasets",
    "fastapi",
    "typer",
)

app = typer.Typer()


@app.command(epilog="Example: python -m umair doctor --json > report.json")
def doctor(as_json: JsonOption = False) -> None:
    """Versions, device, folders and what is shipped. Nothing leaves the machine."""
    told = {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": sys.version.split()[0],
        "cores": os.cpu_count(),
        "device": _device(),
        "home": str(home()),
        "free_gb": round(shutil.disk_usage(_nearest(home())).free / 2**30, 1),
        "shipped": _shipped(),
        "libraries": len(known_libraries()),
        "settings": read_settings(),
        "packages": {name: _version(name) for name in PACKAGES},
    }
    if as_json:
        document(told)
        return
    for name, value in told.items():
        if isinstance(value, dict):
            say(f"{name}:")
            for key, own in value.items():
                say(f"  {key}: {own if own is not None else 'not installed'}")
        else:
            say(f"{name}: {value}")


def _device() -> str:
    try:
        import torch  # the one thing here that takes seconds, and that may be what is broken
    except Exception as error:
        return f"torch does not load ({type(error).__name__}: {error})"
    if torch.cuda.is_available():
        return f"cuda: {torch.cuda.get_device_name(0)}"
    return "mps" if torch.backends.mps.is_available() else f"cpu, {torch.get_num_threads()} threads"


def _shipped() -> dict[str, str]:
    folders = sorted(p for p in assets().iterdir() if p.is_dir()) if assets().is_dir() else []
    return {p.name: f"{sum(f.stat().st_size for f in p.rglob('*') if f.is_file()) / 2**20:,.1f} MB" for p in folders}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _nearest(folder: Path) -> Path:
    """The folder, or the first one above it that exists."""
    return next(p for p in (folder, *folder.parents) if p.exists())
