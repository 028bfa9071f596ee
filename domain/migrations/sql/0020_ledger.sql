-- An entry moves an amount from one account to another, so that every entry adds nothing to the sum of all accounts.
-- Written once; what is taken back is a contra entry, at most one for each.
create table ledger_entry (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  currency text not null check (currency in ('EXPERIENCE', 'COIN', 'GIVING')),
  from_kind text not null check (from_kind in ('ISSUE', 'PERSON', 'TEAM', 'REWARDS')),
  from_id uuid not null,
  to_kind text not null check (to_kind in ('ISSUE', 'PERSON', 'TEAM', 'REWARDS')),
  to_id uuid not null,
  amount bigint not null check (amount > 0),
  reason text not null check (reason ~ '^[A-Z][A-Z_]{0,39}$'),
  key text not null check (key <> ''),
  reverses_id uuid,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, key),
  foreign key (tenant_id, reverses_id) references ledger_entry (tenant_id, id),
  check (from_id <> to_id),
  -- Experience is what a person went through: nobody gives it away or spends it.
  check (currency <> 'EXPERIENCE' or (from_kind, to_kind) in (('ISSUE', 'PERSON'), ('PERSON', 'ISSUE')))
);
create unique index ledger_entry_contra on ledger_entry (tenant_id, reverses_id) where reverses_id is not null;
-- Nobody reads page by page what was issued.
create index ledger_entry_from on ledger_entry (tenant_id, from_id, at, id) where from_kind <> 'ISSUE';
create index ledger_entry_to on ledger_entry (tenant_id, to_id, at, id);

-- The sums of the entries, moved by the statement that writes them and by nothing else. Only what issues may be below
-- zero: its balance is what all others hold.
create table ledger_account (
  tenant_id uuid not null references tenant (id),
  holder_id uuid not null,
  currency text not null,
  kind text not null,
  balance bigint not null default 0,
  primary key (tenant_id, holder_id, currency),
  constraint ledger_account_covered check (kind = 'ISSUE' or balance >= 0)
);

-- Accounts are locked in the order of their keys, so that two who move the same ones wait and never in a circle.
create function move_balances() returns trigger language plpgsql as $$
begin
  if exists (select from written where reverses_id is not null) and exists (
    select from written w join ledger_entry o on o.tenant_id = w.tenant_id and o.id = w.reverses_id
    where (o.currency, o.from_id, o.to_id, o.amount) is distinct from (w.currency, w.to_id, w.from_id, w.amount)
       or o.reverses_id is not null
  ) then
    raise check_violation using message = 'a contra entry takes back one whole entry', constraint = 'ledger_entry_contra';
  end if;
  insert into ledger_account (tenant_id, holder_id, currency, kind)
  select tenant_id, from_id, currency, from_kind from written
  union select tenant_id, to_id, currency, to_kind from written
  order by 1, 2, 3 on conflict do nothing;
  perform from ledger_account a
  where (a.tenant_id, a.holder_id, a.currency) in (
    select tenant_id, from_id, currency from written union select tenant_id, to_id, currency from written)
  order by a.tenant_id, a.holder_id, a.currency for no key update;
  update ledger_account a set balance = a.balance + m.moved
  from (
    select tenant_id, holder_id, currency, sum(amount)::bigint as moved
    from (select tenant_id, from_id as holder_id, currency, -amount as amount from written
          union all select tenant_id, to_id, currency, amount from written) both_sides
    group by 1, 2, 3
  ) m
  where a.tenant_id = m.tenant_id and a.holder_id = m.holder_id and a.currency = m.currency and m.moved <> 0;
  return null;
end $$;
create trigger move_balances after insert on ledger_entry
  referencing new table as written for each statement execute function move_balances();

create function refuse_bare_balance() returns trigger language plpgsql as $$
begin
  raise insufficient_privilege using message = 'balances follow from entries';
end $$;
create trigger follows_entries before insert or update on ledger_account
  for each row when (pg_trigger_depth() = 0) execute function refuse_bare_balance();

-- What a fact earns, as it holds since an instant: a rule is changed by a further revision, so that what was decided
-- before can be decided again.
create table award_rule (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  code text not null check (code ~ '^[A-Z][A-Z_]{0,39}$'),
  revision integer not null check (revision >= 1),
  event text not null check (event <> ''),
  conditions jsonb not null check (jsonb_typeof(conditions) = 'array'),
  name text not null check (name <> ''),
  name_zh text,
  points integer not null check (points between 0 and 1000),
  day_max integer not null check (day_max between 0 and 10000),
  week_max integer not null check (week_max between day_max and 70000),
  object_days integer not null check (object_days between 0 and 7),
  pair_halves boolean not null,
  needs_other boolean not null,
  holds_from timestamptz not null,
  written_by_id uuid not null,
  primary key (tenant_id, id),
  unique (tenant_id, code, revision),
  foreign key (tenant_id, written_by_id) references person (tenant_id, id)
);

-- An earning follows from one fact of the journal, its `source`, by one rule; 0 is what was added by hand. Points of 0
-- are kept as well: what a fact earned within the limits of a week can be decided again when an earlier one is heard.
alter table point_entry drop constraint point_entry_pkey;
alter table point_entry drop constraint point_entry_reason_check;
alter table point_entry drop constraint point_entry_points_check;
alter table point_entry
  add column source bigint not null default 0,
  add column object_id uuid,
  add column other_id uuid,
  add column revision integer not null default 1 check (revision >= 1),
  add check (reason ~ '^[A-Z][A-Z_]{0,39}$'),
  add check (points >= 0),
  add primary key (tenant_id, season_id, person_id, earned_on, reason, source);
create index point_entry_person on point_entry (tenant_id, person_id, earned_on);
grant update (points, revision) on point_entry to catchball_app;

-- What was earned before there was a ledger.
update point_entry e set source = j.id, object_id = j.subject_id from journal j
where j.tenant_id = e.tenant_id and j.kind = 'CheckedIn' and j.actor_person_id = e.person_id and j.at = e.earned_at;
insert into ledger_entry (tenant_id, id, currency, from_kind, from_id, to_kind, to_id, amount, reason, key, at)
select tenant_id, gen_random_uuid(), 'EXPERIENCE', 'ISSUE', '00000000-0000-0000-0000-000000000001', 'PERSON', person_id,
       points, reason, concat_ws(':', 'award', reason, earned_on, source, person_id, revision), earned_at
from point_entry;

-- Days on which all of a group work, or nobody does, other than from Monday to Friday.
create table work_day (
  tenant_id uuid not null references tenant (id),
  on_day date not null,
  works boolean not null,
  name text not null check (name <> ''),
  name_zh text,
  primary key (tenant_id, on_day)
);

-- Days on which a person does not work, as they say themselves: they keep a streak, and nobody else reads them.
create table time_off (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  starts_on date not null,
  ends_on date not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  check (starts_on <= ends_on and ends_on - starts_on < 366)
);
create index time_off_person on time_off (tenant_id, person_id, starts_on);

select fence_tenant(t) from unnest(array[
  'ledger_entry', 'ledger_account', 'award_rule', 'work_day', 'time_off']::regclass[]) t;
grant select, insert on ledger_entry, award_rule to catchball_app;
grant select, insert, update on ledger_account, work_day to catchball_app;
grant select, insert, delete on time_off to catchball_app;
