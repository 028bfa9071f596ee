-- Modes of performance management: what holds in a unit from when on.
select 1;
