import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef } from '../../common.ts'

/** Conditions that a partner's account manager can lack before the tool opens (convention, annex 1, 1.1). */
export const rgcTerms = [
  'convention',
  'deed',
  'staff',
  'certificate',
  'cgu',
  'cgu-unpublished',
  'second-factor',
  'block',
] as const
export type RgcTerm = (typeof rgcTerms)[number]
export const deedStates = [
  'a-signer',
  'abandonne',
  'en-attente',
  'refuse',
  'conteste',
  'en-vigueur',
  'termine',
] as const
export const rgcPositions = ['titulaire', 'suppleant'] as const
/** Only the first may be designated (annex 1, 1.1). */
export const staffKinds = ['permanent', 'prestataire', 'interimaire', 'autre-organisme'] as const

const PaperDays = Type.Object({ signedOn: Type.Optional(Day), receivedOn: Type.Optional(Day) })
/** A day of a paper that was mistaken: each correction stays. */
export const PaperCorrection = Type.Object({ before: PaperDays, after: PaperDays, reason: Type.String(), at: Instant })
export const Step = Type.Object({
  term: oneOf(rgcTerms),
  done: Type.Boolean(),
  sentence: Type.String(),
  whoActs: Type.String(),
})
export const DeedMember = Type.Object({
  person: PersonRef,
  position: oneOf(rgcPositions),
  givenName: Type.String(),
  familyName: Type.String(),
  telephone: Type.String(),
  email: Type.String(),
  bornOn: Nullable(Day),
  signedAt: Nullable(Instant),
  refused: Type.Boolean({
    description: 'Refusée par l’opérateur : elle n’est plus proposée, tant que le CSSI ne l’a pas levé',
  }),
})
/** Who signs for the structure: for who names one of them in a deed, with what tells namesakes apart (ACC-16). */
export const SignatoryRef = Type.Object({
  ...PersonRef.properties,
  function: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
})
export const DeedConvention = Type.Object({
  id: Id,
  number: Type.String(),
  state: oneOf(['to-come', 'in-force', 'over']),
})
/** The general access conditions that the partner gave those it designates: a version of the text that all accept. */
export const AccessConditions = Type.Object({ title: Type.String(), version: Type.Integer() })
export const deedChanges = ['organisation', 'signatory', 'name', 'email', 'function'] as const
export const Digest = Type.String({ minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$' })
export const Deed = Type.Object({
  id: Id,
  organisation: OrganisationRef,
  convention: Nullable(DeedConvention),
  organisationName: Type.String(),
  siret: Type.String(),
  address: Type.String(),
  signatory: Type.Object({ person: PersonRef, title: Type.String(), signedAt: Nullable(Instant) }),
  members: Type.Array(DeedMember),
  commitments: Type.Array(Type.String(), { description: 'Aucun : un acte signé avant que son texte ne les porte' }),
  conditions: Nullable(AccessConditions),
  digest: Type.String({ description: 'SHA-256 de tout ce que l’acte dit, en hexadécimal : ce que chacun signe' }),
  changes: Type.Array(Type.Object({ kind: oneOf(deedChanges), person: Nullable(PersonRef) }), {
    description: 'Ce qui n’est plus comme l’acte le dit : un nouvel acte est à proposer',
  }),
  state: oneOf(deedStates),
  createdAt: Instant,
  sentAt: Nullable(Instant),
  silenceAcceptsAt: Nullable(Instant),
  decision: Nullable(
    Type.Object({ kind: oneOf(['acceptation', 'refus']), reason: Nullable(Type.String()), by: PersonRef, at: Instant }),
  ),
  paper: Nullable(
    Type.Object(
      {
        signedOn: Day,
        receivedOn: Day,
        by: PersonRef,
        corrections: Type.Array(PaperCorrection, { description: 'La dernière d’abord' }),
      },
      { description: 'D’un acte signé à la main : ses dates, et qui l’a saisi, CSSI ou signataire' },
    ),
  ),
  contested: Nullable(
    Type.Object(
      { reason: Type.String(), by: PersonRef, at: Instant },
      { description: 'Par le signataire, de l’acte que l’opérateur a saisi pour la structure' },
    ),
  ),
  allowed: Type.Array(oneOf(['sign', 'abandon', 'accept', 'refuse', 'download', 'correct', 'contest'])),
})
export const Revocation = Type.Object({
  id: Id,
  person: PersonRef,
  organisation: OrganisationRef,
  reason: Type.String(),
  requiredAt: Instant,
  madeAt: Nullable(Instant),
  withdrawn: Nullable(Type.Object({ reason: Type.String(), at: Instant })),
  liftedAt: Nullable(Instant),
  allowed: Type.Array(oneOf(['make', 'withdraw'])),
})
/** Refused, or revoked at the operator's demand: named no more for that structure until the CSSI lifts it. */
export const Barred = Type.Object({
  person: PersonRef,
  organisation: OrganisationRef,
  cause: oneOf(['refused', 'revoked']),
  reason: Type.String(),
  since: Instant,
  allowed: Type.Array(Type.Literal('lift')),
})
export const Certificate = Type.Object({
  id: Id,
  person: PersonRef,
  organisation: OrganisationRef,
  issuedOn: Day,
  fileName: Type.String(),
  recordedAt: Instant,
})
