"""The words of all languages: printed and recognised by the same data.

``standards/labels`` holds what the program prints, ``standards/lexicon`` what it
recognises beyond that; a language is one file of each and no code. ``labels`` and
``lexicon`` load them, ``text`` makes writings comparable. What has both a printed and a
read form has one module for the two: ``dates``, ``pages``, ``reasons``, ``statements``,
``heads``. ``detection`` tells the language of a text.
"""
