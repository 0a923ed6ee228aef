import { queryOptions } from '@tanstack/react-query'
import { Type } from 'typebox'
import { getConvention } from '../../../contract/agreement/conventions.ts'
import type { Route } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { base64Of } from '../../platform/base64.ts'
import { queryClient } from '../../platform/query.ts'
import { type Told, tellReader } from '../../ui/index.ts'
import type { Convention } from './words.ts'

export const conventionQuery = (conventionId: string) =>
  queryOptions({
    queryKey: ['conventions', 'one', conventionId],
    queryFn: ({ signal }) => call(getConvention, { params: { conventionId }, signal }),
  })
/** A convention as a write answered it; the lists are read again. */
export const keepConvention = (convention: Convention) => {
  queryClient.setQueryData(conventionQuery(convention.id).queryKey, convention)
  return queryClient.invalidateQueries({ queryKey: ['conventions', 'list'] })
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
export const largestUpload = 1_300_000
export const uploadOf = async (file: File): Promise<{ name: string; base64: string }> => ({
  name: file.name.slice(0, 200),
  base64: await base64Of(file),
})
