import * as contract from '../../../contract/work-with-employers/do-not-contact.ts'
import { action } from '../../platform/action.ts'
import { siretText } from '../../platform/siret.ts'
import { holds } from '../../platform/viewer.ts'
import { notToContact } from './do-not-contact.queries.ts'

/** For lists of targets too, which one may read without the card. */
export const listNotToContact = action(contract.listNotToContact, {
  load: ({ query }, { db, today }) => notToContact(db, [...new Set(query.sirets.split(','))].map(Number), today),
  may: viewer =>
    holds(viewer, 'fiche-etablissement', 'consultation') ||
    holds(viewer, 'campagnes', 'consultation') ||
    'access/no-grant',
  run: async marks => ({ items: marks.map(({ siret, until }) => ({ siret: siretText(siret), until })) }),
})
