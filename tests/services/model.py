"""What places, gates and decisions should be, in plain Python: the simple twin of the services."""

from dataclasses import dataclass, field

from chb.domain.places.gates import Gate
from chb.domain.places.phases import Intensity, Phase

AT_WORK = (Intensity.ACTIVE, Intensity.SUSTAINING)


@dataclass
class ModelPlace:
    """A place as it should be. All days of the model are one day."""

    id: str
    name: str
    cells: frozenset[int]
    phases: dict[Phase, Intensity]
    names: list[str]
    is_open: bool = True
    version: int = 1
    n_boundaries: int = 1
    n_changes: int = 3
    ties: set[str] = field(default_factory=set)
    met: dict[Gate, set[str]] = field(default_factory=lambda: {gate: set() for gate in Gate})

    def change(self, phase: Phase, intensity: Intensity) -> None:
        self.phases[phase] = intensity
        self.n_changes += 1

    def draw(self, cells: frozenset[int]) -> None:
        self.cells = cells
        self.n_boundaries += 1

    def gate_of(self, phase: Phase, intensity: Intensity) -> Gate | None:
        if phase == Phase.BUILD and intensity == Intensity.CLOSED:
            return Gate.BUILD_TO_EXIT
        if intensity in AT_WORK and self.phases[phase] not in AT_WORK:
            return {Phase.HOLD: Gate.CLEAR_TO_HOLD, Phase.BUILD: Gate.HOLD_TO_BUILD}.get(phase)
        return None

    def close(self) -> None:
        self.is_open = False
        for phase, intensity in list(self.phases.items()):
            if intensity != Intensity.CLOSED:
                self.change(phase, Intensity.CLOSED)


@dataclass
class Model:
    """Everything that should be in the store."""

    places: list[ModelPlace] = field(default_factory=list)
    decisions: list[tuple[str, str | None]] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    """Id of each entry and of the one it corrects, by number."""

    def has_name(self, name: str, *, but: ModelPlace | None = None) -> bool:
        return any(
            place.name.casefold() == name.casefold() for place in self.places if place is not but
        )

    def decide(self, decision_id: str, *, about: str, corrects: str | None = None) -> None:
        self.decisions.append((decision_id, corrects))
        self.about[decision_id] = about

    def is_corrected(self, decision_id: str) -> bool:
        return any(corrects == decision_id for _, corrects in self.decisions)
