-- Partitions by time for tables that only grow. They lie in a schema of their own, which no role of the application may
-- enter, so that rows are reached through their table alone, under its fence. Months and years are those of UTC.
create schema months;

-- The tables that can be divided by their ids. An undivided one is a single partition, `<name>_before`, which costs
-- nothing; it is divided when that has `divided_from` rows. Then it has partitions up to `ends_on`, and another,
-- `<name>_rest`, for what is newer, or no id of a time.
create table months.kept (
  name text primary key,
  span text not null check (span in ('month', 'year')),
  divided_from bigint not null,
  ends_on date check (extract(day from ends_on) = 1)
);

create function first_entry_id(at timestamptz) returns bigint language sql immutable strict parallel safe
  return (floor(date_part('epoch', at) * 1000)::bigint - 1704067200000) << 22;
comment on function first_entry_id is 'The least id of a journal entry of this instant: milliseconds since 2024 in 41 '
  'bits, up to 2093, then 22 bits that count.';

create function first_row_id(at timestamptz) returns uuid language sql immutable strict parallel safe
  return rpad(lpad(to_hex(floor(date_part('epoch', at) * 1000)::bigint), 12, '0'), 32, '0')::uuid;
comment on function first_row_id is 'The least UUIDv7 of this instant.';

-- Two entries have the same number only if four million were written between them, and then not the same millisecond.
create sequence months.entry_number minvalue 0 maxvalue 4194303 cycle;
create function new_entry_id() returns bigint language sql volatile
  return first_entry_id(clock_timestamp()) + nextval('months.entry_number'::regclass);
grant usage on sequence months.entry_number to catchball_app;

create function months.bound(name text, day date) returns text language sql stable strict
  return case name when 'journal' then public.first_entry_id(day::timestamp at time zone 'UTC')::text
              else public.first_row_id(day::timestamp at time zone 'UTC')::text end;

create function months.span_end(span text, day date) returns date language sql immutable strict
  return (date_trunc(span, day::timestamp) + ('1 ' || span)::interval)::date;

-- Rows of one partition that belong to another. A fence holds for its owner too, who moves the rows of all tenants: it
-- is down meanwhile, which nobody sees before the commit.
create function months.move(source regclass, target regclass, low text, high text) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  upper text := case when high is null then '' else format('and id < %L', high) end;
begin
  execute format('lock table %s in access exclusive mode', source);
  execute format('alter table %s no force row level security', source);
  execute format('with gone as (delete from %s where id >= %L %s returning *) insert into %s select * from gone',
                 source, low, upper, target);
  execute format('alter table %s force row level security', source);
end $$;

-- Divides a table: what is older than a day stays where it is, what is newer goes to the rest. Others wait while the
-- table is read from end to end, once in its life.
create function months.divide(name text, day date) returns text
language plpgsql set search_path = pg_catalog, public, pg_temp set lock_timeout = '500ms' as $$
declare
  parent regclass := format('public.%I', name)::regclass;
  before regclass := format('months.%I', name || '_before')::regclass;
  rest text := format('months.%I', name || '_rest');
begin
  execute format('create table %s (like %s including defaults including constraints including indexes)', rest, parent);
  execute format('lock table %s in access exclusive mode', parent);
  execute format('alter table %s detach partition %s', parent, before);
  perform months.move(before, rest::regclass, months.bound(name, day), null);
  perform fence_tenant(rest::regclass);
  execute format('alter table %s attach partition %s for values from (minvalue) to (%L)',
                 parent, before, months.bound(name, day));
  execute format('alter table %s attach partition %s default', parent, rest);
  update months.kept k set ends_on = day where k.name = divide.name;
  return name || '_rest';
end $$;

-- Makes a partition for the next month or year, and moves into it what waited in the rest. Others wait while the rest is
-- read; for them it waits half a second at most: less than PostgreSQL waits before it looks for a deadlock.
create function months.add(one months.kept) returns text
language plpgsql set search_path = pg_catalog, public, pg_temp set lock_timeout = '500ms' as $$
declare
  parent regclass := format('public.%I', one.name)::regclass;
  child text := one.name || to_char(one.ends_on, case one.span when 'month' then '_YYYY_MM' else '_YYYY' end);
  made text := format('months.%I', child);
  ends date := months.span_end(one.span, one.ends_on);
  low text := months.bound(one.name, one.ends_on);
  high text := months.bound(one.name, ends);
begin
  execute format('create table %s (like %s including defaults including constraints including indexes)', made, parent);
  perform months.move(format('months.%I', one.name || '_rest')::regclass, made::regclass, low, high);
  perform fence_tenant(made::regclass);
  execute format('alter table %s attach partition %s for values from (%L) to (%L)', parent, made, low, high);
  update months.kept k set ends_on = ends where k.name = one.name;
  return child;
end $$;

-- The mover. Makes one partition that is due, two months ahead, and says its name; null when none is due, or when
-- somebody else is making one. One a call, so that each is a transaction of its own.
create function provide_month(today date default null) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  this_day date := coalesce(today, (now() at time zone 'UTC')::date);
  one months.kept;
begin
  if not pg_try_advisory_xact_lock(4021972) then
    return null;
  end if;
  select k.* into one from months.kept k
  where k.ends_on <= this_day + interval '2 months' order by k.ends_on, k.name limit 1;
  if found then
    return months.add(one);
  end if;
  select k.* into one from months.kept k join pg_class c on c.oid = format('months.%I', k.name || '_before')::regclass
  where k.ends_on is null and c.reltuples >= k.divided_from order by k.name limit 1;
  return case when found then months.divide(one.name, months.span_end(one.span, this_day)) end;
end $$;
revoke all on function provide_month(date) from public;
grant execute on function provide_month(date) to catchball_gate;
