"""The closed terms: claims and reasons for omission (GRI 1), where a statement comes from, how an index is laid out."""

from enum import StrEnum


class Basis(StrEnum):
    """What the organization claims (GRI 1: Foundation 2021, section 3)."""

    IN_ACCORDANCE = "in accordance"
    WITH_REFERENCE = "with reference"


class OmissionReason(StrEnum):
    """The four permitted reasons for omission (GRI 1, Requirement 6)."""

    NOT_APPLICABLE = "not applicable"
    LEGAL_PROHIBITIONS = "legal prohibitions"
    CONFIDENTIALITY_CONSTRAINTS = "confidentiality constraints"
    INFORMATION_UNAVAILABLE = "information unavailable/incomplete"


class Origin(StrEnum):
    """Who says that something belongs into the index."""

    REPORT = "report"  # its tags
    PROFILE = "profile"
    LIST = "list"  # an entry of the working list
    INDEX = "index"  # an index that was printed already
    CLAIM = "claim"  # what "in accordance" requires
    TAGS = "tags"  # a topic that tags name


class LayoutChoice(StrEnum):
    """The layouts of the printed index."""

    AUTO = "auto"  # by the claim
    LONG = "long"  # seven columns (GRI 1, Appendix 1)
    SHORT = "short"  # three columns (GRI 1, Appendix 2)
    PORTRAIT = "portrait"  # in Word and PDF: upright pages, each omission in a line of its own under its row


class AssuranceLevel(StrEnum):
    """How far an assurance provider vouches for a disclosure (ISAE 3000)."""

    LIMITED = "limited"
    REASONABLE = "reasonable"
