"""What of a plan can be put back from its bin, and what follows when it is."""

from samraad.audit.bin import RULES, Rule
from samraad.plan.actions.plan import find_section
from samraad.plan.permissions import put_back, reads_removed

RULES.update(
    {
        "plan.section": Rule(reads_removed, put_back.check, after=find_section),
        "plan.focusarea": Rule(reads_removed, put_back.check),
        "plan.localneed": Rule(reads_removed, put_back.check),
    }
)
