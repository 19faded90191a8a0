"""Tests of the engine, on tiny readings of the Melian dialogue (Thucydides 5.84 to 116, cues of Jowett's translation)."""
