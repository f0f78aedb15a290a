"""In which corners of the unknown hedging pays: chance of the bad regime, severity of its tariff, cost of partners."""
