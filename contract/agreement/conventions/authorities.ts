import { Type } from 'typebox'
import { Day, Id, Instant, Line, Nullable, oneOf, PersonRef, TerritoryId, Text } from '../../common.ts'
import { conventionParties } from '../../notices.ts'

export const authorityWarnings = [
  'no-act',
  'before-act',
  'no-prefecture',
  'before-prefecture',
  'no-publication',
  'before-publication',
] as const

export const Party = oneOf(conventionParties)
export const Authority = {
  name: Line(200),
  capacity: Line(200),
  act: Nullable(Text(300)),
  actOn: Nullable(Day),
  localAuthority: Type.Boolean(),
  prefectureOn: Nullable(Day),
  publishedOn: Nullable(Day),
  designatesRgc: Type.Boolean({ description: 'Cet acte désigne aussi les responsables de gestion de comptes' }),
}
export const SignatoryInput = Type.Object(
  { ...Authority, designatesRgc: Type.Optional(Authority.designatesRgc) },
  { additionalProperties: false },
)
/** What follows from an act and its dates, for whoever reads the convention. */
export const Checked = {
  actDocumentId: Nullable(Id),
  contestableUntil: Nullable(
    Type.String({ format: 'date', description: 'Dernier jour d’un recours contre l’acte : deux mois francs' }),
  ),
  warnings: Type.Array(oneOf(authorityWarnings)),
}
const { localAuthority, prefectureOn, publishedOn } = Authority
/** What is told of the act that an amendment names, once it is transmitted and published. */
export const AmendmentAuthorityInput = { localAuthority, prefectureOn, publishedOn }
const AmendmentSignatory = { name: Line(200), capacity: Line(200), act: Text(300), actOn: Day }
export const AmendmentAuthority = {
  ...AmendmentSignatory,
  ...AmendmentAuthorityInput,
  ...Checked,
  allowed: Type.Array(Type.Literal('settle')),
}
/** What an amendment says, and whom it names to sign it: its document is composed of this, and nothing else. */
export const AmendmentInput = Type.Object(
  {
    title: Line(200),
    body: Text(20_000),
    termOn: Nullable(Day),
    renews: Type.Boolean(),
    territories: Type.Optional(
      Type.Array(TerritoryId, {
        maxItems: 200,
        uniqueItems: true,
        description: 'Les territoires qu’il ajoute à ceux du partenaire, dans la région de la convention',
      }),
    ),
    signatories: Type.Object(
      {
        partenaire: Type.Object(AmendmentSignatory, { additionalProperties: false }),
        operateur: Type.Object(AmendmentSignatory, { additionalProperties: false }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
/** The act that gives power to sign in the place of who is named. */
export const ReplacementInput = Type.Object(
  {
    act: Text(300),
    actOn: Day,
    grantedBy: Line(200),
    ...AmendmentAuthorityInput,
  },
  { additionalProperties: false },
)
export const Signer = Type.Object({
  amendmentId: Nullable(Id),
  party: Party,
  name: Type.String(),
  mine: Type.Boolean({ description: 'C’est mon compte qui signe' }),
  linked: Type.Boolean({ description: 'Cette personne signe avec un compte du service' }),
  replacement: Nullable(
    Type.Object({
      ...ReplacementInput.properties,
      ...Checked,
      completions: Type.Array(
        Type.Object({
          prefectureOn,
          publishedOn,
          by: Nullable(PersonRef),
          at: Instant,
        }),
        { description: 'Ce qui a été complété ensuite, le plus récent d’abord' },
      ),
      allowed: Type.Array(Type.Literal('complete')),
    }),
  ),
  namedBy: Nullable(PersonRef),
  namedAt: Instant,
  deputyId: Nullable(Id),
})
export const Delegation = {
  capacity: Line(200),
  ...ReplacementInput.properties,
  fromOn: Day,
  untilOn: Nullable(Day),
  reason: Text(300),
}
/** Who may sign in the place of a party's signatory, under which act, from and until which day (AGR-15). */
export const Deputy = Type.Object({
  id: Id,
  party: Party,
  version: Type.Integer(),
  name: Type.String(),
  accountId: Nullable(Id),
  ...Delegation,
  holds: Type.Boolean({ description: 'Signe aujourd’hui : la délégation court, et son acte est reçu et publié' }),
  recordedBy: Nullable(PersonRef),
  recordedAt: Instant,
  former: Type.Array(
    Type.Object({
      version: Type.Integer(),
      name: Type.String(),
      ...Delegation,
      recordedBy: Nullable(PersonRef),
      recordedAt: Instant,
    }),
    { description: 'Ce qui en était enregistré auparavant, le dernier d’abord' },
  ),
})
