"""The world ``composite-2023``: a reconstruction from several publishers, by stated rules and with its error report."""
