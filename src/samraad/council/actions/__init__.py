"""What can happen in the room: a file per concept."""
