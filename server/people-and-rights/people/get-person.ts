import * as contract from '../../../contract/people-and-rights/people.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { maySee } from '../accounts/accounts.policy.ts'
import { besidePerson, findPerson } from './people.queries.ts'
import { personReply } from './person-reply.ts'
import { watch } from './watch.ts'

export const getPerson = action(contract.getPerson, {
  load: async ({ params: { accountId } }, { db }) => {
    const [person, beside] = await Promise.all([findPerson(db, accountId), besidePerson(db, accountId)])
    return { person: found(person), beside }
  },
  may: (viewer, { person }) => maySee(viewer, person),
  run: async ({ person, beside }, _input, context) =>
    personReply(context.viewer, person, beside, (await watch(context, [person.id])).of, context.today),
})
