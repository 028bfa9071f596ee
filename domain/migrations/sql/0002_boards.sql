-- Seasons, what earned points in them, who stands where, and how many stand at which points.
create table season (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null check (name <> ''),
  name_zh text,
  starts_on date not null,
  ends_on date not null,
  primary key (tenant_id, id),
  unique (tenant_id, starts_on),
  check (starts_on <= ends_on)
);
create function refuse_overlapping_seasons() returns trigger language plpgsql as $$
begin
  if exists (select from season o where o.tenant_id = new.tenant_id and o.id <> new.id
             and o.starts_on <= new.ends_on and new.starts_on <= o.ends_on) then
    raise exclusion_violation using message = 'seasons overlap';
  end if;
  return null;
end $$;
create trigger overlap after insert or update on season
  for each row execute function refuse_overlapping_seasons();

-- Append-only. A day lies in one season, so the key says that a person earns once a day for one reason, however often
-- it is told.
create table point_entry (
  tenant_id uuid not null,
  season_id uuid not null,
  person_id uuid not null,
  earned_on date not null,
  reason text not null check (reason in ('CHECKED_IN')),
  points integer not null check (points > 0),
  earned_at timestamptz not null,
  primary key (tenant_id, season_id, person_id, earned_on, reason),
  foreign key (tenant_id, season_id) references season (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);

-- Who is in no ranking, of any season, until the row is taken away.
create table ranking_absence (
  tenant_id uuid not null,
  person_id uuid not null,
  left_at timestamptz not null,
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);

-- The sums of point_entry. The order of a board is minus_points, reached_at, person_id: all columns ascend, so that one
-- comparison of rows finds who stands before and behind somebody.
create table standing (
  tenant_id uuid not null,
  season_id uuid not null,
  person_id uuid not null,
  points integer not null check (points > 0),
  minus_points integer not null generated always as (-points) stored,
  reached_at timestamptz not null,
  is_shown boolean not null,
  primary key (tenant_id, season_id, person_id),
  foreign key (tenant_id, season_id) references season (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
create index standing_place on standing (tenant_id, season_id, minus_points, reached_at, person_id) where is_shown;

-- How many of those who are shown have from `points` to below `points + width`: exactly, and by the hundred. A rank is
-- a sum over the hundreds above and over the exact points above within one's own hundred.
-- No check that people is not negative: what is taken away is written by the same upsert as what is added, because an
-- update would not see a row that was made since its statement began, and an upsert proposes the negative number first.
create table standing_count (
  tenant_id uuid not null,
  season_id uuid not null,
  width integer not null check (width in (1, 100)),
  points integer not null check (points >= 0 and points % width = 0),
  people integer not null,
  primary key (tenant_id, season_id, width, points),
  foreign key (tenant_id, season_id) references season (tenant_id, id)
);

select fence_tenant(t) from unnest(array[
  'season', 'point_entry', 'ranking_absence', 'standing', 'standing_count']::regclass[]) t;
grant select, insert on season, point_entry to catchball_app;
grant select, insert, delete on ranking_absence to catchball_app;
grant select, insert, update, delete on standing, standing_count to catchball_app;
