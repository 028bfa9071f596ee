-- What was read of a unit's cascade in a month, with all units below it: the last reading of the month stays. `parts` has
-- for each part its value, as text to the last digit, and of how many it was found; or why there is none.
create table reading (
  tenant_id uuid not null,
  unit_id uuid not null,
  cycle_id uuid not null,
  month date not null check (extract(day from month) = 1),
  parts jsonb not null check (jsonb_typeof(parts) = 'object'),
  read_on date not null,
  primary key (tenant_id, unit_id, cycle_id, month),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, cycle_id) references cycle (tenant_id, id)
);
-- On which day everything was last read.
create table reading_day (
  tenant_id uuid primary key references tenant (id),
  read_on date not null
);
select fence_tenant(t) from unnest(array['reading', 'reading_day']::regclass[]) t;
grant select, insert, update on reading, reading_day to catchball_app;
