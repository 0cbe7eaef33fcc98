"""What the scripts of the evaluation share: towns, models, verdicts, figures, and where they are written.

Towns are simulated without packets (`simhound simulate --events`), which takes seconds; `simhound analyze` reads the
events and gives the verdicts, as it would from captures.

The program is built and run by scripts/simhound; SIMHOUND names another binary.
"""
import argparse
import collections
import csv
import datetime
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOUND = os.environ.get("SIMHOUND", ROOT / "scripts" / "simhound")
DOC = ROOT / "docs" / "evaluation.md"
DAY = 86_400
# Windows of seven days begin on Thursdays, as 1970 did.
THURSDAY = datetime.datetime(2026, 3, 19, tzinfo=datetime.timezone.utc)
# The kinds of events of which an operator's call records tell.
CALL_RECORDS = ["call_attempt", "call_answer", "call_end", "sms_submit", "sms_deliver"]
RATES = (1e-3, 1e-4, 1e-5)

csv.field_size_limit(1 << 30)


def arguments(text, *more):
    """Parses the command line; `more` are further options as (flags, settings)."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/evaluation.md as well")
    parser.add_argument("--work", type=pathlib.Path, help="keep models here, and use those that are here already")
    for flags, settings in more:
        parser.add_argument(*flags, **settings)
    return parser.parse_args()


class Work:
    """A folder for what is made on the way; a temporary one is removed."""

    def __init__(self, kept):
        self.kept = kept
        self.path = kept or pathlib.Path(tempfile.mkdtemp(prefix="evaluation"))
        self.path.mkdir(parents=True, exist_ok=True)

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        if not self.kept:
            shutil.rmtree(self.path, ignore_errors=True)


def run(*words):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(str(word) for word in words)}")


def say(text):
    print(text, file=sys.stderr, flush=True)


def changed(scenario, changes, to):
    """A copy of a scenario in which keys have other values; each of them must be there."""
    text = scenario.read_text()
    for key, value in changes.items():
        text, count = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
        if count == 0:
            sys.exit(f"{scenario}: no key {key}")
    to.write_text(text)
    return to


class Town:
    """A simulated town: its events and its truth, removed when it is no longer needed."""

    def __init__(self, scenario, seed, work, **changes):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="town", dir=work))
        self.events, self.truth_file = self.folder / "events.parquet", self.folder / "truth.csv"
        scenario = changed(scenario, changes, self.folder / "scenario.toml")
        run(HOUND, "simulate", scenario, "--seed", seed, "--out", self.folder, "--events", self.events)
        with self.truth_file.open(newline="") as file:
            self.truth = {row["imsi"]: row for row in csv.DictReader(file)}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)


def week(place=0):
    """What makes a scenario a week that fills one window: its start, and its length."""
    start = THURSDAY + datetime.timedelta(weeks=place)
    return {"start": start.strftime("%Y-%m-%dT%H:%M:%SZ"), "duration_minutes": 10_080}


def trained(work, name, *options):
    """A model of the training towns, as scripts/train-on-towns learns it with these options."""
    model = work / f"{name}.json"
    if not model.exists():
        say(f"training {name}")
        run(ROOT / "scripts" / "train-on-towns", model, *options)
    return model


# A subscriber in a window: what it is, and what was said of it. `kind` is that of the fraud, empty for honest ones.
Verdict = collections.namedtuple("Verdict", "imsi window fraud kind archetype score flagged farm reasons")


def seconds(time):
    """Seconds since 1970 of a time as the program writes it, to the microsecond."""
    return datetime.datetime.fromisoformat(re.sub(r"(\.\d{6})\d*", r"\1", time)).timestamp()


def verdicts(town, model, length=DAY, events=(), options=()):
    """What `analyze` says of a town: one verdict for each subscriber and window in which it was seen."""
    out = town.folder / "out"
    kinds = ["--kind", ",".join(events)] if events else []
    window = ["--window", f"{length // DAY}d"]
    model = ["--model", model] if model else []
    run(HOUND, "analyze", town.events, "--out", out, "--quiet", *model, *window, *kinds, *options)
    found = {}
    with (out / "subscribers.csv").open(newline="") as file:
        rows = csv.reader(file)
        head = {name: place for place, name in enumerate(next(rows))}
        names = ["imsi", "window_start", "window_end", "score", "flagged", "farm", "reasons"]
        places = [head[name] for name in names]
        for row in rows:
            imsi, start, end, score, flagged, farm, reasons = [row[place] for place in places]
            told = town.truth.get(imsi, {})
            start, end = seconds(start), seconds(end)
            fraud = told.get("fraud") in ("1", "true") and (
                not told.get("moved_at") or (start + end) / 2 >= seconds(told["moved_at"]))
            key = imsi, int(start // length)
            verdict = Verdict(imsi, key[1], fraud, told.get("fraud_model", "") if fraud else "",
                              told.get("archetype", "unknown"), float(score), flagged == "true", farm, reasons)
            before = found.get(key)
            if before:
                # The two parts of a window in which a card moved are one verdict: the worse one.
                worse = max(before, verdict, key=lambda part: (part.flagged, part.score))
                verdict = worse._replace(fraud=before.fraud or verdict.fraud, kind=before.kind or verdict.kind)
            found[key] = verdict
    shutil.rmtree(out, ignore_errors=True)
    return list(found.values())


def share(part, whole):
    return part / whole if whole else float("nan")


def precision_recall(found, said):
    """Precision and recall of what `said` is true of."""
    hits = sum(1 for verdict in found if verdict.fraud and said(verdict))
    alarms = sum(1 for verdict in found if not verdict.fraud and said(verdict))
    return share(hits, hits + alarms), share(hits, sum(1 for verdict in found if verdict.fraud))


def recall_at(found, rate):
    """Recall where this share of the honest, or less, has a score as high."""
    honest = sorted((verdict.score for verdict in found if not verdict.fraud), reverse=True)
    allowed = int(len(honest) * rate)
    bound = honest[allowed] if allowed < len(honest) else -1.0
    frauds = [verdict.score for verdict in found if verdict.fraud]
    return share(sum(1 for score in frauds if score > bound), len(frauds))


def precision_at(recall, alarms, base_rate):
    """Precision where `base_rate` of all are frauds, at this recall and share of alarms among the honest."""
    hits = recall * base_rate
    return share(hits, hits + alarms * (1 - base_rate))


def average_precision(found, base_rate=None):
    """Area under precision and recall; with a base rate, as if so many of all were frauds."""
    frauds = sum(1 for verdict in found if verdict.fraud)
    honest = len(found) - frauds
    weight = 1.0 if base_rate is None else base_rate / (1 - base_rate) * honest / max(frauds, 1)
    order = sorted(found, key=lambda verdict: -verdict.score)
    area = hits = alarms = at = 0
    while at < len(order):
        end, score = at, order[at].score
        good = 0
        while end < len(order) and order[end].score == score:
            good += order[end].fraud
            end += 1
        hits, alarms = hits + good, alarms + end - at - good
        area += good * share(hits * weight, hits * weight + alarms)
        at = end
    return share(area, frauds)


def figure(value, digits=3):
    return "-" if value != value else f"{value:.{digits}f}"


def table(head, rows):
    """Markdown; the first column is text, the others are numbers."""
    lines = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def publish(name, text, write):
    """Prints a part of the document, and puts it between the lines that mark it."""
    print(text)
    if not write:
        return
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    document = DOC.read_text()
    if begin not in document or end not in document:
        sys.exit(f"{DOC}: no lines that mark {name}")
    head, rest = document.split(begin, 1)
    DOC.write_text(f"{head}{begin}\n{text}\n{end}{rest.split(end, 1)[1]}")
