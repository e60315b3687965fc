"""Filling the demo district through the rooms' own actions.

Everything that had happened by Friday 28 January 2022.
"""

from samraad.audit.actions import action
from samraad.audit.actor import SYSTEM, System
from samraad.demo.cast import Entered, enter_cast
from samraad.demo.councils import enter_fora, fill_wheel, hold_meetings
from samraad.demo.figures import release_figures
from samraad.demo.more import fill_more
from samraad.demo.plans import answers_of_2022, plan_of_2021, plan_of_2022


@action
def fill(*, by: System) -> Entered:
    """Enter the cast, then all that the district had done; returns the district.

    Fora, stations, meetings, the wheel, two plans, nine answers.
    """
    entered = enter_cast(by=SYSTEM)
    enter_fora(entered)
    items = hold_meetings(entered)
    fill_wheel(entered)
    last_year = plan_of_2021(entered, items)
    plan = plan_of_2022(entered, items, last_year)
    answers_of_2022(entered, plan)
    fill_more(entered)
    release_figures(entered)
    return entered
