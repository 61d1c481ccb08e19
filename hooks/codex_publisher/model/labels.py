"""Telling a title that claims something from one that only names a subject, by the look of its words.

It is a guess, for English only, and it is made to miss a label rather than to call a proposition one.
"""

from __future__ import annotations

import re
from typing import Final

MOST_WORDS: Final = 6
"""In a longer title there is nearly always a verb, known here or not."""
MOST_WORDS_OF_TOPIC: Final = 12
"""Likewise in one that begins as subjects do, with “The role of”."""
_ENOUGH_WORDS: Final = 20
_LOOKED_AT: Final = 1000


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TOPIC: Final = re.compile(
    r"(?:an? |the )?"
    r"(?:overview|introduction|history|summary|analysis|review|comparison|discussion|survey|study"
    r"|role|future|impact|impacts|effect|effects|importance|nature|problem|state|types|kinds|notes?|thoughts"
    r"|remarks?|questions?|background|basics|benefits|costs|causes|consequences) (?:of|to|on|about|for) ",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(r"(?:why|how|when|where) (?:do|does|did|can|should)\b", re.IGNORECASE)
_ENGLISH: Final = _words("a and are as be by for from in is it of on or that the this to with")
_CLAUSE: Final = _words(
    "am are be been can cannot could did do does had has have is may might must shall should was were "
    "will would because if never no not than that unless until when whenever where whereas whether while "
    "who"
)
"""Words that hardly stand in the name of a subject."""
_VERBS: Final = _words(
    "accelerate accept accumulate achieve act adapt add affect aggregate agree align allocate allow "
    "amplify anchor appear apply approach argue arise ask assume attract avoid balance beat become begin "
    "behave believe belong bend benefit bet bind block boost break breed bring build buy call capture "
    "carry catch cause change charge check choose collapse combine come compete complement compound "
    "confirm connect constrain consume contain contribute control converge convert coordinate correlate "
    "cost count cover create cut deceive decide decline decrease defeat define degrade delay deliver "
    "demand depend derive deserve destroy detect determine die differ disappear discover displace disrupt "
    "distort diverge divide dominate double draw drive drop earn ease eat eliminate emerge enable encode "
    "encourage end endure enforce ensure erode escape exceed exist expand expect explain exploit expose "
    "extend extract fail fall favor favour fear feed fight fill find fit fix flow focus follow force "
    "forecast foster fund gain generate get give go grow guarantee guide happen harm heal help hide "
    "hinder hold hurt imitate imply impose improve include incentivize increase induce inflate influence "
    "inhibit inspire invert invite keep kill know lack lag last lead leak learn leave let lie limit link "
    "lock lose lower maintain make match matter mean measure mediate mimic miss moderate motivate move "
    "need observe occur offer open oppose optimize organize outcompete outlast outnumber outpace "
    "outperform outweigh overcome overestimate own pay peak perform permit persist pick play point "
    "possess postpone precede precipitate predict prefer preserve prevent produce profit promise promote "
    "propagate protect prove provide pull punish push put raise reach reason receive recognize reduce "
    "reflect regulate reinforce reject rely remain remember remove replace replicate represent require "
    "resemble resist resolve respond rest restore result reveal reverse reward rise run save say scale "
    "secure see seek seem select sell send separate serve shape share shift shrink signal sleep slow "
    "solve specialize spread stabilize stand start stay steal stop strengthen struggle succeed suffer "
    "suggest support survive sustain take teach tell tend think threaten thrive trade transfer transform "
    "trap trigger trust turn undermine underperform understand unlock use vanish vary wait want waste "
    "weaken win work worsen yield"
)
_NOUNS_LIKE_VERBS: Final = _words(
    "benefit control demand delay focus force fund influence limit link measure need open profit reason "
    "result scale signal sleep state support trade trust use waste work"
)
"""Of these, only the forms in -s and -ed speak for a verb: “sleep and memory” is a subject."""
_NO_VERB_IN_S: Final = ("ss", "us", "is", "ics", "ous", "'s", "’s")
_VERB_ENDINGS: Final = ("ize", "ise", "ify", "ized", "ised", "ified")


def is_label(title: str, text: str) -> bool:
    """Whether a claim's title, of which `text` is the body, is a question or only names a subject."""
    title = title.strip()[:_LOOKED_AT]
    if title.endswith("?") or _QUESTION.match(title):
        return True
    words = [word.lower() for word in _WORD.findall(title)]
    if not words or not title.isascii():
        return False
    is_topic = _TOPIC.match(title) is not None
    if len(words) > (MOST_WORDS_OF_TOPIC if is_topic else MOST_WORDS):
        return False
    last = 0 if is_topic else len(words) - 1
    if any(_tells(word, place, last) for place, word in enumerate(words)):
        return False
    # Last, since a text has many more words than a title.
    return _may_be_english(text)


def _may_be_english(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    return len(words) < _ENOUGH_WORDS or not _ENGLISH.isdisjoint(words)


def _tells(word: str, place: int, last: int) -> bool:
    """Whether a word may be the verb of a sentence, or joins clauses. The first is taken for a noun.

    From the place `last` on, only a verb that is known is one.
    """
    if word in _CLAUSE:
        return True
    if not place:
        return False
    if word in _VERBS:
        return word not in _NOUNS_LIKE_VERBS
    if word.endswith("s") and not word.endswith(_NO_VERB_IN_S):
        return place < last or _base(word) in _VERBS - _NOUNS_LIKE_VERBS
    return word.endswith(_VERB_ENDINGS) or (word.endswith("ed") and len(word) > len("need"))


def _base(word: str) -> str:
    """`heals` gives `heal`, `carries` gives `carry`, `matches` gives `match`."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        return word[:-2]
    return word[:-1]
