import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { aGrant, anAccount, type GrantRow, insertAccount } from '../people-and-rights/accounts/testing.ts'
import { anOrganisation, insertOrganisation, type Organisation } from '../people-and-rights/organisations/testing.ts'
import type { Action, Settings } from '../platform/action.ts'
import type { Database } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { keyRing } from '../platform/key-ring.ts'
import { buildServer } from '../platform/server.ts'
import { tokenHash } from '../platform/session-cookie.ts'
import { insertSession, type SessionOptions } from '../signing-in/identity/testing.ts'
import { objectionDigests } from '../work-with-employers/correspondents/objection-digests.ts'
import { believeService } from './clock.ts'
import { freshDatabase, openPatient } from './database.ts'

export interface Person {
  readonly id: string
  readonly organisationId: string
  readonly cookie: string
  readonly sessionId: string
  readonly name: string
}
export interface House {
  readonly server: FastifyInstance
  readonly database: Database
  /** As cc_owner: to lay rows and to look behind the policies. */
  readonly owner: pg.Pool
  readonly urls: Awaited<ReturnType<typeof freshDatabase>>
  organisation(over?: Partial<Organisation>): Promise<Organisation>
  /** An account with these grants, signed in with two factors unless told otherwise. */
  person(organisationId: string, grants?: Partial<GrantRow>[], session?: SessionOptions): Promise<Person>
  call(
    who: Person | null,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: any; headers: Record<string, unknown> }>
  close(): Promise<void>
}

const testKeys = keyRing(new Map([[1, Buffer.alloc(32, 7)]]))
/**
 * A migrated database of its own and a server over it, for one test file. Actions are called as the browser calls them.
 */
export const openHouse = async (
  actions: readonly Action[],
  {
    settings = {},
    clock,
    exceptions,
  }: {
    clock?: () => Date
    settings?: Partial<Settings>
    /** What stands outside `load → may → run`, over the database of the house. */
    exceptions?: (database: Database) => readonly ((server: FastifyInstance) => void | Promise<void>)[]
  } = {},
): Promise<House> => {
  const urls = await freshDatabase()
  const database = openPatient(urls.webUrl)
  const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 4 })
  owner.on('error', () => {})
  // Such a service writes at its own hour, which is not the database's.
  if (clock) await believeService(owner)
  if (!settings.objections) Object.assign(settings, { objections: objectionDigests(testKeys) })
  const server = await buildServer({
    database,
    actions,
    publicUrl: 'http://localhost',
    originKey: Buffer.alloc(32),
    requestsPerMinute: 1_000_000,
    shedLoad: false,
    ...(exceptions ? { exceptions: exceptions(database) } : {}),
    // The very object: a test may change what it says while it serves.
    settings: clock ? Object.assign(settings, { clock }) : settings,
  })
  return {
    server,
    database,
    owner,
    urls,
    organisation: over => insertOrganisation(owner, anOrganisation(over)),
    person: async (organisationId, grants = [], session = {}) => {
      const account = await insertAccount(owner, anAccount(organisationId), grants.map(aGrant))
      const { id, cookie } = await insertSession(owner, account.id, session)
      return {
        id: account.id,
        organisationId,
        cookie,
        sessionId: id,
        name: `${account.givenName} ${account.familyName}`,
      }
    },
    call: async (who, method, path, body, headers = {}) => {
      const answer = await server.inject({
        method,
        url: `/api${path}`,
        headers: { ...(who ? { cookie: who.cookie } : {}), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      return { status: answer.statusCode, body: answer.body ? answer.json() : undefined, headers: answer.headers }
    },
    close: async () => {
      await server.close()
      await database.close()
      await owner.end()
      await urls.drop()
    },
  }
}

/** The digest of their token, as batches written apart name the session. */
export const tokenOf = (who: Person): string => tokenHash(who.cookie.slice('session='.length)).toString('hex')

/** A fresh Idempotency-Key header. */
export const once = () => ({ 'idempotency-key': uuidv7() })
