"""Handing files out: what there is to take, under which marking, to whom and why."""
