"""The report as SARIF 2.1.0, which code scanning and many editors read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from codex_publisher import __version__
from codex_publisher.cli.report import Report
from codex_publisher.model.catalogue import GROUPS
from codex_publisher.model.explanations import EXPLANATIONS
from codex_publisher.model.names import visible
from codex_publisher.model.problems import Problem, Rule, Severity

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final[Mapping[Severity, str]] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
)


def write(report: Report, _colours: bool) -> Iterator[str]:
    """The report as one JSON object."""
    broken = {problem.code: problem.rule for problem in report.problems}
    rules = [broken[code] for code in sorted(broken)]
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {"name": "codex", "semanticVersion": __version__, "rules": [_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The root of the repository."}}},
        "results": list(_results(report, index)),
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def uri_of(path: str) -> str:
    """A path as a relative reference: all but letters, digits and a few marks is percent-encoded."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/-._~")


def _rule(rule: Rule) -> dict[str, Any]:
    explained = EXPLANATIONS.get(rule.code)
    described: dict[str, Any] = {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [GROUPS[rule.code[0]]]},
    }
    if explained:
        described["fullDescription"] = {"text": explained.what}
        text = " ".join((explained.what, explained.why, explained.fix))
        described["help"] = {"text": text, "markdown": text}
    return described


def _results(report: Report, index: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    before: Counter[tuple[str, str, str]] = Counter()
    for problem in report.problems:
        key = (problem.path, problem.code, problem.message)
        before[key] += 1
        uri = uri_of(report.in_repository(problem.path))
        hint = f" ({problem.hint})" if problem.hint else ""
        yield {
            "ruleId": problem.code,
            "ruleIndex": index[problem.code],
            "level": _LEVELS[problem.severity],
            "message": {"text": visible(f"{problem.message}{hint}")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": uri, "uriBaseId": "SRCROOT"},
                        "region": {"startLine": problem.line, "startColumn": problem.column},
                    }
                }
            ],
            "partialFingerprints": {"codexProblem/v1": _fingerprint(problem, before[key])},
        }


def _fingerprint(problem: Problem, repeat: int) -> str:
    """What stays the same while lines above come and go."""
    parts = (problem.path, problem.code, problem.message, str(repeat))
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:32]
