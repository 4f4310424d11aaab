from contextlib import ExitStack

import pytest
from serving import loopback_server


@pytest.fixture
def serve():
    """Start real servers on loopback; `serve(answer)` gives the address."""
    with ExitStack() as stack:
        yield lambda answer: stack.enter_context(loopback_server(answer))
