import { type RawBuilder, sql } from 'kysely'
import type { Static } from 'typebox'
import type { CampaignStatus } from '../../../contract/work-with-employers/campaigns.ts'
import type { Db } from '../../platform/database.ts'
import { organisationRef } from '../campaigns/references.queries.ts'
import { correspondentName, correspondentRole } from '../correspondents/correspondents.queries.ts'

const shown = 5
export interface Organisation {
  readonly id: string
  readonly name: string
  readonly kind: string
}

/** Each word begins a word of the text, whose accents and signs are put aside. Words are of a-z and 0-9 alone. */
const begins = (text: RawBuilder<unknown>, words: readonly string[]) =>
  sql`' ' || translate(lower(${text}), 'àâäáãåçéèêëíìîïñóòôöõúùûüýÿ-’''', 'aaaaaaceeeeiiiinooooouuuuyy   ')
    like all (${words.map(word => `% ${word}%`)}::text[])`

export const campaignsNamed = (db: Db, words: readonly string[]) =>
  db.all(sql<{ id: string; name: string; status: Static<typeof CampaignStatus>; pilot: Organisation }>`
    select c.id, c.name, c.status, ${organisationRef('c.pilot_id')} as pilot from campaigns c
    where ${begins(sql`c.name`, words)}
    order by c.status <> 'open', c.starts_on desc, c.id desc limit ${shown}`)

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly function: string
  readonly organisation: Organisation
}
const colleague = sql`a.id, a.given_name || ' ' || a.family_name as name, a.function,
  ${organisationRef('a.organisation_id')} as organisation`

/** People of one's own structure first. */
export const colleaguesNamed = (db: Db, words: readonly string[]) =>
  db.all(sql<Colleague>`
    select ${colleague} from accounts a
    where a.status = 'active' and a.id <> (select ctx.account())
      and ${begins(sql`a.given_name || ' ' || a.family_name`, words)}
    order by a.organisation_id <> (select ctx.organisation()), a.family_name collate "fr-x-icu",
      a.given_name collate "fr-x-icu", a.id limit ${shown}`)

export const findColleague = (db: Db, accountId: string) =>
  db.first(sql<Colleague & { email: string | null }>`
    select ${colleague}, k.email from accounts a left join account_contacts k on k.account_id = a.id
    where a.id = ${accountId}::uuid and a.status = 'active'`)

export const campaignsShared = (db: Db, organisationOf: string) =>
  db.all(sql<{ id: string; name: string }>`
    select c.id, c.name from campaigns c join campaign_members m on m.campaign_id = c.id
      and m.organisation_id = (select a.organisation_id from accounts a where a.id = ${organisationOf}::uuid)
    where c.status = 'open' order by c.starts_on desc, c.id desc limit 20`)

export interface FoundCorrespondent {
  readonly id: string
  readonly siret: number
  readonly correspondent: string
  readonly role: string | null
}
/** Of one beginning, no more are looked at in a department: a longer one tells them apart. */
const mostBegun = 200

/** Where they were first noted, of one's perimeter and in place; else the first link that one reads. */
const shownAt = sql`case when c.retired_at is null
    and ctx.covers((select ctx.fiche()), c.region_id, c.departement_id, c.epci_id, c.clpe_id) then c.siret
  else (select l.siret from correspondent_links l where l.correspondent_id = c.id and l.retired_at is null
    order by l.linked_at, l.id limit 1) end`
/**
 * Correspondents in place, of one's perimeter, of whom a name or the phone begins with each word. The longest word is
 * looked up, department after department; the others are compared.
 */
export const correspondentsNamed = (db: Db, words: readonly string[]) => {
  const longest = words.toSorted((one, other) => other.length - one.length)[0]!
  return db.all(sql<FoundCorrespondent>`
    with departments as (select distinct o.other_id as id from unnest(ctx.fiche()) own
      join territory_overlaps o on o.territory_id = own and o.other_id between 2000 and 2999),
    begun as (select distinct v.correspondent_id as id from departments d cross join lateral (
      select correspondent_id from correspondent_values where departement_id = d.id and replaced_at is null
        and sought is not null and sought >= ${longest} and sought < ${`${longest}~`} limit ${mostBegun}) v
      union select v.correspondent_id from (select l.correspondent_id as id from departments d
          join correspondent_links l on l.departement_id = d.id and l.retired_at is null) linked
        join correspondent_values v on v.correspondent_id = linked.id and v.replaced_at is null
          and v.sought >= ${longest} and v.sought < ${`${longest}~`})
    select * from (select c.id, p.siret, ${correspondentName} as correspondent,
      ${correspondentRole} as role
    from begun b join correspondents c on c.id = b.id cross join lateral (select ${shownAt} as siret) p
    where p.siret is not null and not exists (select from unnest(${words}::text[]) word where not exists (
      select from correspondent_values v where v.correspondent_id = c.id and v.replaced_at is null
        and ' ' || v.sought like '% ' || word || '%'))) found
    order by correspondent collate "fr-x-icu", id limit ${shown}`)
}
