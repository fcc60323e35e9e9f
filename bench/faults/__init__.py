"""Correctness under faults: many sales while the supplier fails and replicas are killed; then both books are compared.

`PYTHONPATH=bench:tests python -m faults --sales 500` (`make bench-faults`). The comparison itself, `faults.books`, is
also what the tests of orders end with.
"""
