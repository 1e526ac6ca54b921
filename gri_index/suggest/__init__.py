"""Proposes, for a report without tags, the sections that report each disclosure.

``terms`` loads the words of ``standards/terms/*.xml``, ``words`` cuts text into stems and
finds phrases, ``traits`` says what speaks for a section, ``rank`` weighs it, and
``evidence`` quotes it. Everything is counted and summed: a person can follow each score.
"""
