import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, PersonRef, Text } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute } from '../route.ts'

/** What came of a partner's yearly assessments, the last one first. */
export const Assessments = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      assessedOn: Day,
      outcome: Type.String(),
      reference: Type.String(),
      nextDueOn: Day,
      recordedAt: Instant,
      by: PersonRef,
    }),
  ),
  dueOn: Nullable(Day),
  late: Type.Boolean(),
  allowed: Type.Array(Type.Literal('record')),
})
export const listAssessments = defineRoute({
  method: 'GET',
  path: '/security/assessments',
  tag: 'Sécurité',
  summary: 'Les évaluations annuelles de la sécurité d’un partenaire',
  needs: 'signed-in',
  query: Type.Object({ organisationId: Id }),
  reply: Assessments,
  refusals: ['assessment/not-yours'],
})
export const recordAssessment = defineRoute({
  method: 'POST',
  path: '/security/assessments',
  tag: 'Sécurité',
  summary: 'Enregistrer l’évaluation annuelle de la sécurité d’un partenaire',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  body: Type.Object(
    { organisationId: Id, assessedOn: Day, outcome: Text(500), reference: Text(200), nextDueOn: Day },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ...Assessments.properties, told: Told }),
  refusals: ['assessment/partner-only', 'assessment/dates'],
})
