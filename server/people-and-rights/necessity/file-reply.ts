import type { FileOnWire } from '../../../contract/people-and-rights/necessity.ts'
import type { Context } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { mayStandIn } from '../accounts/accounts.policy.ts'
import { actsThatApply } from '../accounts/stand-in-rules.ts'
import { actsOn, grantsOfFile, personInNeed } from './necessity.queries.ts'

const instant = (text: string) => new Date(text).toISOString()

/** Read once the file is open. */
export const fileNow = async ({ db, viewer }: Pick<Context, 'db' | 'viewer'>, id: string): Promise<FileOnWire> => {
  const [row, grants, acts] = await Promise.all([personInNeed(db, id), grantsOfFile(db, id), actsOn(db, id)])
  const { organisationId: _1, opened: _2, isManager: _3, isStillManager: _4, ...rest } = found(row)
  const { hasPassword: _5, passwordAllowed, otherManagers, ...person } = rest
  return {
    ...person,
    roles: [...person.roles],
    lastActAt: person.lastActAt === null ? null : instant(person.lastActAt),
    factors: person.factors ?? 0,
    grants: grants.map(grant => ({ ...grant, grantedAt: instant(grant.grantedAt) })),
    acts: acts.map(({ doneAt, ...act }) => ({ ...act, doneAt: doneAt.toISOString() })),
    managed: otherManagers > 0,
    allowed:
      mayStandIn(viewer, found(row)) === true
        ? [...actsThatApply({ ...person, grants: grants.length, passwordAllowed })]
        : [],
  }
}
