import * as contract from '../../../contract/signing-in/sign-in-rules.ts'
import { action } from '../../platform/action.ts'
import { allDirectives } from './directives.queries.ts'
import { standing } from './directives-rules.ts'

export const listDirectives = action(contract.listDirectives, {
  load: async (_input, { db, today }) => ({ directives: await allDirectives(db), today }),
  may: () => true,
  run: async ({ directives, today }) => ({
    items: directives.map(d => ({ ...d, standing: standing(directives, d, today) })),
    next: null,
  }),
})
