"""Questions of the room: the registers, and whom a citizen calls."""
