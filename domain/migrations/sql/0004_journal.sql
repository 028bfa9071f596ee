-- The journal by the month. Ids of entries hold time from now on, so that a month is a range of ids, and an entry is
-- looked up in one partition. Older entries count from one: they stay together.
-- That an entry exists is no longer asked of those who name it: they are written by the same statement, nobody may
-- delete entries, and asking a table of partitions would take 4 to 10 % of the time of a check-in.
alter table journal_hearer drop constraint journal_hearer_tenant_id_id_fkey;
alter table journal_unread drop constraint journal_unread_tenant_id_id_fkey;

alter table journal alter column id drop identity;
alter table journal alter column id set default new_entry_id();
alter table journal set schema months;
alter table months.journal rename to journal_before;
revoke all on months.journal_before from catchball_app;

create table journal (like months.journal_before including defaults including constraints) partition by range (id);
alter table journal add primary key (tenant_id, id), add foreign key (tenant_id) references tenant (id);
alter table journal attach partition months.journal_before for values from (minvalue) to (maxvalue);
select fence_tenant('journal');
grant select, insert on journal to catchball_app;

insert into months.kept values ('journal', 'month', 0);
select months.divide('journal', date_trunc('month', now() at time zone 'UTC')::date);
do $$
begin
  for number in 1..12 loop
    exit when provide_month() is null;
  end loop;
end $$;
