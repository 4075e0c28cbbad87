"""What the database holds about people."""

from community.accounts.models.block import Block
from community.accounts.models.garage import Maker, Model, Powertrain, Unit, Vehicle
from community.accounts.models.person import Account, DeskCountry, ReadingLanguage
from community.accounts.models.session import SignIn
from community.accounts.models.token import Purpose, Token

__all__ = [
    "Account",
    "Block",
    "DeskCountry",
    "Maker",
    "Model",
    "Powertrain",
    "Purpose",
    "ReadingLanguage",
    "SignIn",
    "Token",
    "Unit",
    "Vehicle",
]
