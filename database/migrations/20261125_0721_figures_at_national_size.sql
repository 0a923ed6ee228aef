/*
 * The four figures over ten million exchanges (IND-1 to IND-4). What was reached in a campaign is read from one index (0723), campaign after campaign. Uses are also added
 * up by month, in the very statement that writes a day: a year then reads twelve rows a person and kind of use instead of two hundred and fifty, and its first and
 * last days from the days themselves, so that the sum is exact.
 */
create table usage_months (
  organisation_id uuid not null references organisations,
  month date not null check (extract(day from month) = 1),
  account_id uuid not null references accounts,
  tool text not null,
  kind text not null,
  count bigint not null check (count >= 0),
  primary key (organisation_id, month, account_id, tool, kind)
);
alter table usage_months enable row level security;
alter table usage_months force row level security;
create policy owner on usage_months to cc_owner using (true) with check (true);
-- The same words as for the days.
create policy read on usage_months for select to cc_web using ((select ctx.ok()) and (organisation_id = (select ctx.organisation()) or ctx.national((select ctx.campagnes()))));
grant select on usage_months to cc_web;
grant select, insert, update, delete on usage_months to cc_definer;

/*
 * Whoever writes the days, the months follow. One writing at a time, some milliseconds: what a statement inserts and what it updates come as two sets, and two
 * processes that each hold a month which the other is about to add to would wait for each other.
 */
create function add_up_usage() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('usage_months'));
  if tg_op = 'INSERT' then
    insert into public.usage_months as m (organisation_id, month, account_id, tool, kind, count)
      select organisation_id, date_trunc('month', day)::date, account_id, tool, kind, sum(count) from added group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (organisation_id, month, account_id, tool, kind) do update set count = m.count + excluded.count;
  else
    if tg_op = 'UPDATE' then
      insert into public.usage_months as m (organisation_id, month, account_id, tool, kind, count)
        select organisation_id, date_trunc('month', day)::date, account_id, tool, kind, sum(count) from added group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
        on conflict (organisation_id, month, account_id, tool, kind) do update set count = m.count + excluded.count;
    end if;
    update public.usage_months m set count = m.count - g.count
      from (select organisation_id, date_trunc('month', day)::date as month, account_id, tool, kind, sum(count) as count from gone group by 1, 2, 3, 4, 5) g
      where m.organisation_id = g.organisation_id and m.month = g.month and m.account_id = g.account_id and m.tool = g.tool and m.kind = g.kind;
    -- Nobody did anything in that month: a line at nought would count the person.
    delete from public.usage_months m using (select distinct organisation_id, date_trunc('month', day)::date as month, account_id, tool, kind from gone) g
      where m.count = 0 and m.organisation_id = g.organisation_id and m.month = g.month and m.account_id = g.account_id and m.tool = g.tool and m.kind = g.kind;
  end if;
  return null;
end $$;
alter function add_up_usage() owner to cc_definer;
revoke all on function add_up_usage() from public;
create trigger months_insert after insert on usage_days referencing new table as added for each statement execute function add_up_usage();
create trigger months_update after update on usage_days referencing old table as gone new table as added for each statement execute function add_up_usage();
create trigger months_delete after delete on usage_days referencing old table as gone for each statement execute function add_up_usage();

insert into usage_months select organisation_id, date_trunc('month', day)::date, account_id, tool, kind, sum(count) from usage_days group by 1, 2, 3, 4, 5;
