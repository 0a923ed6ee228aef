import { Type } from 'typebox'
import { Nullable, oneOf, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { needAdvice, needKinds } from './needs.ts'

/** The broad fields of the ROME: the first letter of its codes. */
export const jobFields = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N'] as const
export type JobField = (typeof jobFields)[number]

const Intake = {
  kinds: Type.Array(oneOf(needKinds), { minItems: 1, maxItems: needKinds.length, uniqueItems: true }),
  advice: Type.Array(oneOf(needAdvice), {
    maxItems: needAdvice.length,
    uniqueItems: true,
    description: 'Vide : tout sujet de conseil',
  }),
  jobs: Type.Array(oneOf(jobFields), {
    maxItems: jobFields.length,
    uniqueItems: true,
    description: 'Grands domaines du ROME ; vide : tous les métiers',
  }),
  publics: Nullable(Text(200)),
}
/** Which needs a structure takes, as it says. */
export const NeedIntake = Type.Object({
  said: Nullable(Type.Object(Intake, { description: 'Null : ma structure n’a rien dit' })),
  version: Type.Integer(),
  allowed: Type.Array(oneOf(['say'])),
})
const tag = 'Besoins'
export const getNeedIntake = defineRoute({
  method: 'GET',
  path: '/need-intake',
  tag,
  summary: 'Les besoins que prend ma structure, tels qu’elle les dit',
  needs: 'campagnes:conseiller',
  reply: NeedIntake,
})
export const sayNeedIntake = defineRoute({
  method: 'PUT',
  writesIn: 'besoins',
  path: '/need-intake',
  tag,
  summary: 'Dire les besoins que prend ma structure : les autres lui proposent d’abord ceux-là',
  needs: 'campagnes:responsable',
  versioned: true,
  body: Type.Object(Intake, { additionalProperties: false }),
  reply: NeedIntake,
})
