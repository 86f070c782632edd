"""What scripts may rely on: keys of the JSON, exit codes, one sentence on stderr and never a traceback."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shoushan.config.cli import main
from tests.apps.resumption.factories import JANUARY, frame, ledger_file, report
from tests.kept import district
from tests.outside import surroundings

DAY = date(2020, 2, 10)
RESUMED = "resumption.enterprises_resumed"
ROWS = [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-09", 11]]


class Answer(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def content(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Answer]


@pytest.fixture
def shoushan(capsys: pytest.CaptureFixture[str], db: None) -> Iterator[Command]:
    """Run a command in this process, on the test's database."""
    before = signal.getsignal(signal.SIGPIPE)

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(each) for each in arguments])
        return Answer(int(end.value.code or 0), *capsys.readouterr())

    yield run
    signal.signal(signal.SIGPIPE, before)


@pytest.fixture
def filled(db: None, tmp_path: Path) -> Path:
    """Two framed enterprises at work; the folder of their files."""
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, DAY, ROWS)
    return tmp_path


def assert_one_sentence(text: str) -> None:
    assert text.endswith("\n")
    assert text.count("\n") == 1
    assert "Traceback" not in text


# ---- answers ------------------------------------------------------------------------------------
def test_it_answers_an_import_with_the_promised_keys(shoushan: Command, tmp_path: Path) -> None:
    district()
    file = ledger_file(tmp_path, DAY, [*ROWS, [3, 10, "2020-02-10", 99]])

    answer = shoushan("import", file, "--json")

    assert answer.code == 0
    assert answer.err == ""
    [one] = answer.content
    counts = {key: one[key] for key in ("sheet", "rows", "new", "changed", "unchanged", "rejected")}
    assert counts == {
        "sheet": "resumption.ledger",
        "rows": 3,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "rejected": 1,
    }
    assert one["file"] == file.name
    [problem] = one["problems"]
    assert set(problem) == {"row", "column", "value", "code", "message"}
    assert (problem["row"], problem["column"], problem["code"]) == (6, "返岗人数", "at_work_exceeds_staff")


def test_it_writes_nothing_in_a_dry_run(shoushan: Command, tmp_path: Path) -> None:
    district()
    file = ledger_file(tmp_path, DAY, ROWS)

    dry = shoushan("import", file, "--dry-run", "--json")
    wet = shoushan("import", file, "--json")
    again = shoushan("import", file, "--json")

    assert dry.content == wet.content
    assert (again.content[0]["new"], again.content[0]["unchanged"]) == (0, 2)


def test_it_writes_rejected_rows_to_a_workbook(shoushan: Command, tmp_path: Path) -> None:
    district()
    out = tmp_path / "退回.xlsx"

    answer = shoushan("import", ledger_file(tmp_path, DAY, [[3, 10, "2020-02-10", 99]]), "--errors", out)

    assert answer.code == 0
    assert "退回 1" in answer.out
    assert out.read_bytes().startswith(b"PK")


def test_it_brings_in_the_others_when_one_file_is_refused(shoushan: Command, tmp_path: Path) -> None:
    district()
    good, bad = ledger_file(tmp_path, DAY, ROWS), tmp_path / "缺失.xlsx"

    answer = shoushan("import", bad, good, "--json")

    assert answer.code == 1
    assert [each["new"] for each in answer.content] == [0, 2]
    assert_one_sentence(answer.err)


def test_it_answers_a_figure_with_the_promised_keys(shoushan: Command, filled: Path) -> None:
    one = shoushan("figure", RESUMED, "--as-of", DAY, "--by", "category", "--json").content
    rate = shoushan("figure", "resumption.staff_return_rate", "--as-of", DAY, "--json").content

    assert (one["code"], one["as_of"], one["value"], one["unit"]) == (RESUMED, "2020-02-10", 2, "家")
    assert (one["numerator"], one["denominator"]) == (2, None)
    assert one["by"] == {"INDUSTRY": 1, "RETAIL": 1}
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (58.6, 41, 70)
    assert rate["base"] == "已复工“四上”企业的职工总数"


def test_it_narrows_a_figure_to_an_area_and_to_a_seal(shoushan: Command, filled: Path) -> None:
    sealed = shoushan("ledger", "seal")
    size = sealed.out.split()[1]
    report(filled, DAY, [[1, 50, "2020-02-10", 50], ROWS[1]])

    def people(*more: object) -> int:
        value: int = shoushan("figure", "resumption.people_at_work", "--as-of", DAY, "--json", *more).content["value"]
        return value

    assert [people(), people("--known-at", size), people("--area", "370102011"), people("--area", "370102013")] == [
        61,
        41,
        61,
        0,
    ]


def test_it_names_members_that_add_up(shoushan: Command, filled: Path) -> None:
    found = shoushan("members", "resumption.people_at_work", "--as-of", DAY, "--json").content

    assert [set(each) for each in found] == [{"subject", "name", "amount"}] * 2
    assert [(each["name"], each["amount"]) for each in found] == [("示例1号有限公司", 30), ("示例2号有限公司", 11)]


def test_it_prints_for_people_what_it_answers_to_scripts(shoushan: Command, filled: Path) -> None:
    figure = shoushan("figure", "resumption.resumption_rate", "--as-of", DAY, "--by", "area")
    members = shoushan("members", RESUMED, "--as-of", DAY)
    measures = shoushan("measures")

    assert figure.out.startswith("复工率：100.0%（截至 2020-02-10）\n  = 2 ÷ 2（")
    assert "姚家街道\t100.0%" in figure.out
    assert members.out.endswith("合计 2\n")
    assert RESUMED in measures.out


def test_it_releases_a_bulletin_that_another_command_verifies(shoushan: Command, filled: Path) -> None:
    out = filled / "发布.json"

    released = shoushan("bulletin", "--as-of", DAY, "--release", out)
    verified = shoushan("verify", out)
    out.write_text(out.read_text(encoding="utf-8").replace('"value": 41', '"value": 42'), encoding="utf-8")
    forged = shoushan("verify", out)

    assert released.out.startswith("截至2月10日,全区“四上”企业累计复工2家,累计开工总人数41人\n")
    assert (released.code, verified.code, forged.code) == (0, 0, 1)
    assert "核验成立" in verified.out
    assert forged.out == ""
    assert all(line.startswith("不成立：") for line in forged.err.splitlines())


def test_it_corrects_a_release_with_a_reason(shoushan: Command, filled: Path) -> None:
    first, second = filled / "1.json", filled / "2.json"
    number = shoushan("bulletin", "--as-of", DAY, "--release", first).err.split()[1].rstrip("，发布文件")

    silent = shoushan("bulletin", "--as-of", DAY, "--release", second, "--corrects", number)
    told = shoushan("bulletin", "--as-of", DAY, "--release", second, "--corrects", number, "--reason", "补报")

    assert (silent.code, told.code) == (1, 0)
    assert json.loads(second.read_text(encoding="utf-8"))["content"]["corrects"] == number


def test_it_prints_a_bulletin_before_anything_is_in(shoushan: Command) -> None:
    answer = shoushan("bulletin", "--as-of", "2020-03-23")

    assert answer.code == 0
    assert answer.out.startswith("截至3月23日,全区“四上”企业累计复工0家,累计开工总人数0人\n")
    assert "（）" not in answer.out


def test_it_says_that_the_ledger_is_clean(shoushan: Command, filled: Path) -> None:
    shoushan("ledger", "seal")

    clean, listed = shoushan("ledger", "verify"), shoushan("ledger", "verify", "--json")

    assert (clean.code, listed.code, listed.content) == (0, 0, [])
    assert clean.out.startswith("台账完好")
    assert len(shoushan("ledger", "seals").out.splitlines()) == 1


def test_it_names_every_row_that_was_tampered_with(shoushan: Command, filled: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_total SET net = net + 1")
        cursor.execute("SELECT COUNT(*) FROM ledger_total")
        count = cursor.fetchone()[0]

    told, listed = shoushan("ledger", "verify"), shoushan("ledger", "verify", "--json")

    assert (told.code, listed.code) == (1, 1)
    assert len(told.err.splitlines()) == count
    assert [set(each) for each in listed.content] == [{"table", "row", "sentence"}] * count


# ---- refusals -----------------------------------------------------------------------------------
JUNK = {
    "missing.xlsx": None,
    "empty.xlsx": b"",
    "rubbish.xlsx": bytes(range(256)) * 20,
    "not-a-zip.xlsx": b"PK\x03\x04" + b"\x00" * 50,
    "encoding.csv": b"\xff\xfe\x00\xd8bad",
    "unknown.pdf": b"%PDF-1.4",
    "page.xls": b"<html><table><tr><td>1</td></tr></table></html>",
    "no-table.csv": "一,二\n三,四\n".encode(),
}


@pytest.mark.parametrize("name", JUNK)
def test_it_refuses_a_file_that_is_no_table(shoushan: Command, tmp_path: Path, name: str) -> None:
    content = JUNK[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)

    answer = shoushan("import", tmp_path / name, "--json")

    assert answer.code == 1
    assert_one_sentence(answer.err)
    assert answer.err.endswith("。\n")
    [one] = answer.content
    assert (one["rows"], len(one["problems"])) == (0, 1)


def test_it_refuses_a_folder(shoushan: Command, tmp_path: Path) -> None:
    answers = [shoushan("import", tmp_path), shoushan("verify", tmp_path)]

    assert [answer.code for answer in answers] == [1, 1]
    for answer in answers:
        assert_one_sentence(answer.err)
        assert "这是目录" in answer.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("figure nothing.at_all --as-of 2020-03-23", "没有编码为 nothing.at_all 的指标"),
        ("members nothing.at_all --as-of 2020-03-23", "没有编码为 nothing.at_all 的指标"),
        (f"figure {RESUMED} --as-of 2020-03-23 --known-at 7", "没有 7 条分录的封存"),
        ("import x.xlsx --sheet no.such", "没有代码为 no.such 的表，可用的有"),
        ("bulletin --as-of 2020-03-23 --release out.json", "请先导入"),
        ("bulletin --as-of 2020-03-23 --release no/such/folder/out.json", "请换一个已有目录下的文件名"),
        ("bulletin --as-of 2020-03-23 --release .", "请换一个已有目录下的文件名"),
        ("bulletin --as-of 2020-03-23 --release out.json --corrects REL-1", "没有编号为 REL-1 的发布"),
        ("verify missing.json", "没有这个文件"),
    ],
)
def test_it_refuses_with_one_sentence(
    shoushan: Command, arguments: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    answer = shoushan(*arguments.split())

    assert answer.code == 1
    assert_one_sentence(answer.err)
    assert sentence in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b'{"content": 1}'])
def test_it_refuses_what_is_no_release(shoushan: Command, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "发布.json"
    file.write_bytes(content)

    answer = shoushan("verify", file)

    assert (answer.code, answer.out) == (1, "")
    assert_one_sentence(answer.err)


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "nothing",
        "figure",
        f"figure {RESUMED}",
        f"figure {RESUMED} --as-of 2020-02-30",
        f"figure {RESUMED} --as-of heute",
        f"figure {RESUMED} --as-of 2020-03-23 --by kind",
        f"figure {RESUMED} --as-of 2020-03-23 --known-at x",
        f"figure {RESUMED} --as-of 2020-03-23 --area 37%",
        "members",
        "bulletin",
        "bulletin --as-of 2020-03-23 --corrects REL-1",
        "import",
        "import a.xlsx b.xlsx --errors c.xlsx",
        "import a.xlsx --as-of 3月23日",
        "ledger",
        "ledger nothing",
        "verify",
        "serve --port 70000",
    ],
)
def test_it_tells_wrong_usage_from_a_refusal(shoushan: Command, arguments: str) -> None:
    answer = shoushan(*arguments.split())

    assert (answer.code, answer.out) == (2, "")
    assert_one_sentence(answer.err)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "command",
    [
        "figure resumption.enterprises_resumed_today --as-of",
        "members resumption.enterprises_resumed_today --as-of",
        "bulletin --as-of",
    ],
)
def test_it_answers_for_the_first_and_the_last_day_of_the_calendar(shoushan: Command, command: str, day: str) -> None:
    answer = shoushan(*command.split(), day)

    assert (answer.code, answer.err) == (0, "")


# ---- from outside -------------------------------------------------------------------------------
def outside(home: Path, *arguments: object, **environment: str) -> Answer:
    """Run the command as an operator does, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "shoushan.config.cli", *map(str, arguments)],
        env=surroundings(**{"SHOUSHAN_HOME": str(home), **environment}),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", ["figure resumption.people_at_work --as-of 2020-03-23", "ledger verify"])
def test_it_says_that_the_database_is_not_set_up(tmp_path: Path, command: str) -> None:
    answer = outside(tmp_path, *command.split())

    assert answer.code == 1
    assert_one_sentence(answer.err)
    assert "请先运行 shoushan setup" in answer.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOUSHAN_DATABASE_URL", "mysql://localhost/x"),
        ("SHOUSHAN_LOG_LEVEL", "LOUD"),
        ("SHOUSHAN_HOME", "/dev/null/home"),
    ],
)
def test_it_stops_at_a_setting_that_can_not_be_used(tmp_path: Path, name: str, value: str) -> None:
    answer = outside(tmp_path, "measures", **{name: value})

    assert (answer.code, answer.out) == (2, "")
    assert_one_sentence(answer.err)
    assert name in answer.err


def test_it_says_that_the_database_does_not_answer(tmp_path: Path) -> None:
    answer = outside(tmp_path, "ledger", "verify", SHOUSHAN_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert answer.code == 1
    assert_one_sentence(answer.err)
