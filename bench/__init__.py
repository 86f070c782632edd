"""Benchmarks: each measures the product beside a named peer or limit in one run, on the same data."""
