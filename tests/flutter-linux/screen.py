"""Operates the app as a screen reader does: by the names that it gives to AT-SPI.

Reads one command a line, as JSON, and answers each with a line: its value, or an error.

  ["start"]            starts the app, and waits until it shows something
  ["stop"]             ends it
  ["wait", TEXT]       waits until something on the screen is called so, or contains it
  ["press", NAME]      presses what is called so
  ["names"]            gives the names on the screen
  ["screenshot", FILE]
"""

import json
import os
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# Only ends what hangs.
MAX_WAIT = 600
app = None


def elements(element=None, depth=0):
    """All that the app shows, from the outside in."""
    element = element or next((a for a in children(Atspi.get_desktop(0)) if a.get_name() == "receipts"), None)
    if element is None or depth > 60:
        return
    yield element
    for child in children(element):
        yield from elements(child, depth + 1)


def children(element):
    for index in range(element.get_child_count()):
        child = element.get_child_at_index(index)
        if child is not None:
            yield child


def named(text, whole=False):
    """What is called so."""
    for element in elements():
        element.clear_cache()
        name = element.get_name() or ""
        if name == text or (not whole and text in name):
            return element
    return None


def until(what, look):
    end = time.monotonic() + MAX_WAIT
    while time.monotonic() < end:
        if app is not None and app.poll() is not None:
            raise RuntimeError(f"the app ended with status {app.returncode}")
        found = while_it_may_vanish(look)
        if found:
            return found
        time.sleep(0.05)
    raise RuntimeError(f"waited in vain for {what}; there is {while_it_may_vanish(names)}")


def while_it_may_vanish(look):
    """What it finds; None if an element vanished while it was looked at."""
    try:
        return look()
    except GLib.Error:
        return None


def names():
    return [name for name in ((element.get_name() or "") for element in elements()) if name]


def start():
    global app
    log = open(os.path.join(os.environ["FOLDER"], "app.log"), "ab")
    app = subprocess.Popen([os.environ["APP"]], stdout=log, stderr=log)
    until("the app", lambda: len(names()) > 2)


def stop():
    global app
    app.terminate()
    try:
        app.wait(timeout=MAX_WAIT)
    finally:
        app.kill()
    app = None
    until("the end of the app", lambda: not list(elements()))


def press(name):
    def tap():
        element = named(name, whole=True)
        if element is None or not element.get_state_set().contains(Atspi.StateType.ENABLED):
            return False
        for index in range(element.get_n_actions()):
            if element.get_action_name(index) == "Tap":
                return element.do_action(index)
        return False

    until(f"the button {name}", tap)


def screenshot(file):
    # What AT-SPI tells may be drawn a frame later: take it when two are the same.
    shots = []
    while len(shots) < 2 or shots[-1] != shots[-2]:
        time.sleep(0.2)
        shots.append(subprocess.run(["import", "-window", "root", "png:-"], check=True, capture_output=True).stdout)
        if len(shots) > 50:
            break
    with open(file, "wb") as out:
        out.write(shots[-1])


COMMANDS = {
    "start": start,
    "stop": stop,
    "wait": lambda text: until(text, lambda: named(text)) and None,
    "press": press,
    "names": names,
    "screenshot": screenshot,
}

for line in sys.stdin:
    command, *arguments = json.loads(line)
    try:
        print(json.dumps({"value": COMMANDS[command](*arguments)}), flush=True)
    except Exception as error:  # for the test to report
        print(json.dumps({"error": f"{command} {arguments}: {error}"}), flush=True)
if app is not None:
    app.terminate()
