import { Type } from 'typebox'
import { Id, Instant, Nullable, oneOf, Siret } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { Closed } from '../../territory-and-register/establishments.ts'
import { SavedView } from '../saved-views.ts'

const tag = 'Vues'
/** Why nobody is written to about a view any more. */
export const watchStops = ['removed', 'out-of-reach', 'too-many'] as const
const { id, list, campaign, address } = SavedView.properties

/** A view that one is written to about, when something new matches it. */
export const WatchedView = Type.Object({
  id: Id,
  name: Type.String(),
  view: Type.Union([Type.Object({ id, list, campaign, address }), Type.Null()], {
    description: 'Null quand elle est supprimée, ou que je ne peux plus l’ouvrir',
  }),
  watchedAt: Instant,
  readAt: Type.String({ format: 'date-time', description: 'Ce qui est nouveau l’est depuis cette lecture' }),
  news: Nullable(
    Type.Object(
      {
        count: Type.Integer(),
        at: Instant,
        establishments: Type.Array(
          Type.Object({ siret: Siret, name: Nullable(Type.String()), town: Nullable(Type.String()), closed: Closed }),
          { description: 'Les 10 premiers' },
        ),
      },
      { description: 'Ce que disait le dernier courriel' },
    ),
  ),
  stopped: Nullable(Type.Object({ at: Instant, because: oneOf(watchStops) })),
})

export const listWatchedViews = defineRoute({
  method: 'GET',
  path: '/watched-views',
  tag,
  summary: 'Les vues pour lesquelles on m’écrit, celles qui ont du nouveau d’abord : 20 au plus, et celles arrêtées',
  needs: 'signed-in',
  reply: Type.Object({ items: Type.Array(WatchedView) }),
})
export const watchView = defineRoute({
  method: 'PUT',
  path: '/views/:viewId/watch',
  tag,
  summary: 'Être prévenu par courriel, le matin, de ce qui est nouveau dans une vue',
  needs: 'signed-in',
  params: Type.Object({ viewId: Id }),
  reply: WatchedView,
  refusals: ['access/no-grant', 'view/too-many-watched', 'view/too-long-to-watch'],
})
export const unwatchView = defineRoute({
  method: 'DELETE',
  path: '/watched-views/:watchId',
  tag,
  summary: 'Ne plus être prévenu pour une vue, qu’elle existe encore ou non',
  needs: 'signed-in',
  params: Type.Object({ watchId: Id }),
  reply: Type.Object({ id: Id }),
})
