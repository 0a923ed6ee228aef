import * as contract from '../../../contract/territory-and-register/establishments.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { isSiret } from '../../platform/siret.ts'
import { communeTerritories } from '../territories/territories.queries.ts'
import { mayCreate } from './provisional.policy.ts'
import { insertProvisional, readProvisional, registerHolds } from './provisional.queries.ts'
import { readCard } from './read-card.ts'

/** INSEE is not asked here, in the transaction: the worker asks within a minute, when it has a key. */
export const createProvisional = action(contract.createProvisional, {
  load: async ({ body }, { db, today }) => {
    const siret = Number(body.siret)
    const [commune, held, already] = await Promise.all([
      communeTerritories(db, body.communeCode, today),
      registerHolds(db, siret),
      readProvisional(db, siret),
    ])
    if (!commune) throw new Refused('commune/unknown')
    return { commune, held, already }
  },
  may: (viewer, { commune }) => mayCreate(viewer, commune),
  run: async ({ commune, held, already }, { body }, { db, viewer, now, today }) => {
    if (!isSiret(body.siret)) throw new Refused('establishment/wrong-key')
    if (held) throw new Refused(held === 'diffused' ? 'establishment/already-known' : 'establishment/no-provisional')
    if (already) throw new Refused('establishment/already-provisional')
    const { code: communeCode, name: _, ...territories } = commune
    const typed = {
      siret: Number(body.siret),
      name: body.name.trim(),
      activity: body.activity ?? null,
      communeCode,
      ...territories,
      organisationId: viewer.organisationId,
      authorId: viewer.accountId,
      createdAt: now,
    }
    // A card out of sight, or typed at this very second, is refused like one the register does not diffuse.
    // So the viewer learns neither.
    if ((await insertProvisional(db, typed)) === 0) throw new Refused('establishment/no-provisional')
    return {
      reply: (await readCard(db, typed.siret, today))(viewer),
      audit: [
        {
          action: 'establishment.provisional-created',
          subject: ['establishment', body.siret],
          detail: { before: null, after: { name: typed.name, activity: typed.activity, communeCode } },
        },
      ],
    }
  },
})
