import * as contract from '../../../contract/agreement/conventions.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { mayDraft } from './conventions.policy.ts'
import { insertConvention, numberTaken, organisationOf, saveSignatory } from './conventions.queries.ts'
import { parties } from './deadlines.ts'
import { settled } from './within-convention.ts'

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
