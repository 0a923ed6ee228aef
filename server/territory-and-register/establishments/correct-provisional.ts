import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { communeTerritories } from '../territories/territories.queries.ts'
import { mayChange, mayCreate } from './provisional.policy.ts'
import { lockProvisional, readProvisional, saveTyped } from './provisional.queries.ts'
import { checkUnused, told } from './provisional-rules.ts'
import { readCard } from './read-card.ts'

/** INSEE is asked anew about it within a day; what was typed before stays in the trail. */
export const correctProvisional = action(contract.correctProvisional, {
  load: async ({ params, body }, { db, today }) => {
    const siret = Number(params.siret)
    const [, before, commune] = await Promise.all([
      lockProvisional(db, siret),
      readProvisional(db, siret),
      communeTerritories(db, body.communeCode, today),
    ])
    return { before: found(before), commune }
  },
  // Where it stands, and where it would.
  may: (viewer, { before, commune }) => {
    const here = mayChange(viewer, before)
    return here === true && commune ? mayCreate(viewer, commune) : here
  },
  run: async ({ before, commune }, { params, body }, { db, viewer, now, today }) => {
    checkUnused(before)
    if (!commune) throw new Refused('commune/unknown')
    if ((before.correctedAt?.toISOString() ?? null) !== (body.seen && new Date(body.seen).toISOString()))
      throw new Refused('request/changed-meanwhile', { current: (await readCard(db, before.siret, today))(viewer) })
    const { code: communeCode, name: _, ...territories } = commune
    const typed = { name: body.name.trim(), activity: body.activity ?? null, communeCode, ...territories }
    if ((await saveTyped(db, before.siret, typed, now, viewer.accountId)) === 0)
      throw new Refused('establishment/provisional-in-use')
    return {
      reply: (await readCard(db, before.siret, today))(viewer),
      audit: [
        {
          action: 'establishment.provisional-corrected',
          subject: ['establishment', params.siret],
          detail: { before: told(before), after: told(typed) },
        },
      ],
    }
  },
})
