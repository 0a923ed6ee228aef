import { Type } from 'typebox'
import { Day, Id, oneOf, PersonRef } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Absences'
/** Days only: a reason may tell of health. */
export const Absence = Type.Object({
  id: Id,
  person: PersonRef,
  startsOn: Day,
  endsOn: Day,
  allowed: Type.Array(oneOf(['withdraw'])),
})

export const listAbsences = defineRoute({
  method: 'GET',
  path: '/absences',
  tag,
  summary: 'Mes absences, et celles des collègues dont je suis responsable : en cours et à venir, 500 au plus',
  needs: 'signed-in',
  reply: Type.Object({
    items: Type.Array(Absence),
    colleagues: Type.Array(PersonRef, {
      description: 'De qui je peux signaler une absence, moi compris ; 1 000 au plus',
    }),
  }),
})

export const sayAbsence = defineRoute({
  method: 'POST',
  path: '/absences',
  tag,
  summary: 'Signaler mon absence, ou celle d’un collègue, avec ses dates et sans motif',
  needs: 'signed-in',
  body: Type.Object({ accountId: Id, startsOn: Day, endsOn: Day }),
  reply: Absence,
  refusals: ['absence/not-yours', 'absence/overlaps', 'absence/backwards', 'absence/over', 'absence/too-long'],
})

export const withdrawAbsence = defineRoute({
  method: 'POST',
  path: '/absences/:absenceId/withdraw',
  tag,
  summary: 'Retirer une absence : la personne est là, ou revient plus tôt',
  needs: 'signed-in',
  params: Type.Object({ absenceId: Id }),
  reply: Absence,
  refusals: ['absence/not-yours'],
})
