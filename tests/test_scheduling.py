"""Which tests run in the same process, where several run them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from typing import Final

from support.sites import PROJECT

FILES: Final = ("tests/model/test_slugs.py", "tests/model/test_dates.py")
RUN: Final = re.compile(r"^\[(gw\d)\] .*PASSED ([^:]+)::", re.MULTILINE)


def test_the_tests_of_a_file_stay_with_one_process() -> None:
    arguments = ("--numprocesses", "2", "--dist", "loadfile", "-v", "-p", "no:cacheprovider", *FILES)
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    processes = defaultdict(set)
    for process, file in RUN.findall(answer.stdout):
        processes[file].add(process)
    assert processes.keys() == set(FILES)
    assert [len(of_file) for of_file in processes.values()] == [1, 1]
    assert set.union(*processes.values()) == {"gw0", "gw1"}
