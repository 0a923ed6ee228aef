import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { knownOf, namedIn, saidOf, toldOf } from './need-input.ts'
import { endsWithHires, stands } from './need-lifecycle.ts'
import { needReply, needReplyById } from './need-reply.ts'
import { changeNeed } from './need-writes.queries.ts'
import { mayFollowNeed } from './needs.policy.ts'
import { lockNeed, needById } from './needs.queries.ts'

export const correctNeed = action(contract.correctNeed, {
  load: async ({ params, body }, context) => {
    const { db } = context
    const [, row] = await Promise.all([lockNeed(db, params.needId), needById(db, params.needId)])
    const need = found(row)
    return { need, known: await knownOf(body, need.siret, context) }
  },
  may: (viewer, { need }) => mayFollowNeed(viewer, need),
  run: async ({ need, known }, { body, ifMatch }, context) => {
    const { db, viewer, now } = context
    if (ifMatch !== need.version)
      throw new Refused('request/changed-meanwhile', { current: await needReply(need, context) })
    if (!stands(need.state)) throw new Refused('need/closed')
    const said = saidOf(body, namedIn(viewer, body, known, need.correspondentId))
    const { kind, posts } = said.stated
    if (need.hired > 0 && (!endsWithHires(kind) || posts! < need.hired)) throw new Refused('need/posts-below-hires')
    const writing = { organisationId: viewer.organisationId, authorId: viewer.accountId, at: now }
    const sha256 = await changeNeed(db, need, said, writing)
    return {
      reply: await needReplyById(need.id, context),
      audit: [
        {
          action: 'need.corrected',
          subject: ['need', need.id],
          detail: {
            siret: need.siret,
            version: need.version + 1,
            sha256,
            before: { kind: need.kind, posts: need.posts, visibility: need.visibility },
            after: toldOf(said),
          },
        },
      ],
    }
  },
})
