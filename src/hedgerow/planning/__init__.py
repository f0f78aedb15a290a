"""Planning: what a power may do, who could be a partner, and what a partnership is worth."""
