-- An objective may count for several parents, with a share of its weight for each: the parents in the order of their
-- ids, and the weights in theirs. No foreign key: whoever writes them has locked out everybody else who would.
alter table roll_up add counted_parents uuid[] not null default '{}', add counted_weights numeric[] not null default '{}';
do $$
declare
  one uuid;
begin
  for one in select id from tenant loop
    perform set_config('app.tenant_id', one::text, true);
    update roll_up set counted_parents = array[counted_parent_id], counted_weights = array[counted_weight]
    where tenant_id = one and counted_parent_id is not null;
  end loop;
end $$;
alter table roll_up drop counted_parent_id, drop counted_weight;
alter table roll_up add check (cardinality(counted_parents) = cardinality(counted_weights)),
  add check ((cardinality(counted_parents) = 0) = (counted_score is null));
