import { Type } from 'typebox'
import { Id, Instant, Nullable, oneOf, Siret } from '../common.ts'
import { defineRoute } from '../route.ts'

/** What is being typed: an exchange with an establishment (by its SIRET), a correction of one (by its id). */
export const draftKinds = ['exchange', 'exchange-correction'] as const
/** A draft goes this many days after its last word. */
export const draftDays = 7
export const mostDrafts = 100
/** All the words of a draft together, in characters. */
export const mostDraftText = 10_000

const Kind = oneOf(draftKinds)
const DraftParams = Type.Object({
  kind: Kind,
  subject: Type.Union([Siret, Id], { description: 'SIRET, ou identifiant de l’échange corrigé' }),
})
/** The form as it stands, in text. */
export const DraftContent = Type.Record(
  Type.String({ pattern: '^[a-zA-Z]{1,40}$' }),
  Type.String({ maxLength: 4000 }),
  { maxProperties: 30, additionalProperties: false },
)
/**
 * `here`: last saved in this session; `other-session`, `other-device`: elsewhere, where the device is another by its
 * words.
 */
export const draftPlaces = ['here', 'other-session', 'other-device'] as const
const Saved = {
  kind: Kind,
  subject: Type.String(),
  startedAt: Instant,
  savedAt: Instant,
  place: oneOf(draftPlaces),
  device: Type.String(),
}
export const Draft = Type.Object({ ...Saved, content: DraftContent, version: Type.Integer() })

export const listDrafts = defineRoute({
  method: 'GET',
  path: '/drafts',
  tag: 'Brouillons',
  summary: 'Mes saisies en cours, la plus récente d’abord',
  needs: 'campagnes:conseiller',
  reply: Type.Object({
    items: Type.Array(Type.Object({ ...Saved, siret: Nullable(Siret), establishmentName: Nullable(Type.String()) }), {
      description: `${mostDrafts} au plus`,
    }),
  }),
})
export const getDraft = defineRoute({
  method: 'GET',
  path: '/drafts/:kind/:subject',
  tag: 'Brouillons',
  summary: 'Mon brouillon, s’il y en a un',
  needs: 'campagnes:conseiller',
  params: DraftParams,
  reply: Type.Object({ draft: Nullable(Draft) }),
})
export const saveDraft = defineRoute({
  method: 'PUT',
  path: '/drafts/:kind/:subject',
  tag: 'Brouillons',
  summary: 'Garder ce qui est saisi ; `seen` est la version lue, 0 s’il n’y en avait pas',
  needs: 'campagnes:conseiller',
  params: DraftParams,
  noAct: true,
  body: Type.Object({ content: DraftContent, seen: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }) }),
  reply: Draft,
  refusals: ['draft/newer-elsewhere', 'draft/too-many', 'draft/too-long'],
})
export const discardDraft = defineRoute({
  method: 'DELETE',
  path: '/drafts/:kind/:subject',
  tag: 'Brouillons',
  summary: 'Effacer mon brouillon',
  needs: 'campagnes:conseiller',
  params: DraftParams,
  noAct: true,
  reply: Type.Object({ discarded: Type.Boolean() }),
})
