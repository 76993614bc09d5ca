"""All pages of the secretariat, brought together on its blueprint."""

from votingapp.desks.secretariat.calling_off import views as calling_off
from votingapp.desks.secretariat.deadline import views as deadline
from votingapp.desks.secretariat.decisions import files
from votingapp.desks.secretariat.decisions import views as decisions
from votingapp.desks.secretariat.door import blueprint
from votingapp.desks.secretariat.extract import views as extract
from votingapp.desks.secretariat.founding import views as founding
from votingapp.desks.secretariat.insight import views as insight
from votingapp.desks.secretariat.lot import views as lot
from votingapp.desks.secretariat.overview import views as overview
from votingapp.desks.secretariat.paper import views as paper
from votingapp.desks.secretariat.setup import views as setup
from votingapp.desks.secretariat.staffing import reset_views as resetting
from votingapp.desks.secretariat.staffing import views as staffing
from votingapp.desks.secretariat.uncontested import views as uncontested

__all__ = [
    "blueprint",
    "calling_off",
    "deadline",
    "decisions",
    "extract",
    "files",
    "founding",
    "insight",
    "lot",
    "overview",
    "paper",
    "resetting",
    "setup",
    "staffing",
    "uncontested",
]
