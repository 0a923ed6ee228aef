import * as contract from '../../../contract/people-and-rights/grants.ts'
import { watched } from '../../../contract/people-and-rights/people.ts'
import { action } from '../../platform/action.ts'
import { mayManage, seesEveryone } from '../accounts/accounts.policy.ts'
import { countConfirmableChanges } from '../addresses/addresses.queries.ts'
import { countSupplied } from '../anomalies/supplied.queries.ts'
import { countConfirmable } from '../confirmations/confirmations.queries.ts'
import { countEveryone, managersInEffect, managersOf } from '../people/people.queries.ts'
import { watch } from '../people/watch.ts'
import { countRequests } from './requests.queries.ts'

export const getHabilitationsHome = action(contract.getHabilitationsHome, {
  load: async (_input, { db }) =>
    Promise.all([
      countRequests(db, { state: 'waiting' }),
      countEveryone(db),
      countConfirmable(db),
      countConfirmableChanges(db),
      managersOf(db),
      managersInEffect(db),
    ]),
  may: viewer => mayManage(viewer),
  run: async ([requests, { people, suspended }, accounts, changes, managers, inEffect], _input, context) => {
    const confirmations = accounts + changes
    const own = context.viewer.organisationId
    const manages = seesEveryone(context.viewer)
    // With nobody left to manage, the signatory stands in for them: the list behind holds everyone (ACC-10).
    if (!manages && inEffect > 0) {
      const { of } = await watch(context, [...managers])
      return {
        requests,
        confirmations,
        people: managers.size,
        everyone: false,
        suspended: 0,
        open: 0,
        supplied: 0,
        anomalies: watched.map(anomaly => ({
          anomaly,
          people: [...of.values()].filter(found => found.includes(anomaly)).length,
        })),
      }
    }
    const [{ open, of }, supplied] = await Promise.all([watch(context), countSupplied(context.db, [own])])
    // The page of anomalies is read by account managers alone.
    return {
      requests,
      confirmations,
      people,
      everyone: true,
      suspended,
      open: manages ? open : 0,
      supplied: manages ? (supplied.get(own) ?? 0) : 0,
      anomalies: watched.map(anomaly => ({
        anomaly,
        people: [...of.values()].filter(found => found.includes(anomaly)).length,
      })),
    }
  },
})
