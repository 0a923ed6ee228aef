import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { heldPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { touchCorrespondent } from './correspondent-writes.queries.ts'
import { mayLink } from './correspondents.policy.ts'
import { allSirets, insertLink } from './links.queries.ts'
import { checkInPlace, checkNotBlocked, checkVersion, loadLocked, settled, siretsOf, writingOf } from './settling.ts'

/** A card told on every visit names all of them: more is a mistake, or somebody who answers for a whole group. */
const mostEstablishments = 50

export const linkCorrespondent = action(contract.linkCorrespondent, {
  load: async ({ params }, context) => {
    const siret = Number(params.siret)
    const [place, person, sirets] = await Promise.all([
      heldPlace(context.db, siret),
      loadLocked(params.correspondentId, context),
      allSirets(context.db, params.correspondentId),
    ])
    if (!place) throw new Refused('establishment/unknown')
    return { place, person, sirets }
  },
  may: (viewer, link) => mayLink(viewer, link),
  run: async ({ place: { siret, name: _, ...line }, person, sirets }, { ifMatch }, context) => {
    const { db, viewer, newId } = context
    checkInPlace(person)
    if (siretsOf(person).includes(siret)) throw new Refused('correspondent/already-here')
    checkVersion(person, ifMatch, context)
    if (sirets.length >= mostEstablishments) throw new Refused('correspondent/too-many-establishments')
    await checkNotBlocked([siret], [], person.values, context)
    await Promise.all([
      insertLink(db, { ...line, id: newId(), correspondentId: person.id, siret }, writingOf(context)),
      touchCorrespondent(db, person.id, viewer.organisationId, {}),
    ])
    return settled(person, { action: 'correspondent.linked', detail: { to: siret } }, context)
  },
})
