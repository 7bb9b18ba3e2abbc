"""Tables of other people: any names of columns, many forms of times and lists, bad rows told one by one."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from umair.errors import ImportRefused
from umair.library.importers.columns import as_labels, as_time, column_names, parse_mapping
from umair.library.importers.illustration_table import import_illustrations
from umair.library.importers.log_table import import_interactions, import_users
from umair.library.store import Library


def test_interactions_from_csv_with_their_names(small_library: Library, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    lines = ["member,picture,when,what", "u00,p00,2026-01-01 10:00:00,Bookmark", "new,p01,2026-01-02T10:00:00+09:00,"]
    lines += ["u00,p99,2026-01-01,view", "u00,,2026-01-01,view", ",p00,2026-01-01,view", "u00,p00,soon,view"]
    lines += ["u00,p00,2026-01-01,poke", "u00,p00,2026-01-01 10:00:00,bookmark", "u01,p02,1767225600,dislike"]
    file.write_text("\n".join(lines))
    mapping = parse_mapping(["user_id=member", "item_id=picture", "at=when", "kind=what"])
    report = import_interactions(small_library, file, mapping)
    added = small_library.interactions()[300:]
    assert added.sort("at", "kind").rows() == [
        ("u01", "p02", datetime(2026, 1, 1, tzinfo=UTC), "dislike"),
        ("u00", "p00", datetime(2026, 1, 1, 10, tzinfo=UTC), "bookmark"),
        ("new", "p01", datetime(2026, 1, 2, 1, tzinfo=UTC), "bookmark"),
    ]
    assert (report.taken, report.users, len(report.skipped)) == (3, 1, 5)
    assert {n.file: n.reason for n in report.skipped}["log.csv, row 3"].endswith("not in this library")
    assert any("in the log already" in remark for remark in report.remarks)
    assert small_library.users()["user_id"].to_list()[-1] == "new"
    assert import_interactions(small_library, file, mapping).taken == 0
    assert len(small_library.interactions()) == 303


def test_users_are_added_and_brought_up_to_date(small_library: Library, tmp_path: Path) -> None:
    file = tmp_path / "people.parquet"
    pl.DataFrame(
        {"id": ["u00", "z", None], "nick": ["Anna", "Zoë", "?"], "likes": [["moon"], ["sea", "sky"], []]}
    ).write_parquet(file)
    report = import_users(small_library, file, {"user_id": "id", "name": "nick", "interest_labels": "likes"})
    users = {r["user_id"]: r for r in small_library.users().iter_rows(named=True)}
    assert (report.taken, report.users, len(report.skipped)) == (2, 1, 1) and len(users) == 31
    assert users["u00"]["name"] == "Anna" and users["z"]["interest_labels"] == ["sea", "sky"]
    assert users["u01"]["name"] == "User 1"


def test_illustrations_with_bytes_or_files(tmp_path: Path, small_picture) -> None:
    library = Library.create(tmp_path / "lib", "table")
    content = []
    for n in range(4):
        small_picture(n).save(tmp_path / f"{n}.png")
        content.append((tmp_path / f"{n}.png").read_bytes())
    packed = tmp_path / "packed.parquet"
    rows = {
        "id": ["h/a", "h/b", "h/b"],
        "image": [*content[:2], b"no"],
        "painter": ["h"] * 3,
        "tags": [["x"], None, []],
    }
    pl.DataFrame(rows, schema_overrides={"tags": pl.List(pl.String)}).write_parquet(packed)
    report = import_illustrations(library, packed, {"item_id": "id", "hand": "painter", "labels": "tags"})
    assert report.taken == 2 and "not a picture" in report.skipped[0].reason
    frame = library.illustrations()
    assert frame["item_id"].to_list() == ["h/a", "h/b"] and frame["hand"].to_list() == ["h", "h"]
    named = tmp_path / "named.csv"
    outside = tmp_path.parent / "outside.png"
    outside.write_bytes(content[3])
    named.write_text(
        "image,title,labels,published_at,rating,views\n"
        "2.png,<b>Sea</b>,moon|sea,2024-05-06,General,12\n0.png,,,,,\n../outside.png,,,,,\nnone.png,,,,,\n"
        f"{outside},,,,,\n"
    )
    report = import_illustrations(library, named, {})
    assert report.taken == 1 and [d.item_id for d in report.duplicates] == ["h/a"]
    assert [("outside" in n.reason, "no file" in n.reason) for n in report.skipped] == [(1, 0), (0, 1), (1, 0)]
    row = library.illustrations().row(2, named=True)
    assert (row["title"], row["labels"], row["rating"], row["views"]) == ("Sea", ["moon", "sea"], "general", 12)
    assert row["published_at"] == datetime(2024, 5, 6, tzinfo=UTC)
    outside.unlink()


@pytest.mark.parametrize(
    ("name", "content", "mapping", "told"),
    [
        ("log.csv", "user_id,item_id\nu,p\n", {}, "no column for at"),
        ("log.csv", "user_id,item_id,at\n", {"at": "time"}, "no column 'time'"),
        ("log.csv", "user_id,item_id,at\n", {"moment": "at"}, "not one of our columns"),
        ("log.xlsx", "x", {}, "not a table we read"),
        ("log.parquet", "x", {}, "not a readable"),
        ("log.csv", "", {}, "not a readable"),
    ],
)
def test_tables_that_cannot_be_read(
    small_library: Library, tmp_path: Path, name: str, content: str, mapping: dict[str, str], told: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(ImportRefused, match=told):
        import_interactions(small_library, tmp_path / name, mapping)
    assert len(small_library.interactions()) == 300


def test_pictures_come_before_what_people_did(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user_id,item_id,at\nu,p,2024-01-01\n")
    with pytest.raises(ImportRefused, match="pictures first"):
        import_interactions(Library.create(tmp_path / "lib", "new"), tmp_path / "log.csv", {})


def test_mappings() -> None:
    assert parse_mapping(["user_id=a=b", " at = t "]) == {"user_id": "a=b", "at": "t"}
    for bad in ("user_id", "=x", "x="):
        with pytest.raises(ImportRefused, match="ours=theirs"):
            parse_mapping([bad])


@pytest.mark.parametrize("ending", ["csv", "tsv", "parquet", "jsonl"])
def test_every_kind_of_table(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"t.{ending}"
    frame = pl.DataFrame({"user_id": ["a"], "name": ["名前"]})
    if ending == "parquet":
        frame.write_parquet(file)
    elif ending == "jsonl":
        frame.write_ndjson(file)
    else:
        frame.write_csv(file, separator="," if ending == "csv" else "\t")
    assert column_names(file) == ("user_id", "name")
    library = Library.create(tmp_path / "lib", "x")
    import_users(library, file, {})
    assert library.users()["name"].to_list() == ["名前"]


@given(st.datetimes(datetime(1971, 1, 1), datetime(2090, 1, 1)))
@settings(max_examples=40, deadline=None)
def test_a_time_is_the_same_in_every_form(at: datetime) -> None:
    at = at.replace(microsecond=0)
    utc = at.replace(tzinfo=UTC)
    seconds = int(utc.timestamp())
    forms = [str(at), at.isoformat(), at.isoformat() + "Z", utc.isoformat(), str(seconds), str(seconds * 1000)]
    forms += [str(seconds * 1_000_000)] if seconds > 10_000_000 else []
    if seconds < 5_000_000:  # so early that milliseconds look like seconds
        forms = forms[:5]
    read = pl.DataFrame({"at": forms})
    read = read.select(as_time(read, "at"))
    assert read["at"].to_list() == [utc] * len(forms)


def test_columns_that_are_times_already() -> None:
    day = pl.DataFrame({"at": [date(2024, 5, 6)]})
    plain = pl.DataFrame({"at": [datetime(2024, 5, 6)]}, schema_overrides={"at": pl.Datetime("ms")})
    tokyo = plain.with_columns(pl.col("at").dt.replace_time_zone("Asia/Tokyo"))
    assert [f.select(as_time(f, "at"))["at"][0].isoformat() for f in (day, plain, tokyo)] == [
        "2024-05-06T00:00:00+00:00",
        "2024-05-06T00:00:00+00:00",
        "2024-05-05T15:00:00+00:00",
    ]


@pytest.mark.parametrize("text", ["a|b, c", "a; b, c", '["a", "b"]', "a,b"])
def test_lists_in_one_field(text: str) -> None:
    frame = pl.DataFrame({"labels": [text, "", None]})
    read = frame.select(as_labels(frame, "labels"))["labels"].to_list()
    assert read[0][0] == "a" and read[0][1].startswith("b") and read[1] == [] and not read[2]


def test_the_report_of_a_table_is_kept(small_library: Library, tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("user_id\nnew\n")
    report = import_users(small_library, tmp_path / "u.csv", {})
    assert json.loads(Path(report.file).read_text())["kind"] == "users"
