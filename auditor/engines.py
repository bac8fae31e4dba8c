"""Which engine back-translates a language: what was asked for, or the best there is. Engines are made once a process."""

from __future__ import annotations

from functools import cached_property

from auditor.errors import EngineError, UsageError
from auditor.settings import ENGINES, Settings
from auditor.translate.argos import Argos
from auditor.translate.base import Engine
from auditor.translate.gloss import Gloss
from auditor.translate.packages import Installed, Package, best, installed


class Engines:
    """The engines that the settings allow. What is installed is looked up once, nothing is loaded before it is used."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._argos: Argos | None = None

    def choose(self, name: str, lang: str) -> Engine:
        """The engine for a language; `name` as --engine has it.

        Raises EngineError when the engine that was asked for cannot translate the language, UsageError for another name.
        """
        if name not in ENGINES:
            raise UsageError(f"there is no engine {name!r}; use one of {', '.join(ENGINES)}")
        if name == "auto":
            name = "argos" if self._package(lang) else "libretranslate" if self._settings.libretranslate_url else "gloss"
        if name == "argos":
            return self._argos_for(lang)
        return self._libretranslate if name == "libretranslate" else self._gloss

    def _argos_for(self, lang: str) -> Argos:
        package = self._package(lang)
        if package is None:
            broken = "".join(f"; {path} is broken: {reason}" for path, reason in self._installed.broken)
            raise EngineError(f"no Argos model translates {lang} to English; install one with: auditor models install {lang}{broken}")
        if self._argos is None:
            self._argos = Argos({}, self._settings.engine_threads)
        self._argos.packages[lang] = package
        return self._argos

    @cached_property
    def _libretranslate(self) -> Engine:
        if not self._settings.libretranslate_url:
            raise EngineError("no LibreTranslate server is configured; set AUDITOR_LIBRETRANSLATE_URL, such as http://localhost:5000")
        from auditor.translate.libretranslate import LibreTranslate

        return LibreTranslate(
            self._settings.libretranslate_url, self._settings.libretranslate_key, timeout=self._settings.libretranslate_timeout
        )

    @cached_property
    def _gloss(self) -> Engine:
        return Gloss()

    @cached_property
    def _installed(self) -> Installed:
        return installed(self._settings.package_folders)

    def _package(self, lang: str) -> Package | None:
        return best(self._installed, lang)
