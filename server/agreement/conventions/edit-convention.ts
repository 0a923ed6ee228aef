import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { conventionReply } from './convention-reply-rules.ts'
import { mayDraft } from './conventions.policy.ts'
import { holdersUnder, lockConvention, numberTaken, saveDraft, saveSignatory } from './conventions.queries.ts'
import { parties } from './deadlines.ts'
import { mustAllow, settled } from './within-convention.ts'

export const editConvention = action(contract.editConvention, {
  load: async ({ params: { conventionId }, body }, { db, now }) => {
    const [loaded, taken, holders] = await Promise.all([
      lockConvention(db, conventionId),
      numberTaken(db, body.number.trim(), conventionId),
      holdersUnder(db, conventionId, now),
    ])
    return { loaded: found(loaded), taken, holders }
  },
  may: (viewer, { loaded }) => mayDraft(viewer, loaded.convention),
  run: async ({ loaded, taken, holders }, { body, ifMatch }, context) => {
    const { db, now, viewer } = context
    const { id, version, number, firstTermOn } = loaded.convention
    mustAllow(loaded, 'edit', now)
    if (ifMatch !== version)
      throw new Refused('request/changed-meanwhile', { current: conventionReply(viewer, loaded, holders, now) })
    if (taken) throw new Refused('convention/number-taken')
    await saveDraft(db, id, { number: body.number.trim(), firstTermOn: body.firstTermOn })
    for (const party of parties) await saveSignatory(db, id, party, body.signatories[party])
    return {
      reply: await settled(id, context),
      audit: [
        {
          action: 'convention.draft-edited',
          subject: ['convention', id],
          detail: { before: { number, firstTermOn, signatories: loaded.signatories }, after: body },
        },
      ],
    }
  },
})
