import type { Role } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { insertSent } from '../../people-and-rights/uploads/testing.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { tokenHash } from '../../platform/session-cookie.ts'
import { type House, once, type Person } from '../../testing/house.ts'
import { toolsInForce } from '../tools/annex.queries.ts'
import { type Loaded, loadConvention } from './conventions.queries.ts'
import { amendmentOf, namedBy } from './template-rules.ts'
import { amendingOf, digestOfComposed, nextAmendment } from './within-convention.ts'

/** Proven for as long as a test moves its clock. */
const proven = { provenAt: new Date('2060-01-01T00:00:00Z') }
export const withRoles = async (
  house: House,
  organisationId: string,
  ...roles: readonly (Role | { readonly region: number })[]
): Promise<Person> => {
  const person = await house.person(organisationId, [], proven)
  for (const role of roles)
    await (typeof role === 'string'
      ? giveRole(house.owner, person, role)
      : giveRole(house.owner, person, 'direction-regionale', { regionId: role.region }))
  return person
}
export const aSignatory = (over: object = {}) => ({
  name: 'Camille Essai',
  capacity: 'Présidente',
  act: 'Délibération 2026-12',
  actOn: '2026-01-10',
  localAuthority: true,
  prefectureOn: '2026-01-12',
  publishedOn: '2026-01-13',
  ...over,
})
export const aDraft = (organisationId: string, regionId: number, over: object = {}) => {
  serial += 1
  return {
    organisationId,
    regionId,
    number: `75-2026-${serial}`,
    firstTermOn: '2026-12-31',
    signatories: {
      partenaire: aSignatory(),
      operateur: aSignatory({
        capacity: 'Directeur régional',
        localAuthority: false,
        prefectureOn: null,
        publishedOn: null,
      }),
    },
    ...over,
  }
}
let serial = 0
/** The act under which another signs. */
export const aReplacement = (over: object = {}) => ({
  act: 'Délégation 2026-07',
  actOn: '2026-01-15',
  grantedBy: 'Le conseil communautaire',
  localAuthority: false,
  prefectureOn: null,
  publishedOn: null,
  ...over,
})
/** A draft that names these people: their accounts sign. */
export const namedTo = (partner: Person | undefined, operator: Person) => ({
  signatories: {
    partenaire: aSignatory(partner ? { name: partner.name } : {}),
    operateur: aSignatory({
      name: operator.name,
      capacity: 'Directeur régional',
      localAuthority: false,
      prefectureOn: null,
      publishedOn: null,
    }),
  },
})
/** A file to join: whoever sends the body has sent it before (withFiles). */
class Joined {
  readonly bytes: Buffer
  readonly name: string
  readonly ids = new Map<string, string>()
  constructor(bytes: Buffer, name: string) {
    this.bytes = bytes
    this.name = name
  }
}
/** Names a contact for each role of the annexes that nobody holds at that instant; answers those that it named. */
export const completeAnnexes = async (
  owner: House['owner'],
  conventionId: string,
  at: Date,
  [from, until]: readonly [Date, Date | null] = [new Date(at.getTime() - 1000), new Date(at.getTime() + 1000)],
): Promise<string[]> =>
  (
    await owner.query(
      `insert into convention_contacts (id, organisation_id, party, region_id, role, name, email, starts_at, ends_at)
        select gen_random_uuid(), case a.party when 'partenaire' then c.organisation_id else
            (select id from organisations where kind = 'operateur' order by created_at limit 1) end, a.party,
          case a.party when 'operateur' then c.region_id end, a.role, 'Camille Essai', a.role || '@essai.example',
          $3::timestamptz, least($4::timestamptz, (select min(x.starts_at) from convention_contacts x
            where x.party = a.party and x.role = a.role and x.starts_at > $3
              and (x.organisation_id = c.organisation_id or a.party = 'operateur')))
        from conventions c, ctx.missing_contacts(c.organisation_id, c.region_id, $2::timestamptz) a
        where c.id = $1 returning id`,
      [conventionId, at, from, until],
    )
  ).rows.map(row => row.id)
type Call = House['call']
/**
 * Calls as the page does: a sending with its annexes complete, a correction and what a party settles of its authority
 * over the convention as it stands, an end that changes confirmed as it is told, unless the test says it itself.
 */
export const asThePage =
  (house: House, now: Date): Call =>
  async (who, method, path, body, headers = {}) => {
    const sent = /^\/conventions\/([^/]+)\/send$/.exec(path)?.[1]
    if (sent) {
      // Gone once it is sent: what other tests say of contacts and of mails names its own.
      // On until then by the database's clock too, by which mails know whom they are written to.
      const laid = await completeAnnexes(house.owner, sent, now, [new Date(now.getTime() - 1000), null])
      const answer = await house.call(who, method, path, body, headers)
      await house.owner.query('delete from convention_contacts where id = any ($1)', [laid])
      return answer
    }
    const overIt = async (id: string | undefined) => {
      const { rows } = await house.owner.query('select version from conventions where id = $1', [id])
      return { 'if-match': `"${rows[0]?.version ?? 1}"`, ...headers }
    }
    const settled = method === 'PUT' && /^\/conventions\/([^/]+)\/(?:.+\/)?signatories\//.exec(path)?.[1]
    if (settled) return house.call(who, method, path, body, await overIt(settled))
    const id = /^\/conventions\/([^/]+)\/(corrections|notices|breaches|receipts)$/.exec(path)
    if (method !== 'POST' || !id) return house.call(who, method, path, body, headers)
    const all = id[2] === 'corrections' ? await overIt(id[1]) : headers
    const answer = await house.call(who, method, path, body, all)
    return answer.body.code === 'convention/confirm-end' && !('confirms' in (body as object))
      ? house.call(
          who,
          method,
          path,
          { ...(body as object), confirms: answer.body.facts.endsAt },
          { ...all, ...once() },
        )
      : answer
  }
/** A PDF as far as its first bytes tell. */
export const aPdf = (said = 'essai', name = 'signé.pdf') => new Joined(Buffer.from(`%PDF-1.7 ${said} %%EOF`), name)
/** An amendment names whom the convention names, as its page proposes. */
const again = (loaded: Loaded | undefined, party: 'partenaire' | 'operateur') => {
  const { actOn, act, capacity } = aSignatory()
  return { actOn, act, capacity, name: loaded?.signatories.find(s => s.party === party)?.name ?? 'Camille Essai' }
}
/** An amendment as it is asked, whose document is composed: its bytes stand for a PDF, composing one is tested apart. */
export const withDocument = async (house: House, who: Person | null, path: string, body: any, now: Date) => {
  const conventionId = /^\/conventions\/([^/]+)\/amendments$/.exec(path)?.[1]
  if (conventionId === undefined || body === undefined || 'documentId' in body) return body
  const documentId = uuidv7()
  let asked = body
  const tx = await house.database.begin()
  try {
    await tx.enter(tokenHash((who?.cookie ?? '').slice('session='.length)))
    const loaded = await loadConvention(tx, conventionId)
    asked = { signatories: { partenaire: again(loaded, 'partenaire'), operateur: again(loaded, 'operateur') }, ...body }
    if (loaded) {
      const made = new Date(now)
      const amending = await amendingOf(tx, loaded, asked).catch(() => asked)
      const { data } = amendmentOf(loaded, nextAmendment(loaded), amending, await toolsInForce(tx, now), { now, made })
      await house.owner.query(
        `insert into convention_documents (id, convention_id, kind, name, media_type, bytes, sha256, added_at,
          composed_of, signatories)
          values ($1, $2, 'avenant', 'Avenant', 'application/pdf', $3, sha256($3), $4, $5, $6)`,
        [
          documentId,
          conventionId,
          Buffer.from(`%PDF-1.7 ${documentId}`),
          made,
          digestOfComposed(data),
          JSON.stringify(namedBy(asked)),
        ],
      )
    }
  } finally {
    await tx.rollback()
  }
  return { ...asked, documentId }
}
/** The body as it leaves: each file stands by its id, the same one however often this person sends the body. */
export const withFiles = async (house: House, who: Person | null, body: unknown): Promise<unknown> => {
  if (Array.isArray(body)) return Promise.all(body.map(one => withFiles(house, who, one)))
  if (body instanceof Joined) {
    const id = body.ids.get(who?.id ?? '') ?? uuidv7()
    body.ids.set(who?.id ?? '', id)
    return who ? insertSent(house.owner, who.id, body.bytes, { id, name: body.name }) : id
  }
  if (typeof body !== 'object' || body === null) return body
  const sent = Object.entries(body).map(async ([key, value]) => [key, await withFiles(house, who, value)] as const)
  return Object.fromEntries(await Promise.all(sent))
}
