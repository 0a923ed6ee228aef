import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { holdProvisional } from '../../territory-and-register/establishments/provisional.queries.ts'
import { noted, writingOf } from './changing.ts'
import { checkDates, checkKind } from './commitment-rules.ts'
import { insertCommitment } from './commitment-writes.queries.ts'
import { mayNote } from './commitments.policy.ts'
import { kindById } from './kinds.queries.ts'

export const noteCommitment = action(contract.noteCommitment, {
  load: async ({ params, body }, { db }) => {
    const siret = Number(params.siret)
    const [, place, kind] = await Promise.all([
      holdProvisional(db, siret),
      establishmentPlace(db, siret),
      kindById(db, body.kindId),
    ])
    if (!place) throw new Refused('establishment/unknown')
    return { place, kind }
  },
  may: (viewer, { place }) => mayNote(viewer, place),
  run: async ({ place, kind }, { body: { kindId, since, until = null, evidence } }, context) => {
    const statement = { kindId, since, until, evidence: evidence.trim() }
    checkKind(kind)
    checkDates(statement, context.today)
    const id = context.newId()
    await insertCommitment(context.db, id, place, statement, writingOf(context))
    return noted(id, place.siret, statement, context)
  },
})
