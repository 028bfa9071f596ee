-- Roles, tenants, journal, its readers' queue and idempotency receipts.
-- catchball_app serves requests under row-level security; catchball_gate finds the tenant of a login
-- and claims queue rows of all tenants, and may see nothing else.
do $$
begin
  if not exists (select from pg_roles where rolname = 'catchball_app') then
    create role catchball_app nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'catchball_gate') then
    create role catchball_gate nologin nosuperuser nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster was first
end $$;
-- Where an administrator made the roles and granted them before, the login needs no right to make roles.
do $$
declare
  name text;
begin
  foreach name in array array['catchball_app', 'catchball_gate'] loop
    if not pg_has_role(current_user, name, 'member') then
      execute format('grant %I to %I', name, current_user);
    end if;
  end loop;
end $$;

create function current_tenant() returns uuid language sql stable parallel safe
  return current_setting('app.tenant_id', true)::uuid;

create function fence_tenant(name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy tenant on %s to catchball_app using (tenant_id = current_tenant()) '
    'with check (tenant_id = current_tenant())', name);
end $$;

-- Refuses two rows that say something of the same days and may not, looking at all rows of a statement at once.
-- The argument is the condition under which a row w of the statement and another row o may not overlap.
create function refuse_overlap() returns trigger language plpgsql as $$
declare
  clash boolean;
begin
  execute format(
    'select exists (select from written w join %s o on o.tenant_id = w.tenant_id and o.id <> w.id '
    'and o.valid_from < w.valid_to and w.valid_from < o.valid_to and %s)', tg_relid::regclass, tg_argv[0]) into clash;
  if clash then
    raise exclusion_violation using message = format('periods overlap in %s', tg_relid::regclass);
  end if;
  return null;
end $$;

create function keep_periods_apart(name regclass, condition text) returns void language plpgsql as $$
declare
  event text;
begin
  foreach event in array array['insert', 'update'] loop
    execute format(
      'create trigger overlap_%1$s after %1$s on %2$s referencing new table as written '
      'for each statement execute function refuse_overlap(%3$L)', event, name, condition);
  end loop;
end $$;

create table tenant (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  zone text not null,
  created_at timestamptz not null
);
alter table tenant enable row level security;
alter table tenant force row level security;
create policy tenant on tenant to catchball_app using (id = current_tenant()) with check (id = current_tenant());
create policy gate on tenant for select to catchball_gate using (true);

create table journal (
  tenant_id uuid not null references tenant (id),
  id bigint generated always as identity,
  at timestamptz not null,
  kind text not null,
  subject_type text not null,
  subject_id uuid not null,
  actor_person_id uuid,
  actor_client_id uuid,
  hearers uuid[] not null default '{}',
  payload jsonb not null,
  request_id text,
  xid xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, id)
);
select fence_tenant('journal');

-- Whose change feed an entry is in, in the order of the feed. An index on journal.hearers would not be asked under
-- row-level security, because PostgreSQL does not hold comparisons of arrays to be free of leaks.
create table journal_hearer (
  tenant_id uuid not null,
  person_id uuid not null,
  xid xid8 not null,
  id bigint not null,
  primary key (tenant_id, person_id, xid, id),
  foreign key (tenant_id, id) references journal (tenant_id, id)
);
select fence_tenant('journal_hearer');

create table journal_unread (
  tenant_id uuid not null,
  id bigint not null,
  reader text not null,
  run_at timestamptz not null,
  attempts integer not null default 0,
  lease uuid,
  locked_until timestamptz,
  parked_at timestamptz,
  last_error text,
  primary key (tenant_id, id, reader),
  foreign key (tenant_id, id) references journal (tenant_id, id)
);
create index journal_unread_due on journal_unread (run_at, id) where parked_at is null;
select fence_tenant('journal_unread');
create policy gate on journal_unread to catchball_gate using (true) with check (true);

create table receipt (
  tenant_id uuid not null references tenant (id),
  actor_id uuid not null,
  key text not null check (char_length(key) between 1 and 200),
  intent_hash bytea not null,
  answer jsonb,
  at timestamptz not null,
  primary key (tenant_id, actor_id, key)
);
create index receipt_age on receipt (tenant_id, at);
select fence_tenant('receipt');

grant usage on schema public to catchball_app, catchball_gate;
grant select, insert, update on tenant to catchball_app;
grant select, insert on journal, journal_hearer to catchball_app;
grant select, insert, update, delete on journal_unread, receipt to catchball_app;
grant select on tenant to catchball_gate;
-- Of a queue the gate sees what claims and the doctor need, never whom or what a row is about.
grant select (tenant_id, id, reader, run_at, attempts, lease, locked_until, parked_at, last_error)
  on journal_unread to catchball_gate;
grant update (run_at, attempts, lease, locked_until, parked_at, last_error) on journal_unread to catchball_gate;

-- The cursor of a page: eight bytes that bind the values to the list and its order, then the values, base64url.
create function cursor_of(secret bytea, scope text, vals text) returns text language sql immutable parallel safe
  return translate(
    encode(
      substr(sha256(secret || sha256(secret || convert_to(scope || vals, 'UTF8'))), 1, 8) || convert_to(vals, 'UTF8'),
      'base64'),
    E'+/=\n', '-_');
