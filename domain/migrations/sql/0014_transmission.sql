-- Transmission: recall, interlocks, and readings of how much arrives.
select 1;
