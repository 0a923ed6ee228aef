import type { Context, Done, Entry, ReadContext } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { serviceReply } from './service-reply.ts'
import { type Change, changeService, insertService, type Writing } from './service-writes.queries.ts'
import { lockService, type ServiceRow, type Statement, serviceById } from './services.queries.ts'

/** What every change of a service begins and ends with. */

export const loadLocked = async (id: string, { db }: Pick<ReadContext, 'db'>): Promise<ServiceRow> => {
  const [, row] = await Promise.all([lockService(db, id), serviceById(db, id)])
  return found(row)
}

export const checkStanding = (row: ServiceRow, ifMatch: number | undefined, context: Context): void => {
  if (ifMatch !== row.version) throw new Refused('request/changed-meanwhile', { current: serviceReply(row, context) })
  if (row.withdrawnAt) throw new Refused('operator-service/withdrawn')
}

const writingOf = ({ viewer, now }: Context): Writing => ({
  organisationId: viewer.organisationId,
  authorId: viewer.accountId,
  at: now,
})

interface Typed extends Omit<Statement, 'endedOn' | 'words'> {
  readonly endedOn?: string | null
  readonly words?: string | null
}
export const statementOf = ({ kind, usedOn, endedOn = null, result, words = null }: Typed): Statement => ({
  kind,
  usedOn,
  endedOn,
  result,
  words: words?.trim() || null,
})
/** The few words are in the history, never in the trail. */
const told = ({ kind, usedOn, endedOn, result }: Statement) => ({ kind, usedOn, endedOn, result })

export const entered = async (
  place: Parameters<typeof insertService>[2],
  statement: Statement,
  context: Context,
): Promise<Done<ReturnType<typeof serviceReply>>> => {
  const id = context.newId()
  await insertService(context.db, id, place, statement, writingOf(context))
  return {
    reply: serviceReply(found(await serviceById(context.db, id)), context),
    audit: [
      {
        action: 'operator-service.entered',
        subject: ['operator-service', id],
        detail: { siret: place.siret, version: 1, before: null, after: told(statement) },
      },
    ],
  }
}

export const changed = async (
  row: ServiceRow,
  { action, statement, ...change }: Change & { readonly action: Entry['action']; readonly statement: Statement },
  context: Context,
): Promise<Done<ReturnType<typeof serviceReply>>> => {
  await changeService(context.db, row, statement, change, writingOf(context))
  return {
    reply: serviceReply(found(await serviceById(context.db, row.id)), context),
    audit: [
      {
        action,
        subject: ['operator-service', row.id],
        detail: { siret: row.siret, version: row.version + 1, before: told(row), after: told(statement) },
      },
    ],
  }
}
