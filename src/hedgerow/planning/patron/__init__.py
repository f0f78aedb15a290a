"""The power's own interest: what it gets and pays when its allies look for other partners, and what that hangs on."""
