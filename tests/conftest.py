"""What every test may ask for: real data, workspaces of their own, a fixed clock."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from chb.services.loading.demo import create_sample_place
from chb.services.loading.importing import (
    import_boundaries,
    import_deprivation,
    import_population,
)
from chb.services.loading.incident_import import import_incidents
from chb.services.workspace import Workspace, open_workspace
from tests.browser.chromium import opened_chromium
from tests.databases import KINDS, PostgresServer, postgres_server

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared" / "data"
# A busy machine is no defect: examples are judged by what they give, not by when.
settings.register_profile("holdfast", deadline=None)
settings.load_profile("holdfast")

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


def fixed_clock() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real public data beside the project; its absence is a failure with a sentence."""
    if not SHARED.is_dir():
        pytest.fail("The real data are missing: they are expected in ../shared/data")
    return SHARED


@pytest.fixture(scope="session")
def postgres(testrun_uid: str) -> Iterator[PostgresServer]:
    """One PostgreSQL server for the run, shared by its workers; its absence is a failure.

    Its data are not in pytest's own folder, which only the user who tests may
    enter: as root, the server runs as another user.
    """
    folder = Path(tempfile.gettempdir()) / f"holdfast-postgres-{testrun_uid}"
    with postgres_server(folder) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of this process, for the tests of screens and the hunt for leaks."""
    with opened_chromium() as opened:
        yield opened


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each database in turn: empty for SQLite, else the address of a fresh PostgreSQL database."""
    if request.param == "sqlite":
        yield ""
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as address:
        yield address


@pytest.fixture
def ws(tmp_path: Path, database_url: str) -> Iterator[Workspace]:
    """An empty workspace, on each database."""
    workspace = open_workspace(tmp_path / "home", clock=fixed_clock, database_url=database_url)
    yield workspace
    workspace.store.close()


@pytest.fixture(scope="session")
def sample_ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample place, to be read only."""
    workspace = open_workspace(tmp_path_factory.mktemp("sample"), clock=fixed_clock)
    create_sample_place(workspace)
    yield workspace
    workspace.store.close()


@pytest.fixture(scope="session")
def sheffield_ws(
    tmp_path_factory: pytest.TempPathFactory, shared_data: Path
) -> Iterator[Workspace]:
    """South Yorkshire 2025 with LSOA 2021, IoD 2025 and the census, to be read only."""
    workspace = open_workspace(tmp_path_factory.mktemp("sheffield"), clock=fixed_clock)
    south_yorkshire, common = shared_data / "sheffield", shared_data / "common"
    boundaries = south_yorkshire / "boundaries"
    import_boundaries(
        workspace, boundaries / "CSP_2024_DERIVED_south-yorkshire.geojson", layer="csp"
    )
    import_boundaries(
        workspace, boundaries / "LSOA_2021_EW_BSC_V4_south-yorkshire.geojson", layer="lsoa"
    )
    import_incidents(workspace, south_yorkshire / "police-uk-south-yorkshire.zip")
    import_deprivation(workspace, next((common / "deprivation").glob("IoD2025*.csv")))
    import_population(workspace, next((common / "population").glob("Census2021*.csv")))
    yield workspace
    workspace.store.close()


@pytest.fixture(scope="session")
def lancashire_ws(
    tmp_path_factory: pytest.TempPathFactory, shared_data: Path
) -> Iterator[Workspace]:
    """Lancashire 2021-22 with LSOA 2011, IMD 2019 and mid-2020 population, to be read only."""
    workspace = open_workspace(tmp_path_factory.mktemp("lancashire"), clock=fixed_clock)
    lancashire, common = shared_data / "lancashire", shared_data / "common"
    import_boundaries(
        workspace,
        lancashire / "boundaries_2021" / "CSP_2024_DERIVED_lancashire.geojson",
        layer="csp",
    )
    import_boundaries(workspace, lancashire / "boundaries_lsoa2011", layer="lsoa")
    import_incidents(workspace, lancashire / "police-uk-lancashire.zip")
    import_deprivation(workspace, next((common / "deprivation").glob("File_1*.xlsx")))
    import_population(workspace, next((common / "population").glob("ONS_mid2020*.csv")))
    yield workspace
    workspace.store.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drive a test a second time before calling it broken: a busy machine is no defect.

    Both drives are reported. What is broken fails twice: CI takes the same examples and the same
    walks in every run. ``--reruns 0`` shows every failure at once.
    """
    if config.getoption("reruns") is None:
        for item in items:
            item.add_marker(pytest.mark.flaky(reruns=1))
