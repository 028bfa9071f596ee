-- An objective and three levels below it, each with its key results: $1 tenant, $2 objective.
-- Each level is found once, then folded into the level above.
with first as (
  select o.* from objective o where o.tenant_id = $1 and o.parent_id = $2
), second as (
  select o.* from first f join objective o on o.tenant_id = $1 and o.parent_id = f.id
), third as (
  select o.* from second s join objective o on o.tenant_id = $1 and o.parent_id = s.id
), every as (
  select id from objective where tenant_id = $1 and id = $2
  union all select id from first union all select id from second union all select id from third
), results as (
  select k.objective_id, json_agg(json_build_object(
    'id', 'kr_' || k.id, 'title', k.title, 'start', trim_scale(k.start)::text, 'target', trim_scale(k.target)::text,
    'current', trim_scale(k.current)::text, 'progress', trim_scale(round(k.progress, 2))::text) order by k.position) list
  from every e join key_result k on k.tenant_id = $1 and k.objective_id = e.id group by k.objective_id
), leaves as (
  select o.parent_id, json_agg(json_build_object(
    'id', 'obj_' || o.id, 'title', o.title, 'state', o.state, 'weight', o.weight,
    'progress', trim_scale(round(o.progress, 2))::text, 'keyResults', coalesce(r.list, '[]'))
    order by o.created_at desc, o.id desc) list
  from third o left join results r on r.objective_id = o.id group by o.parent_id
), middle as (
  select o.parent_id, json_agg(json_build_object(
    'id', 'obj_' || o.id, 'title', o.title, 'state', o.state, 'weight', o.weight,
    'progress', trim_scale(round(o.progress, 2))::text, 'keyResults', coalesce(r.list, '[]'),
    'children', json_build_object('nodes', coalesce(c.list, '[]'))) order by o.created_at desc, o.id desc) list
  from second o left join results r on r.objective_id = o.id left join leaves c on c.parent_id = o.id
  group by o.parent_id
), upper as (
  select o.parent_id, json_agg(json_build_object(
    'id', 'obj_' || o.id, 'title', o.title, 'state', o.state, 'weight', o.weight,
    'progress', trim_scale(round(o.progress, 2))::text, 'keyResults', coalesce(r.list, '[]'),
    'children', json_build_object('nodes', coalesce(c.list, '[]'))) order by o.created_at desc, o.id desc) list
  from first o left join results r on r.objective_id = o.id left join middle c on c.parent_id = o.id
  group by o.parent_id
)
select convert_to(json_build_object('data', json_build_object('objective', json_build_object(
  'id', 'obj_' || o.id, 'title', o.title, 'state', o.state, 'weight', o.weight,
  'progress', trim_scale(round(o.progress, 2))::text, 'keyResults', coalesce(r.list, '[]'),
  'children', json_build_object('nodes', coalesce(c.list, '[]')))))::text, 'UTF8')
from objective o left join results r on r.objective_id = o.id left join upper c on c.parent_id = o.id
where o.tenant_id = $1 and o.id = $2
