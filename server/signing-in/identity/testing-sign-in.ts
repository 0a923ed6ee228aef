import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { organisations, people, type StandInPerson } from '../../demonstration/stand-in/people.ts'
import type { StandInSettings } from '../../demonstration/stand-in/settings.ts'
import { startStandIn } from '../../demonstration/stand-in/stand-in.ts'
import { insertAccount } from '../../people-and-rights/accounts/testing.ts'
import { insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import type { Action } from '../../platform/action.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { keyRing } from '../../platform/key-ring.ts'
import { freePort } from '../../platform/ports.ts'
import { buildServer } from '../../platform/server.ts'
import { freshDatabase, openPatient } from '../../testing/database.ts'
import { type Identity, identityOf } from './settings.ts'
import { type SignInParts, signInRoutes } from './sign-in.ts'

export interface Choice {
  readonly person: StandInPerson
  readonly acr?: string
  readonly amr?: string
  readonly fault?: string
}
export interface Landing {
  readonly status: number
  readonly url: URL
  readonly text: string
  readonly visited: readonly URL[]
}

/** A browser as a script would be one: cookies by host name, redirects followed, the stand-in's form filled in. */
export class Browser {
  /** By name; by path and name where the path is not the whole site. */
  readonly cookies = new Map<string, string>()
  sent(path = '/'): string {
    return [...this.cookies]
      .flatMap(([key, value]) => {
        const [scope, name] = key.includes(' ') ? (key.split(' ') as [string, string]) : ['/', key]
        return scope === '/' || path === scope || path.startsWith(`${scope}/`) ? [`${name}=${value}`] : []
      })
      .join('; ')
  }
  keep(response: Response) {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      const scope = /; ?path=([^;]+)/i.exec(line)?.[1] ?? '/'
      const key = scope === '/' ? name! : `${scope} ${name}`
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(key)
      else this.cookies.set(key, value!)
    }
  }
  async open(url: string | URL, form?: URLSearchParams, stopAt?: (url: URL) => boolean): Promise<Landing> {
    const visited: URL[] = []
    let at = new URL(url)
    for (let hop = 0; hop < 20; hop++) {
      visited.push(at)
      if (stopAt?.(at)) return { status: 0, url: at, text: '', visited }
      const response = await fetch(at, {
        redirect: 'manual',
        headers: { cookie: this.sent(at.pathname) },
        ...(form ? { method: 'POST', body: form } : {}),
      })
      this.keep(response)
      const location = response.headers.get('location')
      if (!location) return { status: response.status, url: at, text: await response.text(), visited }
      await response.body?.cancel()
      at = new URL(location, at)
      form = undefined
    }
    throw new Error('too many redirects')
  }
  /** From an address of ours through the stand-in's form, back to where one lands. */
  async through(url: string, choice: Choice, stopAt?: (url: URL) => boolean): Promise<Landing> {
    const page = await this.open(url, undefined, stopAt)
    if (!page.text.includes('name="person"')) return page
    return this.open(
      page.url,
      new URLSearchParams({
        person: choice.person.id,
        acr: choice.acr ?? 'eidas2',
        amr: choice.amr ?? 'pwd,otp,mfa',
        fault: choice.fault ?? 'none',
      }),
      stopAt,
    )
  }
}

export interface SignInHouse {
  readonly identity: Identity
  readonly url: string
  readonly webUrl: string
  readonly signInUrl: string
  readonly workerUrl: string
  readonly owner: pg.Pool
  /** Moves the service's clock, not the database's. */
  advance(seconds: number): void
  startStandIn(): Promise<void>
  /** What the stand-in puts in its tokens from now on; undefined: the truth. */
  alter: StandInSettings['alter']
  signIn(choice: Choice, browser?: Browser): Promise<{ browser: Browser; landing: Landing }>
  call(
    browser: Browser,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: any; headers: Headers }>
  trail(action: string): Promise<{ actorId: string | null; detail: any }[]>
  close(): Promise<void>
}

const stop = (server: Server) =>
  new Promise<void>(done => {
    server.close(() => done())
    server.closeAllConnections()
  })

/** The service and the stand-in, each on its port, with the demonstration's accounts. */
export const openSignInHouse = async (
  actions: readonly Action[],
  settings: {
    weakMfaAcceptedUntil?: string | null
    standIn?: boolean
    remembers?: boolean
    trustProxy?: boolean
    more?: (parts: SignInParts) => (server: FastifyInstance) => void
  } = {},
): Promise<SignInHouse> => {
  const urls = await freshDatabase()
  const [database, signIn] = [openPatient(urls.webUrl), openPatient(urls.signInUrl, { connections: 2 })]
  const owner = new pg.Pool({ connectionString: urls.ownerUrl, max: 4 })
  owner.on('error', () => {})
  for (const { id, siret, name, kind } of Object.values(organisations))
    await insertOrganisation(owner, { id, siret: Number(siret), name, kind })
  const territory = {
    tool: 'campagnes',
    profile: 'conseiller',
    territoryId: 0,
    agencyId: null,
    startsOn: '2026-01-01',
    endsOn: null,
    revokedAt: null,
  } as const
  for (const person of Object.values(people)) {
    const organisation = Object.values(organisations).find(o => o.siret === person.siret)!
    await owner.query(
      'insert into expected_providers (organisation_id, idp_id, added_at) values ($1, $2, now()) on conflict do nothing',
      [organisation.id, person.idpId],
    )
    if (person.accountId)
      await insertAccount(
        owner,
        {
          id: person.accountId,
          organisationId: organisation.id,
          givenName: person.givenName,
          familyName: person.usualName,
          email: person.email,
        },
        [{ ...territory, id: uuidv7() }],
      )
  }
  const [port, standInPort] = [await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const client = { clientId: 'campagnes-coordonnees', clientSecret: randomBytes(24).toString('hex') }
  let standIn: Server | undefined
  const begin = async () => {
    standIn = await startStandIn({
      ...client,
      alter: (token, claims) => house.alter?.(token, claims) ?? claims,
      remembers: settings.remembers ?? false,
      port: standInPort,
      redirectUri: `${url}/auth/callback`,
      postLogoutUri: `${url}/auth/signed-out`,
    })
  }
  if (settings.standIn !== false) await begin()
  const identity = identityOf({
    publicUrl: url,
    keys: keyRing(new Map([[1, randomBytes(32)]])),
    proconnect: {
      ...client,
      issuer: `http://localhost:${standInPort}/api/v2`,
      weakMfaAcceptedUntil: settings.weakMfaAcceptedUntil ?? null,
      acceptedAcrByProvider: {},
    },
  })
  let ahead = 0
  const clock = () => new Date(Date.now() + ahead * 1000)
  const originKey = Buffer.alloc(32)
  const parts = { identity, database, signIn, originKey, clock, newId: uuidv7 }
  const server = await buildServer({
    database,
    actions,
    settings: { identity, clock },
    publicUrl: url,
    originKey,
    requestsPerMinute: 1_000_000,
    trustProxy: settings.trustProxy ?? false,
    exceptions: [signInRoutes(parts), ...(settings.more ? [settings.more(parts)] : [])],
  })
  await server.listen({ port, host: '127.0.0.1' })
  const house: SignInHouse = {
    url,
    identity,
    owner,
    webUrl: urls.webUrl,
    signInUrl: urls.signInUrl,
    workerUrl: urls.workerUrl,
    advance: seconds => {
      ahead += seconds
    },
    startStandIn: begin,
    alter: undefined,
    signIn: async (choice, browser = new Browser()) => ({
      browser,
      landing: await browser.through(`${url}/auth/sign-in?returnTo=/campagnes`, choice),
    }),
    call: async (browser, method, path, body, headers = {}) => {
      const response = await fetch(`${url}/api${path}`, {
        method,
        headers: {
          cookie: browser.sent(),
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      browser.keep(response)
      const text = await response.text()
      return { status: response.status, body: text ? JSON.parse(text) : undefined, headers: response.headers }
    },
    trail: async action =>
      (
        await owner.query<{ actorId: string | null; detail: any }>(
          'select e.actor_id as "actorId", d.detail from audit_entries e join audit_details d on d.entry_id = e.id where e.action = $1 order by e.at, e.id',
          [action],
        )
      ).rows,
    close: async () => {
      await server.close()
      if (standIn) await stop(standIn)
      await Promise.all([database.close(), signIn.close()])
      await owner.end()
      await urls.drop()
    },
  }
  return house
}
