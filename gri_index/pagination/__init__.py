"""Where each tagged place of a report stands in another version of it: pages of a rendered or typeset PDF.

``pieces`` makes what is looked for, ``align`` finds it, ``apply`` gives the report its pages and says what is doubtful.
"""
