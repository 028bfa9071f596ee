-- What the mode of the unit said of scoring when the card was published; null for cards published before modes did.
alter table scorecard add column mode_scoring jsonb;
alter table scorecard add check (mode_scoring is null or published_at is not null);

-- A draft of a split can be thrown away.
grant delete on target_split to catchball_app;
