"""HTTP API and pages: parse, call, render. A request never translates and never runs a check."""
