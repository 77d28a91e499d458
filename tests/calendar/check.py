"""Reads a calendar from a running server (BASE_URL) with the library `icalendar`, and fails if it is not what was asked for."""

import json
import os
from datetime import date
from urllib.request import Request, urlopen

from icalendar import Calendar

BASE_URL = os.environ["BASE_URL"]
TITLE = "An oven; of one's own, \\ with ten thousand bricks and a name that is longer than one line may be: Öfchen"


def ask(query, variables=None, token=None):
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    with urlopen(Request(f"{BASE_URL}/graphql", body, headers)) as reply:
        answer = json.load(reply)
    assert "errors" not in answer, answer
    return answer["data"]


token = ask("mutation { visit(delivery: BEARER) { token } }")["visit"]["token"]
ask('mutation { updateSettings(input: { timeZone: "Pacific/Kiritimati" }) { viewer { id } } }', token=token)
ask(
    "mutation($title: String!) { createMilestone(input: { title: $title, year: 2031, quarter: 1 }) { milestone { id } } }",
    {"title": TITLE},
    token,
)
url = ask('mutation { createCalendarFeed(input: { label: "check" }) { url } }', token=token)["createCalendarFeed"]["url"]
with urlopen(url) as reply:
    text = reply.read()

calendar = Calendar.from_ical(text)
assert not calendar.errors, calendar.errors
assert calendar["VERSION"] == "2.0" and calendar["X-WR-TIMEZONE"] == "Pacific/Kiritimati"
events = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
assert set(events) == {"Go on with the workbook", TITLE}, events.keys()
for event in events.values():
    assert not event.errors, event.errors
    assert type(event.decoded("DTSTART")) is date, "a whole day"
    assert event["UID"] and event["DTSTAMP"] and event["TRANSP"] == "TRANSPARENT"
assert events[TITLE].decoded("DTSTART") == date(2031, 3, 31)
assert "RRULE" not in events[TITLE]
assert events["Go on with the workbook"]["RRULE"] == {"FREQ": ["DAILY"]}
assert len({event["UID"] for event in events.values()}) == len(events)
print(f"calendar: ok, {len(events)} events, {len(text)} bytes")
