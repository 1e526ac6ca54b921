"""The domain's values: frozen, without I/O, without third-party imports.

One file per noun group: ``keys`` (how a disclosure is named), ``standards`` (the
catalogue), ``report`` (what a reader yields), ``profile`` (what the author states),
``index`` (what matching yields), ``findings`` (what checks yield), ``working`` (what comes back from the working list),
``terms`` and ``text``.
"""
