import { queryOptions } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { getSolicitationBudget, getSolicitations } from '../../../contract/work-with-employers/solicitations.ts'
import { call } from '../../platform/api.ts'

export type Solicitations = Reply<typeof getSolicitations>
export type Budget = Reply<typeof getSolicitationBudget>

/** Under what is known before a contact: whatever changes the one changes the other. */
export const solicitationsQuery = (siret: string) =>
  queryOptions({
    queryKey: ['before-contact', siret, 'solicitations'],
    queryFn: ({ signal }) => call(getSolicitations, { params: { siret }, signal }),
    retry: false,
  })
export const budgetQuery = (territoryId: number) =>
  queryOptions({
    queryKey: ['territories', territoryId, 'solicitation-budget'],
    queryFn: ({ signal }) => call(getSolicitationBudget, { params: { territoryId }, signal }),
    retry: false,
  })
