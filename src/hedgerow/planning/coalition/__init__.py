"""More than one planner: agreements among several parties, chosen one by one or together, and who would leave."""
