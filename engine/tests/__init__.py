"""Tests of the engine, on a tiny reading of the Melian dialogue (Thucydides 5.84 to 116, cues of Jowett's words)."""
