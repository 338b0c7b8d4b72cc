"""Home in words and small pictures; every way from it leads to a page the person may open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chb.domain.access.roles import Role, View
from chb.domain.glossary import GlossaryTerm
from chb.domain.home import ActionCount, Change, Found, HomeVisit, Subject
from chb.domain.home_tour import tour_for
from chb.domain.periods import Month
from chb.domain.places.phases import Intensity, Phase
from chb.domain.planning.my_work import WorkItem, WorkKind
from chb.domain.views.work import PhaseShown
from chb.services.backups import BackupFile
from chb.services.home.administration import AdministrationState
from chb.services.home.place_harm import PlaceHarm
from chb.services.home.places import PlaceGlance
from chb.services.home.shared_places import SharedGlance
from chb.services.loading.freshness import KindFreshness
from chb.ui import theme
from chb.ui.home_cache import SharedStanding
from chb.ui.parts.glossary.terms import term_html
from chb.ui.parts.home.administration import account_cards, audit_cards, backup_card
from chb.ui.parts.home.freshness import last_import_words
from chb.ui.parts.home.moments import age_words, due_words, moment_words
from chb.ui.parts.home.news import PAGES, change_row, page_of, since_words
from chb.ui.parts.home.places import action_line, place_card, shared_card
from chb.ui.parts.home.sparkline import sparkline_svg, trend_sentence, trend_words
from chb.ui.parts.home.work import known_as, work_rows
from chb.ui.shell.registry import PAGES as REGISTERED
from tests.leaks.test_function_matrix import scope_as
from tests.ui.test_escape import HOSTILE

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
TODAY = NOW.date()
TWO_YEARS = tuple(Month(2024, 1).plus(step) for step in range(24))
GLANCE = PlaceGlance(
    place_id="p",
    name="Moorfield",
    area_name="Marram",
    phases={Phase.CLEAR: Intensity.ACTIVE, Phase.HOLD: None, Phase.BUILD: Intensity.PLANNED},
    actions=ActionCount(11, 1, date(2026, 3, 9)),
    boundary_version=1,
    is_own=True,
)


def harm(before, now):
    return PlaceHarm(months=TWO_YEARS, harm_days=(*[before] * 12, *[now] * 12))


@pytest.mark.parametrize("role", list(Role))
def test_every_way_from_home_leads_to_a_page_of_the_role(role):
    scope = scope_as(role)
    opens = {rule.path for rule in REGISTERED if rule.opens_for(scope)}
    assert {step.path for step in tour_for({role})} <= opens
    assert {page_of(subject, scope) for subject in Subject} - {""} <= opens


def test_every_subject_has_a_picture_and_asks_for_what_its_page_asks_for():
    asked = {rule.path: rule.permission for rule in REGISTERED}
    assert set(PAGES) == set(Subject)
    for _, pages in PAGES.values():
        assert all(asked[path] == permission for path, permission in pages)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "today 10:30"),
        (NOW - timedelta(days=1), "yesterday"),
        (NOW - timedelta(days=20), "12 Feb"),
        (NOW - timedelta(days=80), "14 Dec 2025"),
    ],
)
def test_a_moment_is_said_as_people_say_it(at, words):
    assert moment_words(at, today=TODAY) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(minutes=59), "within the hour"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "1 day ago"),
        (timedelta(days=9), "9 days ago"),
    ],
)
def test_an_age_is_in_its_largest_unit(passed, words):
    assert age_words(NOW - passed, now=NOW) == words


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (None, ""),
        (TODAY, "due today"),
        (TODAY - timedelta(days=1), "1 day late"),
        (TODAY + timedelta(days=7), "due 11 Mar"),
    ],
)
def test_a_due_day_says_how_late_it_is(due_on, words):
    assert due_words(due_on, today=TODAY) == words


def test_the_list_says_since_when_it_is():
    first = HomeVisit(seen_at=NOW)
    later = HomeVisit(seen_at=NOW, since=NOW - timedelta(days=1))
    found = [Found(Subject.OCGS, 3, ()), Found(Subject.DATA, 1, ())]
    assert (
        since_words(first, found, today=TODAY) == "Your first visit: the last 14 days, 4 changes."
    )
    assert since_words(later, [], today=TODAY) == "Since your last visit, yesterday: nothing new."
    many = [Found(Subject.OCGS, 100, (), is_more=True)]
    assert "more than 100 changes" in since_words(later, many, today=TODAY)


def test_what_people_wrote_is_shown_as_they_wrote_it():
    for text in HOSTILE:
        change = Change(title=text, what="added", at=NOW, about=text, by=text)
        item = WorkItem(WorkKind.GATE, text, None, "x", text, text)
        term = GlossaryTerm(text, text, text, text, text)
        glance = PlaceGlance(**(vars(GLANCE) | {"area_name": text}))
        for shown in (
            change_row(change, today=TODAY),
            work_rows([item], today=TODAY),
            term_html(term),
            place_card(glance, None),
        ):
            assert "<script" not in shown and "<img src=x" not in shown


def test_a_card_names_every_phase_and_its_marks_and_what_is_late():
    shown = place_card(GLANCE, harm(100.0, 88.0))
    for words in ("Clear</b><span>active", "Hold</b><span>not started", "Build</b><span>planned"):
        assert words in shown
    assert shown.count('class="hf-mark"') == len(Phase)
    assert '<span class="hf-late">1 overdue</span>, next due 9 Mar 2026' in shown
    assert "Harm down 12%" in shown


def test_actions_say_when_none_is_late_or_dated():
    assert action_line(ActionCount(1, 0, None)) == "<p>1 open action, none overdue</p>"


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (100.0, 88.4, "down 12%"),
        (100.0, 2_100.0, "up 2,000%"),
        (100.0, 100.2, "level"),
        (0.0, 5.0, "not enough to say"),
    ],
)
def test_a_trend_is_a_direction_and_a_figure(before, now, words):
    assert trend_words(harm(before, now)) == words


def test_the_picture_says_its_figures_and_a_missing_month_says_that():
    assert trend_sentence(harm(10.0, 20.0)) == (
        "Harm from January 2025 to December 2025: 240 harm-days; the year before: 120 harm-days"
    )
    gap = PlaceHarm(months=TWO_YEARS, harm_days=(None, *[1.0] * 23))
    assert trend_sentence(gap).endswith("the year before: not all months are loaded")


def test_bars_stand_where_their_month_is_and_a_missing_month_is_left_free():
    picture = sparkline_svg([None, *[0.0] * 11, *[2.0] * 11, 4.0])
    assert picture.count("<rect") == 23
    assert 'x="1"' not in picture
    assert 'y="0.0" width="8" height="40.0" opacity="1.0"' in picture
    assert picture.count('height="20.0"') == 11
    assert sparkline_svg([None] * 24).count("<rect") == 0


def test_a_shared_card_tells_no_figure_of_harm():
    glance = SharedGlance(
        title="Moorfield",
        area="Marram",
        phases=(PhaseShown("Build", "planned"),),
        actions=ActionCount(0, 0, None),
        view=View.PARTNER,
        resolution=9,
        cells=(1, 2, 3),
    )
    up, steady, down = (shared_card(glance, SharedStanding(2, n)) for n in (1, 2, 3))
    assert "Harm up against the area:" in up and "; 1 the year before." in up
    assert "Harm steady against" in steady and "Harm down against" in down
    assert "2 of its 3 cells in the highest fifth" in steady
    without = shared_card(glance, SharedStanding(2, None))
    assert "No trend: not all months of the year before are loaded" in without
    assert "Harm" not in shared_card(glance, None)


def test_ones_work_is_looked_for_under_every_name_one_has():
    assert known_as(scope_as(Role.LRO)) == ("X", "x@example.org", "Lead Responsible Officer")


def state(**changes):
    values = {
        "n_accounts": 3,
        "n_locked": 0,
        "n_without_role": 0,
        "n_audit_rows": 1_200,
        "audited_at": NOW,
        "anchored_at": NOW - timedelta(hours=3),
        "backup": BackupFile("x.zip", NOW - timedelta(days=2), 4_200_000, is_too_old=False),
    }
    return AdministrationState(**(values | changes))


def test_what_an_administrator_should_see_to_stands_out():
    well, bad = state(), state(n_locked=1, backup=None, anchored_at=None)
    assert {card.colour for card in account_cards(well)} == {theme.BLUE}
    assert account_cards(bad)[1].colour == theme.CLARET
    assert (backup_card(well, now=NOW).value, backup_card(well, now=NOW).note) == (
        "2 days ago",
        "4.2 MB",
    )
    assert backup_card(bad, now=NOW).colour == theme.CLARET
    assert backup_card(well, now=NOW + timedelta(days=6)).colour == theme.CLARET
    assert [card.value for card in audit_cards(well, now=NOW)] == ["1,200", "3 hours ago"]
    assert audit_cards(bad, now=NOW)[1].value == "never"


def test_the_last_import_is_the_newest_of_all_kinds():
    def kind(label, at):
        return KindFreshness(label, label, "", 1, at, is_stale=False, sentence="")

    kinds = [kind("Boundaries", NOW - timedelta(days=3)), kind("Postcodes", NOW)]
    assert last_import_words(kinds, now=NOW) == "Last import: postcodes, within the hour."
    assert last_import_words([], now=NOW) == "Nothing is loaded yet."
