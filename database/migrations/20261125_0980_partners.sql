-- A partner enters the service by its regional direction, which registers it and who signs for it, before their first convention (AGR-1); the signatory may be replaced later.

-- False: a structure with this SIRET is already there.
create function register_partner(new_id uuid, of_siret bigint, of_name text, of_kind text) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not ctx.ok() or not ctx.holds_role('direction-regionale') or of_kind = 'operateur' then return false; end if;
  insert into public.organisations (id, siret, name, kind, created_at) values (new_id, of_siret, of_name, of_kind, ctx.clock()) on conflict (siret) do nothing;
  return found;
end $$;

/*
 * Gives the role of signatory of a partner to whoever has this address, with an account opened where they have none; `replaces` ends the role of those who held it.
 * Null: the address is that of another structure's account, or of one that is not its own agent's. A partner has no region before its first convention: any regional direction
 * then names its first signatory; afterwards, that of one of its conventions.
 */
create function name_signatory(of_organisation uuid, new_account uuid, new_role uuid, of_email text, given_name text, family_name text, of_function text, replaces boolean) returns uuid language plpgsql security definer set search_path = '' as $$
declare known record; named uuid := new_account; at timestamptz := ctx.clock();
begin
  if not ctx.ok() or not ctx.holds_role('direction-regionale')
    or not exists (select from public.organisations o where o.id = of_organisation and o.kind <> 'operateur')
    or exists (select from public.conventions c where c.organisation_id = of_organisation)
      and not exists (select from public.conventions c where c.organisation_id = of_organisation and c.region_id = any (ctx.regions()))
  then return null; end if;
  perform pg_advisory_xact_lock(hashtextextended('name-signatory ' || of_organisation, 0));
  select a.id, a.organisation_id, a.status, a.attachment into known from public.account_contacts c join public.accounts a on a.id = c.account_id where c.email = lower(of_email);
  if found then
    if known.organisation_id <> of_organisation or known.status <> 'active' or known.attachment <> 'agent' then return null; end if;
    named := known.id;
  else
    insert into public.accounts (id, organisation_id, given_name, family_name, function, created_at) values (new_account, of_organisation, name_signatory.given_name, name_signatory.family_name, of_function, at);
    insert into public.account_contacts (account_id, organisation_id, email) values (new_account, of_organisation, lower(of_email));
  end if;
  if replaces then
    update public.role_assignments r set ends_at = greatest(at, r.starts_at) where r.organisation_id = of_organisation and r.role = 'signataire' and r.account_id <> named and (r.ends_at is null or r.ends_at > at);
  end if;
  insert into public.role_assignments (id, account_id, organisation_id, role, region_id, starts_at, assigned_by, reason)
    select new_role, named, of_organisation, 'signataire', null, at, ctx.account(), 'Désigné par la structure, enregistré par la direction régionale'
    where not exists (select from public.role_assignments r where r.account_id = named and r.role = 'signataire' and (r.ends_at is null or r.ends_at > at));
  return named;
end $$;

grant insert on organisations, accounts, account_contacts, role_assignments to cc_definer;
grant select on organisations, accounts, account_contacts, role_assignments, conventions to cc_definer;
grant update on role_assignments to cc_definer;
alter function register_partner(uuid, bigint, text, text) owner to cc_definer;
alter function name_signatory(uuid, uuid, uuid, text, text, text, text, boolean) owner to cc_definer;
revoke all on function register_partner(uuid, bigint, text, text), name_signatory(uuid, uuid, uuid, text, text, text, text, boolean) from public;
grant execute on function register_partner(uuid, bigint, text, text), name_signatory(uuid, uuid, uuid, text, text, text, text, boolean) to cc_web;
