"""Other frameworks.

``data`` reads their crosswalks, ``mapping`` one of the user's own; ``references`` finds their codes in a report,
``reverse`` says where an index serves their items, ``between`` where two of them meet.
"""
