"""Measuring the auditor: planted drifts caught and false alarms on case files, side by side with an earlier run."""
