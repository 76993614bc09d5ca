"""Why something was not kept in the register, in words."""

from types import MappingProxyType

from flask_babel import lazy_gettext as _

from votingapp.desks.members import leaving, missing, stepping, substituting

LEAVING = MappingProxyType(
    {
        leaving.Refusal.NO_SUCH_SEAT: _("Pladsen findes ikke."),
        leaving.Refusal.NOBODY_SITS: _("Der sidder ingen på pladsen, eller det er skrevet ind, at medlemmet går ud."),
        leaving.Refusal.BEFORE_HER_TIME: _("Dagen er før medlemmets første dag."),
        leaving.Refusal.BEGUN: _("Medlemmets tid er begyndt. Vælg, at medlemmet går ud, og skriv den sidste dag."),
        leaving.Refusal.AFTER_THE_TERM: _("Dagen er periodens sidste eller senere. Så bliver ingen plads ledig."),
        leaving.Refusal.AHEAD: _("Dagen er ikke kommet endnu."),
        leaving.Refusal.APPOINTED: _("Byrådet har udpeget medlemmet, eller har ikke svaret endnu."),
        leaving.Refusal.NOT_ANNULLED: _("Ingen afgørelse af en klage har kendt valget af medlemmet ugyldigt."),
        leaving.Refusal.NEVER_SAT: _("Kun den, der er medlem, kan udeblive."),
        leaving.Refusal.TOO_FEW_ABSENCES: _("Der er ikke så mange uforklarede udeblivelser, som reglerne kræver."),
    }
)

STEPPING = MappingProxyType(
    {
        stepping.Refusal.NO_SUCH_CASE: _("Sagen findes ikke."),
        stepping.Refusal.CHANGED: _("Noget er ændret, siden du så siden. Se sagen igennem igen."),
        stepping.Refusal.AHEAD: _("Dagen er ikke kommet endnu."),
        stepping.Refusal.OUT_OF_ORDER: _("Dagen er før det forrige skridt."),
        stepping.Refusal.TOO_EARLY: _(
            "Suppleanten kan først indtræde, når pladsen er ledig, perioden er begyndt, og både godkendelse og ja er der."
        ),
        stepping.Refusal.AFTER_THE_TERM: _("Dagen er efter periodens sidste dag."),
        stepping.Refusal.SET_ASIDE: _(
            "En afgørelse af en klage har kendt valget af medlemmet ugyldigt. Medlemmet kan ikke beholde pladsen."
        ),
        stepping.Refusal.SOMEBODY_LEFT: _("Der er stadig en på listen, som kan foreslås, eller som mangler at svare."),
    }
)

MISSING = MappingProxyType(
    {
        missing.Refusal.NOBODY_SAT: _("Ingen var medlem på pladsen den dag."),
        missing.Refusal.AHEAD: _("Dagen er ikke kommet endnu."),
        missing.Refusal.NOTED_BEFORE: _("Udeblivelsen den dag er skrevet ind i forvejen."),
        missing.Refusal.NO_SUCH_ABSENCE: _("Udeblivelsen er der ikke, eller den er forklaret."),
    }
)

SUBSTITUTING = MappingProxyType(
    {
        substituting.Refusal.NO_SUCH_SUBSTITUTE: _("Personen står ikke på listen over suppleanter."),
        substituting.Refusal.AHEAD: _("Dagen er ikke kommet endnu."),
        substituting.Refusal.KNOWN: _("Det er skrevet ind i forvejen."),
    }
)
