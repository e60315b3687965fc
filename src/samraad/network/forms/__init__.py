"""Shape of input: the registers of stations and partners, and whom a citizen calls."""
