import { queryOptions } from '@tanstack/react-query'
import { Type } from 'typebox'
import { getConvention } from '../../../contract/agreement/conventions.ts'
import { listDisagreements } from '../../../contract/agreement/disagreements.ts'
import type { Route } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import { type Told, tellReader } from '../../ui/index.ts'
import type { Convention } from './words.ts'

export const conventionQuery = (conventionId: string) =>
  queryOptions({
    queryKey: ['conventions', 'one', conventionId],
    queryFn: ({ signal }) => call(getConvention, { params: { conventionId }, signal }),
  })
export const disagreementsQuery = (conventionId: string) =>
  queryOptions({
    queryKey: ['disagreements', conventionId],
    queryFn: ({ signal }) => call(listDisagreements, { params: { conventionId }, signal }),
  })
/** A convention as a write answered it; the lists are read again. */
export const keepConvention = (convention: Convention) => {
  queryClient.setQueryData(conventionQuery(convention.id).queryKey, convention)
  return Promise.all(['list', 'counts'].map(of => queryClient.invalidateQueries({ queryKey: ['conventions', of] })))
}
export const keepChanged = async (done: string, { convention, told }: { convention: Convention; told: Told }) => {
  await keepConvention(convention)
  tellReader(done, told)
}

// One of the named exceptions of the service, outside the contract: it makes the document apart from any transaction.
export const composeDocument = {
  method: 'POST',
  path: '/conventions/:conventionId/document',
  tag: 'Conventions',
  summary: 'Composer le document',
  needs: 'role:direction-regionale',
  params: Type.Object({ conventionId: Type.String() }),
  reply: Type.Object({ id: Type.String(), sha256: Type.String() }),
} as const satisfies Route

const hex = (bytes: ArrayBuffer) => [...new Uint8Array(bytes)].map(b => b.toString(16).padStart(2, '0')).join('')
export const sha256Of = async (file: Blob): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
