"""A process of the engine goes quietly when its server does."""

import pickle
from multiprocessing.connection import Pipe

import pytest

from chb.domain.access.scope import PUBLIC_DATA
from chb.services.harm.engine_orders import Order
from chb.services.harm.engine_worker import Bench, serve


@pytest.fixture
def ends():
    ours, its = Pipe()
    yield ours, its
    ours.close()
    its.close()


def test_it_ends_when_nobody_orders_any_more(ends):
    ours, its = ends
    ours.close()
    serve(its, Bench())


def test_it_ends_when_nobody_takes_the_answer(ends, tmp_path):
    ours, its = ends
    order = Order(tmp_path, "", PUBLIC_DATA, name="no such analysis", request=None)
    ours.send_bytes(pickle.dumps(order))
    ours.close()
    serve(its, Bench())
