import * as contract from '../../../contract/work-with-employers/services/services.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { heldPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { entered, statementOf } from './changing.ts'
import { checkDays, checkKind } from './service-rules.ts'
import { mayEnterServices } from './services.policy.ts'

export const enterService = action(contract.enterService, {
  load: async ({ params }, { db }) => {
    const siret = Number(params.siret)
    const place = await heldPlace(db, siret)
    if (!place) throw new Refused('establishment/unknown')
    return place
  },
  may: (viewer, place) => mayEnterServices(viewer, place),
  run: async (place, { body }, context) => {
    checkKind(body.kind, body.usedOn)
    const statement = statementOf(body)
    checkDays(statement, context.today)
    return entered(place, statement, context)
  },
})
