import type pg from 'pg'
import type { Profile, Role, Tool } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { textOfTests } from '../../testing/texts.ts'
import { layGate } from '../rgc/testing.ts'

export interface GrantRow {
  readonly id: string
  readonly tool: Tool
  readonly profile: Profile
  readonly territoryId: number | null
  readonly agencyId: string | null
  readonly startsOn: string
  readonly endsOn: string | null
  readonly revokedAt: Date | null
}
export const aGrant = (over: Partial<GrantRow> = {}): GrantRow => ({
  id: uuidv7(),
  tool: 'campagnes',
  profile: 'conseiller',
  territoryId: 0,
  agencyId: null,
  startsOn: '2026-01-01',
  endsOn: null,
  revokedAt: null,
  ...over,
})

export interface Account {
  readonly id: string
  readonly organisationId: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
}
let serial = 0
export const anAccount = (organisationId: string, over: Partial<Account> = {}): Account => {
  serial += 1
  return {
    id: uuidv7(),
    organisationId,
    givenName: 'Camille',
    familyName: `Essai${serial}`,
    email: `camille.essai${serial}@partenaire.example`,
    ...over,
  }
}
/** An account with its grants, which has accepted the texts of the tests. `owner` is connected as cc_owner. */
export const insertAccount = async (
  owner: pg.ClientBase | pg.Pool,
  account: Account,
  grants: readonly GrantRow[] = [],
): Promise<Account> => {
  // One statement: thousands of accounts are laid in a run.
  await owner.query(
    `with account as (insert into accounts (id, organisation_id, given_name, family_name, function, created_at)
        values ($1, $2, $3, $4, 'Conseil aux entreprises', now()) returning id, organisation_id),
      contact as (insert into account_contacts (account_id, organisation_id, email)
        select id, organisation_id, $5 from account),
      accepted as (insert into acceptances (account_id, document_id, organisation_id, body_hash, accepted_at)
        select a.id, d.id, a.organisation_id, d.body_hash, d.in_force_from from account a, documents d
        where d.body = $6)
    insert into grants (id, account_id, organisation_id, tool, profile, territory_id, agency_id, reason, starts_on,
        ends_on, granted_at, revoked_at)
      select g.id, a.id, a.organisation_id, g.tool, g.profile, g."territoryId", g."agencyId",
        'Prospection de la task force', g."startsOn", g."endsOn", now(), g."revokedAt"
      from account a, jsonb_to_recordset($7) as g (id uuid, tool text, profile text, "territoryId" int,
        "agencyId" uuid, "startsOn" date, "endsOn" date, "revokedAt" timestamptz)`,
    [
      account.id,
      account.organisationId,
      account.givenName,
      account.familyName,
      account.email,
      textOfTests,
      JSON.stringify(grants),
    ],
  )
  return account
}
/** A role in effect since the start of 2020, unless told otherwise; an account manager's with its gate fulfilled. */
export const giveRole = async (
  owner: pg.ClientBase | pg.Pool,
  account: { id: string; organisationId: string },
  role: Role,
  {
    regionId = null as number | null,
    startsAt = '2020-01-01T00:00:00Z',
    endsAt = null as Date | null,
    // Awake whatever the day a test stands at.
    seenAt = 'infinity' as string | null,
  } = {},
) => {
  await owner.query(
    'insert into role_assignments (id, account_id, organisation_id, role, region_id, starts_at, ends_at, reason, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [uuidv7(), account.id, account.organisationId, role, regionId, startsAt, endsAt, 'Désignation', seenAt],
  )
  if (role === 'rgc') await layGate(owner, account)
}
