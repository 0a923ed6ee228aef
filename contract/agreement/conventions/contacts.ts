import { Type } from 'typebox'
import { Id, Line, Nullable, oneOf, TerritoryId, Text } from '../../common.ts'
import { contactRoles, Told } from '../../notices.ts'
import { defineRoute } from '../../route.ts'
import { Contact, tag } from './shapes.ts'

const telling = {
  told: Nullable(Told),
  partners: Type.Integer({ description: 'Partenaires prévenus par courriel dans les minutes qui suivent' }),
}

export const nameContact = defineRoute({
  method: 'PUT',
  path: '/contacts/:role',
  tag,
  summary:
    'Nommer l’interlocuteur de sa structure pour un ou plusieurs rôles, ou celui du partenaire dont la convention se prépare ; l’autre partie est prévenue aussitôt',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ role: oneOf(contactRoles) }),
  body: Type.Object(
    {
      name: Line(200),
      email: Type.String({ format: 'email', maxLength: 254 }),
      telephone: Nullable(Text(30)),
      regionId: Type.Optional(Nullable(TerritoryId)),
      /** The partner in whose name a regional direction enters it. */
      organisationId: Type.Optional(Nullable(Id)),
      alsoRoles: Type.Optional(
        Type.Array(oneOf(contactRoles), {
          maxItems: contactRoles.length,
          uniqueItems: true,
          description: 'Autres rôles que la même personne tient à la même annexe',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ contact: Contact, ...telling }),
  refusals: ['contact/own-party-only', 'contact/role-of-other-party', 'contact/changed-meanwhile'],
})

export const endContact = defineRoute({
  method: 'DELETE',
  path: '/contacts/:role',
  tag,
  summary: 'Retirer l’interlocuteur d’un rôle : plus personne ne le tient',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ role: oneOf(contactRoles) }),
  query: Type.Object({ regionId: Type.Optional(TerritoryId) }),
  reply: Type.Object(telling),
  refusals: ['contact/own-party-only'],
})
