-- Facts of an actor that most statements name and few ask for (`domain/objectives/views.py`), as functions: PostgreSQL
-- sets up every part of a statement before it runs, but what a function does only when it is called.
create function fact_asked_about(uuid[], timestamptz, uuid) returns uuid[]
  language plpgsql stable parallel safe as $$begin return
    array(select a.objective_id from approval a where a.tenant_id = current_tenant()
      and (a.approver_id = any($1) and a.state = 'OPEN'
        or a.approver_id = any($1) and a.decided_at > $2 - interval '1 day'
        or a.decided_by_id = $3 and a.decided_at > $2 - interval '1 day')
      and not exists (select from approval n where n.tenant_id = current_tenant() and n.objective_id = a.objective_id
        and (n.requested_at, n.id) > (a.requested_at, a.id))); end$$;

create function fact_units_as_hr_partner(uuid, date) returns uuid[]
  language plpgsql stable parallel safe as $$begin return
    array(select u.descendant_id from role_grant g
      join unit_closure u on u.tenant_id = g.tenant_id and u.ancestor_id = g.unit_id
      where g.tenant_id = current_tenant() and g.person_id = $1 and g.role = 'HR_PARTNER'
      and g.valid_from <= $2 and $2 < g.valid_to and u.valid_from <= $2 and $2 < u.valid_to); end$$;

create function fact_units_at_work(uuid, date) returns uuid[]
  language plpgsql stable parallel safe as $$begin return
    array(select e.unit_id from employment e where e.tenant_id = current_tenant() and e.person_id = $1
      and e.valid_from <= $2 and $2 < e.valid_to); end$$;
