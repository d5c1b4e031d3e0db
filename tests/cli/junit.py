"""junit.py FILE…: JUnit reports as a build server's reader takes them; what a suite says it holds, it holds."""
import sys

from junitparser import Error, Failure, JUnitXml, Skipped

for name in sys.argv[1:]:
    read = JUnitXml.fromfile(name)
    for suite in read if isinstance(read, JUnitXml) else [read]:
        cases = list(suite)
        outcomes = [type(result) for case in cases for result in case.result]
        said = (suite.tests, suite.failures, suite.errors, suite.skipped)
        held = (len(cases), outcomes.count(Failure), outcomes.count(Error), outcomes.count(Skipped))
        assert cases and said == held, f"{name}: {suite.name} says {said} and holds {held}"
        assert all(case.name and case.classname for case in cases), f"{name}: a case without a name"
        assert all(result.message for case in cases for result in case.result), f"{name}: nothing said"
