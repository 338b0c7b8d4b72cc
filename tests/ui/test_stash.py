"""Packed layers go only to the session they were packed for."""

from __future__ import annotations

import gzip

from chb.ui.maps.stash import Stash, digest_of


def test_a_session_gets_its_own_text_back() -> None:
    stash = Stash()
    digest = stash.put("ana", "cells", "layer")
    assert digest == digest_of("layer") == stash.put("ana", "cells", "layer")
    assert gzip.decompress(stash.get("ana", "cells", digest) or b"") == b"layer"


def test_another_session_or_kind_gets_nothing() -> None:
    stash = Stash()
    digest = stash.put("ana", "cells", "layer")
    assert stash.get("ben", "cells", digest) is None
    assert stash.get("ana", "context", digest) is None


def test_the_longest_unused_goes_first_when_it_is_full() -> None:
    stash = Stash(most_bytes=65)
    old, used = stash.put("ana", "cells", "old" * 9), stash.put("ana", "cells", "used" * 9)
    stash.put("ana", "cells", "old" * 9)
    new = stash.put("ana", "cells", "new" * 9)
    assert stash.get("ana", "cells", used) is None
    assert stash.get("ana", "cells", old) is not None
    assert stash.get("ana", "cells", new) is not None
