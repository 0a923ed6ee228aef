import { Type } from 'typebox'
import { Id, Line, Nullable, oneOf, PersonRef } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Vues'
export const viewedLists = ['targets', 'portfolio', 'search'] as const
/** Whom a view is shown to. What it opens is what each may read: it shares filters, never rows. */
export const sharings = ['nobody', 'organisation', 'campaign'] as const
/** What the address of the page says: filters, order, columns. The page reads it as it reads its own. */
const Address = Type.Record(
  Type.String({ pattern: '^[a-z]{1,20}$', maxLength: 20 }),
  Type.String({ minLength: 1, maxLength: 300 }),
  { maxProperties: 20, additionalProperties: false },
)

export const SavedView = Type.Object({
  id: Id,
  list: oneOf(viewedLists),
  name: Type.String(),
  campaign: Nullable(Type.Object({ id: Id, name: Type.String() })),
  address: Type.Record(Type.String(), Type.String()),
  sharedWith: oneOf(sharings),
  owner: Nullable(PersonRef),
  own: Type.Boolean(),
  pinned: Type.Boolean(),
  watchId: Type.Union([Id, Type.Null()], { description: 'On m’écrit quand elle a du nouveau' }),
  version: Type.Integer(),
  allowed: Type.Array(oneOf(['change', 'remove'])),
})
const ViewParams = Type.Object({ viewId: Id })
const Content = { name: Line(80), address: Address, sharedWith: oneOf(sharings) }

export const listSavedViews = defineRoute({
  method: 'GET',
  path: '/views',
  tag,
  summary: 'Mes vues, et celles que l’on me partage : 300 au plus, par nom',
  needs: 'signed-in',
  query: Type.Object({
    list: Type.Optional(oneOf(viewedLists)),
    campaign: Type.Optional(Id),
    pinned: Type.Optional(Type.Boolean({ description: 'Celles de mon menu seulement' })),
  }),
  reply: Type.Object({ items: Type.Array(SavedView) }),
})
export const saveView = defineRoute({
  method: 'POST',
  path: '/views',
  tag,
  summary: 'Enregistrer une liste telle qu’elle est filtrée, pour soi ou partagée',
  needs: 'signed-in',
  body: Type.Object({ list: oneOf(viewedLists), campaignId: Type.Optional(Nullable(Id)), ...Content }),
  reply: SavedView,
  refusals: ['view/name-taken', 'view/too-many', 'view/campaign-expected'],
})
export const changeView = defineRoute({
  method: 'PUT',
  path: '/views/:viewId',
  tag,
  summary: 'Renommer une vue, en changer les filtres ou le partage',
  needs: 'signed-in',
  versioned: true,
  params: ViewParams,
  body: Type.Object(Content),
  reply: SavedView,
  refusals: ['view/not-yours', 'view/name-taken', 'view/campaign-expected'],
})
export const removeView = defineRoute({
  method: 'DELETE',
  path: '/views/:viewId',
  tag,
  summary: 'Supprimer une vue ; celles que leur structure partage, leurs responsables aussi',
  needs: 'signed-in',
  params: ViewParams,
  reply: Type.Object({ id: Id }),
  refusals: ['view/not-yours'],
})
export const pinView = defineRoute({
  method: 'PUT',
  path: '/views/:viewId/pin',
  tag,
  summary: 'Épingler une vue dans son menu, ou l’en retirer',
  needs: 'signed-in',
  params: ViewParams,
  body: Type.Object({ pinned: Type.Boolean() }),
  reply: SavedView,
})
