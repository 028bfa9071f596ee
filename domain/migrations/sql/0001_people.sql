-- Units, positions, persons, employments, reporting lines, roles, accounts, sessions, partner clients, delegations.
create table unit (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  code text not null,
  kind text not null check (kind in ('GROUP', 'COMPANY', 'DEPARTMENT', 'TEAM')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code)
);
create table unit_term (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  parent_id uuid,
  name text not null check (name <> ''),
  name_zh text,
  form text not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, parent_id) references unit (tenant_id, id),
  check (valid_from < valid_to),
  check (parent_id <> unit_id)
);
create index unit_term_unit on unit_term (tenant_id, unit_id, valid_from);
create index unit_term_parent on unit_term (tenant_id, parent_id, valid_from);
select keep_periods_apart('unit_term', 'o.unit_id = w.unit_id');

create table unit_closure (
  tenant_id uuid not null,
  ancestor_id uuid not null,
  descendant_id uuid not null,
  depth integer not null check (depth >= 0),
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, ancestor_id, descendant_id, valid_from),
  foreign key (tenant_id, ancestor_id) references unit (tenant_id, id),
  foreign key (tenant_id, descendant_id) references unit (tenant_id, id),
  check (valid_from < valid_to)
);
create index unit_closure_up on unit_closure (tenant_id, descendant_id, ancestor_id);

create table position (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  code text not null,
  title text not null check (title <> ''),
  title_zh text,
  primary key (tenant_id, id),
  unique (tenant_id, code)
);

create table person (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  code text not null,
  name text not null check (name <> ''),
  name_zh text,
  email text,
  locale text not null,
  zone text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code)
);
create index person_name on person (tenant_id, name, id);

create table employment (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  position_id uuid not null,
  share integer not null check (share between 1 and 100),
  is_primary boolean not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, position_id) references position (tenant_id, id),
  check (valid_from < valid_to)
);
create index employment_person on employment (tenant_id, person_id, valid_from);
create index employment_unit on employment (tenant_id, unit_id, valid_from);
select keep_periods_apart('employment', 'o.person_id = w.person_id
  and ((o.unit_id, o.position_id) = (w.unit_id, w.position_id) or o.is_primary and w.is_primary)');

create table reporting_line (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  manager_id uuid not null,
  kind text not null check (kind in ('LINE', 'DOTTED')),
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, manager_id) references person (tenant_id, id),
  check (valid_from < valid_to),
  check (person_id <> manager_id)
);
create index reporting_line_person on reporting_line (tenant_id, person_id, valid_from);
create index reporting_line_manager on reporting_line (tenant_id, manager_id, valid_from);
select keep_periods_apart('reporting_line', 'o.person_id = w.person_id
  and (o.manager_id = w.manager_id or (o.kind, w.kind) = (''LINE'', ''LINE''))');

create table reporting_closure (
  tenant_id uuid not null,
  manager_id uuid not null,
  report_id uuid not null,
  depth integer not null check (depth >= 1),
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, manager_id, report_id, valid_from),
  foreign key (tenant_id, manager_id) references person (tenant_id, id),
  foreign key (tenant_id, report_id) references person (tenant_id, id),
  check (valid_from < valid_to),
  check (manager_id <> report_id)
);
create index reporting_closure_up on reporting_closure (tenant_id, report_id, manager_id);

create table role_grant (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('HR_PARTNER', 'STRATEGY_OFFICE', 'ADMINISTRATOR')),
  unit_id uuid,
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  check (valid_from < valid_to),
  check ((role = 'HR_PARTNER') = (unit_id is not null))
);
create index role_grant_person on role_grant (tenant_id, person_id);
select keep_periods_apart('role_grant', 'o.person_id = w.person_id
  and o.role = w.role and o.unit_id is not distinct from w.unit_id');

create table delegation (
  tenant_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  reason text,
  created_at timestamptz not null,
  valid_from date not null,
  valid_to date not null, -- half-open; equal to valid_from when it was ended before it began
  primary key (tenant_id, id),
  foreign key (tenant_id, from_id) references person (tenant_id, id),
  foreign key (tenant_id, to_id) references person (tenant_id, id),
  check (valid_from <= valid_to),
  check (from_id <> to_id)
);
create index delegation_to on delegation (tenant_id, to_id, valid_from);
create index delegation_from on delegation (tenant_id, from_id, valid_from);

create table account (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  login text not null,
  password_hash text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, person_id),
  unique (tenant_id, login),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
-- Which tenant a login belongs to: the only question asked before a tenant is known.
create table login (
  login text primary key check (login = lower(login)),
  tenant_id uuid not null,
  account_id uuid not null,
  foreign key (tenant_id, account_id) references account (tenant_id, id)
);

create table session (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  name text not null,
  kind text not null check (kind in ('BROWSER', 'NATIVE')),
  refresh_hash bytea not null,
  replaced_hash bytea,
  replaced_at timestamptz,
  generation integer not null default 0,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references account (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index session_person on session (tenant_id, person_id, last_seen_at);

create table client (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null check (name <> ''),
  secret_hash bytea not null,
  second_secret_hash bytea,
  scopes text[] not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id)
);

create table import_run (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  file_hash text not null,
  effective_on date not null,
  rows_total integer not null,
  rows_done integer not null check (rows_done between 0 and rows_total),
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
-- A file is imported once at a time; an import that was cut off is found by it and goes on.
create unique index import_run_open on import_run (tenant_id, file_hash) where finished_at is null;

select fence_tenant(t) from unnest(array[
  'unit', 'unit_term', 'unit_closure', 'position', 'person', 'employment', 'reporting_line', 'reporting_closure',
  'role_grant', 'delegation', 'account', 'session', 'client', 'import_run']::regclass[]) t;
grant select, insert, update, delete on
  unit, unit_term, unit_closure, position, person, employment, reporting_line, reporting_closure,
  role_grant, delegation, account, session, client, import_run to catchball_app;
alter table login enable row level security;
alter table login force row level security;
create policy tenant on login to catchball_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy gate on login for select to catchball_gate using (true);
grant select, insert, update, delete on login to catchball_app;
grant select on login to catchball_gate;
