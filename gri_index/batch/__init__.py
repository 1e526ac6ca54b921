"""Many reports: each is a task, each result a value, and one broken report never stops the rest.

``task`` is what goes in, ``model.batch`` what comes out; ``work`` does one task, ``pool`` many on this machine's processors, ``cluster``
on a Dask cluster; ``summary`` brings the facts together.
"""
