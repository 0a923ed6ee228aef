import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { found } from '../../platform/errors.ts'
import { kindReply } from './commitment-reply.ts'
import { mayKeepKinds } from './commitments.policy.ts'
import { insertKind, kindById } from './kinds.queries.ts'

export const addCommitmentKind = action(contract.addCommitmentKind, {
  load: async () => null,
  may: viewer => mayKeepKinds(viewer),
  run: async (_nothing, { body: { family, label } }, { db, viewer, now, newId }) => {
    const [id, named] = [newId(), { family, label: label.trim() }]
    await insertKind(db, id, named, viewer.accountId, now)
    return {
      reply: kindReply(found(await kindById(db, id))),
      audit: [
        {
          action: 'commitment.kind-added',
          subject: ['commitment-kind', id],
          detail: { before: null, after: { ...named, retired: false } },
        },
      ],
    }
  },
})
