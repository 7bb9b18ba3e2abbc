"""Files through the browser: laid out for the importer, and nowhere else on the disk."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from umair.errors import ImageError, ImportRefused
from umair.ui import brought
from umair.ui.brought import laid_out, unpack


@dataclass(frozen=True)
class Sent:
    name: str
    content: bytes

    def getbuffer(self) -> memoryview:
        return memoryview(self.content)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("|", "/"), content)
    return out.getvalue()


def test_files_and_zips_become_a_folder() -> None:
    archive = zipped(**{"inner|a.txt": b"tag", "b.png": b"x"})
    folder = laid_out([Sent("one.png", b"1"), Sent("more.zip", archive)])
    found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert found == {"one.png": b"1", "more/inner/a.txt": b"tag", "more/b.png": b"x"}


@pytest.mark.parametrize("name", ["../../evil.png", "..\\evil.png", "/etc/evil.png"])
def test_a_file_name_never_leads_out_of_the_folder(name: str) -> None:
    folder = laid_out([Sent(name, b"1")])
    assert [p.name for p in folder.iterdir()] == ["evil.png"]


@pytest.mark.parametrize("member", ["../evil.png", "/evil.png", "a/../../evil.png", "C:/evil.png", "..\\evil.png"])
def test_a_zip_that_leads_out_is_refused_whole(tmp_path: Path, member: str) -> None:
    place = tmp_path / "bad.zip"
    place.write_bytes(zipped(**{"good.png": b"1", member.replace("/", "|"): b"2"}))
    with pytest.raises(ImportRefused, match="outside"):
        unpack(place, tmp_path / "into")
    assert not (tmp_path / "evil.png").exists()


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brought, "RATIO_AT_MOST", 10)
    place = tmp_path / "bomb.zip"
    place.write_bytes(zipped(zeros=b"\0" * 1_000_000))
    with pytest.raises(ImportRefused, match="unpacks to"):
        unpack(place, tmp_path / "into")
    assert not (tmp_path / "into").exists()


def test_what_is_no_zip_is_refused_in_words(tmp_path: Path) -> None:
    place = tmp_path / "x.zip"
    place.write_bytes(b"PK but not really")
    with pytest.raises(ImportRefused, match=r"x\.zip"):
        unpack(place, tmp_path / "into")


def test_a_data_url_is_read_and_anything_else_refused() -> None:
    from umair.ui.uploads import from_data_url

    good = "data:image/png;base64," + base64.b64encode(b"bytes").decode()
    assert from_data_url(good, "a.png") == b"bytes"
    for bad in ("", "bytes", "data:image/png,raw", "data:image/png;base64,§§", "https://example.org/a.png"):
        with pytest.raises(ImageError, match=r"a\.png"):
            from_data_url(bad, "a.png")
