import * as contract from '../../contract/habilitations.ts'
import { action } from '../platform/action.ts'
import { mayManage } from './habilitations.policy.ts'
import { countWatched } from './people.queries.ts'
import { countRequests } from './requests.queries.ts'

export const getHabilitationsHome = action(contract.getHabilitationsHome, {
  load: async (_input, { db }) => {
    const [requests, { people, suspended, anomalies }] = await Promise.all([countRequests(db, { state: 'waiting' }), countWatched(db)])
    return { requests, people, suspended, anomalies: contract.anomalies.map(anomaly => ({ anomaly, people: anomalies[anomaly] ?? 0 })) }
  },
  may: viewer => mayManage(viewer),
  run: async reply => reply,
})
