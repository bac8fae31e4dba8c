"""Many articles: batch runs."""
