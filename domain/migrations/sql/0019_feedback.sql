-- What people say about an objective, a check-in, a measure or a person. `about_id` is the person whom it concerns: the
-- owner of the objective, the person; a measure concerns nobody but its owner, if it has one.
create table feedback_thread (
  tenant_id uuid not null,
  id uuid not null,
  anchor text not null check (anchor in ('OBJECTIVE', 'CHECK_IN', 'MEASURE', 'PERSON', 'PRAISE')),
  objective_id uuid,
  check_in_id uuid,
  measure_id uuid,
  about_id uuid,
  -- Of the anchor as the thread was opened: who works there reads a thread of the class UNIT.
  unit_id uuid,
  visibility text not null check (visibility in ('PRIVATE', 'PARTICIPANTS', 'CHAIN', 'UNIT', 'GROUP')),
  opened_by_id uuid not null,
  opened_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, measure_id) references measure (tenant_id, id),
  foreign key (tenant_id, about_id) references person (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, opened_by_id) references person (tenant_id, id),
  check ((anchor in ('OBJECTIVE', 'CHECK_IN')) = (objective_id is not null)),
  -- A check-in has no foreign key: its table is divided by time, and nobody may delete from it.
  check ((anchor = 'CHECK_IN') = (check_in_id is not null)),
  check ((anchor = 'MEASURE') = (measure_id is not null)),
  check (anchor = 'MEASURE' or about_id is not null)
);
create index feedback_thread_objective on feedback_thread (tenant_id, objective_id, opened_at, id);
create index feedback_thread_check_in on feedback_thread (tenant_id, check_in_id, opened_at, id);
create index feedback_thread_measure on feedback_thread (tenant_id, measure_id, opened_at, id);
create index feedback_thread_about on feedback_thread (tenant_id, about_id, anchor, opened_at, id);

create table feedback_participant (
  tenant_id uuid not null,
  id uuid not null,
  thread_id uuid not null,
  person_id uuid not null,
  added_by_id uuid not null,
  added_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, thread_id, person_id),
  foreign key (tenant_id, thread_id) references feedback_thread (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, added_by_id) references person (tenant_id, id)
);

-- A message without a class of its own is as wide as its thread. What was deleted leaves its row and no word.
create table feedback_message (
  tenant_id uuid not null,
  id uuid not null,
  thread_id uuid not null,
  author_id uuid not null,
  visibility text check (visibility in ('PRIVATE', 'PARTICIPANTS', 'CHAIN', 'UNIT')),
  body text check (body <> ''),
  -- The shape of feedback that helps, each part as far as the author gave it.
  situation text check (situation <> ''),
  behaviour text check (behaviour <> ''),
  impact text check (impact <> ''),
  next_step text check (next_step <> ''),
  version integer not null check (version >= 1),
  posted_at timestamptz not null,
  written_at timestamptz not null,
  deleted_at timestamptz,
  -- What a moderator hid stays for its author, and for who reads reports.
  hidden_at timestamptz,
  hidden_reason text check (hidden_reason <> ''),
  primary key (tenant_id, id),
  foreign key (tenant_id, thread_id) references feedback_thread (tenant_id, id),
  foreign key (tenant_id, author_id) references person (tenant_id, id),
  check ((body is null) = (deleted_at is not null)),
  check ((hidden_at is null) = (hidden_reason is null)),
  check (deleted_at is null or coalesce(situation, behaviour, impact, next_step) is null),
  check (posted_at <= written_at)
);
create index feedback_message_thread on feedback_message (tenant_id, thread_id, posted_at, id);
create index feedback_message_newest on feedback_message (tenant_id, posted_at, id);

-- What a message said before it was edited later than a quarter of an hour after it was posted.
create table feedback_version (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  body text not null check (body <> ''),
  situation text,
  behaviour text,
  impact text,
  next_step text,
  written_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, message_id) references feedback_message (tenant_id, id)
);
create index feedback_version_message on feedback_version (tenant_id, message_id, written_at, id);

create table feedback_mention (
  tenant_id uuid not null,
  message_id uuid not null,
  person_id uuid not null,
  primary key (tenant_id, message_id, person_id),
  foreign key (tenant_id, message_id) references feedback_message (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);

create table feedback_reaction (
  tenant_id uuid not null,
  message_id uuid not null,
  kind text not null check (kind in ('THANKS', 'WELL_DONE', 'AGREE', 'INSIGHT', 'SUPPORT')),
  person_id uuid not null,
  reacted_at timestamptz not null,
  primary key (tenant_id, message_id, kind, person_id),
  foreign key (tenant_id, message_id) references feedback_message (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);

-- What a participant has not read yet: a row each, because a time up to which somebody read would pass over what was
-- posted before it and committed after.
create table feedback_unread (
  tenant_id uuid not null,
  person_id uuid not null,
  thread_id uuid not null,
  message_id uuid not null,
  primary key (tenant_id, person_id, thread_id, message_id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, message_id) references feedback_message (tenant_id, id)
);

-- A thread becomes wider when every author in it has agreed; one refusal ends it.
create table feedback_widening (
  tenant_id uuid not null,
  id uuid not null,
  thread_id uuid not null,
  visibility text not null check (visibility in ('PARTICIPANTS', 'CHAIN', 'UNIT', 'GROUP')),
  proposed_by_id uuid not null,
  proposed_at timestamptz not null,
  state text not null check (state in ('OPEN', 'WIDENED', 'REFUSED')),
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, thread_id) references feedback_thread (tenant_id, id),
  foreign key (tenant_id, proposed_by_id) references person (tenant_id, id),
  check ((state = 'OPEN') = (settled_at is null))
);
create unique index feedback_widening_open on feedback_widening (tenant_id, thread_id) where state = 'OPEN';

create table feedback_consent (
  tenant_id uuid not null,
  widening_id uuid not null,
  person_id uuid not null,
  agrees boolean not null,
  answered_at timestamptz not null,
  primary key (tenant_id, widening_id, person_id),
  foreign key (tenant_id, widening_id) references feedback_widening (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);

-- What a recipient keeps of what was said to them, as evidence. Nobody else pins anything.
create table feedback_pin (
  tenant_id uuid not null,
  person_id uuid not null,
  message_id uuid not null,
  pinned_at timestamptz not null,
  primary key (tenant_id, person_id, message_id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, message_id) references feedback_message (tenant_id, id)
);

-- What the group stands for, in its own words.
create table company_value (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null check (name <> ''),
  name_zh text check (name_zh <> ''),
  meaning text not null check (meaning <> ''),
  meaning_zh text check (meaning_zh <> ''),
  defined_at timestamptz not null,
  retired_at timestamptz,
  primary key (tenant_id, id)
);
create unique index company_value_name on company_value (tenant_id, name) where retired_at is null;

-- Praise is a thread about its recipient, whose first message it is. `month` is that of whose allowance it was given.
create table praise (
  tenant_id uuid not null,
  id uuid not null,
  thread_id uuid not null,
  giver_id uuid not null,
  recipient_id uuid not null,
  value_id uuid not null,
  strategic_objective_id uuid,
  month date not null check (extract(day from month) = 1),
  given_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, thread_id),
  foreign key (tenant_id, thread_id) references feedback_thread (tenant_id, id),
  foreign key (tenant_id, giver_id) references person (tenant_id, id),
  foreign key (tenant_id, recipient_id) references person (tenant_id, id),
  foreign key (tenant_id, value_id) references company_value (tenant_id, id),
  foreign key (tenant_id, strategic_objective_id) references strategic_objective (tenant_id, id),
  check (giver_id <> recipient_id)
);
create index praise_given on praise (tenant_id, giver_id, month);
create index praise_received on praise (tenant_id, recipient_id, given_at, id);

-- Somebody asks somebody for feedback, on an objective of their own or on how they work; the answer is a thread.
create table feedback_request (
  tenant_id uuid not null,
  id uuid not null,
  asker_id uuid not null,
  asked_id uuid not null,
  objective_id uuid,
  words text not null check (words <> ''),
  due_on date not null,
  state text not null check (state in ('OPEN', 'ANSWERED', 'DECLINED', 'WITHDRAWN')),
  asked_at timestamptz not null,
  reminded_at timestamptz,
  settled_at timestamptz,
  reason text check (reason <> ''),
  thread_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, asker_id) references person (tenant_id, id),
  foreign key (tenant_id, asked_id) references person (tenant_id, id),
  foreign key (tenant_id, objective_id) references objective (tenant_id, id),
  foreign key (tenant_id, thread_id) references feedback_thread (tenant_id, id),
  check (asker_id <> asked_id),
  check ((state = 'OPEN') = (settled_at is null)),
  check ((state = 'DECLINED') = (reason is not null)),
  check ((state = 'ANSWERED') = (thread_id is not null))
);
create index feedback_request_asked on feedback_request (tenant_id, asked_id, due_on, id) where state = 'OPEN';
create index feedback_request_asker on feedback_request (tenant_id, asker_id, asked_at, id);
create index feedback_request_due on feedback_request (tenant_id, due_on, id)
  where state = 'OPEN' and reminded_at is null;

-- Somebody says that words should not stand. Author and unit are those of the message and its thread.
create table feedback_report (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  author_id uuid not null,
  unit_id uuid,
  reporter_id uuid not null,
  reason text not null check (reason <> ''),
  reported_at timestamptz not null,
  state text not null check (state in ('OPEN', 'UPHELD', 'DISMISSED')),
  settled_at timestamptz,
  settled_by_id uuid,
  answer text check (answer <> ''),
  primary key (tenant_id, id),
  unique (tenant_id, message_id, reporter_id),
  foreign key (tenant_id, message_id) references feedback_message (tenant_id, id),
  foreign key (tenant_id, author_id) references person (tenant_id, id),
  foreign key (tenant_id, unit_id) references unit (tenant_id, id),
  foreign key (tenant_id, reporter_id) references person (tenant_id, id),
  foreign key (tenant_id, settled_by_id) references person (tenant_id, id),
  check (author_id <> reporter_id),
  check ((state = 'OPEN') = (settled_at is null) and (settled_at is null) = (settled_by_id is null)
    and (settled_at is null) = (answer is null)),
  check (settled_by_id not in (author_id, reporter_id))
);
create index feedback_report_newest on feedback_report (tenant_id, reported_at, id);

-- By what a text is found: the stems of its words as PostgreSQL's full text has them, and of a run of Chinese (or kana)
-- each character and each pair of neighbours, since nothing stands between its words. All of a query's must be there.
-- Signs and pictures, which PostgreSQL may take for letters, part words like spaces.
create function search_words(text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct w.word), '{}') from (select lower(normalize($1, NFKC)) as words) t
  cross join lateral (
    select unnest(tsvector_to_array(to_tsvector('pg_catalog.english',
      regexp_replace(t.words, '[\u0080-\u00bf\u2000-\u9fff\uf900-\ufaff\ufe00-\ufe0f\U0001f000-\U0003ffff]+', ' ', 'g'))))
      as word
    union all
    select substr(r.run[1], at, size)
    from regexp_matches(t.words, '[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+', 'g') r (run)
    cross join lateral generate_series(1, length(r.run[1])) at cross join generate_series(1, 2) size
    where at + size <= length(r.run[1]) + 1) w
$$;

-- Where a word stands. A table and no index of tsvector: under row security PostgreSQL asks an index only by comparisons
-- that are free of leaks, and those of tsvector are not; and the tenant could not stand first in it.
create table feedback_word (
  tenant_id uuid not null,
  word text not null,
  message_id uuid not null,
  primary key (tenant_id, word, message_id),
  foreign key (tenant_id, message_id) references feedback_message (tenant_id, id)
);
create index feedback_word_message on feedback_word (tenant_id, message_id);

select fence_tenant(t) from unnest(array[
  'feedback_thread', 'feedback_participant', 'feedback_message', 'feedback_version', 'feedback_mention',
  'feedback_reaction', 'feedback_unread', 'feedback_widening', 'feedback_consent', 'feedback_pin', 'company_value',
  'praise', 'feedback_request', 'feedback_report',
  'feedback_word']::regclass[]) t;
grant select, insert on feedback_participant, feedback_consent, praise to catchball_app;
grant select, insert, update on feedback_thread, feedback_message, feedback_widening, company_value, feedback_request,
  feedback_report to catchball_app;
-- Words that are deleted are gone, with all their versions; who takes a reaction back has never reacted.
grant select, insert, delete on feedback_version, feedback_mention, feedback_reaction, feedback_unread, feedback_pin,
  feedback_word to catchball_app;
