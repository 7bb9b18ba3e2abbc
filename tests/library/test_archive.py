"""A backup comes back as it was; a hostile one writes nothing anywhere."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from umair.errors import LibraryError
from umair.library.archive import pack, unpack
from umair.library.check import check
from umair.library.store import Library


def test_a_backup_comes_back_whole(small_library: Library, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    archive = pack(small_library.path, tmp_path / "b.zip", lambda done, of: seen.append((done, of)))
    restored = Library.open(unpack(archive, tmp_path / "again"))
    assert restored.illustrations().equals(small_library.illustrations())
    assert restored.interactions().equals(small_library.interactions())
    assert check(restored, contents=True).sound and restored.info == small_library.info
    assert seen[-1][0] == seen[-1][1] == len([p for p in restored.path.rglob("*") if p.is_file()])


def test_nothing_half_written_is_left(small_library: Library, tmp_path: Path) -> None:
    def full(done: int, of: int) -> None:
        if done == 5:
            raise OSError(28, "No space left on device")

    with pytest.raises(LibraryError, match="No space left"):
        pack(small_library.path, tmp_path / "out" / "b.zip", full)
    assert list((tmp_path / "out").iterdir()) == []
    archive = pack(small_library.path, tmp_path / "b.zip")
    with pytest.raises(LibraryError, match="No space left"):
        unpack(archive, tmp_path / "back" / "again", full)
    assert list((tmp_path / "back").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/tmp/evil-umair.txt", "a/../../evil.txt", "..\\evil.txt", "C:/evil.txt"]
)
def test_entries_that_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as out:
        out.writestr("library.toml", 'name = "x"\nschema_version = 1\n')
        out.writestr(name, "evil")
    with pytest.raises(LibraryError, match="outside of the library"):
        unpack(tmp_path / "b.zip", tmp_path / "deep" / "lib")
    assert [p.name for p in tmp_path.rglob("*") if "evil" in p.name] == []
    assert list((tmp_path / "deep").iterdir()) == []


def test_links_and_other_files_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("images")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as out:
        out.writestr("library.toml", 'name = "x"\nschema_version = 1\n')
        out.writestr(link, "/etc")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as out:
        out.writestr("readme.txt", "hello")
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 and so on")
    for name, told in (("link.zip", "outside"), ("other.zip", "no backup"), ("no.zip", "not a readable zip")):
        with pytest.raises(LibraryError, match=told):
            unpack(tmp_path / name, tmp_path / "lib")
    assert not (tmp_path / "lib").exists()


def test_a_folder_with_other_things_stays_as_it_is(small_library: Library, tmp_path: Path) -> None:
    archive = pack(small_library.path, tmp_path / "b.zip")
    with pytest.raises(LibraryError, match="not empty"):
        unpack(archive, small_library.path)
    assert check(small_library, contents=True).sound
