-- Actuals: where they come from, what they are worth, and corrections.
select 1;
