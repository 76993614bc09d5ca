"""Where the house's own files lie: beside the packages in a checkout, inside the package in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _packaged_or_checkout(packaged: str, checkout: str) -> Path:
    inside = _PACKAGE / packaged
    return inside if inside.is_dir() else _PACKAGE.parent / checkout


def templates_dir() -> Path:
    """Pages and documents, one folder per desk."""
    return _packaged_or_checkout("_templates", "templates")


def rulesets_dir() -> Path:
    """The rule sets that are shipped, one TOML file each."""
    return _packaged_or_checkout("_rulesets", "rulesets")


def manual_dir() -> Path:
    """The chapters of the manual, one Markdown file each, with their pictures."""
    return _packaged_or_checkout("_manual", "docs/manual")


def translations_dir() -> Path:
    """The gettext catalogues; Danish is the authentic text and needs none."""
    return _PACKAGE / "translations"


def bundle_dir() -> Path:
    """The bundled frontend, made by the build."""
    return _PACKAGE / "static" / "bundle"


def figure_path() -> Path:
    """The figure that stands on the ballot for everybody who has no photograph."""
    return _PACKAGE / "static" / "silhouette.svg"


def fonts_dir() -> Path:
    """The fonts that papers are set with, laid out by the build."""
    return bundle_dir() / "fonts"
