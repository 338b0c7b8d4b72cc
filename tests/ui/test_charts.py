"""What charts are made of."""

from datetime import date

import pandas as pd

from chb.ui.parts.charts import cut_at


def test_what_lies_after_the_day_is_a_part_of_its_own_and_fainter() -> None:
    days = pd.to_datetime(["2026-01-01", "2026-01-05", "2026-02-01"])
    table = pd.DataFrame(
        {
            "name": ["over", "done", "ahead"],
            "since": days,
            "until": pd.to_datetime(["2026-01-31", "2026-01-10", "2026-02-02"]),
        }
    )
    parts = cut_at(table, date(2026, 1, 10))
    assert parts["name"].tolist() == ["over", "over", "done", "ahead"]
    assert parts["since"].dt.day.tolist() == [1, 10, 5, 1]
    assert parts["until"].dt.day.tolist() == [10, 31, 10, 2]
    assert (parts["seen"] == 1).tolist() == [True, False, True, False]
    assert cut_at(table.head(0), date(2026, 1, 10)).empty
