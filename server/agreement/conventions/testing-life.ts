import assert from 'node:assert/strict'
import { type Mailbox, openMailbox } from '../../notifications/testing-smtp.ts'
import { anOrganisation, insertOrganisation } from '../../people-and-rights/organisations/testing.ts'
import type { Action } from '../../platform/action.ts'
import { sha256Hex } from '../../platform/digest.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { pdfMaker } from '../../platform/pdf.ts'
import { buildServer } from '../../platform/server.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { templates } from '../templates/index.ts'
import { conventionDocuments } from './document-routes.ts'
import { conventions } from './index.ts'
import { aDraft, asThePage, namedTo, withDocument, withFiles, withRoles } from './testing.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Headers = Record<string, string>
export interface Partner {
  readonly id: string
  readonly name: string
  readonly gilles: Person
  readonly agent: Person
}
/** Whose convention it is, and who signs it: the signatory made with the partner, unless told. */
type Named = { readonly id: string; readonly gilles?: Person }
/** A house where conventions live: the operator of a region, partners, letters that go between them, a mailbox. */
export interface Life {
  readonly house: House
  readonly mailbox: Mailbox
  readonly region: number
  readonly operator: string
  /** The regional direction, who signs for the operator, its security officer, the direction of another region. */
  readonly sylvie: Person
  /** Another of the same direction, who corrects what Sylvie told. */
  readonly nadia: Person
  readonly signer: Person
  readonly odile: Person
  readonly elsewhere: Person
  at(instant: string): void
  now(): Date
  aPartner(): Promise<Partner>
  /** A second person who acts for it: the one who corrects what the first told. */
  another(partner: { id: string }): Promise<Person>
  /** As the page calls: its files sent before, an amendment’s document composed. */
  calling(
    who: Person | null,
    method: Method,
    path: string,
    body?: unknown,
    headers?: Headers,
  ): ReturnType<House['call']>
  ok(who: Person, method: Method, path: string, body?: unknown, headers?: Headers): Promise<any>
  refused(
    who: Person | null,
    method: Method,
    path: string,
    body?: unknown,
    headers?: Headers,
  ): Promise<[number, string]>
  draft(partner: Named, over?: object): Promise<any>
  /** Puts this draft to signature, as it is now. */
  send(one: { id: string; number: string; version: number }): Promise<any>
  sent(partner: Named, over?: object): Promise<any>
  inForce(partner: Pick<Partner, 'id' | 'gilles'>, over?: object): Promise<any>
  stored(id: string): Promise<{ from: Date | null; end: Date | null }>
  trail(id: string): Promise<string[]>
  close(): Promise<void>
}

const region = 1075
export const openLife = async (others: readonly Action[] = []): Promise<Life> => {
  let now = new Date('2026-02-02T09:00:00Z')
  const house = await openHouse([...conventions, ...templates, ...others], { clock: () => now })
  const mailbox = await openMailbox()
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie'),
      (0, 'national', 'FR', 'France') on conflict do nothing`,
  )
  const operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur des Essais' })).id
  const sylvie = await withRoles(house, operator, { region })
  const nadia = await withRoles(house, operator, { region })
  const signer = await withRoles(house, operator, 'signataire')
  /** Who signs for each partner. */
  const signatories = new Map<string, Person>()
  const call = async (who: Person | null, method: Method, path: string, body?: unknown, headers: Headers = {}) =>
    asThePage(house, now)(
      who,
      method,
      path,
      await withDocument(house, who, path, await withFiles(house, who, body), now),
      method === 'GET' ? headers : { ...once(), ...headers },
    )
  const ok = async (who: Person, method: Method, path: string, body?: unknown, headers?: Headers) => {
    const answer = await call(who, method, path, body, headers)
    assert.equal(answer.status, 200, `${method} ${path} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  /** Sent with bytes that stand for its PDF: composing one is tested apart. */
  const send = async (one: { id: string; number: string; version: number }) => {
    const document = uuidv7()
    const bytes = Buffer.from(`%PDF-1.7 ${one.number} ${document}`)
    await house.owner.query(
      `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, of_version, added_at)
        values ($1, $2, 'convention', 'Convention', 'application/pdf', $3, sha256($3), $4, $5)`,
      [document, one.id, bytes, one.version, now],
    )
    const { convention } = await ok(sylvie, 'POST', `/conventions/${one.id}/send`, { documentId: document })
    return { ...convention, sha256: sha256Hex(bytes) }
  }
  const draft = (partner: Named, over: object = {}) =>
    ok(
      sylvie,
      'POST',
      '/conventions',
      aDraft(partner.id, region, { ...namedTo(partner.gilles ?? signatories.get(partner.id), signer), ...over }),
    )
  const sent = async (partner: Named, over: object = {}) => send(await draft(partner, over))
  return {
    house,
    mailbox,
    region,
    operator,
    sylvie,
    nadia,
    signer,
    odile: await withRoles(house, operator, 'cssi'),
    elsewhere: await withRoles(house, operator, { region: 1076 }),
    at: instant => {
      now = new Date(instant)
    },
    now: () => now,
    aPartner: async () => {
      const { id, name } = await insertOrganisation(house.owner, anOrganisation({ kind: 'epci' }), {
        convention: false,
      })
      const gilles = await withRoles(house, id, 'signataire')
      signatories.set(id, gilles)
      return {
        id,
        name,
        gilles,
        agent: await house.person(id),
      }
    },
    another: ({ id }) => withRoles(house, id, 'responsable-operationnel'),
    calling: call,
    ok,
    refused: async (who, method, path, body, headers) => {
      const answer = await call(who, method, path, body, headers)
      return [answer.status, answer.body.code]
    },
    draft,
    send,
    sent,
    inForce: async (partner, over) => {
      const one = await sent(partner, over)
      for (const who of [partner.gilles, signer])
        await ok(who, 'POST', `/conventions/${one.id}/sign`, { sha256: one.sha256 })
      return { ...(await ok(partner.gilles, 'GET', `/conventions/${one.id}`)), sha256: one.sha256 }
    },
    stored: async id =>
      (await house.owner.query('select effective_from as from, ends_at as end from conventions where id = $1', [id]))
        .rows[0],
    trail: async id =>
      (await house.owner.query('select action from audit_entries where subject_id = $1 order by id', [id])).rows.map(
        r => r.action,
      ),
    close: async () => {
      await mailbox.close()
      await house.close()
    },
  }
}

/** What makes documents and lets them leave, beside the house: raw replies, called with the cookie of who asks. */
export const openDocuments = async ({ house, now }: Pick<Life, 'house' | 'now'>) => {
  const [publicUrl, originKey] = ['http://localhost', Buffer.alloc(32)]
  const server = await buildServer({
    database: house.database,
    actions: [],
    publicUrl,
    originKey,
    requestsPerMinute: 1e6,
    shedLoad: false,
    settings: { clock: now },
    exceptions: [
      conventionDocuments({
        database: house.database,
        makePdf: pdfMaker({ waitingAtMost: 50 }),
        originKey,
        publicUrl,
        clock: now,
        newId: uuidv7,
      }),
    ],
  })
  const post = ({ cookie }: Person, path: string, payload?: object) =>
    server.inject({ method: 'POST', url: `/api/conventions/${path}`, headers: { cookie }, ...(payload && { payload }) })
  return {
    server,
    compose: (who: Person, id: string) => post(who, `${id}/document`),
    composeAmendment: (who: Person, id: string, amendment: object) => post(who, `${id}/amendment-document`, amendment),
    download: ({ cookie }: Person, id: string, document: string) =>
      server.inject({ method: 'GET', url: `/api/conventions/${id}/documents/${document}`, headers: { cookie } }),
    close: () => server.close(),
  }
}
export type Documents = Awaited<ReturnType<typeof openDocuments>>
