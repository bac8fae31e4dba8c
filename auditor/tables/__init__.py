"""Scripts that build the packaged tables from public sources; no part of a running auditor."""
