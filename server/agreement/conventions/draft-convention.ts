import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { conventionReply } from './convention-reply-rules.ts'
import { mayDraft } from './conventions.policy.ts'
import {
  holdersUnder,
  insertConvention,
  lockConvention,
  numberTaken,
  organisationOf,
  saveDraft,
  saveSignatory,
} from './conventions.queries.ts'
import { parties } from './deadlines.ts'
import { mustAllow, settled } from './within-convention.ts'

/** AGR-1: a draft between the regional direction and a partner; it binds nobody until both have signed. */
export const draftConvention = action(contract.draftConvention, {
  load: async ({ body }, { db }) => {
    const [organisation, taken] = await Promise.all([
      organisationOf(db, body.organisationId),
      numberTaken(db, body.number.trim(), null),
    ])
    return { organisation, taken }
  },
  may: (viewer, _subject, { body }) => mayDraft(viewer, body),
  run: async ({ organisation, taken }, { body }, context) => {
    const { db, newId, now, viewer } = context
    if (!organisation) throw new Refused('organisation/unknown')
    if (organisation.kind === 'operateur') throw new Refused('convention/not-with-operator')
    if (taken) throw new Refused('convention/number-taken')
    const id = newId()
    await insertConvention(db, {
      id,
      organisationId: body.organisationId,
      regionId: body.regionId,
      number: body.number.trim(),
      firstTermOn: body.firstTermOn,
      createdAt: now,
      createdBy: viewer.accountId,
      effectiveFrom: null,
    })
    for (const party of parties) await saveSignatory(db, id, party, body.signatories[party])
    return {
      reply: await settled(id, context),
      audit: [{ action: 'convention.drafted', subject: ['convention', id], detail: body }],
    }
  },
})

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
