import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { heldPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { likelySame } from './alike-rules.ts'
import { correspondentReply } from './correspondent-reply.ts'
import { insertCorrespondent, insertValues } from './correspondent-writes.queries.ts'
import { mayKeep } from './correspondents.policy.ts'
import { findCorrespondent, listCorrespondents } from './correspondents.queries.ts'
import { tellApart } from './merging.queries.ts'
import { checkInformed, checkNotBlocked, observedOf, writingOf } from './settling.ts'
import { checkSomebody, cleaned } from './value-rules.ts'

export const addCorrespondent = action(contract.addCorrespondent, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const [establishment, known] = await Promise.all([heldPlace(db, siret), listCorrespondents(db, siret)])
    if (!establishment) throw new Refused('establishment/unknown')
    return { establishment, known }
  },
  may: (viewer, { establishment }) => mayKeep(viewer, establishment),
  run: async ({ establishment, known }, { body }, context) => {
    const { db, today, newId } = context
    const typed = Object.entries(cleaned(body.values)).flatMap(([field, value]) =>
      value === null ? [] : [{ id: newId(), field, value }],
    )
    checkSomebody(typed.map(({ field }) => field))
    checkInformed(body.informed, today)
    const observedOn = observedOf(body.observedOn, today)
    const alike = known.filter(({ id, values }) => !body.despite?.includes(id) && likelySame(values, typed))
    if (alike.length) throw new Refused('correspondent/likely-known', { facts: { alike: alike.map(({ id }) => id) } })
    await checkNotBlocked([establishment.siret], [], typed, context)
    const row = { ...establishment, id: newId() }
    const writing = writingOf(context)
    const apart = known.filter(({ id, values }) => body.despite?.includes(id) && likelySame(values, typed))
    const [, , , added] = await Promise.all([
      insertCorrespondent(db, row, body.informed, writing),
      insertValues(db, row, typed, observedOn, writing),
      tellApart(
        db,
        row.id,
        apart.map(({ id }) => id),
        writing,
      ),
      findCorrespondent(db, row.id),
    ])
    return {
      reply: correspondentReply(found(added), context),
      audit: [
        {
          action: 'correspondent.added',
          subject: ['correspondent', row.id],
          detail: {
            siret: row.siret,
            fields: typed.map(({ field }) => field),
            observedOn,
            informed: body.informed ?? null,
            despite: body.despite ?? [],
          },
        },
      ],
    }
  },
})
