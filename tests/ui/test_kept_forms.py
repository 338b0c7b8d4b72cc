"""Every form with room for many words keeps them while they are written."""

import ast

from tests.ui.test_discipline import MODULES

PARTS = {path: tree for path, tree in MODULES.items() if path.startswith("ui/")}
KEEPER = "ui/parts/drafts.py"
AREAS = {"text_area", "kept_area"}
UNFOUND = "what it is about may have a number for its id, which a disposal would not find"
EXCUSED = {
    ("ui/parts/assets/place.py", "_show_area"): "corners come from clicks on the map",
    ("ui/parts/gates/editor.py", "show_edit_checklist"): "its lines are begun by hand",
    ("ui/parts/plans/objective.py", "show_write_objective"): "a new one is kept; words put back "
    "would land in whichever objective is open",
    ("ui/parts/retention/forms.py", "show_hold"): UNFOUND,
    ("ui/parts/retention/forms.py", "show_review"): UNFOUND,
}
IDS = {
    "asset.id",
    "asset_id",
    "file.ocg.id",
    "here",
    "opened",
    "place.id",
    "place_id",
    "plan.id",
    "present.id",
    "(present.id if present else 'new')",
    "present.place_id",
    "subject.id",
    "view.plan.id",
}
"""They tell nothing to whoever may not read what they are of."""
PUBLIC = {"gate", "pillar", "('new' if at is None else at)"}
"""Which gate or P it is, which row of a list. Cells of the map end in ``:x``."""

FUNCTIONS = {
    (path, node.name): node
    for path, tree in PARTS.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef)
}


def imports_of(tree):
    """Where the names of a module come from: a function's module, or a module."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chb.ui"):
            folder = node.module.removeprefix("chb.").replace(".", "/")
            for each in node.names:
                found[each.asname or each.name] = (f"{folder}.py", f"{folder}/{each.name}.py")
    return found


IMPORTS = {path: imports_of(tree) for path, tree in PARTS.items()}


def called(path, node):
    """What part of a module calls: each function by its module and name."""
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        if isinstance(call.func, ast.Name):
            home, _ = IMPORTS[path].get(call.func.id, (path, ""))
            yield home, call.func.id
        elif isinstance(call.func, ast.Attribute):
            _, home = IMPORTS[path].get(ast.unparse(call.func.value), ("", ""))
            yield home, call.func.attr


CALLS = {key: set(called(key[0], node)) for key, node in FUNCTIONS.items()}


def askers():
    """Functions that draw a text area, themselves or by what they call."""
    found = {key for key, calls in CALLS.items() if any(name in AREAS for _, name in calls)}
    while more := {key for key, calls in CALLS.items() if calls & found} - found:
        found |= more
    return found


def forms(opener):
    """Every form that is opened so: its module, its function, and what is drawn in it."""
    for (path, name), function in FUNCTIONS.items():
        for node in ast.walk(function):
            opened = isinstance(node, ast.With) and path != KEEPER
            if opened and ast.unparse(node.items[0].context_expr).startswith(opener):
                yield path, name, node.body


def test_every_form_with_a_text_area_keeps_what_is_typed():
    asking = askers()
    plain = {
        (path, name)
        for path, name, body in forms("st.form(")
        if any(key in asking or key[1] in AREAS for each in body for key in called(path, each))
    }
    assert plain <= set(EXCUSED)
    assert len(list(forms("kept_form("))) > 40
    reached = ("ui/parts/plans/aims.py", "_ask_trigger")
    assert reached in asking, "its reason is asked for in another module"


def test_no_text_area_forgets():
    forgetful = {key for key, calls in CALLS.items() if "text_area" in {name for _, name in calls}}
    assert {key for key in forgetful if key[0] != KEEPER} <= set(EXCUSED)


def names_of_forms():
    """What the forms that are kept are called."""
    given_by_others = {"ask_to_start", "_show_form"}
    for path, name, _ in forms("kept_form("):
        for each in ast.walk(FUNCTIONS[path, name]):
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "form":
                yield each.value
    for tree in PARTS.values():
        for each in ast.walk(tree):
            if isinstance(each, ast.Call) and ast.unparse(each.func) in given_by_others:
                yield each.args[0]


def test_the_name_of_a_kept_form_tells_nothing():
    parts = {
        ast.unparse(part).strip("f'\"")[1:-1]
        for name in names_of_forms()
        if isinstance(name, ast.JoinedStr)
        for part in name.values
        if isinstance(part, ast.FormattedValue)
    }
    assert "file.ocg.id" in parts
    assert {part for part in parts if not part.endswith(":x")} <= IDS | PUBLIC
