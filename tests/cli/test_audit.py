"""The audit log from a terminal: whole or where not, searched, and sealed anew."""

import json
import shutil

import pytest

from chb.cli.main import run
from chb.domain.audit import Fault
from tests.store.audited import cut, filled, past_the_guards
from tests.store.test_audit_attacks import ATTACKS


@pytest.fixture
def log(administered):
    return filled(administered.store)


def test_a_whole_log_is_said_to_be(log, capsys):
    assert run(["audit", "verify"]) == 0
    assert "Whole: 7 rows" in capsys.readouterr().err
    assert run(["audit", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["is_whole"] is True


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_first_bad_row_is_named_and_the_exit_code_is_one(log, capsys, attack):
    with past_the_guards(log) as connection:
        attack(connection)
    fault, seq, words = ATTACKS[attack]
    assert run(["audit", "verify", "--json"]) == 1
    output = capsys.readouterr()
    first = json.loads(output.out.partition('{\n  "refused"')[0])["findings"][0]
    assert (first["fault"], first["seq"]) == (fault, seq)
    assert f"does not verify: {fault}" in output.err and words in output.err


def test_a_cut_tail_is_found_with_a_copy_of_the_anchors(log, tmp_path, capsys):
    log.anchors.flush()
    copy = shutil.copy(log.anchors.path, tmp_path / "kept elsewhere.jsonl")
    log.anchors.path.unlink()
    with past_the_guards(log) as connection:
        cut(connection, "seq > 5")
    assert run(["audit", "verify"]) == 0
    assert run(["audit", "verify", "--anchors", str(copy)]) == 1
    assert f"does not verify: {Fault.TRUNCATED}" in capsys.readouterr().err
    assert run(["audit", "verify", "--anchors", str(tmp_path / "none")]) == 1


def test_the_log_is_searched(log, capsys):
    options = ["--kind", "nominal", "--object", "n3", "--action", "alter", "--person", "operator"]
    assert run(["audit", "search", *options, "--from", "2020-01-01", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["seq"], row["body"]) == (3, {"fields": ["note"]})
    assert run(["audit", "search", "--to", "2020-01-01"]) == 0
    assert "0 rows" in capsys.readouterr().err
    assert run(["audit", "search", "--from", "2026-01-02", "--to", "2026-01-01"]) == 1


def test_a_lost_key_is_a_sentence_and_work_can_go_on_with_a_new_one(log, capsys):
    (log.home / "keys" / "audit.key").unlink()
    assert run(["audit", "verify"]) == 1
    assert "renew-key" in capsys.readouterr().err
    assert run(["audit", "renew-key", "--purpose", "The disk with the key is gone"]) == 0
    assert run(["audit", "search", "--kind", "audit key"]) == 0
    assert run(["audit", "verify"]) == 1
    assert "a key that is not in the folder" in capsys.readouterr().err
