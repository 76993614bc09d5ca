"""The check-in (fremmøde): a person is found, asked for her birth date, and given leave to draw one slip."""
