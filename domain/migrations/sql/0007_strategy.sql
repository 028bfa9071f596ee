-- What a unit wants. `strategy.draft` is the map as it is being written, as JSON; the rows are what was published last,
-- and live on from version to version by their codes. How each version stood is kept in strategy_version.
create table perspective (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  code text not null,
  name text not null check (name <> ''),
  name_zh text,
  position integer not null check (position >= 1),
  primary key (tenant_id, id),
  unique (tenant_id, code)
);

create table strategy (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  mission text,
  mission_zh text,
  vision text,
  vision_zh text,
  starts_on date not null,
  ends_on date not null,
  version integer not null check (version >= 1),
  published_version integer,
  draft jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, unit_id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  check (starts_on <= ends_on)
);

create table strategy_version (
  tenant_id uuid not null,
  id uuid not null,
  strategy_id uuid not null,
  version integer not null,
  content jsonb not null,
  reason text,
  published_by_id uuid not null,
  published_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, strategy_id, version),
  foreign key (tenant_id, strategy_id) references strategy (tenant_id, id),
  foreign key (tenant_id, published_by_id) references person (tenant_id, id)
);

-- Weights are relative whole numbers; together they are declared value priorities.
create table theme (
  tenant_id uuid not null,
  id uuid not null,
  strategy_id uuid not null,
  code text not null,
  name text not null check (name <> ''),
  name_zh text,
  weight integer not null check (weight between 0 and 1000),
  position integer not null check (position >= 1),
  retired_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, strategy_id, code),
  foreign key (tenant_id, strategy_id) references strategy (tenant_id, id)
);

create table long_term_goal (
  tenant_id uuid not null,
  id uuid not null,
  strategy_id uuid not null,
  theme_id uuid,
  code text not null,
  title text not null check (title <> ''),
  title_zh text,
  unit_of_measure text not null check (unit_of_measure <> ''),
  baseline numeric not null,
  baseline_year integer not null,
  target numeric not null,
  target_year integer not null,
  position integer not null check (position >= 1),
  retired_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, strategy_id, code),
  foreign key (tenant_id, strategy_id) references strategy (tenant_id, id),
  foreign key (tenant_id, theme_id) references theme (tenant_id, id),
  check (baseline_year < target_year),
  check (baseline <> target)
);

create table waypoint (
  tenant_id uuid not null,
  id uuid not null,
  goal_id uuid not null,
  year integer not null,
  value numeric not null,
  primary key (tenant_id, id),
  unique (tenant_id, goal_id, year),
  foreign key (tenant_id, goal_id) references long_term_goal (tenant_id, id)
);

create table strategic_objective (
  tenant_id uuid not null,
  id uuid not null,
  strategy_id uuid not null,
  perspective_id uuid not null,
  theme_id uuid not null,
  goal_id uuid,
  owner_id uuid,
  code text not null,
  title text not null check (title <> ''),
  title_zh text,
  weight integer not null check (weight between 0 and 1000),
  position integer not null check (position >= 1),
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, strategy_id, code),
  foreign key (tenant_id, strategy_id) references strategy (tenant_id, id),
  foreign key (tenant_id, perspective_id) references perspective (tenant_id, id),
  foreign key (tenant_id, theme_id) references theme (tenant_id, id),
  foreign key (tenant_id, goal_id) references long_term_goal (tenant_id, id),
  foreign key (tenant_id, owner_id) references person (tenant_id, id)
);
create index strategic_objective_theme on strategic_objective (tenant_id, theme_id, position, id);
create index strategic_objective_perspective
  on strategic_objective (tenant_id, strategy_id, perspective_id, position, id);

create table causal_link (
  tenant_id uuid not null,
  id uuid not null,
  strategy_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  sign text not null check (sign in ('POSITIVE', 'NEGATIVE')),
  lag_months integer not null check (lag_months between 0 and 36),
  hypothesis text not null check (hypothesis <> ''),
  retired_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, from_id, to_id),
  foreign key (tenant_id, strategy_id) references strategy (tenant_id, id),
  foreign key (tenant_id, from_id) references strategic_objective (tenant_id, id),
  foreign key (tenant_id, to_id) references strategic_objective (tenant_id, id),
  check (from_id <> to_id)
);
create index causal_link_strategy on causal_link (tenant_id, strategy_id);
create index causal_link_effect on causal_link (tenant_id, to_id);

create table intent (
  tenant_id uuid not null,
  id uuid not null,
  strategic_objective_id uuid not null,
  version integer not null check (version >= 1),
  why text not null check (why <> ''),
  what_changes text not null check (what_changes <> ''),
  will_not_do text not null check (will_not_do <> ''),
  written_by_id uuid not null,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, strategic_objective_id, version),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id),
  foreign key (tenant_id, written_by_id) references person (tenant_id, id)
);

select fence_tenant(t) from unnest(array[
  'perspective', 'strategy', 'strategy_version', 'theme', 'long_term_goal', 'waypoint', 'strategic_objective',
  'causal_link', 'intent']::regclass[]) t;
grant select, insert, update on perspective, strategy, theme, long_term_goal, strategic_objective, causal_link to catchball_app;
grant select, insert, update, delete on waypoint to catchball_app;
grant select, insert on strategy_version, intent to catchball_app;
