"""How performance is managed in a unit: modes by enterprise form and parenting style, and how well they fit."""
