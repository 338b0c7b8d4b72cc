"""Rules of the program text that no review should have to remember."""

import ast
from pathlib import Path

import pytest

import chb
from chb.ui import pages
from chb.ui.shell.registry import PAGES

ROOT = Path(chb.__file__).parent
CACHES = {
    "ui/cache.py",
    "ui/analysis_cache.py",
    "ui/gap_cache.py",
    "ui/home_cache.py",
    "ui/kept.py",
    "ui/place_cache.py",
    "ui/viewer.py",
}
KEEPERS = {"st.cache_resource", "st.cache_data", "keep", "keep_by_role", "keep_for_all"}
MAPS = "ui/maps/"


def program():
    """Every module of the product, by its path from its root."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(ROOT.rglob("*.py"))
    }


MODULES = program()


def test_every_page_is_in_the_registry_under_its_own_address():
    shown = {rule.show.__module__ for rule in PAGES}
    folder = Path(pages.__file__).parent
    written = {f"{pages.__name__}.{path.stem}" for path in folder.glob("*.py")}
    assert shown == written - {f"{pages.__name__}.__init__"}
    assert len({rule.path for rule in PAGES}) == len(PAGES)


def cached_functions():
    for path, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                for mark in node.decorator_list:
                    if ast.unparse(mark).split("(")[0] in KEEPERS:
                        yield path, node


def test_what_screens_keep_is_kept_in_the_modules_for_it():
    kept = list(cached_functions())
    assert len(kept) > 10
    assert {path for path, _ in kept} <= CACHES


def test_streamlits_own_caches_are_touched_where_keys_are_made():
    """Elsewhere a key could leave the rights of the moment out."""
    touched = {
        path
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("cache_resource", "cache_data")
    }
    assert touched == {"ui/kept.py", "ui/viewer.py"}


def test_no_screen_writes_past_its_services():
    written = [path for path, _ in calls(".writing")]
    assert written
    assert not [path for path in written if path.startswith("ui/")]


def test_no_key_of_a_cache_leaves_anything_out_or_holds_a_frame():
    for path, node in cached_functions():
        arguments = [*node.args.args, *node.args.kwonlyargs]
        for argument in arguments:
            assert not argument.arg.startswith("_"), (path, node.name)
            assert "Frame" not in ast.unparse(argument.annotation), (path, node.name)
        if arguments:
            assert arguments[0].arg == "version", (path, node.name)


def test_what_is_kept_is_never_data_that_streamlit_hashes_by_sample():
    assert not [path for path, node in cached_functions() if "cache_data" in ast.unparse(node)]


def calls(name):
    for path, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(name):
                yield path, node


@pytest.mark.parametrize("name", ["components.html", "components.v1.html", "st.pydeck_chart"])
def test_nothing_runs_with_the_origin_of_the_page(name):
    assert not list(calls(name))


def test_no_html_of_ours_may_run_scripts():
    for path, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword):
                assert node.arg not in ("unsafe_allow_javascript", "unsafe_allow_html"), path


def test_downloads_leave_by_our_own_route():
    assert not list(calls("download_button"))


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_maps_are_written_in_one_place():
    drawing = {
        path
        for path, tree in MODULES.items()
        if any(name.split(".")[0] in ("folium", "streamlit_folium") for name in imports(tree))
    }
    assert drawing
    assert all(path.startswith(MAPS) for path in drawing)


def test_no_file_is_read_by_its_name_through_gdal():
    """A name may be an address, or a description of another file."""
    assert not list(calls("gpd.read_file"))
    assert not list(calls("geopandas.read_file"))


def test_a_setting_of_a_pooled_connection_ends_with_its_transaction():
    for path, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = node.value.strip().upper()
                assert not words.startswith(("SET SESSION", "SET HOLDFAST")), path
