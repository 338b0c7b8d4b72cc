"""Retention from a terminal: what is due, held, kept, and gone."""

import json

from chb.cli.main import run
from tests.services.planner_makers import made_ocg

LATER = ["--on", "2099-01-01", "--json"]
SIGNED = ["--why", "Appeal", "--by", "LRO"]


def listed(capsys, *arguments):
    capsys.readouterr()
    assert run(["retention", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_record_is_listed_kept_held_lifted_and_disposed_of(administered, capsys):
    group = made_ocg(administered)
    assert listed(capsys, "due", "--json") == []
    (found,) = listed(capsys, "due", "--kind", "ocg", *LATER)
    assert (found["id"], found["name"], found["held"]) == (group.id, "KITTIWAKE", "")

    assert run(["retention", "keep", "ocg", group.id, "--until", "2101-01-01", *SIGNED]) == 0
    assert listed(capsys, "due", *LATER) == []

    assert run(["retention", "hold", "ocg", group.id, *SIGNED]) == 0
    (held,) = listed(capsys, "holds", "--json")
    gone = ["retention", "dispose", "ocg", group.id, "--reason", "Past its review"]
    assert run([*gone, "--yes"]) == 1
    assert "It is held" in capsys.readouterr().err

    assert run(["retention", "lift", held["hold"], *SIGNED]) == 0
    assert run(gone) == 0
    assert "would go for good: 1 legal hold, 1 OCG, 1 retention review" in capsys.readouterr().err
    assert run([*gone, "--yes"]) == 0
    assert run([*gone, "--yes"]) == 1
    assert "not there" in capsys.readouterr().err


def test_a_hold_that_is_not_there_is_said_so(administered, capsys):
    assert run(["retention", "lift", "none", *SIGNED]) == 1
    assert "no such hold" in capsys.readouterr().err
