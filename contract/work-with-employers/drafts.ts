import { Type } from 'typebox'
import { Instant, Nullable, oneOf, Siret } from '../common.ts'
import { defineRoute } from '../route.ts'

/** A draft goes this many days after its last word. */
export const draftDays = 7
/** Many are short: what they weigh together bounds them first. */
export const mostDrafts = 200
/** All the words of the draft of an exchange together, in characters; of any other form. */
export const mostDraftText = 10_000
export const mostFormText = 220_000
/** What the drafts of one person weigh together, in bytes as they are stored. */
export const mostDraftBytes = 4_000_000

/**
 * What is being typed: the name of its form. An exchange is about a SIRET, its correction about its id; any other form
 * about whatever its page says.
 */
const Kind = Type.String({ pattern: '^[a-z][a-z-]{2,39}$', maxLength: 40 })
const DraftParams = Type.Object({
  kind: Kind,
  subject: Type.String({
    pattern: '^[0-9a-zA-Z-]{1,80}$',
    maxLength: 80,
    description: 'SIRET, identifiant de l’échange corrigé, ou ce dont parle le formulaire',
  }),
})
/** The form as it stands, in text. */
export const DraftContent = Type.Record(
  Type.String({ pattern: '^[a-zA-Z0-9][a-zA-Z0-9.-]{0,79}$' }),
  Type.String({ maxLength: 200_000 }),
  { maxProperties: 80, additionalProperties: false },
)
/** Where a form stands, told in the list of drafts; and the version of the thing that it changes. */
export const DraftForm = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 200 }),
  path: Type.String({ pattern: '^/([0-9a-zA-Z_-]+(/[0-9a-zA-Z_-]+)*)?$', maxLength: 200 }),
  version: Nullable(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
})
/** The key under which its form is sent: recorded under it, the draft goes; found again, it is sent under it again. */
const SendKey = Type.String({ pattern: '^[0-9a-zA-Z_.:-]{8,128}$', maxLength: 128 })
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
  form: Nullable(DraftForm),
}
export const Draft = Type.Object({
  ...Saved,
  content: DraftContent,
  version: Type.Integer(),
  sendKey: Nullable(SendKey),
})

export const listDrafts = defineRoute({
  method: 'GET',
  path: '/drafts',
  tag: 'Brouillons',
  summary: 'Mes saisies en cours, la plus récente d’abord',
  needs: 'signed-in',
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
  needs: 'signed-in',
  params: DraftParams,
  reply: Type.Object({ draft: Nullable(Draft) }),
})
export const saveDraft = defineRoute({
  method: 'PUT',
  path: '/drafts/:kind/:subject',
  tag: 'Brouillons',
  summary: 'Garder ce qui est saisi ; `seen` est la version lue, 0 s’il n’y en avait pas',
  needs: 'signed-in',
  params: DraftParams,
  noAct: true,
  bodyLimit: 1024 * 1024,
  body: Type.Object({
    content: DraftContent,
    seen: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
    form: Type.Optional(DraftForm),
    sendKey: Type.Optional(SendKey),
  }),
  reply: Draft,
  refusals: ['draft/newer-elsewhere', 'draft/too-many', 'draft/too-long'],
})
export const discardDraft = defineRoute({
  method: 'DELETE',
  path: '/drafts/:kind/:subject',
  tag: 'Brouillons',
  summary: 'Effacer mon brouillon',
  needs: 'signed-in',
  params: DraftParams,
  noAct: true,
  reply: Type.Object({ discarded: Type.Boolean() }),
})
