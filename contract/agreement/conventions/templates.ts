import { Type } from 'typebox'
import { Id, Instant, Line, oneOf, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { tag } from './shapes.ts'

const Template = Type.Object({
  id: Id,
  version: Type.Integer(),
  title: Type.String(),
  body: Type.String(),
  publishedAt: Instant,
})

export const listTemplates = defineRoute({
  method: 'GET',
  path: '/convention-templates',
  tag,
  summary: 'Les modèles de convention, le dernier d’abord',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(Template),
    shipped: Type.Object(
      { title: Type.String(), body: Type.String() },
      { description: 'En service tant que l’opérateur n’a rien publié' },
    ),
    placeholders: Type.Array(
      Type.Object({ name: Type.String(), kind: oneOf(['text', 'date', 'list']), says: Type.String() }),
    ),
    allowed: Type.Array(Type.Literal('publish')),
  }),
})

export const publishTemplate = defineRoute({
  method: 'POST',
  path: '/convention-templates',
  bodyLimit: 512 * 1024,
  tag,
  summary: 'Publier une nouvelle version du modèle',
  needs: 'role:administrateur',
  body: Type.Object({ title: Line(200), body: Text(200_000) }, { additionalProperties: false }),
  reply: Template,
  refusals: ['template/unknown-placeholder', 'template/annex-missing', 'template/changed-meanwhile'],
})
