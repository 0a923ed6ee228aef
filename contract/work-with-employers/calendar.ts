import { Type } from 'typebox'
import { Day, Instant, Nullable } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Calendrier'
const Feed = Type.Object({
  madeAt: Instant,
  /** The last day on which a program read it. */
  lastReadOn: Nullable(Day),
})

export const readCalendarFeed = defineRoute({
  method: 'GET',
  path: '/calendar-feed',
  tag,
  summary: 'L’adresse de calendrier que j’ai, s’il y en a une',
  needs: 'signed-in',
  reply: Type.Object({ feed: Nullable(Feed) }),
})
export const makeCalendarFeed = defineRoute({
  method: 'PUT',
  path: '/calendar-feed',
  tag,
  summary: 'Créer mon adresse de calendrier, montrée une fois ; celle d’avant ne répond plus',
  needs: 'campagnes:conseiller',
  stepUp: true,
  secret: true,
  reply: Type.Object({
    address: Type.String({ format: 'uri', description: 'Secrète : qui l’a lit mes prochaines actions' }),
    feed: Feed,
  }),
})
export const endCalendarFeed = defineRoute({
  method: 'DELETE',
  path: '/calendar-feed',
  tag,
  summary: 'Supprimer mon adresse de calendrier : elle ne répond plus',
  needs: 'signed-in',
  reply: Type.Object({ feed: Type.Null() }),
})
