-- shared_addresses: each side reads its own part through ctx.shares_shown, which alone hides who stands on the other.
alter table shared_addresses enable row level security, force row level security;
grant select, insert, update, delete on shared_addresses to cc_definer;
create policy owner on shared_addresses to cc_owner using (true) with check (true);
