import type pg from 'pg'
import { uuidv7 } from '../../platform/ids.ts'
import type { TerritoryLine } from '../../platform/viewer.ts'
import type { Campaign } from './campaign-lifecycle.ts'
import type { Target } from './target-rules.ts'

const anywhere: TerritoryLine = { regionId: null, departementId: null, epciId: null, clpeId: null }
const organisation = (id: string) => ({ id, name: 'Partenaire', kind: 'autre' })

/** A national draft of two months from 15 January 2027, until told otherwise; its pilot is always among its members. */
export const aCampaign = ({
  pilotId = uuidv7(),
  memberIds = [],
  territoryId = 0,
  ...over
}: Partial<Campaign> & { pilotId?: string; memberIds?: readonly string[]; territoryId?: number } = {}): Campaign => {
  const status = over.status ?? 'draft'
  return {
    id: uuidv7(),
    name: 'Apprentissage 2027',
    purpose: 'prospection',
    description: null,
    territory: { id: territoryId, kind: 'national', code: 'FR', name: 'France entière' },
    place: anywhere,
    startsOn: '2027-01-15',
    endsOn: '2027-03-15',
    status,
    pilot: organisation(pilotId),
    members: [...new Set([pilotId, ...memberIds])].map(organisation),
    leads: [],
    contactDelayDays: 30,
    conflictScope: 'establishment',
    goals: [],
    counts: { targets: 0, contacted: 0, undecided: 0 },
    step: 'objet',
    createdAt: '2027-01-04T08:00:00.000Z',
    createdBy: { id: uuidv7(), name: 'Inès Garat', organisationId: pilotId },
    openedAt: status === 'draft' ? null : '2027-01-15T08:00:00.000Z',
    closedAt: status === 'closed' || status === 'archived' ? '2027-03-16T08:00:00.000Z' : null,
    closesOn: null,
    version: 1,
    ...over,
  }
}

/**
 * `owner` is connected as cc_owner; `createdBy` is an account, kept instead of the one each campaign says. Holds
 * nothing: a campaign inserted open reserves no target. Members have been there since it was made.
 */
export const insertCampaigns = async (
  owner: pg.ClientBase | pg.Pool,
  campaigns: readonly Campaign[],
  createdBy: string,
): Promise<void> => {
  const rows = campaigns.map(c => ({ ...c, ...c.place, territory_id: c.territory.id, pilot_id: c.pilot.id }))
  await owner.query(
    `insert into campaigns (id, name, purpose, description, territory_id, region_id, departement_id, epci_id, clpe_id,
      starts_on, ends_on, status, pilot_id, contact_delay_days, conflict_scope, created_by, created_at, opened_at, closed_at, version)
    select id, name, purpose, description, territory_id, "regionId", "departementId", "epciId", "clpeId", "startsOn",
      "endsOn", status, pilot_id, "contactDelayDays", "conflictScope", $2, "createdAt", "openedAt", "closedAt", version
    from jsonb_to_recordset($1) as c (id uuid, name text, purpose text, description text, territory_id int,
      "regionId" int, "departementId" int, "epciId" int, "clpeId" int, "startsOn" date, "endsOn" date,
      status text, pilot_id uuid, "contactDelayDays" int, "conflictScope" text, "createdAt" timestamptz, "openedAt" timestamptz,
      "closedAt" timestamptz, version int)`,
    [JSON.stringify(rows), createdBy],
  )
  await owner.query(
    'insert into campaign_members (campaign_id, organisation_id) select * from unnest($1::uuid[], $2::uuid[])',
    [campaigns.flatMap(c => c.members.map(() => c.id)), campaigns.flatMap(c => c.members.map(m => m.id))],
  )
  await owner.query(
    `update campaign_memberships m set joined_at = least(c.created_at, c.opened_at, c.starts_on) from campaigns c
      where c.id = m.campaign_id and c.id = any ($1)`,
    [campaigns.map(c => c.id)],
  )
  const goals = campaigns.flatMap(c => c.goals.map(goal => ({ ...goal, id: c.id })))
  if (goals.length)
    await owner.query(
      'insert into campaign_goals select id, kind, value from jsonb_to_recordset($1) as g (id uuid, kind text, value int)',
      [JSON.stringify(goals)],
    )
}
/** A campaign with targets, which carry the territories of the register's row when there is one. */
export const insertCampaign = async (
  owner: pg.ClientBase | pg.Pool,
  campaign: Campaign,
  createdBy: string,
  sirets: readonly number[] = [],
): Promise<Campaign> => {
  await insertCampaigns(owner, [campaign], createdBy)
  await owner.query(
    `insert into campaign_targets (campaign_id, siret, region_id, departement_id, epci_id, clpe_id)
    select $1, s, e.region_id, e.departement_id, e.epci_id, e.clpe_id from unnest($2::bigint[]) s left
      join establishments e on e.siret = s`,
    [campaign.id, sirets],
  )
  return campaign
}

export const aTarget = (over: Partial<Target> = {}): Target => ({
  establishment: {
    siret: '90000000100011',
    siren: '900000001',
    name: 'Tonnellerie des Graves',
    sign: null,
    activity: null,
    town: 'LÉOGNAN',
    communeCode: '33238',
    headcount: null,
    legalNature: 'unknown',
    companySize: 'unknown',
    employer: true,
    active: true,
    headOffice: true,
    partialDiffusion: false,
  },
  place: anywhere,
  status: 'a-contacter',
  shared: false,
  sharedWith: null,
  setAsideReason: null,
  closedResult: null,
  assignedTo: null,
  takenBy: null,
  nextAction: null,
  lastContact: null,
  contactCount: 0,
  phone: null,
  ...over,
})
