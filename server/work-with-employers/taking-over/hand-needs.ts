import type { Context, Entry } from '../../platform/action.ts'
import { adoptNeeds, passNeeds } from '../needs/passing.queries.ts'
import { type Choice, needsChosen } from './take-over.queries.ts'

/** What a colleague follows or took; of a structure whose convention is over, what it follows. */
export const handedNeeds = async (
  { db, now, today, viewer }: Context,
  choice: Choice,
  toId: string,
): Promise<Entry[]> => {
  if (!needsChosen(choice)) return []
  const { accountId, organisationId } = choice
  if (accountId) {
    const passed = await passNeeds(db, accountId, toId, today, now)
    return passed.map(({ id, siret, version, sha256, followed, taken }) => {
      const roles = (who: string) => ({ ...(followed && { ownerId: who }), ...(taken && { takenById: who }) })
      const detail = { siret, version, sha256, before: roles(accountId), after: roles(toId) }
      return { action: 'need.handed-over', subject: ['need', id], detail }
    })
  }
  const adopted = await adoptNeeds(db, organisationId, toId, today, now)
  return adopted.map(({ id, siret, version, sha256, ownerId }) => ({
    action: 'need.handed-over',
    subject: ['need', id],
    detail: {
      siret,
      version,
      sha256,
      before: { organisationId, ownerId },
      after: { organisationId: viewer.organisationId, ownerId: toId },
    },
  }))
}
