import type pg from 'pg'
import type { Profile, Role, Tool } from '../../../contract/route.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { acceptTexts } from '../../testing/texts.ts'
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
  await owner.query(
    'insert into accounts (id, organisation_id, given_name, family_name, function, created_at) values ($1, $2, $3, $4, $5, now())',
    [account.id, account.organisationId, account.givenName, account.familyName, 'Conseil aux entreprises'],
  )
  await owner.query('insert into account_contacts (account_id, organisation_id, email) values ($1, $2, $3)', [
    account.id,
    account.organisationId,
    account.email,
  ])
  await acceptTexts(owner, [account.id])
  for (const g of grants) {
    await owner.query(
      'insert into grants (id, account_id, organisation_id, tool, profile, territory_id, agency_id, reason, starts_on, ends_on, granted_at, revoked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now(), $11)',
      [
        g.id,
        account.id,
        account.organisationId,
        g.tool,
        g.profile,
        g.territoryId,
        g.agencyId,
        'Prospection de la task force',
        g.startsOn,
        g.endsOn,
        g.revokedAt,
      ],
    )
  }
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
