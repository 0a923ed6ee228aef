import * as contract from '../../../contract/signing-in/sign-in-help.ts'
import { action } from '../../platform/action.ts'
import { firstPeople } from './sign-in-help.queries.ts'

/** Of structures without account manager in effect: by whom they come in, and who waits at the door (ACC-16). */
export const listFirstPeople = action(contract.listFirstPeople, {
  load: async ({ query }, { db }) => firstPeople(db, query.waiting ?? false),
  may: () => true, // the database answers those alone whom the viewer may help
  run: async people => ({
    items: people.map(({ organisationId, organisationName, first, ...person }) => ({
      ...person,
      organisation: { id: organisationId, name: organisationName },
      first: first as 'signatory'[],
    })),
  }),
})
