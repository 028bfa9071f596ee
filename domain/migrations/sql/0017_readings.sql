-- Readings of how much of the strategy arrives, by unit, cycle and month.
select 1;
