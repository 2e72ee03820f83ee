"""Scripts: which one a text came in, and its canonical Simplified form; the only home of OpenCC."""

from transforms.script.canonical import canonical_documents, traditional
from transforms.script.converter import Converter
from transforms.script.detect import detect
from transforms.script.punctuation import canonical_punctuation

__all__ = ["Converter", "canonical_documents", "canonical_punctuation", "detect", "traditional"]
