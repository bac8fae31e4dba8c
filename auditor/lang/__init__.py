"""Languages: one folder each, found by its name (`auditor.lang.base.language`)."""
