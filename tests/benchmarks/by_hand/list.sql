-- The 500 promised objectives that come behind a place in the newest first: $1 tenant, $2 and $3 instant and id of it.
select convert_to(json_build_object('data', json_build_object('objectives', json_build_object('nodes',
  coalesce(json_agg(row_to_json(o)), '[]'))))::text, 'UTF8')
from (
  select 'obj_' || o.id id, o.title, o.state, o.weight, trim_scale(round(o.progress, 2))::text progress,
    o.created_at "createdAt"
  from objective o
  where o.tenant_id = $1 and o.state = 'ACTIVE' and (o.created_at, o.id) < ($2, $3)
  order by o.created_at desc, o.id desc limit 500) o
