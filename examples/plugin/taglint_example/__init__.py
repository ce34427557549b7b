"""An example plugin for taglint."""
