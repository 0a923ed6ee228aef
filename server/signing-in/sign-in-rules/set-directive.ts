import * as contract from '../../../contract/signing-in/sign-in-rules.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { allDirectives, insertDirective } from './directives.queries.ts'
import { accepts, inEffect, standing } from './directives-rules.ts'

/**
 * A directive only adds a rule from a day on; earlier ones stay written.
 * Its author must still be accepted by the way they just came in.
 */
export const setDirective = action(contract.setDirective, {
  load: async (_input, { db, today }) => ({ directives: await allDirectives(db), today }),
  may: () => true,
  run: async ({ directives, today }, { body }, { db, newId, now, viewer }) => {
    if (body.effectiveOn < today) throw new Refused('directive/in-past')
    if (body.weakUntil !== null && body.weakUntil < body.effectiveOn) throw new Refused('directive/weak-before')
    const set = { ...body, id: newId(), reason: body.reason.trim(), setAt: now.toISOString() }
    if (body.audience === 'fonction' && !accepts(set, viewer.way ?? 'proconnect', body.effectiveOn))
      throw new Refused('directive/shuts-you-out')
    await insertDirective(db, { ...set, setBy: viewer.accountId, setAt: now })
    const {
      id,
      reason: _reason,
      ...before
    } = (inEffect(directives, body.audience, body.effectiveOn) as (typeof directives)[number]) ?? {}
    return {
      reply: {
        ...set,
        setBy: `${viewer.givenName} ${viewer.familyName}`,
        standing: standing([...directives, set], set, today),
      },
      audit: [
        {
          action: 'authentication-directive.set',
          subject: ['authentication-directive', set.id],
          detail: { before: id ? { id, ...before } : null, after: set },
        },
      ],
    }
  },
})
