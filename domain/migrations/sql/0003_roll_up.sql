-- How far an objective is with all that serves it: the sums that its children carry up to it, its score of them, and
-- what of this score its own parent has counted. Narrow and half empty, so that updates stay on their page.
create table roll_up (
  tenant_id uuid not null,
  objective_id uuid not null,
  own numeric,
  numerator numeric not null default 0,
  denominator numeric not null default 0,
  score numeric,
  counted_parent_id uuid,
  counted_weight numeric,
  counted_score numeric,
  updated_at timestamptz not null,
  primary key (tenant_id, objective_id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, counted_parent_id) references objective (tenant_id, id),
  check ((counted_parent_id is null) = (counted_weight is null)),
  check ((counted_parent_id is null) = (counted_score is null))
) with (fillfactor = 50);
select fence_tenant('roll_up');
grant select, insert, update on roll_up to catchball_app;

-- What is there already, bottom up: each round counts what the round before made known, until nothing changes.
do $$
declare
  one uuid;
begin
  for one in select id from tenant loop
    perform set_config('app.tenant_id', one::text, true);
    insert into roll_up
      (tenant_id, objective_id, own, score, counted_parent_id, counted_weight, counted_score, updated_at)
    select o.tenant_id, o.id, o.progress, o.progress, c.parent_id, c.weight, c.progress, now()
    from objective o left join objective c on c.tenant_id = one and c.id = o.id
      and c.state in ('ACTIVE', 'ACHIEVED', 'MISSED') and c.progress is not null and c.parent_id is not null
    where o.tenant_id = one;
    for level in 1 .. 64 loop
      with sums as (
        select counted_parent_id as id, sum(counted_weight * counted_score) as numerator,
          sum(counted_weight) as denominator
        from roll_up where tenant_id = one and counted_parent_id is not null group by 1
      ), fresh as (
        select r.objective_id, s.numerator, s.denominator, o.weight,
          case when o.state in ('ACTIVE', 'ACHIEVED', 'MISSED') then o.parent_id end as parent_id,
          round(round(coalesce(100 * r.own, 0) + s.numerator, 60)
            / nullif(case when r.own is null then 0 else 100 end + s.denominator, 0), 20) as score
        from sums s join roll_up r on r.tenant_id = one and r.objective_id = s.id
        join objective o on o.tenant_id = one and o.id = s.id
      )
      update roll_up r set numerator = f.numerator, denominator = f.denominator, score = f.score,
        counted_parent_id = case when f.score is not null then f.parent_id end,
        counted_weight = case when f.score is not null and f.parent_id is not null then f.weight end,
        counted_score = case when f.parent_id is not null then f.score end
      from fresh f where r.tenant_id = one and r.objective_id = f.objective_id
        and (r.numerator, r.denominator) is distinct from (f.numerator, f.denominator);
      exit when not found;
    end loop;
  end loop;
end $$;
