import type { FastifyInstance } from 'fastify'
import { exportedLists } from '../../../contract/exported-lists.ts'
import {
  listNeeds,
  needAdviceLabels,
  needContractLabels,
  needKindLabels,
  needStateLabels,
} from '../../../contract/work-with-employers/needs.ts'
import { dayCell } from '../../platform/export/cells.ts'
import { employerCells } from '../../platform/export/employer-cells.ts'
import { type ListExportParts, listExport } from '../../platform/export/list-export.ts'
import { parisDay } from '../../platform/time.ts'

const dayOf = (at: string | null) => dayCell(at && parisDay(new Date(at)))

/** Needs as a file, as the list says them: no person met is in it, nor what a structure keeps for itself. */
export const needsExport = (parts: ListExportParts) => (server: FastifyInstance) => {
  const { siret, name, town } = employerCells
  const { options, handler } = listExport(parts, {
    route: listNeeds,
    list: exportedLists.needs,
    category: 'besoins',
    cells: {
      on: x => dayCell(x.notedOn),
      siret,
      name,
      town,
      kind: x => needKindLabels[x.kind],
      advice: x => x.advice && needAdviceLabels[x.advice],
      job: x => x.job?.label ?? null,
      rome: x => x.job?.rome ?? null,
      posts: x => x.posts,
      hired: x => x.hired,
      contract: x => x.contract && needContractLabels[x.contract],
      startsOn: x => dayCell(x.startsOn),
      weeklyHours: x => x.weeklyHours,
      wage: x => x.wage,
      skills: x => x.skills,
      place: x => x.place,
      state: x => needStateLabels[x.state],
      organisation: x => x.organisation.name,
      owner: x => x.owner?.name ?? null,
      takenBy: x => x.takenBy?.name ?? null,
      takenOn: x => dayOf(x.takenAt),
      closedOn: x => dayOf(x.closedAt),
    },
    entry: ({ organisationId }) => ({ action: 'needs.exported', subject: ['organisation', organisationId] }),
  })
  server.post('/api/needs/export', options, handler)
}
