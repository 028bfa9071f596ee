-- The newest of all, and the newest of some persons; those of an objective have their index since the beginning.
create index check_in_newest on check_in (tenant_id, recorded_at, id);
create index check_in_author on check_in (tenant_id, author_id, recorded_at, id);
