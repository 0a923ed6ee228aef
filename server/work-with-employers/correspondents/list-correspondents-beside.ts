import * as contract from '../../../contract/work-with-employers/correspondents.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { sameCompany } from '../../platform/siret.ts'
import { establishmentPlace } from '../../territory-and-register/establishments/places.queries.ts'
import { plain } from './alike-rules.ts'
import { placeReply, placesRead } from './correspondent-reply.ts'
import { mayKeep } from './correspondents.policy.ts'
import { cardsOf } from './correspondents.queries.ts'
import { idsBeside } from './links.queries.ts'

const shown = 50

export const listCorrespondentsBeside = action(contract.listCorrespondentsBeside, {
  load: async ({ params, body }, { db }) => {
    const siret = Number(params.siret)
    const words = plain(body.named ?? '')
      .split(' ')
      .filter(Boolean)
    const [place, ids] = await Promise.all([establishmentPlace(db, siret), idsBeside(db, siret, words, shown)])
    if (!place) throw new Refused('not-found')
    return { place, siret, people: await cardsOf(db, ids) }
  },
  may: (viewer, { place }) => mayKeep(viewer, place),
  run: async ({ people, siret }, _input, { viewer }) => ({
    items: people
      .filter(person => !person.objection && mayKeep(viewer, person) === true)
      .flatMap(person => {
        const first = (field: string) => person.values.find(value => value.field === field)?.value ?? null
        const name = [first('givenName'), first('familyName')].filter(Boolean).join(' ')
        const place = placesRead(person, viewer).find(one => sameCompany(one.siret, siret))
        if (!place) return []
        return [{ id: person.id, version: person.version, name, role: first('role'), place: placeReply(place) }]
      }),
  }),
})
