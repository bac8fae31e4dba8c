"""Reports out, a module a format: each has `write(report, run, documents) -> bytes`."""
