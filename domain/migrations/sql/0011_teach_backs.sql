-- An intent said back in the words of who serves it, and what the manager says to that.
create table teach_back (
  tenant_id uuid not null,
  id uuid not null,
  intent_id uuid not null,
  objective_id uuid not null,
  said_by_id uuid not null,
  words text not null check (words <> ''),
  said_at timestamptz not null,
  state text not null check (state in ('SAID', 'CONFIRMED', 'RETURNED')),
  answered_by_id uuid,
  answered_at timestamptz,
  answer text,
  primary key (tenant_id, id),
  foreign key (tenant_id, intent_id) references intent (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, said_by_id) references person (tenant_id, id),
  foreign key (tenant_id, answered_by_id) references person (tenant_id, id),
  check ((state = 'SAID') = (answered_at is null))
);
select fence_tenant('teach_back');
grant select, insert, update on teach_back to catchball_app;
