-- Correspondents: several establishments, merges, objections (EST-5).

/* Whether the viewer may keep this person where a link says that they answer. A part of the SQL twin of mayKeep. */
create or replace function ctx.keeps_linked(of_id uuid)
returns boolean language plpgsql stable set search_path = '' as $$
begin
  return exists (select from public.correspondent_links l where l.correspondent_id = of_id and l.retired_at is null
    and ctx.covers((select ctx.fiche()), l.region_id, l.departement_id, l.epci_id, l.clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), l.region_id, l.departement_id, l.epci_id, l.clpe_id)
      or ctx.covers((select ctx.conseiller()), l.region_id, l.departement_id, l.epci_id, l.clpe_id)));
end $$;
revoke all on function ctx.keeps_linked(uuid) from public;
grant execute on function ctx.keeps_linked(uuid) to cc_web, cc_definer;

/*
 * Whether the viewer may keep this correspondent. Row-level security chooses the row. A part of the SQL twin of
 * mayMerge.
 */
create or replace function ctx.keeps_correspondent(of_id uuid)
returns boolean language plpgsql stable set search_path = '' as $$
begin
  return exists (select from public.correspondents c where c.id = of_id
    and ctx.covers((select ctx.fiche()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)
    and (ctx.covers((select ctx.fiche_conseiller()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)
      or ctx.covers((select ctx.conseiller()), c.region_id, c.departement_id, c.epci_id, c.clpe_id)))
    or ctx.keeps_linked(of_id);
end $$;
revoke all on function ctx.keeps_correspondent(uuid) from public;
grant execute on function ctx.keeps_correspondent(uuid) to cc_web, cc_definer;

/* The card under which a person is kept today, however many merges lead there. */
create or replace function correspondent_kept(of_id uuid)
returns uuid language sql stable strict set search_path = '' as $$
  with recursive way as (select c.id, c.merged_into from public.correspondents c where c.id = of_id
    union select n.id, n.merged_into from way w join public.correspondents n on n.id = w.merged_into)
  select w.id from way w where w.merged_into is null
$$;
revoke all on function correspondent_kept(uuid) from public;
grant execute on function correspondent_kept(uuid) to cc_web, cc_definer;

/*
 * Every establishment that a person answers for, those out of the viewer's perimeter included: an objection blocks the
 * name at each.
 * Only for whoever keeps the card.
 */
create or replace function correspondent_sirets(of_id uuid)
returns setof bigint language plpgsql stable security definer set search_path = '' as $$
begin
  if not (ctx.ok() and ctx.opens('interlocuteurs') and ctx.keeps_correspondent(of_id)) then return; end if;
  return query select c.siret from public.correspondents c where c.id in (select public.correspondent_cards(of_id))
    union select l.siret from public.correspondent_links l where l.retired_at is null
      and l.correspondent_id in (select public.correspondent_cards(of_id));
end $$;

/* The card kept answers where the card absorbed did, those out of the perimeter of who merges included. */
create or replace function ctx.link_merged()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.correspondent_links (id, correspondent_id, siret, region_id, departement_id, epci_id, clpe_id,
    organisation_id, author_id, linked_at, merge_id)
    select gen_random_uuid(), new.kept_id, p.siret, p.region_id, p.departement_id, p.epci_id, p.clpe_id,
      new.organisation_id, new.author_id, new.merged_at, new.id
    from (select c.siret, c.region_id, c.departement_id, c.epci_id, c.clpe_id from public.correspondents c
      where c.id = new.absorbed_id and c.retired_at is null
      union select l.siret, l.region_id, l.departement_id, l.epci_id, l.clpe_id from public.correspondent_links l
      where l.correspondent_id = new.absorbed_id and l.retired_at is null) p
    where p.siret <> (select k.siret from public.correspondents k where k.id = new.kept_id)
    on conflict do nothing;
  return null;
end $$;
select pg_temp.as_definer('ctx.link_merged()');

/* A merge undone takes back the establishments that it brought. */
create or replace function ctx.unlink_merged()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.correspondent_links l set retired_at = new.undone_at, retired_by = new.undone_by,
    retired_organisation = new.undone_organisation, retired_reason = 'fusion-defaite'
    where l.merge_id = new.id and l.retired_at is null;
  return null;
end $$;
select pg_temp.as_definer('ctx.unlink_merged()');

/* A value stands where its card does: a merge, or its undoing, carries it from one to the other. */
create or replace function ctx.value_follows_card()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  select c.region_id, c.departement_id, c.epci_id, c.clpe_id into strict new.region_id, new.departement_id,
    new.epci_id, new.clpe_id
    from public.correspondents c where c.id = new.correspondent_id;
  return new;
end $$;
select pg_temp.as_definer('ctx.value_follows_card()');

/* A card and all those that are part of it. */
create or replace function correspondent_cards(of_id uuid)
returns setof uuid language sql stable strict set search_path = '' as $$
  with recursive cards as (select c.id from public.correspondents c where c.id = of_id
    union select c.id from cards k join public.correspondents c on c.merged_into = k.id)
  select id from cards
$$;
revoke all on function correspondent_cards(uuid) from public;
grant execute on function correspondent_cards(uuid) to cc_web, cc_definer;
select pg_temp.as_definer('correspondent_sirets(uuid)', 'cc_web');

/*
 * Which of these digests an objection in force blocks, wherever the person objected: one does not respect what one does
 * not know.
 */
create or replace function objected_among(digests bytea[])
returns setof bytea language plpgsql stable security definer set search_path = '' as $$
begin
  if not (select ctx.ok()) then return; end if;
  return query select d.digest from public.objection_digests d
    join public.correspondent_objections o on o.id = d.objection_id
    where d.digest = any (digests) and o.lifted_at is null;
end $$;
select pg_temp.as_definer('objected_among(bytea[])', 'cc_web');

/*
 * Erases all that was ever said of who objects, history included; only whoever recorded the objection, which still
 * stands.
 */
create or replace function erase_objected(objection uuid)
returns int language plpgsql security definer set search_path = '' as $$
declare erased int;
begin
  if not (select ctx.ok()) then return 0; end if;
  delete from public.correspondent_values v using public.correspondent_objections o
    where o.id = objection and o.author_id = (select ctx.account()) and o.lifted_at is null
      and v.correspondent_id in (select public.correspondent_cards(o.correspondent_id));
  get diagnostics erased = row_count;
  return erased;
end $$;
select pg_temp.as_definer('erase_objected(uuid)', 'cc_web');
