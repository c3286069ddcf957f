"""warledger: an open war monitor that leads every word back to the report it came from."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("warledger")
except PackageNotFoundError:  # a source tree that nobody installed
    __version__ = "0.0.0"
