import * as contract from '../../../contract/work-with-employers/finding.ts'
import { action } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { mayRead } from '../exchanges/exchanges.policy.ts'
import { knownContacts } from './known-contacts.queries.ts'

export const listKnownContacts = action(contract.listKnownContacts, {
  load: async ({ query }, { db, today }) => knownContacts(db, [...new Set(query.sirets.split(','))].map(Number), today),
  may: () => true, // each line is kept or left out below
  run: async (known, _input, { viewer }) => ({
    items: known
      .filter(place => mayRead(viewer, place))
      .map(({ siret, lastContact, campaigns, notToContactUntil }) => ({
        siret: siretText(siret),
        lastContact,
        campaigns: [...campaigns],
        notToContactUntil,
      })),
  }),
})
