"""Everything one stand-in consists of, handed to every operation."""

import random

from b2p_sandbox.clock import Clock
from b2p_sandbox.fares.products import build_catalogue
from b2p_sandbox.fares.savers import SaverPlaces
from b2p_sandbox.faults import FaultRules
from b2p_sandbox.journal import Journal
from b2p_sandbox.request_log import RequestLog
from b2p_sandbox.settings import Settings
from b2p_sandbox.store import Store
from b2p_sandbox.switches import Switches
from b2p_sandbox.timetable import Timetable


class Sandbox:
    """The parts of a stand-in. One per process or per test; there is no global state."""

    def __init__(self, settings: Settings, timetable: Timetable) -> None:
        self.settings = settings
        self.timetable = timetable
        self.clock = Clock()
        self.switches = Switches()
        self.saver_places = SaverPlaces(settings.seed)
        self.catalogue = build_catalogue()
        self.store = Store(settings.seed, Journal(settings.journal) if settings.journal else None)
        self.faults = FaultRules(settings.seed)
        self.requests = RequestLog()
        self.tokens: dict[str, float] = {}
        self.random = random.Random(settings.seed)

    def reset(self) -> None:
        """Forget every sale, fault, switch and token, and go back to real time."""
        self.clock.reset()
        self.switches = Switches()
        if self.store.journal is not None:
            self.store.journal.clear()
        self.store.clear()
        self.faults.clear()
        self.requests.clear()
        self.tokens.clear()
        self.random = random.Random(self.settings.seed)
