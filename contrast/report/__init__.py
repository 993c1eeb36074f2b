"""The report stage: findings as a terminal table, CSV, JSONL, Markdown and pandas DataFrames."""
