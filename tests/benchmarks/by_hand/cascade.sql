with recursive below (id, depth) as (
  select $2::uuid, 0
  union
  select s.id, b.depth + 1 from below b cross join lateral (
    select o.id from objective o where o.tenant_id = $1 and o.parent_id = b.id
    union all
    select a.child_id from alignment a where a.tenant_id = $1 and a.parent_id = b.id and a.state = 'ACCEPTED') s
  where b.depth < 7
), lower as materialized (
  select id, min(depth) as depth from below group by id order by 2, 1 limit 500
)
select convert_to(json_build_object(
  'nodes', (select json_agg(json_build_object(
     'objective', 'obj_' || o.id, 'depth', l.depth, 'title', o.title, 'state', o.state, 'owner', 'per_' || o.owner_id,
     'ownerName', p.name, 'ownerNameZh', p.name_zh, 'progress', round(o.progress, 2)::text,
     'rolledUpProgress', round(u.score, 2)::text) order by l.depth, o.id)
   from lower l join objective o on o.tenant_id = $1 and o.id = l.id
   join person p on p.tenant_id = $1 and p.id = o.owner_id
   left join roll_up u on u.tenant_id = $1 and u.objective_id = o.id),
  'edges', (select json_agg(json_build_object(
     'alignment', e.alignment, 'parent', 'obj_' || e.parent_id, 'child', 'obj_' || e.child_id, 'method', e.method,
     'state', e.state, 'amount', e.amount::text, 'counted', e.counted))
   from (
     select 'aln_' || a.id as alignment, a.parent_id, a.child_id, a.method, a.state, a.amount, a.counted
     from lower l join alignment a on a.tenant_id = $1 and a.parent_id = l.id and a.state = 'ACCEPTED'
     union all
     select null, o.parent_id, o.id, 'WEIGHTED', 'ACCEPTED', null, true
     from lower l join objective o on o.tenant_id = $1 and o.id = l.id
     where o.parent_id in (select id from lower)) e))::text, 'UTF8')
