import * as contract from '../../../contract/work-with-employers/needs.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { intakeReply } from './intake-reply.ts'
import { maySayIntake } from './intakes.policy.ts'
import { ownIntake, saveIntake } from './intakes.queries.ts'

/** The whole of what its structure takes, over the version read. */
export const sayNeedIntake = action(contract.sayNeedIntake, {
  load: async (_input, { db }) => ({ before: await ownIntake(db) }),
  may: viewer => maySayIntake(viewer, viewer),
  run: async ({ before }, { body, ifMatch = 0 }, { db, viewer, now }) => {
    const intake = { ...body, publics: body.publics?.trim() || null }
    const reply = async () => intakeReply(viewer, await ownIntake(db))
    if (ifMatch !== (before?.version ?? 0) || !(await saveIntake(db, intake, ifMatch, now)))
      throw new Refused('request/changed-meanwhile', { current: await reply() })
    const { kinds, advice, jobs } = intake
    return {
      reply: await reply(),
      audit: [
        {
          action: 'need.intake-said',
          subject: ['organisation', viewer.organisationId],
          detail: {
            before: before ? { kinds: before.kinds, advice: before.advice, jobs: before.jobs } : null,
            after: { kinds, advice, jobs },
            characters: { publics: intake.publics?.length ?? 0 },
          },
        },
      ],
    }
  },
})
