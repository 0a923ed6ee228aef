import * as contract from '../../contract/habilitations.ts'
import { countConfirmable } from '../confirmations/confirmations.queries.ts'
import { countSupplied } from '../judging/judging.queries.ts'
import { action } from '../platform/action.ts'
import { mayManage } from './habilitations.policy.ts'
import { countEveryone } from './people.queries.ts'
import { countRequests } from './requests.queries.ts'
import { watch } from './watch.ts'

export const getHabilitationsHome = action(contract.getHabilitationsHome, {
  load: async (_input, { db }) => Promise.all([countRequests(db, { state: 'waiting' }), countEveryone(db), countConfirmable(db)]),
  may: viewer => mayManage(viewer),
  run: async ([requests, { people, suspended }, confirmations], _input, context) => {
    const own = context.viewer.organisationId
    const [{ open, of }, supplied] = await Promise.all([watch(context), countSupplied(context.db, [own])])
    return { requests, confirmations, people, suspended, open, supplied: supplied.get(own) ?? 0, anomalies: contract.watched.map(anomaly => ({ anomaly, people: [...of.values()].filter(found => found.includes(anomaly)).length })) }
  },
})
