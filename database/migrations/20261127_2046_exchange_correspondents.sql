-- The person met is a correspondent (EST-5): by reference, beside the words that were typed.
alter table exchange_contents add column correspondent_id uuid references correspondents;
create index exchange_contents_correspondent on exchange_contents (correspondent_id) where correspondent_id is not null;
