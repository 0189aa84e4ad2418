"""Mending an answer on the spot: Wrong speaker, Hide this quote, Edit source details. At once in every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.slack import payloads
from bot.slack.admin import acting
from bot.slack.desk import audience_of
from bot.slack.listeners import modals
from bot.slack.messages import admin_views, kit, views
from bot.slack.messages.views import View
from retrieval.errors import NatoQuotesError, NotFound
from retrieval.model import ADMIN, QuoteHit

if TYPE_CHECKING:
    from slack_bolt import Ack, App

    from bot.slack.desk import Desk
    from retrieval.storing.corrections import Correction

Body = dict[str, Any]
ASK: dict[str, Callable[[QuoteHit, str | None], View]] = {
    "mend_speaker": admin_views.wrong_speaker,
    "mend_hide": admin_views.hide,
    "mend_source": admin_views.source_details,
}
FACTS = ("title", "publisher", "published", "url", "speaker")


def register(app: App, desk: Desk) -> None:
    """The row under a quote in context, the menu under answers of earlier versions, and the modals behind both."""
    for name in ASK:
        app.action(name)(asked(desk, name))
        app.view(name)(submitted(desk, name))

    @app.action("mend")
    def menu(ack: Ack, body: Body, action: Body) -> None:
        ack()
        state = kit.read_state((action.get("selected_option") or {}).get("value", ""))
        modals.show(desk, body, lambda: question(desk, body, f"mend_{state.get('a', '')}", state))

    for number in range(3):
        app.action(f"look_{number}")(looked(desk))


def asked(desk: Desk, name: str) -> Any:
    """The listener of a button that opens one of the modals."""

    def ask(ack: Ack, body: Body, action: Body) -> None:
        ack()
        modals.show(desk, body, lambda: question(desk, body, name, kit.read_state(action.get("value", ""))))

    return ask


def looked(desk: Desk) -> Any:
    """The listener of a button that shows a quote in context, from the list of feedback."""

    def look(ack: Ack, body: Body, action: Body) -> None:
        ack()
        modals.show(desk, body, lambda: modals.context(desk, body, action))

    return look


def question(desk: Desk, body: Body, name: str, state: Body) -> View:
    """The modal that asks what is right, for admins."""
    channel = modals.place(body)
    desk.admins.require(body["user"]["id"], name.removeprefix("mend_"), channel)
    if name not in ASK:
        raise NotFound("That button is from another version of me; please open the quote again.")
    audience = ADMIN if channel is None else audience_of(channel)
    hit = desk.open_shelf().hit(str(state.get("q")), str(state.get("d")), audience)
    if hit is None:
        raise NotFound(modals.GONE)
    return ASK[name](hit, channel)


def submitted(desk: Desk, name: str) -> Any:
    """The listener of a submitted modal: carried out, and said so in its place."""

    def submit(ack: Ack, body: Body, view: Body) -> None:
        fault = payloads.fault_in(views.put_in(view)) if name == "mend_source" else {}
        if fault:  # the modal stays open, with what was put in
            ack(response_action="errors", errors=fault)
            return
        try:
            done = mend(desk, body, name, view)
            shown = views.notice(
                "Done",
                f"{told(done)} It shows at once, everywhere. /nato-quote log can take it back.{besides(desk, done)}",
            )
        except (NatoQuotesError, ValueError) as error:
            shown = views.notice("Sorry", str(error))
        ack(response_action="update", view=shown)

    return submit


def mend(desk: Desk, body: Body, name: str, view: Body) -> Correction:
    """Carry out what was put into a modal; who did it is checked again."""
    state, put = kit.read_state(view.get("private_metadata", "")), views.put_in(view)
    user = body["user"]["id"]
    with acting(desk, user, name.removeprefix("mend_"), state.get("c")):
        corrector = desk.open_shelf().corrector(desk.records)
        if name == "mend_hide":
            return corrector.hide(str(state.get("q")), user)
        if name == "mend_speaker":
            return corrector.attribute(str(state.get("q")), put.get("speaker", ""), user)
        made = corrector.edit(str(state.get("d")), {fact: put.get(fact, "") for fact in FACTS}, user)
        desk.open_shelf().read_again_after(made)
        return made


def besides(desk: Desk, correction: Correction) -> str:
    """Where much the same words are shown besides; empty where they are not."""
    found = desk.open_shelf().corrector(desk.records).told_of(correction)
    if found is None or not found.copies:
        return ""
    number = len(found.copies)
    return f" Much the same words are shown in {number} other quote{'' if number == 1 else 's'}: /nato-quote status offers them."


def told(correction: Correction) -> str:
    """What was corrected, in a sentence."""
    change = correction.change
    if correction.what == "hide":
        return "This quote is hidden."
    if correction.what == "attribute":
        return f"It is credited to {change.get('speaker_name') or 'nobody'} now."
    if change.get("speaker_given"):
        return f"The source's details are changed. In a moment its text without labels is {change['speaker_given']}'s."
    return "The source's details are changed."
