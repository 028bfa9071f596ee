-- Scorecards: items, the library of position KPIs, policies and scores.
select 1;
