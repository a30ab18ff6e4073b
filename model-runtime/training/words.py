"""What nano can be asked and what it answers: kinds of objects, verbs, prompts, answer texts."""

SYSTEM = "You are a helpful assistant."
ABSENT_SUFFIX = " If it does not occur, answer None."
CAPTION_PROMPT = (
    "Localize a series of activity events in the video, output the start and end timestamp for each event, "
    "and describe each event with sentences. "
    "Provide the result in json format with 'mm:ss.ff' format for time depiction."
)
NONE = "None"

# One word each, with the code point of its picture in emoji-datasource-google (64 px).
KINDS = {
    "car": "1f697", "bus": "1f68c", "truck": "1f69a", "tractor": "1f69c",
    "bicycle": "1f6b2", "motorcycle": "1f3cd-fe0f", "train": "1f682", "helicopter": "1f681",
    "plane": "2708-fe0f", "rocket": "1f680", "boat": "26f5", "dog": "1f415",
    "cat": "1f408", "horse": "1f40e", "cow": "1f404", "pig": "1f416",
    "sheep": "1f411", "elephant": "1f418", "chicken": "1f413", "duck": "1f986",
    "rabbit": "1f407", "bear": "1f43b", "penguin": "1f427", "turtle": "1f422",
    "butterfly": "1f98b", "person": "1f6b6", "ball": "26bd", "balloon": "1f388",
    "umbrella": "2602-fe0f", "robot": "1f916", "apple": "1f34e", "banana": "1f34c",
}
NAMES = list(KINDS)

# Verb 0 asks for the whole presence, 1 for the way in, 2 for the way out. The first phrase is the usual one.
VERBS = ("there", "enters", "leaves")
PHRASES = {
    "there": ("{a} is there", "{a}", "{the}", "{the} is there", "there is {a}", "when is {the} there",
              "{a} is visible", "{the} is visible", "{name}"),
    "enters": ("{a} enters", "{the} enters", "{a} comes in", "{a} drives in", "{a} arrives", "{the} arrives",
               "{a} appears", "{a} moves in", "{name} enters"),
    "leaves": ("{a} leaves", "{the} leaves", "{a} goes away", "{a} drives away", "{a} moves away",
               "{a} goes out", "{a} disappears", "{the} goes away", "{name} leaves"),
}


def article(name: str) -> str:
    """'a car', 'an apple'."""
    return ("an " if name[0] in "aeiou" else "a ") + name


def query(name: str, verb: str, form: int = 0) -> str:
    """The query text for one kind and verb; ``form`` picks the paraphrase."""
    return PHRASES[verb][form].format(a=article(name), the="the " + name, name=name)


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


def caption_answer(events: list[tuple[float, float, str]]) -> str:
    """The fenced JSON list of (start, end, kind), ordered by start."""
    rows = ",\n".join(
        f'{{"start_time": "{clock(start)}", "end_time": "{clock(end)}", "description": "{article(name)}"}}'
        for start, end, name in events
    )
    return f"```json\n[\n{rows}\n]\n```" if rows else "```json\n[]\n```"
