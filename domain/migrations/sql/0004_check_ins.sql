-- Check-ins by the year, once there are ten million: the home screen looks up the latest ones, and more partitions than
-- one cost it time.
alter table check_in set schema months;
alter table months.check_in rename to check_in_before;
revoke all on months.check_in_before from catchball_app;

create table check_in (like months.check_in_before including defaults including constraints) partition by range (id);
alter table check_in
  add primary key (tenant_id, id),
  add foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  add foreign key (tenant_id, key_result_id) references key_result (tenant_id, id),
  add foreign key (tenant_id, author_id) references person (tenant_id, id),
  add foreign key (tenant_id, client_id) references client (tenant_id, id);
create index check_in_key_result on check_in (tenant_id, key_result_id, recorded_at, id);
create index check_in_objective on check_in (tenant_id, objective_id, recorded_at, id);
alter table check_in attach partition months.check_in_before for values from (minvalue) to (maxvalue);
select fence_tenant('check_in');
grant select, insert on check_in to catchball_app;

insert into months.kept values ('check_in', 'year', 10000000);
