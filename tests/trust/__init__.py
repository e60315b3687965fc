"""What an attack or a fault may not do; the tests carry the id of the row that asks for them."""
