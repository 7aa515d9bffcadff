"""A file appears whole or not at all, and what goes wrong is said."""

import errno
import json
import os
import stat
import threading

import pytest

from cesym.cli.output import WHY, as_json, put, write
from cesym.errors import OutputError
from cesym.messages import chinese


def test_a_file_is_written(tmp_path):
    write("σ(s) − y\n", tmp_path / "new.txt")
    assert (tmp_path / "new.txt").read_bytes() == "σ(s) − y\n".encode()
    assert os.listdir(tmp_path) == ["new.txt"]


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "old.txt"
    path.write_text("old")
    path.chmod(0o640)
    write("new", path)
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path):
    (tmp_path / "by_hand").write_text("")
    write("", tmp_path / "by_cesym")
    modes = [(tmp_path / name).stat().st_mode for name in ("by_hand", "by_cesym")]
    assert modes[0] == modes[1]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "file").write_text("old")
    (tmp_path / "link").symlink_to("file")
    write("new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path):
    # A pipe stands for devices too. A real one, such as /dev/null, must not be at stake in a test:
    # where tests run as root, a mistake would take it from the whole machine.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()), daemon=True)
    reader.start()
    write("through", pipe)
    reader.join(timeout=10)
    assert found == ["through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_half_a_file_is_never_left(tmp_path, monkeypatch):
    path = tmp_path / "kept.txt"
    path.write_text("kept")

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match=r"kept.txt cannot be written: the disk is full"):
        write("new", path)
    assert path.read_text() == "kept"
    assert os.listdir(tmp_path) == ["kept.txt"]


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        write("", tmp_path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(OutputError, match=r"x/y cannot be written: its folder is not there"):
        write("", tmp_path / "x" / "y")


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(OutputError, match="its folder is not a folder"):
        write("", tmp_path / "x" / "y")


def test_a_name_may_be_too_long(tmp_path):
    with pytest.raises(OutputError, match="the name is too long"):
        write("", tmp_path / ("x" * 5000))


def test_a_file_that_may_not_be_written_stays(tmp_path, monkeypatch):
    path = tmp_path / "mine.txt"
    path.write_text("mine")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="that is not permitted"):
        write("new", path)
    assert path.read_text() == "mine"


def test_every_reason_has_chinese():
    assert set(WHY.values()) <= chinese().keys()


def test_a_dash_is_standard_output(capsys):
    put("text", "-")
    put("text\n", None)
    assert capsys.readouterr().out == "text\ntext\n"


def test_json_keeps_chinese_readable():
    assert "中" in as_json({"x": "中"})
    assert json.loads(as_json([1, None], indent=None)) == [1, None]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk_behind_standard_output_is_said(start):
    with open("/dev/full", "w") as full:
        process = start("list", stdout=full)
        assert "standard output cannot be written: the disk is full" in process.communicate()[1]
    assert process.returncode == 2
