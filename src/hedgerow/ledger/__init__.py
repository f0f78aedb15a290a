"""The ledger: what partnerships promised, what they report, who confirmed it, and what part of it was theirs."""
