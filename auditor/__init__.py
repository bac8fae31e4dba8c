"""Translation-consistency auditor: what changed between an English article and its Chinese and Japanese versions."""

__version__ = "0.1.0"
