import * as contract from '../../../contract/signing-in/sign-in-rules.ts'
import { action } from '../../platform/action.ts'
import { signInDecisions } from './passwords.queries.ts'

export const listPasswordOrganisations = action(contract.listPasswordOrganisations, {
  load: async (_input, { db }) => signInDecisions(db),
  may: () => true,
  run: async decisions => ({
    items: decisions.map(({ id, name, kind, ...decision }) => ({
      organisation: { id, name, kind },
      ...decision,
      setAt: decision.setAt.toISOString(),
    })),
    next: null,
  }),
})
