"""What nano can be asked and what it answers: kinds of objects, events, their wordings, prompts, answer texts."""

import hashlib
from collections.abc import Iterable

SYSTEM = "You are a helpful assistant."
ABSENT_SUFFIX = " If it does not occur, answer None."
CAPTION_PROMPT = (
    "Localize a series of activity events in the video, output the start and end timestamp for each event, "
    "and describe each event with sentences. "
    "Provide the result in json format with 'mm:ss.ff' format for time depiction."
)
NONE = "None"

# One word each: the code point of its picture in emoji-datasource-google (64 px), and the colour it has there.
KINDS = {
    "car": ("1f697", "red"), "bus": ("1f68c", "blue"), "truck": ("1f69a", "yellow"), "tractor": ("1f69c", "green"),
    "bicycle": ("1f6b2", "blue"), "motorcycle": ("1f3cd-fe0f", "red"), "train": ("1f682", "black"),
    "helicopter": ("1f681", "yellow"), "plane": ("2708-fe0f", "blue"), "rocket": ("1f680", "white"),
    "boat": ("26f5", "orange"), "dog": ("1f415", "white"), "cat": ("1f408", "orange"), "horse": ("1f40e", "brown"),
    "cow": ("1f404", "white"), "pig": ("1f416", "pink"), "sheep": ("1f411", "white"), "elephant": ("1f418", "gray"),
    "chicken": ("1f413", "white"), "duck": ("1f986", "brown"), "rabbit": ("1f407", "gray"), "bear": ("1f43b", "brown"),
    "penguin": ("1f427", "black"), "turtle": ("1f422", "green"), "butterfly": ("1f98b", "orange"), "person": ("1f6b6", "yellow"),
    "ball": ("26bd", "white"), "balloon": ("1f388", "red"), "umbrella": ("2602-fe0f", "blue"), "robot": ("1f916", "gray"),
    "apple": ("1f34e", "red"), "banana": ("1f34c", "yellow"), "ambulance": ("1f691", "white"), "taxi": ("1f695", "yellow"),
    "scooter": ("1f6f4", "blue"), "ship": ("1f6a2", "white"), "monkey": ("1f412", "brown"), "tiger": ("1f405", "orange"),
    "camel": ("1f42a", "brown"), "giraffe": ("1f992", "orange"), "zebra": ("1f993", "white"), "whale": ("1f433", "blue"),
    "octopus": ("1f419", "red"), "crab": ("1f980", "red"), "bee": ("1f41d", "yellow"), "owl": ("1f989", "brown"),
    "fox": ("1f98a", "orange"), "frog": ("1f438", "green"), "snail": ("1f40c", "brown"), "fish": ("1f41f", "blue"),
    "tree": ("1f333", "green"), "flower": ("1f33b", "yellow"), "mushroom": ("1f344", "red"), "pumpkin": ("1f383", "orange"),
    "pizza": ("1f355", "yellow"), "cake": ("1f382", "white"), "guitar": ("1f3b8", "red"), "drum": ("1f941", "red"),
    "suitcase": ("1f9f3", "blue"), "backpack": ("1f392", "red"), "box": ("1f4e6", "brown"), "chair": ("1fa91", "brown"),
    "clock": ("23f0", "red"), "bucket": ("1faa3", "blue"), "ghost": ("1f47b", "white"), "snowman": ("26c4", "white"),
    "trophy": ("1f3c6", "yellow"), "television": ("1f4fa", "brown"), "book": ("1f4d5", "red"), "key": ("1f511", "yellow"),
}
NAMES = list(KINDS)

THERE, ENTERS, LEAVES, STOPS, STARTS, MEETS, LEFT, LIGHTS_OUT, LIGHTS_ON = VERBS = (
    "there", "enters", "leaves", "stops", "starts", "meets", "left", "lights out", "lights on")
LIGHTS = (LIGHTS_OUT, LIGHTS_ON)
# The first wording of each is the usual one. {a} "a car", {the} "the car", {name} "car"; {b} is the one met.
PHRASES = {
    THERE: ("{a} is there", "{a}", "{the}", "{the} is there", "there is {a}", "when is {the} there",
            "{a} is visible", "{the} is visible", "{name}", "{a} is present", "when can {the} be seen"),
    ENTERS: ("{a} enters", "{the} enters", "{a} comes in", "{a} drives in", "{a} arrives", "{the} arrives",
             "{a} appears", "{a} moves in", "{name} enters", "{a} walks in", "when does {the} come in"),
    LEAVES: ("{a} leaves", "{the} leaves", "{a} goes away", "{a} drives away", "{a} moves away", "{a} goes out",
             "{a} disappears", "{the} goes away", "{name} leaves", "{a} walks away", "when does {the} leave"),
    STOPS: ("{a} stops", "{the} stops", "{a} comes to rest", "{a} halts", "{a} parks", "{the} stands still",
            "{name} stops", "{a} comes to a stop", "when does {the} stop"),
    STARTS: ("{a} starts moving", "{the} starts moving", "{a} starts to move", "{a} sets off", "{a} begins to move",
             "{the} sets off", "{name} starts moving", "when does {the} start moving"),
    MEETS: ("{a} meets {b}", "{a} and {b} meet", "{a} joins {b}", "{a} stands with {b}", "{the} meets {b}",
            "{name} meets {bname}", "when does {the} meet {b}"),
    LEFT: ("{a} is left behind", "{the} is left behind", "someone leaves {a} behind", "{a} is left alone",
           "{a} is abandoned", "{name} left behind", "when is {the} left behind"),
    LIGHTS_OUT: ("the lights go out", "the light goes out", "it gets dark", "lights out", "the lights go off",
                 "someone turns the lights off", "it becomes dark", "when do the lights go out"),
    LIGHTS_ON: ("the lights go on", "the light goes on", "it gets bright", "lights on", "the lights come on",
                "someone turns the lights on", "it becomes bright", "when do the lights go on"),
}


def held_out(kind: int) -> str:
    """The one event that training never shows this kind in, nor asks about: quality is measured on these pairs too."""
    digest = hashlib.sha256(NAMES[kind].encode()).digest()
    return (ENTERS, LEAVES, STOPS, STARTS, MEETS, LEFT)[digest[0] % 6]


def is_held_out(verb: str, kinds: Iterable[int]) -> bool:
    """Whether the event is held out for one of the kinds; a number that is no kind stands for nothing."""
    return any(kind < len(NAMES) and held_out(kind) == verb for kind in kinds)


def article(name: str) -> str:
    """'a car', 'an apple'."""
    return ("an " if name[0] in "aeiou" else "a ") + name


def query(verb: str, name: str = "", other: str = "", form: int = 0, colour: bool = False) -> str:
    """The query text for one event; ``form`` picks the wording, ``colour`` says the first thing's colour."""
    if verb in LIGHTS:
        return PHRASES[verb][form]
    said = f"{KINDS[name][1]} {name}" if colour else name
    return PHRASES[verb][form].format(
        a=article(said), the="the " + said, name=said, b=article(other) if other else "", bname=other)


def grounding_prompt(text: str, suffix: bool = True) -> str:
    """The official grounding prompt around a query, with the absent-answer sentence or without."""
    prompt = f"Give the query: '{text}', when does the described content occur in the video?"
    return prompt + (ABSENT_SUFFIX if suffix else "")


def grounding_answer(start: float, end: float) -> str:
    """Seconds from the start of the clip, one decimal."""
    return f"The given query happens in {start:.1f} - {end:.1f} seconds."


def clock(seconds: float) -> str:
    """``mm:ss.ff``."""
    hundredths = round(seconds * 100)
    return f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"


def description(name: str, came: bool, went: bool) -> str:
    """What a dense caption says of one thing."""
    return f"{article(name).capitalize()} " + (
        "comes and goes." if came and went else "comes in." if came else "goes away." if went else "is there.")


def caption_answer(events: list[tuple[float, float, str]]) -> str:
    """The fenced JSON list of (start, end, description), ordered by start."""
    rows = ",\n".join(
        f'{{"start_time": "{clock(start)}", "end_time": "{clock(end)}", "description": "{text}"}}'
        for start, end, text in events
    )
    return f"```json\n[\n{rows}\n]\n```" if rows else "```json\n[]\n```"
