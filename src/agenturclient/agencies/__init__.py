"""Agencies and their branches: who sells, under which contract, with which habits."""
