import * as contract from '../../../contract/work-with-employers/referents.ts'
import { tellPerson } from '../../notifications/tell.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { siretText } from '../../platform/siret.ts'
import { heldPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { activeColleague } from '../exchanges/colleagues.queries.ts'
import { namedMail } from './referents.mails.ts'
import { mayName } from './referents.policy.ts'
import { finishReferent, insertReferent } from './referents.queries.ts'
import { readReferents, referentsReply, standing } from './referents-reply.ts'

export const nameReferent = action(contract.nameReferent, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [place, rows] = await Promise.all([heldPlace(db, siret), readReferents(db, siret)])
    if (!place) throw new Refused('establishment/unknown')
    return { place, rows }
  },
  may: (viewer, { place }) => mayName(viewer, place),
  run: async ({ place: { name: _, ...place }, rows }, { body }, context) => {
    const { db, viewer, now, today, newId } = context
    const { accountId: own, organisationId } = viewer
    const accountId = body.accountId ?? own
    if (accountId !== own && !(await activeColleague(db, accountId, place.siret, today))?.works)
      throw new Refused('referent/colleague-elsewhere')
    const before = standing(rows, organisationId)
    if (before?.inPost) throw new Refused('referent/already')
    // Who left is kept among those who were. Replaced by another at the same instant, the insertion is refused.
    const ending = { until: today, endedAt: now, endedHow: 'replaced', endReason: null } as const
    if (before) await finishReferent(db, before.id, { ...ending, endedBy: own, endedOrganisation: organisationId })
    const id = newId()
    const named = { organisationId, accountId, since: today, namedBy: own, namedAt: now }
    await insertReferent(db, { ...place, id, ...named })
    if (accountId !== own) await tellPerson(db, namedMail(siretText(place.siret), accountId), context)
    return {
      reply: referentsReply(await readReferents(db, place.siret), place, context),
      audit: [
        {
          action: 'referent.named',
          subject: ['establishment', siretText(place.siret)],
          detail: {
            before: before ? { id: before.id, accountId: before.accountId, since: before.since } : null,
            after: { id, accountId, since: today },
          },
        },
      ],
    }
  },
})
