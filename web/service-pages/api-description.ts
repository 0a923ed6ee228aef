import { offline } from '../platform/problem.ts'

export interface Schema {
  type?: string
  format?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  items?: Schema
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  description?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  default?: unknown
}
export interface Operation {
  tags?: readonly string[]
  summary?: string
  description?: string
  operationId: string
  parameters?: readonly { name: string; in: string; required?: boolean; description?: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
}
export interface Description {
  components?: { securitySchemes?: Readonly<Record<string, { type: string; in?: string }>> }
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, Operation>>
}

export const read = async ({ signal }: { signal: AbortSignal }): Promise<Description> => {
  const response = await fetch('/api/openapi.json', { signal }).catch(error => {
    throw signal.aborted ? error : offline()
  })
  return response.json()
}

/** A program can ask nothing while every operation wants the cookie of a browser's session. */
export const opensToPrograms = ({ components }: Description): boolean =>
  Object.values(components?.securitySchemes ?? {}).some(scheme => scheme.in !== 'cookie')
