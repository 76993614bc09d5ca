"""The page on which an official who forgot her password is given a new one."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import gettext as _

from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.desks.secretariat.staffing import resetting
from votingapp.desks.secretariat.staffing.forms import GuardedResetForm, ResetForm
from votingapp.store.staff import Staff
from votingapp.web import cosign
from votingapp.web.access import current_election, current_staff, current_store, guard


@blueprint.route("/<slug>/secretariat/staff/<staff_id>/password", methods=["GET", "POST"])
@guard(SECRETARIAT)
def reset_password(slug: str, staff_id: str) -> str | tuple[str, int]:
    """Give an official a new password. The answer is a page and no redirect, since the password is shown in it alone."""
    del slug
    store, official, election = current_store(), current_staff(), current_election()
    account = resetting.read_account(store, official, election, staff_id)
    if isinstance(account, resetting.NoSuchAccount):
        abort(404)
    form = GuardedResetForm() if account.guarded else ResetForm()
    if not form.validate_on_submit():
        return _page(account, form), 422 if form.is_submitted() else 200
    signers = _signers(form)
    if signers is None:
        return _page(account, form), 422
    outcome = resetting.reset(store, official, election, staff_id, signers)
    if isinstance(outcome, resetting.Reset):
        return render_template("secretariat/staff_password.html", account=account, reset=outcome)
    form.form_errors.append(_wrongly_signed(account))
    return _page(account, form), 422


def _signers(form: ResetForm) -> tuple[Staff, ...] | None:
    """Whoever signed; None where a signature does not hold, which is then said beside it."""
    signers = []
    for place in ("second", "third") if isinstance(form, GuardedResetForm) else ("second",):
        login, password = form[f"{place}_login"], form[f"{place}_password"]
        found = cosign.confirm(
            current_store(), current_staff(), current_election(), login.data, password.data, resetting.MAY_SIGN
        )
        if not isinstance(found, Staff):
            password.errors = [cosign.say(found)]
            return None
        signers.append(found)
    return tuple(signers)


def _wrongly_signed(account: resetting.Account) -> str:
    if _of_several(account):
        return _of_several(account)
    if account.guarded:
        return str(
            _(
                "To andre skal skrive under, og mindst én af dem er fra valgbestyrelsen; er nøglen lavet, er det en nøgleholder."
            )
        )
    return str(_("En anden end den, adgangskoden er til, skal skrive under."))


def _of_several(account: resetting.Account) -> str:
    """Who must sign for an account that other elections guard, too; nothing for one that none does."""
    if not account.guarded_by - {current_election().id}:
        return ""
    return str(
        _(
            "Kontoen hører til flere valg: ved hvert af dem, der ikke er afgjort, skal mindst én af de to, der skriver under, "
            "være fra valgbestyrelsen; er nøglen lavet, er det en nøgleholder."
        )
    )


def _page(account: resetting.Account, form: ResetForm) -> str:
    several = _of_several(account)
    return render_template("secretariat/staff_password.html", account=account, form=form, reset=None, several=several)
