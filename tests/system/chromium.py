"""The Chromium that the system tests drive: which one is used, and how one is installed.

Run as a program, it installs a browser where there is none and says plainly when it cannot.
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS_APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Where Playwright keeps its browsers unless PLAYWRIGHT_BROWSERS_PATH names another folder.
PLAYWRIGHT_FOLDERS = (".cache/ms-playwright", "Library/Caches/ms-playwright")
PLAYWRIGHT_PATTERNS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
NONE_FOUND = (
    "The system tests need Chromium or Google Chrome, and none could be found or installed. "
    "Install one (Debian: apt-get install chromium; macOS: brew install --cask chromium), "
    "or set KEEPSIGHT_CHROMIUM to the browser's path, and run this again."
)


@functools.cache
def find_chromium() -> Path | None:
    """Give the browser to use, or None when this machine has none that starts.

    Raises FileNotFoundError when KEEPSIGHT_CHROMIUM names a browser that does not start.
    """
    if chosen := os.environ.get("KEEPSIGHT_CHROMIUM"):
        if starts(Path(chosen)):
            return Path(chosen)
        raise FileNotFoundError(
            f"KEEPSIGHT_CHROMIUM is {chosen}, which is not a browser that starts. "
            "Correct it or unset it."
        )
    return next(filter(starts, candidates()), None)


def candidates() -> Iterator[Path]:
    """Browsers of the system first, then those that Playwright downloaded, newest first."""
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (folder / application for application in MACOS_APPLICATIONS)
    for folder in playwright_folders():
        for pattern in PLAYWRIGHT_PATTERNS:
            yield from sorted(folder.glob(pattern), reverse=True)


def playwright_folders() -> Iterator[Path]:
    if chosen := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        yield Path(chosen)
    yield from (Path.home() / folder for folder in PLAYWRIGHT_FOLDERS)


def starts(browser: Path) -> bool:
    """A file is not enough: some are stubs that ask for another package, some lack a library."""
    return browser.is_file() and succeeds(str(browser), "--version", quiet=True)


def succeeds(*command: str, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(command, stdout=output, stderr=output, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def download_with_playwright() -> None:
    print("No Chromium found: trying Playwright's own download", flush=True)
    libraries = ["--with-deps"] if may_use_apt() else []
    succeeds(sys.executable, "-m", "playwright", "install", *libraries, "chromium")


def install_with_apt() -> None:
    if may_use_apt():
        print("Trying the system's package of Chromium", flush=True)
        succeeds("apt-get", "update") and succeeds("apt-get", "install", "-y", "chromium")


def may_use_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def ensure_chromium() -> Path | None:
    """Give the browser to use, installing one where there is none; None when that failed."""
    for install in (download_with_playwright, install_with_apt):
        if found := find_chromium():
            return found
        install()
        find_chromium.cache_clear()
    return find_chromium()


def main() -> int:
    try:
        found = ensure_chromium()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Browser: {found}" if found else NONE_FOUND, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
