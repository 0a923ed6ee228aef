import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { valueReply } from './correspondent-reply.ts'
import { mayRead } from './correspondents.policy.ts'
import { findCorrespondent, historyOf } from './correspondents.queries.ts'
import { siretsOf } from './settling.ts'

export const readCorrespondentHistory = action(contract.readCorrespondentHistory, {
  load: async ({ params }, { db }) => {
    const [row, values] = await Promise.all([
      findCorrespondent(db, params.correspondentId),
      historyOf(db, params.correspondentId),
    ])
    const person = found(row)
    if (!siretsOf(person).includes(Number(params.siret))) throw new Refused('not-found')
    return { person, values }
  },
  may: (viewer, { person }) => mayRead(viewer, person) || 'not-found',
  run: async ({ values }) => ({
    values: values.map(value => ({ ...valueReply(value), replacedAt: value.replacedAt?.toISOString() ?? null })),
  }),
})
