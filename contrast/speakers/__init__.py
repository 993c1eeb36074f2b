"""The speakers stage: who is really speaking in each statement, in one document and across many."""

from contrast.speakers.file import SpeakerEntry, SpeakersFile, load_speakers
from contrast.speakers.resolver import SpeakerResolver

__all__ = ["SpeakerEntry", "SpeakerResolver", "SpeakersFile", "load_speakers"]
