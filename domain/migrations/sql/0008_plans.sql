-- Plans: annual business plans, investments and assumptions.
select 1;
