-- The newest twenty items of an inbox: $1 tenant, $2 person. The cursor is the place of the last, for the next page.
with found as (
  select i.* from inbox_item i where i.tenant_id = $1 and i.person_id = $2
  order by i.created_at desc, i.id desc limit 21
), shown as (
  select * from found order by created_at desc, id desc limit 20
)
select convert_to(json_build_object('data', json_build_object('inbox', json_build_object(
  'nodes', (
    select coalesce(json_agg(json_build_object(
      'id', 'inb_' || i.id, 'kind', i.kind, 'state', i.state, 'createdAt', i.created_at, 'readAt', i.read_at,
      'actor', case when p.id is not null then json_build_object('id', 'per_' || p.id, 'name', p.name,
        'nameZh', p.name_zh, 'initials',
        upper(left(p.name, 1) || coalesce(left(substring(p.name from '([^ ]+)$'), 1), ''))) end,
      'objective', case when o.id is not null then json_build_object('id', 'obj_' || o.id, 'title', o.title) end,
      'approval', case when a.id is not null then json_build_object('id', 'apv_' || a.id, 'state', a.state) end)
      order by i.created_at desc, i.id desc), '[]')
    from shown i
    left join person p on p.tenant_id = $1 and p.id = i.actor_id
    left join objective o on o.tenant_id = $1 and i.subject_type = 'objective' and o.id = i.subject_id
    left join approval a on a.tenant_id = $1 and a.id = i.approval_id),
  'pageInfo', json_build_object(
    'hasNextPage', (select count(*) > 20 from found),
    'endCursor', (select i.created_at || ' ' || i.id from shown i order by i.created_at, i.id limit 1))
)))::text, 'UTF8')
