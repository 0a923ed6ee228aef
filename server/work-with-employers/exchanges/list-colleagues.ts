import * as contract from '../../../contract/work-with-employers/exchanges.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { colleaguesAt } from './colleagues.queries.ts'
import { mayRecord } from './exchanges.policy.ts'
import { establishmentPlace } from './exchanges.queries.ts'

export const listColleagues = action(contract.listColleagues, {
  load: async ({ params }, { db, today }) => {
    const siret = Number(params.siret)
    const [establishment, items] = await Promise.all([establishmentPlace(db, siret), colleaguesAt(db, siret, today)])
    return { establishment: found(establishment), items }
  },
  may: (viewer, { establishment }) => mayRecord(viewer, establishment),
  run: async ({ items }) => ({ items }),
})
