-- What PostGraphile shows beside the columns: computed columns, as functions over a row.
drop schema if exists rival cascade;
create schema rival;

create function rival.person_initials(p public.person) returns text language sql stable as $$
  select upper(left(p.name, 1) || coalesce(left(substring(p.name from ' ([^ ]+)$'), 1), ''))
$$;

create function rival.person_unread_count(p public.person) returns integer language sql stable as $$
  select count(*)::integer from public.inbox_item i
  where i.tenant_id = p.tenant_id and i.person_id = p.id and i.read_at is null and i.state = 'OPEN'
$$;

create function rival.person_open_approvals(p public.person) returns setof public.approval language sql stable as $$
  select a.* from public.approval a
  where a.tenant_id = p.tenant_id and a.state = 'OPEN' and a.requested_by_id <> p.id and a.approver_id = any(array(
    select p.id union all
    select d.from_id from public.delegation d where d.tenant_id = p.tenant_id and d.to_id = p.id
    and d.valid_from <= current_date and current_date < d.valid_to))
  order by a.requested_at, a.id
$$;

create function rival.person_open_approval_count(p public.person) returns integer language sql stable as $$
  select count(*)::integer from public.approval a
  where a.tenant_id = p.tenant_id and a.state = 'OPEN' and a.requested_by_id <> p.id and a.approver_id = any(array(
    select p.id union all
    select d.from_id from public.delegation d where d.tenant_id = p.tenant_id and d.to_id = p.id
    and d.valid_from <= current_date and current_date < d.valid_to))
$$;

create function rival.person_current_cycle(p public.person) returns public.cycle language sql stable as $$
  select c.* from public.cycle c where c.tenant_id = p.tenant_id and c.starts_on <= current_date
  order by c.starts_on desc limit 1
$$;

create function rival.person_current_objectives(p public.person) returns setof public.objective
language sql stable as $$
  select o.* from public.objective o where o.tenant_id = p.tenant_id and o.owner_id = p.id and o.cycle_id = (
    select c.id from public.cycle c where c.tenant_id = p.tenant_id and c.starts_on <= current_date
    order by c.starts_on desc limit 1)
  order by o.created_at desc, o.id desc
$$;

create function rival.objective_viewer_can(o public.objective) returns text[] language sql stable as $$
  select case
    when o.state in ('DRAFT', 'DECLINED') then array['EDIT', 'SUBMIT']
    when o.state = 'INFORMATION_REQUESTED' then array['EDIT', 'SUBMIT', 'WITHDRAW']
    when o.state = 'SUBMITTED' then array['WITHDRAW']
    when o.state = 'ACTIVE' then array['CHECK_IN'] else '{}' end
$$;
