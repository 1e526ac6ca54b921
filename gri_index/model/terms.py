"""The closed terms of GRI 1: claims and reasons for omission."""

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
