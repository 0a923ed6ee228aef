import type { Static } from 'typebox'
import type { Person, PersonInList, personActs } from '../../../contract/people-and-rights/people.ts'
import type { Profile, Tool } from '../../../contract/route.ts'
import type { Context } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayDecide, mayStandIn } from '../accounts/accounts.policy.ts'
import { smallestProfiles } from '../accounts/smallest-profile-rules.ts'
import { actsThatApply } from '../accounts/stand-in-rules.ts'
import { besidePerson, findPerson, type PersonBeside, type PersonRow } from './people.queries.ts'
import { type Watch, watch } from './watch.ts'

const instant = (text: string) => new Date(text).toISOString()
const onWire = <G extends { grantedAt: string }>(grant: G): G => ({ ...grant, grantedAt: instant(grant.grantedAt) })

export const lineOf = (row: PersonRow, watched: Watch['of'], today: string): Static<typeof PersonInList> => ({
  id: row.id,
  givenName: row.givenName,
  familyName: row.familyName,
  function: row.function,
  status: row.status,
  attachment: row.attachment,
  thirdParty: row.thirdParty,
  contractEndsOn: row.contractEndsOn,
  roles: [...row.roles],
  lastActAt: row.lastActAt?.toISOString() ?? null,
  inactiveOn: row.inactiveDay === null ? null : { day: row.inactiveDay, passed: row.inactiveDay <= today },
  anomalies: [...(watched.get(row.id) ?? [])],
  grants: row.grants.map(onWire),
})

const isInactive = (row: PersonRow, today: string) =>
  row.status === 'active' && row.inactiveDay !== null && row.inactiveDay <= today
const actsOn = (row: PersonRow, today: string): (typeof personActs)[number][] => [
  'edit',
  'change-address',
  'grant',
  row.status === 'suspended' ? 'resume' : 'suspend',
  ...(isInactive(row, today) ? ['lift' as const] : []),
  'depart',
]
const standInActsOn = (row: PersonRow, passwordAllowed: boolean, today: string) =>
  actsThatApply({
    status: row.status,
    inactive: isInactive(row, today),
    grants: row.grants.length,
    passwordAllowed,
  })
const decidedBy = (viewer: Viewer, row: PersonRow) =>
  mayDecide(viewer, row) === true
    ? 'Vous'
    : !row.isManager
      ? row.otherManagers > 0
        ? 'Un RGC de votre structure'
        : 'Le signataire de votre structure, le temps qu’un RGC soit désigné'
      : row.otherManagers > 0
        ? 'Un autre RGC de votre structure'
        : 'Le signataire de votre structure, faute d’un autre RGC'

export const personReply = (
  viewer: Viewer,
  row: PersonRow,
  { email, past, blocks, waits, exceptional, leaving, held, left, passwordAllowed }: PersonBeside,
  watched: Watch['of'],
  today: string,
): Static<typeof Person> => ({
  ...lineOf(row, watched, today),
  email,
  createdAt: row.createdAt.toISOString(),
  statusReason: row.statusReason,
  version: row.version,
  waits,
  past: past.map(({ followed, ...p }) => ({
    ...onWire(p),
    endedAt: p.endedAt === null ? null : instant(p.endedAt),
    allowed:
      p.suspended &&
      !followed &&
      (p.endsOn === null || p.endsOn >= today) &&
      row.status !== 'deleted' &&
      mayDecide(viewer, row) === true
        ? ['resume']
        : [],
  })),
  blocks: blocks.map(b => ({
    ...b,
    blockedAt: instant(b.blockedAt),
    liftedAt: b.liftedAt === null ? null : instant(b.liftedAt),
  })),
  leaving,
  held,
  left: left && { at: instant(left.at), undoableUntil: instant(left.undoableUntil) },
  exceptional: exceptional.map(x => ({ ...x, doneAt: instant(x.doneAt) })),
  proposed: Object.entries(smallestProfiles(row.function)).map(([tool, profile]) => ({
    tool: tool as Tool,
    profile: profile as Profile,
  })),
  allowed:
    mayDecide(viewer, row) !== true
      ? []
      : row.status !== 'deleted'
        ? [...actsOn(row, today), ...(leaving ? ['cancel-departure' as const] : [])]
        : left
          ? ['undo-departure']
          : [],
  standsIn:
    mayDecide(viewer, row) !== true && mayStandIn(viewer, row) === true
      ? [...standInActsOn(row, passwordAllowed, today)]
      : [],
  decidedBy: decidedBy(viewer, row),
})
/** Read again after a write. */
export const personNow = async (
  context: Pick<Context, 'db' | 'viewer' | 'now' | 'today'>,
  id: string,
): Promise<Static<typeof Person>> => {
  const { db, viewer, today } = context
  const [row, beside, { of }] = await Promise.all([findPerson(db, id), besidePerson(db, id), watch(context, [id])])
  return personReply(viewer, found(row), beside, of, today)
}
