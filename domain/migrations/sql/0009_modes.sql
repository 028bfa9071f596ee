-- Modes of performance management: what holds in a unit from when on, by which factors it was designed, and how often
-- either was changed.
create table mode_setting (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  feature text not null check (feature in (
    'PARENTING_STYLE', 'LIFE_CYCLE', 'PERSPECTIVES', 'CYCLE', 'REVIEW_CADENCE', 'SCORING', 'HQ_KPIS', 'HQ_KPI_SHARE',
    'APPROVAL_CHAIN', 'DISTRIBUTION', 'INCENTIVES', 'RATING_SCALE', 'INTERLOCKS', 'CURRENCY')),
  value jsonb not null,
  is_locked boolean not null,
  origin text not null check (origin in ('TEMPLATE', 'SET')),
  reason text check (reason <> ''),
  set_by_id uuid, -- null for the operator at the command line
  set_at timestamptz not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, set_by_id) references person (tenant_id, id),
  check (valid_from < valid_to)
);
create index mode_setting_unit on mode_setting (tenant_id, unit_id, valid_from, id);
select keep_periods_apart('mode_setting', 'o.unit_id = w.unit_id and o.feature = w.feature');

create table mode_factor (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  factor text not null check (factor in (
    'STRATEGY', 'STRUCTURE', 'INDUSTRY', 'LIFE_CYCLE', 'CULTURE', 'WORKFORCE', 'INFORMATION_TECHNOLOGY', 'LAW')),
  words text not null check (words <> ''),
  words_zh text check (words_zh <> ''),
  features jsonb not null check (jsonb_typeof(features) = 'array'),
  written_by_id uuid,
  written_at timestamptz not null,
  valid_from date not null,
  valid_to date not null default 'infinity',
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, written_by_id) references person (tenant_id, id),
  check (valid_from < valid_to)
);
create index mode_factor_unit on mode_factor (tenant_id, unit_id, factor, valid_from);
select keep_periods_apart('mode_factor', 'o.unit_id = w.unit_id and o.factor = w.factor');

-- Counts the changes of a unit's own settings and factors; who decides on an older count is told.
create table mode_version (
  tenant_id uuid not null,
  unit_id uuid not null,
  version integer not null check (version >= 1),
  primary key (tenant_id, unit_id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id)
);

select fence_tenant(t) from unnest(array['mode_setting', 'mode_factor', 'mode_version']::regclass[]) t;
grant select, insert, update, delete on mode_setting, mode_factor to catchball_app;
grant select, insert, update on mode_version to catchball_app;
