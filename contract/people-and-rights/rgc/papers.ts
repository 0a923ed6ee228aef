import { Type } from 'typebox'
import { Day, Id, Line, OrganisationRef, oneOf, PersonRef, Text } from '../../common.ts'
import { Told } from '../../notices.ts'
import { defineRoute } from '../../route.ts'
import { UploadId } from '../uploads.ts'
import { RgcEventLine } from './events.ts'
import { Deed, DeedConvention, rgcPositions, SignatoryRef, staffKinds } from './shapes.ts'

/** A person whom a deed names, as the partner or who received the paper types them. */
export const NamedMember = Type.Object(
  {
    position: oneOf(rgcPositions),
    givenName: Line(100),
    familyName: Line(100),
    bornOn: Day,
    telephone: Type.String({ maxLength: 20, pattern: '^\\+?[0-9][0-9 .]{7,18}$' }),
    email: Type.String({ format: 'email', maxLength: 254 }),
    staff: oneOf(staffKinds),
  },
  { additionalProperties: false },
)
/** What is refused of any deed, proposed or received. */
export const deedFaults = [
  'rgc/signatory-unknown',
  'rgc/shared-mailbox',
  'person/mailbox-taken',
  'rgc/permanent-staff-only',
  'rgc/not-of-the-structure',
  'rgc/titular-required',
  'rgc/named-twice',
  'rgc/birth-date-unlikely',
  'rgc/no-convention',
  'rgc/refused-person',
  'rgc/revoked-person',
  'rgc/signatory-alone',
  'rgc/changed-meanwhile',
] as const
const tag = 'Sécurité'
/** When the month of silence ends by the day told. Asked where the deed takes or loses its effect at once. */
const Confirms = Type.Optional(
  Type.String({
    format: 'date-time',
    description:
      'La fin du mois de réponse qui découle de la date de réception, confirmée. Absente ou autre, quand l’acte prend ou perd aussitôt son effet : refus `rgc/confirm-acceptance`, qui la donne',
  }),
)

export const findStructures = defineRoute({
  method: 'GET',
  path: '/rgc/paper-deeds',
  tag,
  summary:
    'Pour qui saisit un acte ou un départ reçus (CSSI, direction régionale) : les structures de ce nom, leurs conventions, leurs signataires, leurs RGC',
  needs: 'signed-in',
  query: Type.Object({ q: Type.Optional(Text(200, 2)) }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        organisation: OrganisationRef,
        conventions: Type.Array(DeedConvention),
        signatories: Type.Array(SignatoryRef),
        inPlace: Type.Array(PersonRef, { description: 'Leurs RGC' }),
      }),
      { description: 'Vingt au plus, sous convention en vigueur ou à signer ; aucune sans nom' },
    ),
    entered: Type.Array(RgcEventLine, {
      description: 'Les départs et absences que vous avez saisis, les deux cents derniers',
    }),
  }),
  refusals: ['access/role-required'],
})
export const enterDeed = defineRoute({
  method: 'POST',
  path: '/rgc/paper-deeds',
  tag: 'Gestion des comptes',
  summary:
    'Saisir un acte d’engagement signé à la main : le CSSI ou la direction régionale qui l’a reçu, au nom de la structure, ou le signataire, qui le dépose',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object(
    {
      organisationId: Id,
      conventionId: Id,
      address: Text(300, 5),
      signatoryId: Id,
      signatoryTitle: Text(120),
      conditionsGiven: Type.Literal(true, {
        description: 'L’acte dit que les conditions générales d’accès ont été remises à chacun',
      }),
      members: Type.Array(NamedMember, { minItems: 1, maxItems: 10 }),
      signedOn: Day,
      receivedOn: Day,
      file: UploadId,
      confirms: Confirms,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ...Deed.properties, told: Told }),
  refusals: [
    ...deedFaults,
    'rgc/paper-dates',
    'rgc/confirm-acceptance',
    'rgc/paper-entered',
    'upload/unknown',
    'access/role-required',
  ],
})
export const correctPaper = defineRoute({
  method: 'POST',
  path: '/rgc/papers/corrections',
  tag,
  summary:
    'Corriger une date d’un acte ou d’une déclaration reçus, par un autre que qui l’a donnée, dans les quatre-vingt-dix jours : la structure en est prévenue',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  body: Type.Object(
    {
      kind: oneOf(['deed', 'event']),
      id: Id,
      signedOn: Type.Optional(Day),
      receivedOn: Type.Optional(Day),
      reason: Text(500),
      confirms: Confirms,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ corrected: Type.Literal(true), told: Told }),
  refusals: [
    'rgc/no-paper',
    'rgc/paper-dates',
    'rgc/confirm-acceptance',
    'rgc/nothing-to-correct',
    'rgc/second-person',
    'rgc/correction-too-late',
  ],
})
