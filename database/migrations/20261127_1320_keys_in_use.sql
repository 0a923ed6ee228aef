-- The number of the key that wrote a sealed box (server/identity/secret-box.ts) or a password digest (server/passwords/hashing.ts); 0: before keys had numbers.
create function ctx.box_key(sealed bytea) returns int language sql immutable parallel safe as $$
  select case when substr(sealed, 1, 4) = 'cck1'::bytea then get_byte(sealed, 4) * 256 + get_byte(sealed, 5) else 0 end
$$;
create function ctx.digest_key(hash text) returns int language sql immutable parallel safe as $$ select coalesce(substring(hash from '^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+,keyid=(\d{1,5})\$')::int, 0) $$;

-- Which keys something still needs, and how much of it: what the web looks at before it starts, and the command that changes keys. Of nobody in particular.
create function ctx.keys_in_use() returns table (key int, boxes bigint, passwords bigint) language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query select k.key, count(*) filter (where k.box), count(*) filter (where not k.box) from (
    select ctx.box_key(f.secret) as key, true as box from public.second_factors f where f.secret is not null
    union all select ctx.box_key(c.secret), true from public.second_factor_challenges c where c.secret is not null
    union all select ctx.digest_key(p.hash), false from public.passwords p) k group by k.key order by k.key;
end $$;
grant select on second_factor_challenges to cc_definer;
alter function ctx.keys_in_use() owner to cc_definer;
revoke all on function ctx.keys_in_use() from public;
grant execute on function ctx.keys_in_use() to cc_web;
