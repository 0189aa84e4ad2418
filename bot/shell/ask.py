"""The commands beside `ask`: check, timeline, cite, speakers, eval, calibrate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.asking.quoted import Known
    from retrieval.evaluate import Outcome, SetFigures, Summary
    from retrieval.model import Verdict

EXIT_NOT_EXACT = 3
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(check)
    app.command()(timeline)
    app.command()(cite)
    app.command()(speakers)
    app.command("eval")(evaluate)
    app.command()(calibrate)


def check(
    context: typer.Context,
    quotation: Annotated[list[str], typer.Argument(help="The words to check, or a pasted text with quotations in it.")],
    speaker: Annotated[
        str | None, typer.Option(help="Who is supposed to have said them; else whoever the text names.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say whether the quotations of a text are real words of whoever it names. Exit code 0 when all are exact, 3 otherwise."""
    from bot.shell.console import waiting
    from bot.wiring import open_finder
    from retrieval.as_json import verdict_json
    from retrieval.asking.check import check as judge
    from retrieval.model import EVERYBODY

    with open_finder(context.obj) as finder, waiting("Looking …"):
        verdict = judge(" ".join(quotation), finder, EVERYBODY, speaker=speaker)
    if as_json:
        typer.echo(json.dumps(verdict_json(verdict), ensure_ascii=False, indent=2))
    else:
        print_verdicts(verdict)
    raise typer.Exit(0 if all(v.status == "exact" for v in (verdict, *verdict.further)) else EXIT_NOT_EXACT)


def print_verdicts(verdict: Verdict) -> None:
    """The verdict, and those on the other quotations of the same text, each with the words that it is about."""
    from bot.shell.console import out, printable

    for one in (verdict, *verdict.further):
        if verdict.further:
            out().print(printable(f"“{' '.join(one.claimed.split())}”"))
        print_verdict(one)
        if verdict.further:
            out().print()
    if verdict.note:
        out().print(printable(verdict.note))


def print_verdict(verdict: Verdict) -> None:
    """The verdict, the word diff in colour where the terminal has it, and the true quotes or where the words stand."""
    from bot.shell.console import out, print_checked, printable

    out().print(f"{verdict.status.replace('_', ' ')}: {printable(verdict.message)}")
    print_checked(verdict)


def timeline(
    context: typer.Context,
    speaker: Annotated[str, typer.Argument(help="A name, however it is spelt, or an office.")],
    topic: Annotated[list[str] | None, typer.Argument(help="What they spoke about.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the statements into this PNG file.")] = None,
    as_json: Json = False,
) -> None:
    """List somebody's quotes in the order of their dates."""
    from bot.shell.console import day, hit_line, out, printable, waiting, who, words_of
    from bot.wiring import open_finder
    from retrieval.as_json import hit_json
    from retrieval.asking import timeline as lines
    from retrieval.model import EVERYBODY

    with open_finder(context.obj) as finder, waiting("Looking …"):
        found = lines.timeline(finder, speaker, " ".join(topic or ()), EVERYBODY)
    if plot is not None:
        lines.plot(found, plot)
    if as_json:
        entries = [{"day": e.day.isoformat() if e.day else None, **hit_json(e.hit)} for e in found.entries]
        typer.echo(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    console = out()
    if not found.entries:
        console.print(printable(f"Nothing by {found.heading}."))
    if found.reserve:
        console.print(printable(found.reserve))
    for entry in found.entries:
        when = (day(entry.day) or "") + ("" if entry.said else " (published)") if entry.day else "date unknown"
        console.print(f"{when}: {printable(words_of(entry.hit))}")
        source = printable(f"{who(entry.hit)} · {hit_line(entry.hit)}")
        console.print(f"  {source}  [{entry.hit.quote.id}]")


def cite(
    context: typer.Context,
    quote_id: Annotated[str, typer.Argument(help="As `ask` prints it in square brackets.")],
    form: Annotated[Literal["plain", "markdown", "bibtex"], typer.Option("--format", help="The form.")] = "plain",
) -> None:
    """Print a citation ready to paste."""
    from bot.wiring import open_finder
    from retrieval import cite as forms
    from retrieval.errors import NotFound
    from retrieval.model import EVERYBODY

    with open_finder(context.obj) as finder:
        hit = finder.quote(quote_id, EVERYBODY)
    if hit is None:
        raise NotFound(f"There is no quote {quote_id!r}; `nato-quote ask` prints each quote's id in square brackets.")
    typer.echo({"plain": forms.plain, "markdown": forms.markdown, "bibtex": forms.bibtex}[form](hit))


def speakers(
    context: typer.Context,
    name: Annotated[list[str] | None, typer.Argument(help="One speaker, however the name is spelt.")] = None,
    as_json: Json = False,
) -> None:
    """Say who is quoted how often, in what, under which spellings."""
    from bot.wiring import open_finder
    from retrieval.model import EVERYBODY

    wanted = " ".join(name or ())
    with open_finder(context.obj) as finder, finder.reading():
        found = finder.speakers(EVERYBODY)
        if wanted:
            meant = {(s.id, s.name) for s in finder.named(wanted, EVERYBODY)}
            found = tuple(k for k in found if (k.speaker.id, k.speaker.name) in meant)
        rows = [speaker_json(k, finder.sources_of(k.speaker, EVERYBODY)) for k in found]
        for row, one in zip(rows, found, strict=True) if wanted else ():
            row["called"] = finder.credits_of(one.speaker, EVERYBODY)
    if wanted and not rows:
        from retrieval.errors import NotFound

        raise NotFound(f"Nobody called {wanted!r} is quoted; `nato-quote speakers` lists who is.")
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        spellings = f"  also: {', '.join(row['spellings'])}" if row["spellings"] else ""
        typer.echo(f"{row['quotes']:>5}  {row['name']}{' (unnamed)' if row['unnamed'] else ''}{spellings}")
        if wanted:
            for source in row["documents"]:
                typer.echo(f"       {source['quotes']:>3}  {source['title'] or source['path']}")
            for credit in row["called"]:
                whose = f" ({credit['of']})" if credit["of"] else ""
                typer.echo(
                    f"       called “{credit['words']}”{whose}: {credit['document']}, {credit['published'] or 'undated'}"
                )


def speaker_json(known: Known, documents: list[dict[str, Any]]) -> dict[str, Any]:
    """One speaker as `speakers --json` prints it."""
    return {
        "id": known.speaker.id,
        "name": known.speaker.name,
        "type": known.speaker.type,
        "unnamed": known.speaker.unnamed,
        "quotes": known.quotes,
        "spellings": list(known.aliases),
        "roles": list(known.roles),
        "documents": documents,
    }


def evaluate(
    context: typer.Context,
    questions: Annotated[
        Path, typer.Argument(help="A JSONL file of questions with their answers, or a TOML file of several such sets.")
    ],
    split: Annotated[str | None, typer.Option(help="Only this split of the file: tune or held.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the risk–coverage curve into this PNG file.")] = None,
    as_json: Json = False,
) -> None:
    """Answer questions and say how well. Exit code 1 below the bars, or below the floor of a set."""
    if questions.suffix == ".toml":
        if plot is not None:
            raise typer.BadParameter("a curve is drawn of one file of questions; name the JSONL file of a set")
        raise typer.Exit(evaluate_sets(context, questions, split, as_json=as_json))
    from bot.wiring import open_finder
    from retrieval import evaluate as measure
    from retrieval.model import EVERYBODY

    cases = measure.load(questions, split)
    with open_finder(context.obj) as finder:
        finder.ask("what did anybody say about anything?", EVERYBODY)  # the model loads before the clock runs
        outcomes = measure.run(cases, lambda text: finder.ask(text, EVERYBODY))
        judged = [(finder.confidence(o.case.question, EVERYBODY), o.good) for o in outcomes]
    found = measure.summary(outcomes)
    if plot is not None:
        measure.plot(measure.risk_coverage(judged), plot)
    if as_json:
        typer.echo(json.dumps(summary_json(found), ensure_ascii=False, indent=2))
    else:
        print_summary(found)
    raise typer.Exit(1 if found.below else 0)


def evaluate_sets(context: typer.Context, path: Path, split: str | None, *, as_json: bool) -> int:
    """Every set over an index of its own, made for it and thrown away; 1 when one fell below its floors."""
    import tempfile
    from functools import partial

    from bot.wiring import open_finder
    from retrieval import evaluate as measure
    from retrieval.model import EVERYBODY

    rows = []
    for one in measure.load_sets(path):
        with tempfile.TemporaryDirectory() as data:
            settings = context.obj.model_copy(
                update={"corpus_dir": one.corpus, "data_dir": Path(data), "chroma_url": None}
            )
            with open_finder(settings, lasting=False) as finder:
                outcomes = measure.run(measure.load(one.questions, split), partial(finder.ask, audience=EVERYBODY))
        rows.append(measure.SetFigures.made(one, outcomes))
    if as_json:
        typer.echo(json.dumps({row.of.name: set_json(row) for row in rows}, ensure_ascii=False, indent=2))
    else:
        print_sets(rows)
    return int(any(row.of.fallen(row.all) for row in rows))


def set_json(row: SetFigures) -> dict[str, Any]:
    """The figures of a set as JSON, with those of the questions held back and what fell."""
    held = {"held": summary_json(row.held)} if row.held else {}
    # the bars are for one's own questions; a set has its floors
    return {**summary_json(row.all), "fitted": row.of.fitted, "below": list(row.of.fallen(row.all)), **held}


def print_sets(rows: Sequence[SetFigures]) -> None:
    """A line a set, then what its figures are worth, each set's misses, and what fell."""
    typer.echo(
        f"{'':<16}{'questions':>10}{'with answer':>13}{'right first':>13}{'in three':>10}{'answered':>10}{'declined':>10}"
        f"{'wrong name':>12}{'held back, right first':>26}"
    )
    for row in rows:
        found, held = row.all, row.held
        kept = f"{held.right_first:.1%} of {held.answerable}" if held else "none held back"
        typer.echo(
            f"{row.of.name:<16}{found.questions:>10}{found.answerable:>13}{found.right_first:>13.1%}{found.right_in_three:>10.1%}"
            f"{found.answered:>10.1%}{found.abstained:>10.1%}{found.wrong_speakers:>12}{kept:>26}"
        )
    fitted = ", ".join(row.of.name for row in rows if row.of.fitted)
    if fitted:
        typer.echo(
            f"Training material: the weights were fitted on the questions of {fitted} that are not held back, and the rules were "
            "written beside all of them. On other documents expect less."
        )
    for row in rows:
        for miss in row.all.misses:
            typer.echo(f"miss in {row.of.name}, {miss.case.id}: {miss.case.question}\n     " + shown(miss))
    for row in rows:
        for fell in row.of.fallen(row.all):
            typer.echo(f"below its floor: {row.of.name}, {fell}")


def print_summary(found: Summary) -> None:
    """The figures, then each miss."""
    typer.echo(f"{found.questions} questions, {found.answerable} of them with an answer")
    for label, value in (
        ("right first", found.right_first),
        ("right in the first three", found.right_in_three),
        ("right speaker", found.right_speaker),
        ("right document", found.right_document),
        ("answered, of those with an answer", found.answered),
        ("abstained, of those without", found.abstained),
        ("abstentions that were right", found.abstention_precision),
    ):
        typer.echo(f"{label:<36}{value:7.1%}")
    typer.echo(f"{'wrong speaker shown':<36}{found.wrong_speakers:7}")
    typer.echo(f"{'milliseconds, p50 / p95':<36}{found.p50_ms:7.1f} / {found.p95_ms:.1f}")
    for kind, (good, of) in found.by_kind.items():
        typer.echo(f"  {kind:<34}{good:3} of {of}")
    for miss in found.misses:
        typer.echo(f"miss {miss.case.id}: {miss.case.question}\n     " + shown(miss))
    for missed in found.below:
        typer.echo(f"below the bar: {missed}")


def shown(miss: Outcome) -> str:
    """What was shown in place of what was expected."""
    from retrieval.evaluate import shown_words

    if not miss.answer.answered:
        got = f"abstained ({miss.answer.reason})"
    else:
        first = miss.answer.quotes[0]
        name = first.quote.speaker.name if first.quote.speaker else "nobody"
        got = f"“{' '.join(shown_words(first).split())[:90]}” by {name}"
    return got + (f"; wanted “{miss.case.expected[0][:60]}” by {miss.case.speaker}" if miss.case.expected else "")


def summary_json(found: Summary) -> dict[str, Any]:
    """The figures as JSON."""
    from dataclasses import fields

    kept = {f.name: getattr(found, f.name) for f in fields(found) if f.name not in {"misses", "by_kind"}}
    misses = [{"id": m.case.id, "question": m.case.question, "got": shown(m)} for m in found.misses]
    return {
        **kept,
        "by_kind": {k: list(v) for k, v in found.by_kind.items()},
        "below": list(found.below),
        "misses": misses,
    }


def calibrate(
    context: typer.Context,
    sets: Annotated[
        list[Path] | None,
        typer.Option(help="A TOML list of question sets, also several times; default the repository's."),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw the cross-validated risk–coverage curve into this PNG.")
    ] = None,
) -> None:
    """Fit the weights of ranking and of answering to question sets, and write them to their record."""
    from bot.settings import Settings
    from bot.shell.progress import showing
    from bot.wiring import bring_up_to_date, make_finder, make_index
    from retrieval.asking.calibrate import SETS
    from retrieval.asking.calibrate import calibrate as fit

    def finder_for(corpus: Path, data: Path) -> Any:
        settings: Settings = context.obj.model_copy(update={"corpus_dir": corpus, "data_dir": data, "chroma_url": None})
        index = make_index(settings, lasting=False)
        with showing() as progress:
            bring_up_to_date(index, progress)
        return index, make_finder(settings, index)

    typer.echo(fit(sets or [SETS], finder_for, plot))
