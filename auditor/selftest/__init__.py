"""`auditor audit ... --self-test`: known drifts planted into the user's own article, and how many of them an audit of it catches."""
