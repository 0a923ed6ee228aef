import { Type } from 'typebox'
import { Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'

/** An appellation of the ROME. */
export const JobTitle = Type.Object({
  code: Type.String({ description: 'Code OGR de l’appellation' }),
  label: Type.String(),
  rome: Type.String({ description: 'Code du métier, ROME' }),
})
export const listJobTitles = defineRoute({
  method: 'GET',
  path: '/job-titles',
  tag: 'Besoins',
  summary: 'Les appellations de métiers du ROME, par mots de leur libellé',
  needs: 'signed-in',
  query: Type.Object({ q: Text(80) }),
  reply: Type.Object({ items: Type.Array(JobTitle) }),
})
