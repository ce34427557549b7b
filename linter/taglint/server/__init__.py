"""The language server: what the engine knows, in an editor."""
