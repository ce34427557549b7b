"""The built-in rules and tagsets: a plugin of taglint like any other."""
