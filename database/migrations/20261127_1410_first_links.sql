/*
 * The first link of an account trusts no identity provider by itself (IDN-1): it is made when the provider is expected of the structure, or with the
 * invitation of the welcome mail. Otherwise it waits, and the account manager confirms it or refuses it.
 */

-- The providers by which people of a structure come: those of the links made so far, and those that a person confirmed since.
create table expected_providers (
  organisation_id uuid not null references organisations,
  idp_id text not null check (length(idp_id) between 1 and 100),
  added_at timestamptz not null,
  added_by uuid references accounts, -- null: on the command line
  primary key (organisation_id, idp_id)
);
insert into expected_providers (organisation_id, idp_id, added_at)
  select a.organisation_id, i.idp_id, min(i.linked_at) from account_identities i join accounts a on a.id = i.account_id where length(i.idp_id) between 1 and 100 group by 1, 2;

-- One-time, in the mail that tells an account is open.
create table invitations (
  id uuid primary key,
  account_id uuid not null references accounts,
  token_hash bytea not null unique check (length(token_hash) = 32),
  made_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > made_at),
  used_at timestamptz
);
create index invitations_account on invitations (account_id);

alter table expected_providers enable row level security; alter table expected_providers force row level security;
alter table invitations enable row level security; alter table invitations force row level security;
create policy owner on expected_providers to cc_owner using (true) with check (true);
create policy owner on invitations to cc_owner using (true) with check (true);
grant select, insert on expected_providers to cc_definer;
grant select, insert, update, delete on invitations to cc_definer;

alter table pending_links drop constraint pending_links_reason_check;
alter table pending_links add constraint pending_links_reason_check check (reason in ('already-linked', 'other-organisation', 'unknown-provider'));
create index pending_links_account on pending_links (account_id) where decided_at is null;
grant update on pending_links to cc_definer;

-- With the account, in the transaction that opens it: whoever may open it invites, and nobody later. False: the account was there before.
create function ctx.invite(id uuid, of_account uuid, token_hash bytea) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not exists (select from public.accounts a where a.id = of_account and a.xmin = pg_current_xact_id()::xid) then return false; end if;
  insert into public.invitations (id, account_id, token_hash, made_at, ends_at) values (invite.id, of_account, invite.token_hash, ctx.clock(), ctx.clock() + interval '14 days');
  return true;
end $$;

-- Whether an invitation still serves: asked before leaving for ProConnect.
create function ctx.invitation_open(token_hash bytea) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.invitations i join public.accounts a on a.id = i.account_id where i.token_hash = invitation_open.token_hash and i.used_at is null and i.ends_at > ctx.clock() and a.status = 'active');
end $$;

-- The same facts, and whether the first link of this account may be made without anybody's word.
drop function ctx.find_identity(text, text, text);
create function ctx.find_identity(issuer text, subject text, email text, idp_id text, invitation bytea) returns jsonb language plpgsql security definer set search_path = '' as $$
declare known jsonb; candidate jsonb; locked uuid;
begin
  for attempt in 1..2 loop
    select jsonb_build_object('accountId', a.id, 'status', a.status) into known
      from public.account_identities i join public.accounts a on a.id = i.account_id where i.issuer = find_identity.issuer and i.subject = find_identity.subject;
    exit when known is not null or locked is not null;
    -- The same person may be coming in twice at once: look again once the other is done.
    select a.id into locked from public.accounts a where a.id = (select c.account_id from public.account_contacts c where c.email = lower(find_identity.email)) for update;
    exit when locked is null;
  end loop;
  if known is null and locked is not null then
    select jsonb_build_object('accountId', a.id, 'status', a.status, 'organisationId', a.organisation_id, 'organisationSiret', o.siret,
        'linked', exists (select from public.account_identities i where i.account_id = a.id),
        'certain', ctx.first_link_certain(a.id, find_identity.idp_id, find_identity.invitation)) into candidate
      from public.accounts a join public.organisations o on o.id = a.organisation_id where a.id = locked;
  end if;
  return jsonb_build_object('known', known, 'candidate', candidate);
end $$;

create function ctx.first_link_certain(of_account uuid, idp_id text, invitation bytea) returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.accounts a join public.expected_providers p on p.organisation_id = a.organisation_id where a.id = of_account and p.idp_id = first_link_certain.idp_id)
    or exists (select from public.invitations i where i.account_id = of_account and i.token_hash = first_link_certain.invitation and i.used_at is null and i.ends_at > ctx.clock());
end $$;

-- Whatever the application believes, only a first link that is certain is made; the invitations of that account have then served.
drop function ctx.link_identity(text, text, uuid, text);
create function ctx.link_identity(issuer text, subject text, account_id uuid, idp_id text, invitation bytea) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.account_identities i where i.account_id = link_identity.account_id) or not ctx.first_link_certain(link_identity.account_id, link_identity.idp_id, link_identity.invitation) then return false; end if;
  insert into public.account_identities (issuer, subject, account_id, idp_id, linked_at) values (link_identity.issuer, link_identity.subject, link_identity.account_id, link_identity.idp_id, ctx.clock());
  update public.invitations i set used_at = ctx.clock() where i.account_id = link_identity.account_id and i.used_at is null;
  return true;
end $$;

-- Those who came and wait, for whoever may help that person.
create function ctx.waiting_links(of_account uuid) returns table (id uuid, name text, email text, siret bigint, provider text, reason text, asked_at timestamptz) language plpgsql stable security definer set search_path = '' as $$
begin
  if not ctx.may_help(of_account) then return; end if;
  return query select p.id, p.given_name || ' ' || p.usual_name, p.email, p.siret, p.idp_id, p.reason, p.asked_at from public.pending_links p where p.account_id = of_account and p.decided_at is null order by p.asked_at, p.id;
end $$;

-- Confirmed, that identity opens the account from then on, and its provider is expected of the structure when it alone was in doubt. Null: not theirs, or decided meanwhile.
create function ctx.decide_link(of_link uuid, of_account uuid, confirmed boolean) returns jsonb language plpgsql security definer set search_path = '' as $$
declare p public.pending_links;
begin
  if not ctx.may_help(of_account) or not exists (select from public.accounts a where a.id = of_account and a.status = 'active') then return null; end if;
  update public.pending_links l set decided_at = ctx.clock(), decided_by = ctx.account(), decision = case when confirmed then 'confirmed' else 'refused' end
    where l.id = of_link and l.account_id = of_account and l.decided_at is null returning * into p;
  if not found then return null; end if;
  if confirmed then
    insert into public.account_identities (issuer, subject, account_id, idp_id, linked_at, confirmed_by) values (p.issuer, p.subject, p.account_id, p.idp_id, ctx.clock(), ctx.account()) on conflict do nothing;
    if not found then return null; end if; -- attached elsewhere meanwhile: the caller undoes all
    update public.invitations i set used_at = ctx.clock() where i.account_id = p.account_id and i.used_at is null;
    if p.reason = 'unknown-provider' and p.idp_id <> '' then
      insert into public.expected_providers (organisation_id, idp_id, added_at, added_by) values (p.organisation_id, p.idp_id, ctx.clock(), ctx.account()) on conflict do nothing;
    end if;
  end if;
  return jsonb_build_object('provider', p.idp_id, 'reason', p.reason, 'issuer', p.issuer, 'subject', p.subject);
end $$;

-- Requests that nobody was told of yet, each once, with who decides it: the account managers of the structure, or the operator's security officers for one of them.
alter table pending_links add column told_at timestamptz;
update pending_links set told_at = asked_at;
create function ctx.links_to_tell() returns table (account_id uuid, organisation_id uuid, manages boolean) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  return query update public.pending_links p set told_at = ctx.clock() where p.told_at is null and p.decided_at is null
    returning p.account_id, p.organisation_id, exists (select from public.role_assignments r where r.account_id = p.account_id and r.role = 'rgc' and r.starts_at <= ctx.clock() and (r.ends_at is null or r.ends_at > ctx.clock()));
end $$;

do $$ declare f text; begin
  foreach f in array array['invite(uuid, uuid, bytea)', 'invitation_open(bytea)', 'find_identity(text, text, text, text, bytea)', 'first_link_certain(uuid, text, bytea)', 'link_identity(text, text, uuid, text, bytea)',
    'waiting_links(uuid)', 'decide_link(uuid, uuid, boolean)', 'links_to_tell()'] loop
    execute format('alter function ctx.%s owner to cc_definer', f);
    execute format('revoke all on function ctx.%s from public', f);
  end loop;
  foreach f in array array['invite(uuid, uuid, bytea)', 'waiting_links(uuid)', 'decide_link(uuid, uuid, boolean)'] loop
    execute format('grant execute on function ctx.%s to cc_web', f);
  end loop;
  -- Before there is a session.
  foreach f in array array['invitation_open(bytea)', 'find_identity(text, text, text, text, bytea)', 'link_identity(text, text, uuid, text, bytea)'] loop
    execute format('grant execute on function ctx.%s to cc_sign_in', f);
  end loop;
end $$;
grant execute on function ctx.links_to_tell() to cc_worker;
