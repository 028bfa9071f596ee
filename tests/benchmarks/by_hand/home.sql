-- The rows of the home screen as one would write the statement for them alone: $1 tenant, $2 person, $3 date.
-- It knows that people see what is theirs, so it asks of nobody's rights but the tenant's.
with now as (
  select c.* from cycle c where c.tenant_id = $1 and c.starts_on <= $3 order by c.starts_on desc limit 1
), deciders as (
  select array(
    select $2 union all
    select d.from_id from delegation d
    where d.tenant_id = $1 and d.to_id = $2 and d.valid_from <= $3 and $3 < d.valid_to) ids
)
select convert_to(json_build_object('data', json_build_object('home', json_build_object(
  'person', (
    select json_build_object('id', 'per_' || p.id, 'name', p.name, 'nameZh', p.name_zh, 'initials',
      upper(left(p.name, 1) || coalesce(left(substring(p.name from '([^ ]+)$'), 1), '')))
    from person p where p.tenant_id = $1 and p.id = $2),
  'cycle', (
    select json_build_object('id', 'cyc_' || c.id, 'name', c.name, 'nameZh', c.name_zh,
      'startsOn', c.starts_on, 'endsOn', c.ends_on) from now c),
  'unreadCount', (
    select count(*) from inbox_item i
    where i.tenant_id = $1 and i.person_id = $2 and i.read_at is null and i.state = 'OPEN'),
  'openApprovalCount', (
    select count(*) from approval a where a.tenant_id = $1 and a.state = 'OPEN'
    and a.approver_id = any(array(select unnest(ids) from deciders)) and a.requested_by_id <> $2),
  'objectives', json_build_object('nodes', (
    select coalesce(json_agg(json_build_object(
      'id', 'obj_' || o.id, 'title', o.title, 'state', o.state, 'weight', o.weight, 'version', o.version,
      'progress', trim_scale(round(o.progress, 2))::text,
      'viewerCan', case
        when o.state in ('DRAFT', 'DECLINED') then '["EDIT","SUBMIT"]'::json
        when o.state = 'INFORMATION_REQUESTED' then '["EDIT","SUBMIT","WITHDRAW"]'
        when o.state = 'SUBMITTED' then '["WITHDRAW"]'
        when o.state = 'ACTIVE' then '["CHECK_IN"]' else '[]' end,
      'keyResults', (
        select coalesce(json_agg(json_build_object(
          'id', 'kr_' || k.id, 'title', k.title, 'kind', k.kind, 'unitOfMeasure', k.unit_of_measure,
          'weight', k.weight, 'start', trim_scale(k.start)::text, 'target', trim_scale(k.target)::text,
          'low', trim_scale(k.low)::text, 'high', trim_scale(k.high)::text,
          'current', trim_scale(k.current)::text, 'progress', trim_scale(round(k.progress, 2))::text,
          'latestCheckIn', case when i.id is not null then
            json_build_object('confidence', i.confidence, 'recordedAt', i.recorded_at) end)
          order by k.position), '[]')
        from key_result k left join check_in i on i.tenant_id = $1 and i.id = k.latest_check_in_id
        where k.tenant_id = $1 and k.objective_id = o.id))
      order by o.created_at desc, o.id desc), '[]')
    from (
      select o.* from objective o where o.tenant_id = $1 and o.owner_id = $2 and o.cycle_id = (select id from now)
      order by o.created_at desc, o.id desc limit 6) o)),
  'approvals', json_build_object('nodes', (
    select coalesce(json_agg(json_build_object(
      'id', 'apv_' || a.id,
      'objective', json_build_object('id', 'obj_' || a.objective_id, 'title', o.title),
      'requestedBy', json_build_object('id', 'per_' || p.id, 'name', p.name, 'nameZh', p.name_zh, 'initials',
        upper(left(p.name, 1) || coalesce(left(substring(p.name from '([^ ]+)$'), 1), ''))))
      order by a.requested_at, a.id), '[]')
    from (
      select a.* from approval a where a.tenant_id = $1 and a.state = 'OPEN'
      and a.approver_id = any(array(select unnest(ids) from deciders)) and a.requested_by_id <> $2
      order by a.requested_at, a.id limit 3) a
    join objective o on o.tenant_id = $1 and o.id = a.objective_id
    join person p on p.tenant_id = $1 and p.id = a.requested_by_id)),
  'inbox', json_build_object('nodes', (
    select coalesce(json_agg(json_build_object(
      'id', 'inb_' || i.id, 'kind', i.kind, 'state', i.state, 'createdAt', i.created_at, 'readAt', i.read_at,
      'actor', case when p.id is not null then json_build_object('id', 'per_' || p.id, 'name', p.name,
        'nameZh', p.name_zh, 'initials',
        upper(left(p.name, 1) || coalesce(left(substring(p.name from '([^ ]+)$'), 1), ''))) end,
      'objective', case when o.id is not null then json_build_object('id', 'obj_' || o.id, 'title', o.title) end,
      'approval', case when a.id is not null then json_build_object('id', 'apv_' || a.id, 'state', a.state) end)
      order by i.created_at desc, i.id desc), '[]')
    from (
      select i.* from inbox_item i where i.tenant_id = $1 and i.person_id = $2
      order by i.created_at desc, i.id desc limit 3) i
    left join person p on p.tenant_id = $1 and p.id = i.actor_id
    left join objective o on o.tenant_id = $1 and i.subject_type = 'objective' and o.id = i.subject_id
    left join approval a on a.tenant_id = $1 and a.id = i.approval_id))
)))::text, 'UTF8')
