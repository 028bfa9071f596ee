-- The inbox, the devices that may be rung, and the deliveries to them.
create table inbox_item (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  subject_type text not null,
  subject_id uuid not null,
  approval_id uuid,
  actor_id uuid,
  dedupe_key text not null,
  state text not null check (state in ('OPEN', 'DONE', 'WITHDRAWN')),
  created_at timestamptz not null,
  expires_at timestamptz,
  read_at timestamptz,
  done_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, dedupe_key),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, actor_id) references person (tenant_id, id)
);
create index inbox_item_person on inbox_item (tenant_id, person_id, created_at, id);
create index inbox_item_unread on inbox_item (tenant_id, person_id) where read_at is null and state = 'OPEN';
create index inbox_item_subject on inbox_item (tenant_id, subject_id) where state = 'OPEN';

create table device (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  kind text not null check (kind in ('WEB_PUSH')),
  endpoint text not null,
  endpoint_hash bytea not null,
  p256dh bytea not null,
  auth bytea not null,
  vapid_key_id text not null,
  locale text not null,
  zone text not null,
  registered_at timestamptz not null,
  last_seen_at timestamptz not null,
  dead_at timestamptz,
  dead_reason text,
  primary key (tenant_id, id),
  unique (tenant_id, endpoint_hash),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, session_id) references session (tenant_id, id)
);
create index device_person on device (tenant_id, person_id) where dead_at is null;
create index device_session on device (tenant_id, session_id) where dead_at is null;

create table delivery (
  tenant_id uuid not null,
  id uuid not null,
  inbox_item_id uuid not null,
  person_id uuid not null,
  channel text not null,
  device_id uuid not null,
  state text not null check (state in ('QUEUED', 'SENT', 'SUPPRESSED', 'EXPIRED', 'DEAD_DEVICE', 'FAILED')),
  reason text,
  urgency text not null,
  ttl_seconds integer not null check (ttl_seconds >= 0),
  collapse_key text not null,
  run_at timestamptz not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  lease uuid,
  locked_until timestamptz,
  parked_at timestamptz,
  last_error text,
  settled_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, inbox_item_id, channel, device_id),
  foreign key (tenant_id, inbox_item_id) references inbox_item (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, device_id) references device (tenant_id, id)
);
create index delivery_due on delivery (run_at, id) where state = 'QUEUED' and parked_at is null;
create index delivery_parked on delivery (tenant_id, expires_at) where state = 'QUEUED' and parked_at is not null;
create index delivery_device on delivery (tenant_id, device_id) where state = 'QUEUED';

select fence_tenant(t) from unnest(array['inbox_item', 'device', 'delivery']::regclass[]) t;
create policy gate on delivery to catchball_gate using (true) with check (true);
grant select, insert, update, delete on inbox_item, device, delivery to catchball_app;
grant select (tenant_id, id, state, run_at, attempts, lease, locked_until, parked_at, last_error)
  on delivery to catchball_gate;
grant update (run_at, attempts, lease, locked_until, parked_at, last_error) on delivery to catchball_gate;
