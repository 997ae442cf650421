"""Institutions and who belongs to them, and when. Each kind of record stands in a file of its own."""

from .asking import InstitutionRequest
from .memberships import JoinCode, Membership, MunicipalityCoordinator
from .places import Institution, Municipality

__all__ = ["Institution", "InstitutionRequest", "JoinCode", "Membership", "Municipality", "MunicipalityCoordinator"]
